"""Starts foreign tools as a user does, in an environment that knows nothing of the tests."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
_FOREIGN = ("PYTHON", "GIT_", "COV", "PYTEST")  # what belongs to the run of the tests
_NAMES = ("GIT_AUTHOR_NAME", "GIT_AUTHOR_EMAIL", "GIT_COMMITTER_NAME", "GIT_COMMITTER_EMAIL")


def environment(**more: str) -> dict[str, str]:
    """Ours without what the tests run with; the settings of pip, such as its index, stay."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(_FOREIGN)}
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    return {**kept, "PATH": path, "COLUMNS": "100", "NO_COLOR": "1", "PYTHONUTF8": "1", **more}


def run(
    folder: Path, *command: str, env: dict[str, str] | None = None, stdin: str = "", timeout: int = 300
) -> subprocess.CompletedProcess[str]:
    """A command in a folder; never raises for its exit status."""
    return subprocess.run(
        command, cwd=folder, env=env or environment(), input=stdin, capture_output=True,
        encoding="utf-8", timeout=timeout,
    )  # fmt: skip


def python(folder: Path, module: str, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    """A tool that is installed next to the linter, as `python -m`."""
    return run(folder, sys.executable, "-m", module, *arguments, stdin=stdin)


def repository(folder: Path) -> str:
    """Make the folder a git repository with one commit of all it holds; the commit's hash."""
    env = environment(**dict.fromkeys(_NAMES, "tests"), GIT_CONFIG_GLOBAL=os.devnull)
    for command in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-q", "-m", "All"]):
        done = run(folder, "git", *command, env=env)
        assert done.returncode == 0, done.stderr
    return run(folder, "git", "rev-parse", "HEAD", env=env).stdout.strip()
