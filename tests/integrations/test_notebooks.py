"""Real nbQA on real notebooks: both faces, cells and magics, and IPython's autoreload."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.faces import LEAK, unmarked
from tests.integrations.tools import ROOT, python

pytest.importorskip("nbqa")

IMPORTS = "import importlib\n\nimport shapes\nfrom shapes import Circle"
RELOAD = "%%time\nimportlib.reload(shapes)"
USE = "!ls\nshape = Circle()"
REMOVAL = "import sys\nfor name in sys.modules:\n    if 'shapes' in name:\n        del sys.modules[name]"
STALE = "notes.ipynb:cell_3:2:1: UNL201 `Circle` is still the class of before this reload; import it again\n"
AUTORELOAD = {
    "magics": "%load_ext autoreload\n%autoreload 2",
    "one magic": "%load_ext autoreload",
    "among code": "import os\n\n%autoreload 2",
    "a call": "get_ipython().run_line_magic('autoreload', '2')",
}
NO_AUTORELOAD = {
    "disabled": "# %load_ext autoreload",
    "another magic": "%matplotlib inline",
    "a word": "print('autoreload')",
}


def notebook(folder: Path, *cells: str, name: str = "notes") -> None:
    """Write a notebook of a text cell and code cells, and the module that it works with."""
    text = {"cell_type": "markdown", "id": "t", "metadata": {}, "source": ["# Notes, with %autoreload"]}
    code = [
        {"cell_type": "code", "id": f"c{number}", "metadata": {}, "execution_count": None, "outputs": []}
        | {"source": cell.splitlines(keepends=True)}
        for number, cell in enumerate(cells)
    ]
    metadata = {"language_info": {"name": "python"}}
    content = {"cells": [text, *code], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    (folder / f"{name}.ipynb").write_text(json.dumps(content), encoding="utf-8")
    (folder / "shapes.py").write_text("class Circle: ...\n", encoding="utf-8")


def both(folder: Path, *paths: str) -> str:
    """What flake8 and our own command print on stdout, which must be the same."""
    theirs = python(folder, "nbqa", "flake8", *paths, "--select=UNL")
    own = python(folder, "nbqa", "flake8_unload check", *paths)
    same = (unmarked(own.stdout), own.returncode) == (theirs.stdout, theirs.returncode)
    assert same, own.stdout + own.stderr + theirs.stdout + theirs.stderr
    assert own.returncode == bool(own.stdout)
    return theirs.stdout


def test_findings_are_in_cells(tmp_path: Path) -> None:
    notebook(tmp_path, "%matplotlib inline", IMPORTS, RELOAD, USE)
    assert both(tmp_path, "notes.ipynb") == STALE


def test_an_import_in_a_later_cell_renews(tmp_path: Path) -> None:
    notebook(tmp_path, "%matplotlib inline", IMPORTS, RELOAD, "from shapes import Circle", USE)
    assert both(tmp_path, "notes.ipynb") == ""


@pytest.mark.parametrize("cell", AUTORELOAD.values(), ids=AUTORELOAD)
def test_autoreload_makes_reload_rules_silent(tmp_path: Path, cell: str) -> None:
    notebook(tmp_path, cell, IMPORTS, RELOAD, USE)
    assert both(tmp_path, "notes.ipynb") == ""


@pytest.mark.parametrize("cell", NO_AUTORELOAD.values(), ids=NO_AUTORELOAD)
def test_what_only_looks_like_autoreload(tmp_path: Path, cell: str) -> None:
    notebook(tmp_path, cell, IMPORTS, RELOAD, USE)
    assert both(tmp_path, "notes.ipynb") == STALE


def test_autoreload_is_of_its_own_notebook(tmp_path: Path) -> None:
    notebook(tmp_path, "%load_ext autoreload", IMPORTS, RELOAD, USE, name="notes_2")
    notebook(tmp_path, "%matplotlib inline", IMPORTS, RELOAD, USE)
    assert both(tmp_path, ".") == STALE


def test_unload_rules_stay(tmp_path: Path) -> None:
    notebook(tmp_path, "%load_ext autoreload", REMOVAL)
    assert both(tmp_path, "notes.ipynb").startswith("notes.ipynb:cell_2:2:13: UNL106 ")


def test_nobody_imports_a_notebook(tmp_path: Path) -> None:
    notebook(tmp_path, LEAK)
    assert both(tmp_path, "notes.ipynb") == ""


def test_noqa_in_a_cell(tmp_path: Path) -> None:
    notebook(tmp_path, "%matplotlib inline", IMPORTS, RELOAD + "  # noqa: UNL201", USE)
    assert both(tmp_path, "notes.ipynb") == ""


def test_a_fix_is_written_into_the_cell(tmp_path: Path) -> None:
    loop = REMOVAL + "\n%matplotlib inline"
    notebook(tmp_path, "%matplotlib inline", loop, USE)
    before = (tmp_path / "notes.ipynb").read_text(encoding="utf-8")
    python(tmp_path, "nbqa", "flake8_unload fix", "notes.ipynb")
    after = json.loads((tmp_path / "notes.ipynb").read_text(encoding="utf-8"))
    wanted = json.loads(before.replace("in sys.modules:", "in list(sys.modules):"))
    assert [each["source"] for each in after["cells"]] == [each["source"] for each in wanted["cells"]]
    assert both(tmp_path, "notes.ipynb") == ""


def test_the_command_by_its_own_name(tmp_path: Path) -> None:
    notebook(tmp_path, "%matplotlib inline", IMPORTS, RELOAD, USE)
    done = python(tmp_path, "nbqa", "flake8-unload check", "--nbqa-shell", "notes.ipynb")
    assert (unmarked(done.stdout), done.returncode) == (STALE, 1)


def test_a_diff_by_cells_writes_nothing(tmp_path: Path) -> None:
    notebook(tmp_path, "%matplotlib inline", REMOVAL, USE)
    before = (tmp_path / "notes.ipynb").read_bytes()
    shown = python(tmp_path, "nbqa", "flake8_unload fix", "--nbqa-diff", "notes.ipynb").stdout
    assert "Cell 2" in shown and "+for name in list(sys.modules):" in shown
    checked = python(tmp_path, "nbqa", "flake8_unload fix", "notes.ipynb", "--check")
    assert (checked.returncode, (tmp_path / "notes.ipynb").read_bytes()) == (1, before)


@pytest.mark.parametrize(("pattern", "reported"), [("notes*", ""), ("notes.ipynb", STALE)])
def test_patterns_of_files_need_a_star(tmp_path: Path, pattern: str, reported: str) -> None:
    notebook(tmp_path, "%matplotlib inline", IMPORTS, RELOAD, USE)
    (tmp_path / ".flake8").write_text(f"[flake8]\nper-file-ignores = {pattern}: UNL201\n", encoding="utf-8")
    assert both(tmp_path, "notes.ipynb") == reported


def test_the_table_in_pyproject_counts(tmp_path: Path) -> None:
    notebook(tmp_path, "%matplotlib inline", IMPORTS, RELOAD, USE)
    (tmp_path / "pyproject.toml").write_text('[tool.flake8-unload]\nignore = ["stale-from-import"]\n')
    assert python(tmp_path, "nbqa", "flake8_unload check", "notes.ipynb").returncode == 0


def test_the_page_shows_what_happens(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^notes.ipynb:.*\n", page, re.M)
    notebook(tmp_path, *re.findall(r"^```text\n(.*?)\n```", page, re.S | re.M))
    assert both(tmp_path, "notes.ipynb") == shown
