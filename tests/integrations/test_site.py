"""The documentation builds as a site without one warning, and has what a site must have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from flake8_unload.registry import rules
from tests.integrations.tools import ROOT, python

pytest.importorskip("sphinx")
pytest.importorskip("furo")
pytest.importorskip("myst_parser")

FOREIGN = re.compile(r"""<(?:script|link|img)\b[^>]*\b(?:src|href)="(?:https?:)?//([^"]+)""")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built site."""
    folder = tmp_path_factory.mktemp("site")
    strict = ["-W", "-n", "--keep-going", "-q", "-d", str(folder / "cache")]
    done = python(ROOT, "sphinx", *strict, "docs", str(folder / "html"))
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "html"


def test_every_page_is_there(site: Path) -> None:
    pages = {path.relative_to(ROOT / "docs").with_suffix(".html") for path in (ROOT / "docs").rglob("*.md")}
    assert {each for each in pages if not (site / each).is_file()} == set()


def test_every_rule_is_in_the_contents(site: Path) -> None:
    contents = (site / "rules" / "index.html").read_text(encoding="utf-8")
    sidebar = contents[contents.index('class="sidebar-tree"') :]
    assert [code for code in rules() if f'href="{code}.html"' not in sidebar] == []


def test_there_is_a_search(site: Path) -> None:
    index = (site / "searchindex.js").read_text(encoding="utf-8")
    assert "rules/UNL201" in index
    assert (site / "search.html").is_file()


def test_a_page_needs_no_other_server(site: Path) -> None:
    loads = {(path.name, host) for path in site.rglob("*.html") for host in FOREIGN.findall(path.read_text())}
    assert loads == set()


def test_the_tree_stays_clean(site: Path) -> None:
    assert not (ROOT / "docs" / "_build").exists()
