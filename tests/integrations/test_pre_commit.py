"""Real pre-commit: our own hooks from this checkout, and flake8's hook with the plugin added."""

from __future__ import annotations

import importlib.metadata
import re
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from tests.faces import LEAK, LEAK_MESSAGE
from tests.integrations.test_notebooks import IMPORTS, RELOAD, STALE, USE, notebook
from tests.integrations.tools import ROOT, environment, python, repository, run

pytest.importorskip("pre_commit")
pytestmark = pytest.mark.skipif(not shutil.which("git"), reason="needs git")

PACKAGED = (".pre-commit-hooks.yaml", "LICENSE", "README.md", "flake8_unload", "pyproject.toml")
PAGES = {
    name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("pre-commit", "notebooks")
}
OURS = "https://github.com/flake8-unload/flake8-unload"
NBQA_HOOKS = """\
- {id: nbqa-flake8, name: nbqa-flake8, entry: nbqa flake8, language: python, types_or: [jupyter, markdown]}
"""
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


def pre_commit(folder: Path, cache: Path, *hooks: str) -> subprocess.CompletedProcess[str]:
    """One hook, or all of them, on all files; building the environments is part of it."""
    command = [sys.executable, "-m", "pre_commit", "run", *hooks, "--all-files", "--color=never"]
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


# -- what the pages say ------------------------------------------------------------------------
def blocks(page: str) -> list[str]:
    """The configurations of a page, some of them only a hook and its options."""
    return re.findall(r"^```yaml\n(.*?)^```", PAGES[page], re.S | re.M)


def placed(config: str, **repositories: tuple[str, Path, str]) -> str:
    """The configuration of a page with repositories of this machine in the place of the public ones."""
    for public, folder, rev in repositories.values():
        assert f"repo: {public}\n" in config
        config = re.sub(rf"repo: {re.escape(public)}\n( *)rev: .*", rf"repo: {folder}\n\1rev: {rev}", config)
    return config


def test_both_hooks_of_the_page(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    config = placed(blocks("pre-commit")[0], ours=(OURS, *checkout))
    project(tmp_path, config, clean=CLEAN, purge=PURGE, leak=LEAK)
    done = pre_commit(tmp_path, cache)
    assert done.returncode == 1
    assert done.stdout.index("flake8-unload fix") < done.stdout.index("leak.py:1:7: UNL301")
    assert ((tmp_path / "purge.py").read_text(encoding="utf-8"), "purge.py:" in done.stdout) == (PURGED, True)


def test_the_arguments_of_the_page(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    head = blocks("pre-commit")[0].partition("      - id:")[0]
    parts = [each for each in blocks("pre-commit") if each.startswith("      - id: flake8-unload\n")]
    assert [part.count("args: [--") for part in parts] == [2, 1]
    (tmp_path / "unload-baseline.json").write_text('{"version": 1, "findings": {}}')
    (tmp_path / "pyproject.toml").write_text("[tool.flake8-unload]\nbaseline = 'unload-baseline.json'\n")
    project(tmp_path, "", leak=LEAK, purge=PURGE)
    for part in parts:
        config = placed(head + part, ours=(OURS, *checkout))
        (tmp_path / ".pre-commit-config.yaml").write_text(config, encoding="utf-8")
        repository(tmp_path)
        done = pre_commit(tmp_path, cache)
        assert (done.returncode, "leak.py:1:7: UNL301" in done.stdout) == (1, True), done.stdout


@pytest.mark.parametrize("number", [0, 1])
def test_flake8_s_hook_of_the_page(
    tmp_path: Path, checkout: tuple[Path, str], cache: Path, number: int
) -> None:
    """The first with everything that flake8 knows; the second, beside ruff, with our codes alone."""
    theirs = _flake8(tmp_path / "theirs")
    config, alone = (part for part in blocks("pre-commit") if "- id: flake8\n" in part)
    if number:
        config = config.partition("      - id:")[0] + alone
    flake8 = "https://github.com/PyCQA/flake8"
    config = placed(config, flake8=(flake8, theirs, repository(theirs)))
    assert "[flake8-unload]" in config
    mine = tmp_path / "mine"
    mine.mkdir()
    config = config.replace("[flake8-unload]", f"['{checkout[0].as_uri()}']")
    project(mine, config, clean=CLEAN, leak=LEAK, unused="import os\n")
    done = pre_commit(mine, cache)
    assert (done.returncode, "UNL301" in done.stdout, "F401" in done.stdout) == (1, True, not number)


def test_the_hook_of_nbqa_of_the_page(tmp_path: Path, checkout: tuple[Path, str], cache: Path) -> None:
    theirs = _source("nbqa", tmp_path / "theirs", NBQA_HOOKS)
    (config,) = blocks("notebooks")
    config = placed(config, nbqa=("https://github.com/nbQA-dev/nbQA", theirs, repository(theirs)))
    mine = tmp_path / "mine"
    mine.mkdir()
    notebook(mine, "%matplotlib inline", IMPORTS, RELOAD, USE)
    (mine / ".pre-commit-config.yaml").write_text(
        config.replace("flake8-unload]", f"'{checkout[0].as_uri()}']"), encoding="utf-8"
    )
    repository(mine)
    done = pre_commit(mine, cache)
    assert (done.returncode, STALE in done.stdout) == (1, True), done.stdout


def _flake8(folder: Path) -> Path:
    """flake8's own source, with a hook as its repository has it."""
    return _source("flake8", folder, FLAKE8_HOOKS)


def _source(name: str, folder: Path, hooks: str) -> Path:
    """The source of a tool, of the installed version, with hooks as its repository has them."""
    folder.mkdir()
    version = importlib.metadata.version(name)
    pip = ["-m", "pip", "download", "--quiet", "--no-deps", f"--no-binary={name}", f"{name}=={version}"]
    done = run(folder, sys.executable, *pip)
    assert done.returncode == 0, done.stderr
    with tarfile.open(next(folder.glob("*.tar.gz"))) as archive:
        archive.extractall(folder, filter="data")
    (source,) = (each for each in folder.iterdir() if each.is_dir())
    (source / ".pre-commit-hooks.yaml").write_text(hooks, encoding="utf-8")
    return source
