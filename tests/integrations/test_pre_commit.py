"""Real pre-commit: our own hooks from this checkout, and flake8's hook with the plugin added."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.faces import LEAK, LEAK_MESSAGE
from tests.integrations.tools import ROOT, environment, python, repository, run

pytest.importorskip("pre_commit")
pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")

PACKAGED = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "flake8_unload", "pyproject.toml")
FLAKE8_HOOKS = """\
- {id: flake8, name: flake8, entry: flake8, language: python, types: [python], require_serial: true}
"""
CONFIG = """\
repos:
  - repo: {url}
    rev: {rev}
    hooks:
      - id: {hook}
"""
PURGE = """\
import sys


def purge():
    for name in sys.modules:
        if name.startswith("shop."):
            del sys.modules[name]
"""
PURGED = PURGE.replace("in sys.modules:", "in list(sys.modules):")
CLEAN = "def use():\n    return 1\n"


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """This checkout as a repository of its own, with what is not committed yet; and its revision."""
    folder = tmp_path_factory.mktemp("checkout") / "flake8-unload"
    folder.mkdir()
    for name in PACKAGED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)
    return folder, repository(folder)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps the environments of hooks, so that each is built once."""
    return tmp_path_factory.mktemp("pre-commit")


def project(folder: Path, config: str, **files: str) -> None:
    """A repository with a configuration of pre-commit and some files, all of them committed."""
    (folder / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text, encoding="utf-8")
    repository(folder)


def pre_commit(folder: Path, cache: Path, hook: str) -> subprocess.CompletedProcess[str]:
    """One hook on all files; building its environment is part of it."""
    command = [sys.executable, "-m", "pre_commit", "run", hook, "--all-files", "--color=never"]
    done = run(folder, *command, env=environment(PRE_COMMIT_HOME=str(cache)), timeout=600)
    assert "unexpected error" not in done.stdout, done.stdout + done.stderr
    return done


def test_the_check_hook(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    url, rev = checkout
    config = CONFIG.format(url=url, rev=rev, hook="flake8-unload")
    project(tmp_path, config, clean=CLEAN, leak=LEAK)
    (tmp_path / "leak.pyi").write_text(LEAK, encoding="utf-8")  # a stub is never imported
    (tmp_path / "runs").write_text("#!/usr/bin/env python3\nimport sys\n\nsys.modules = {}\n")
    repository(tmp_path)
    done = pre_commit(tmp_path, cache, "flake8-unload")
    assert done.returncode == 1
    assert f"leak.py:1:7: {LEAK_MESSAGE}" in done.stdout
    assert "leak.pyi" not in done.stdout

    (tmp_path / "leak.py").write_text(CLEAN, encoding="utf-8")
    done = pre_commit(tmp_path, cache, "flake8-unload")
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout


def test_options_are_arguments_of_the_hook(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    url, rev = checkout
    config = CONFIG.format(url=url, rev=rev, hook="flake8-unload") + "        args: [--ignore=UNL3]\n"
    project(tmp_path, config, leak=LEAK, old="import m\n\nreload(m)\n")
    done = pre_commit(tmp_path, cache, "flake8-unload")
    assert done.returncode == 1
    assert "old.py:3:1: UNL205" in done.stdout
    assert "UNL301" not in done.stdout


def test_both_hooks_go_by_the_baseline(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    url, rev = checkout
    config = CONFIG.format(url=url, rev=rev, hook="flake8-unload") + "        args: [--fail-on-stale]\n"
    project(tmp_path, config + "      - id: flake8-unload-fix\n", purge=PURGE, clean=CLEAN)
    (tmp_path / "pyproject.toml").write_text("[tool.flake8-unload]\nbaseline = 'debt.json'\n")
    assert python(tmp_path, "flake8_unload", "baseline", "write").returncode == 0
    repository(tmp_path)
    for hook in ("flake8-unload", "flake8-unload-fix"):
        done = pre_commit(tmp_path, cache, hook)
        assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout

    (tmp_path / "clean.py").write_text(PURGE, encoding="utf-8")
    (tmp_path / "purge.py").write_text(CLEAN, encoding="utf-8")
    done = pre_commit(tmp_path, cache, "flake8-unload")
    assert done.returncode == 1
    assert "clean.py:5:17: UNL106" in done.stdout
    assert "debt.json: stale: purge.py: UNL106 `sys.modules` in `purge`" in done.stdout


def test_the_fix_hook(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    url, rev = checkout
    project(tmp_path, CONFIG.format(url=url, rev=rev, hook="flake8-unload-fix"), clean=CLEAN, purge=PURGE)
    done = pre_commit(tmp_path, cache, "flake8-unload-fix")
    assert done.returncode == 1
    assert "files were modified by this hook" in done.stdout
    assert (tmp_path / "purge.py").read_text(encoding="utf-8") == PURGED
    assert (tmp_path / "clean.py").read_text(encoding="utf-8") == CLEAN

    done = pre_commit(tmp_path, cache, "flake8-unload-fix")
    assert (done.returncode, "Passed" in done.stdout) == (0, True), done.stdout


def test_the_plugin_in_the_hook_of_flake8(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    flake8 = _flake8(tmp_path / "theirs")
    config = CONFIG.format(url=flake8, rev=repository(flake8), hook="flake8")
    config += f"        additional_dependencies: ['{checkout[0].as_uri()}']\n"
    mine = tmp_path / "mine"
    mine.mkdir()
    project(mine, config, clean=CLEAN, leak=LEAK, unused="import os\n")
    done = pre_commit(mine, cache, "flake8")
    assert done.returncode == 1
    assert sorted(line for line in done.stdout.splitlines() if ".py:" in line) == [
        f"leak.py:1:7: {LEAK_MESSAGE}",
        "unused.py:1:1: F401 'os' imported but unused",
    ]


def _flake8(folder: Path) -> Path:
    """flake8's own source, of the installed version, with a hook as its repository has it."""
    folder.mkdir()
    version = python(folder, "flake8", "--version").stdout.split()[0]
    pip = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary=flake8", f"flake8=={version}"]
    done = run(folder, sys.executable, *pip)
    assert done.returncode == 0, done.stderr
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    (source,) = (each for each in folder.iterdir() if each.is_dir())
    (source / ".pre-commit-hooks.yaml").write_text(FLAKE8_HOOKS, encoding="utf-8")
    return source
