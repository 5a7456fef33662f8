"""The documentation is of this version: generated pages, lists of rules, and links between files."""

from __future__ import annotations

import importlib.util
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest

from flake8_unload.registry import Rule, rules

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PAGES = sorted(DOCS.rglob("*.md"))
RULES = pytest.mark.parametrize("rule", list(rules().values()), ids=lambda each: each.code)
_FENCED = re.compile(r"^```.*?^```", re.S | re.M)
_CODE = re.compile(r"`[^`\n]*`")
_LINK = re.compile(r"\]\(\s*<?([^)>\s]+)>?[^)]*\)|^\[[^\]]+\]:\s*<?([^>\s]+)", re.M)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|#|//", re.I)
_RANGE = re.compile(r"UNL(\d{3}) to UNL(\d{3})")


@pytest.fixture
def generate() -> ModuleType:
    """`docs/generate.py`, which is a script and in no package."""
    spec = importlib.util.spec_from_file_location("generate", DOCS / "generate.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def read(path: Path) -> str:
    """The text of a file of the project."""
    return path.read_text(encoding="utf-8")


def rows(text: str) -> Iterator[list[str]]:
    """The cells of the rows of the Markdown tables in a text."""
    for line in text.splitlines():
        if line.startswith("|"):
            yield [cell.strip() for cell in line.strip("|").split("|")]


# -- generated files ---------------------------------------------------------------------------
def test_generated_files_are_up_to_date(generate: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    status = generate.main(["--check"])
    assert (status, capsys.readouterr().out) == (0, "")


@pytest.mark.parametrize("stale", ["README.md", "docs/rules/index.md", "docs/rules/UNL101.md"])
def test_check_finds_what_is_stale_and_generate_writes_it(
    generate: ModuleType, stale: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "README.md", tmp_path)
    vars(generate).update(DOCS=tmp_path / "docs", README=tmp_path / "README.md")
    file = tmp_path / stale
    wanted = read(file)
    file.write_text(wanted.replace("stale-module-name", "another-name"), encoding="utf-8")
    assert generate.main(["--check"]) == 1
    assert Path(stale).name in capsys.readouterr().out
    assert generate.main([]) == 0
    assert read(file) == wanted


def test_pages_of_rules_that_are_gone_are_stale(generate: ModuleType, tmp_path: Path) -> None:
    shutil.copytree(DOCS, tmp_path / "docs", ignore=shutil.ignore_patterns("__pycache__"))
    vars(generate).update(DOCS=tmp_path / "docs")
    gone = tmp_path / "docs" / "rules" / "UNL000.md"
    gone.write_text("# UNL000\n", encoding="utf-8")
    assert gone in generate.stale()
    generate.main([])
    assert not gone.exists()


# -- lists of rules ----------------------------------------------------------------------------
@RULES
def test_every_rule_has_a_page(rule: Rule) -> None:
    page = read(DOCS / "rules" / f"{rule.code}.md")
    assert page.startswith(f"# {rule.code} {rule.name}\n")
    assert rule.summary and f"\n{rule.summary}." in page


@RULES
@pytest.mark.parametrize(
    ("file", "folder"), [("docs/rules/index.md", ""), ("README.md", "docs/rules/")], ids=["index", "readme"]
)
def test_every_rule_is_in_the_tables(rule: Rule, file: str, folder: str) -> None:
    row = [f"[{rule.code}]({folder}{rule.code}.md)", rule.name, rule.summary]
    assert list(rows(read(ROOT / file))).count(row) == 1


@RULES
def test_every_rule_is_in_the_changelog(rule: Rule) -> None:
    text = read(DOCS / "changelog.md")
    number = int(rule.code.removeprefix("UNL"))
    ranges = [(int(first), int(last)) for first, last in _RANGE.findall(text)]
    assert rule.code in text or any(first <= number <= last for first, last in ranges)


# -- links -------------------------------------------------------------------------------------
def links(text: str) -> Iterator[str]:
    """The targets of the links of a Markdown text that are files; what is code is no link."""
    for groups in _LINK.findall(_CODE.sub("", _FENCED.sub("", text))):
        target = (groups[0] or groups[1]).partition("#")[0]
        if target and not _ELSEWHERE.match(target):
            yield target


def test_links_are_found() -> None:
    text = (
        "[a](one.md) `[x](no.md)` [b](two.md#part), [c](https://example.org/no.md), [d](#part)\n"
        "```\n[y](no.md)\n```\n[![e](three.svg)](four.md 'title')\n\n[f]: five.md\n"
    )
    assert list(links(text)) == ["one.md", "two.md", "three.svg", "four.md", "five.md"]


@pytest.mark.parametrize("file", [ROOT / "README.md", *PAGES], ids=lambda path: path.name)
def test_relative_links_point_to_files(file: Path) -> None:
    missing = [target for target in links(read(file)) if not (file.parent / target).exists()]
    assert missing == []
