"""Real ruff next to the linter: its settings that keep our `# noqa`, and its fixes that undo an unload."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.faces import flake8
from tests.integrations.tools import ROOT, python

SUPPRESSED = """\
import importlib

import shop
from shop import Cart

importlib.reload(shop)  # noqa: UNL201
Cart()
"""
UNSUPPRESSED = SUPPRESSED.replace("  # noqa: UNL201", "")
EXTERNAL = '[lint]\nselect = ["RUF100", "RUF102"]\nexternal = ["UNL"]\n'
NOT_EXTERNAL = EXTERNAL.replace('external = ["UNL"]\n', "")

ONLY_UNLOADED = """\
import sys
import xml.dom

del sys.modules["xml.dom"]
"""
IMPORTED_AGAIN = """\
import importlib

import shop
from shop import Cart

importlib.reload(shop)
from shop import Cart

Cart()
"""
TAKEN_AFTER = IMPORTED_AGAIN.replace("from shop import Cart\n", "", 1)
KEPT = [
    ("F401", ONLY_UNLOADED, "import xml.dom"),
    ("F811", IMPORTED_AGAIN, "reload(shop)\nfrom shop import Cart"),
    ("E402", IMPORTED_AGAIN, "reload(shop)\nfrom shop import Cart"),
    ("E402", TAKEN_AFTER, "reload(shop)\nfrom shop import Cart"),
]


def ruff(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """`ruff check` on `app.py`, with what is in `ruff.toml`."""
    return python(folder, "ruff", "check", "--no-cache", *arguments, "app.py")


def write(folder: Path, source: str, config: str = "") -> Path:
    """The file to check, the module that it reloads, and the settings of ruff."""
    (folder / "ruff.toml").write_text(config, encoding="utf-8")
    (folder / "shop.py").write_text("class Cart: ...\n", encoding="utf-8")
    app = folder / "app.py"
    app.write_text(source, encoding="utf-8")
    return app


def fix(folder: Path, code: str) -> None:
    """Every fix for one rule, as an editor applies it on save."""
    ruff(folder, f"--select={code}", "--preview", "--fix", "--unsafe-fixes")


def test_ruff_deletes_our_noqa_if_it_does_not_know_our_codes(tmp_path: Path) -> None:
    app = write(tmp_path, SUPPRESSED, NOT_EXTERNAL)
    ruff(tmp_path, "--fix")
    assert app.read_text(encoding="utf-8") == UNSUPPRESSED
    assert "UNL201" in flake8(tmp_path, "--select=UNL", "app.py").stdout


def test_ruff_deletes_a_bare_noqa_whatever_it_knows(tmp_path: Path) -> None:
    app = write(tmp_path, SUPPRESSED.replace("noqa: UNL201", "noqa"), EXTERNAL)
    ruff(tmp_path, "--fix")
    assert app.read_text(encoding="utf-8") == UNSUPPRESSED


@pytest.mark.parametrize("preview", [(), ("--preview", "--select=RUF")], ids=["stable", "preview"])
def test_external_keeps_our_noqa(tmp_path: Path, preview: tuple[str, ...]) -> None:
    app = write(tmp_path, SUPPRESSED, EXTERNAL)
    done = ruff(tmp_path, "--fix", *preview)
    assert (done.returncode, app.read_text(encoding="utf-8")) == (0, SUPPRESSED), done.stdout
    assert flake8(tmp_path, "--select=UNL", "app.py").stdout == ""


@pytest.mark.parametrize(("code", "source", "kept"), KEPT)
def test_fixes_of_ruff_that_break_an_unload_or_reload(
    tmp_path: Path, code: str, source: str, kept: str
) -> None:
    app = write(tmp_path, source)
    fix(tmp_path, code)
    assert kept not in app.read_text(encoding="utf-8")


@pytest.mark.parametrize(("code", "source", "kept"), KEPT)
def test_noqa_keeps_them_off(tmp_path: Path, code: str, source: str, kept: str) -> None:
    marked = source.replace(kept, f"{kept}  # noqa: {code}")
    app = write(tmp_path, marked)
    fix(tmp_path, code)
    assert app.read_text(encoding="utf-8") == marked


@pytest.mark.parametrize("code", ["E402", "F811"])
def test_we_report_what_such_a_fix_leaves(tmp_path: Path, code: str) -> None:
    write(tmp_path, IMPORTED_AGAIN)
    assert flake8(tmp_path, "--select=UNL", "app.py").stdout == ""
    fix(tmp_path, code)
    assert "UNL201 `Cart`" in flake8(tmp_path, "--select=UNL", "app.py").stdout


def test_the_page_shows_these_settings() -> None:
    page = (ROOT / "docs" / "beside-other-linters.md").read_text(encoding="utf-8")
    for needed in ('external = ["UNL"]', "# noqa: F401", "# noqa: E402", "F811", "RUF100", "RUF102"):
        assert needed in page
