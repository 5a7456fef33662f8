"""The commands of LibCST's own tool, run as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.snippets import single_file_rules

BOTH = (
    "import sys\n\n"
    "try:\n    import broken\nfinally:\n    del sys.modules['broken']  # away\n\n"
    "for k in sys.modules:\n    del sys.modules[k]\n"
)
LENIENT = ("del sys.modules['broken']", "sys.modules.pop('broken', None)")
COPY = ("in sys.modules", "in list(sys.modules)")
CODES = [each.code for each in single_file_rules() if each.fix]


def tool(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`python -m libcst.tool`."""
    command = [sys.executable, "-m", "libcst.tool", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "package").mkdir()
    (tmp_path / "package" / "a.py").write_text(BOTH)
    (tmp_path / "package" / "b.py").write_bytes(BOTH.replace("\n", "\r\n").encode())
    (tmp_path / "clean.py").write_text("x = 1\n")
    return tmp_path


@pytest.mark.parametrize(
    ("command", "changes"), [("All", (LENIENT, COPY)), ("UNL106", (COPY,)), ("UNL108", (LENIENT,))]
)
def test_on_a_directory(folder: Path, command: str, changes: tuple[tuple[str, str], ...]) -> None:
    done = tool(folder, "codemod", "--no-format", "-x", f"flake8_unload.codemods.repair.{command}", ".")
    wanted = BOTH
    for change in changes:
        wanted = wanted.replace(*change)
    assert (folder / "package" / "a.py").read_text() == wanted
    assert (folder / "package" / "b.py").read_bytes() == wanted.replace("\n", "\r\n").encode()
    assert (folder / "clean.py").read_text() == "x = 1\n"
    assert "Failed to codemod 0 files" in done.stderr


def test_from_a_configuration_file(folder: Path) -> None:
    (folder / ".libcst.codemod.yaml").write_text("modules:\n- flake8_unload.codemods\n")
    tool(folder, "codemod", "--no-format", "repair.UNL106", "package/a.py")
    assert (folder / "package" / "a.py").read_text() == BOTH.replace(*COPY)
    listed = tool(folder, "list").stdout
    assert [code for code in ("All", *CODES) if f"repair.{code} - " not in listed] == []


def test_refusals_are_warnings(folder: Path) -> None:
    (folder / "clean.py").write_text(BOTH.replace("[k]", "['x' + k]"))
    command = ["codemod", "--no-format", "-x", "flake8_unload.codemods.repair.UNL106", "clean.py"]
    assert "UNL106 not fixed: the loop removes other keys" in tool(folder, *command).stderr


def test_options(folder: Path) -> None:
    command = ["codemod", "-x", "flake8_unload.codemods.repair.All", "--unsafe-fixes", "--no-format", "."]
    tool(folder, *command)
    assert (folder / "package" / "a.py").read_text() == BOTH.replace(*COPY).replace(*LENIENT)
    assert "--unsafe-fixes" in tool(folder, *command[:3], "--help").stdout


STALE = "import importlib\nimport m\nfrom m import f\n\nimportlib.reload(m)\nf()\n"


@pytest.mark.parametrize(
    ("style", "wanted"),
    [
        (
            "again",
            "import importlib\nimport m\n\nimportlib.reload(m)\nfrom m import f  # noqa: E402\n\nf()\n",
        ),
        ("qualify", "import importlib\nimport m\n\nimportlib.reload(m)\nm.f()\n"),
    ],
)
def test_the_style_of_from_imports(folder: Path, style: str, wanted: str) -> None:
    (folder / "clean.py").write_text(STALE)
    command = ["codemod", "-x", "flake8_unload.codemods.repair.UNL201", "--no-format"]
    tool(folder, *command, "--from-import", style, "clean.py")
    assert (folder / "clean.py").read_text() == wanted
