"""The prefilter saves time and loses no finding: files that it leaves out have none, looked at after all."""

from __future__ import annotations

import ast
import io
import sysconfig
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_unload import engine, prefilter
from flake8_unload.findings import Finding
from flake8_unload.registry import Rule, rules
from flake8_unload.settings import Settings
from tests.snippets import DEFAULT, OPT_IN, WORLD, Snippet, aliased, case_snippets, page_blocks

STANDARD_LIBRARY = Path(sysconfig.get_path("stdlib"))
SETTINGS = pytest.mark.parametrize("settings", [DEFAULT, OPT_IN], ids=["default", "opt-in"])
HEADINGS = ("Example", "Use instead", "Clean", "Options")


def lost(source: str, filename: str, settings: Settings) -> list[Finding]:
    """The findings of the full analysis that the engine does not give."""
    lines = io.StringIO(source, newline=None).readlines()
    tree = ast.parse("".join(lines))
    found = engine.check(tree, lines, filename, settings)
    return [each for each in engine._findings(tree, lines, filename, settings) if each not in found]


@SETTINGS
@pytest.mark.parametrize("snippet", list(case_snippets()), ids=lambda each: each.title)
def test_nothing_of_a_case_is_lost(snippet: Snippet, settings: Settings) -> None:
    for source in (snippet.source, aliased(snippet.source)):
        assert lost(source, str(WORLD / snippet.filename), settings) == []


@SETTINGS
@pytest.mark.parametrize("rule", list(rules().values()), ids=lambda each: each.code)
def test_nothing_of_a_page_is_lost(rule: Rule, settings: Settings) -> None:
    for heading in HEADINGS:
        for source in page_blocks(rule, heading):
            assert lost(source, str(WORLD / "example.py"), settings) == []


def sources() -> Iterator[tuple[str, str]]:
    """The files of the standard library that can be parsed, without what is installed beside it."""
    for path in sorted(STANDARD_LIBRARY.rglob("*.py")):
        if "site-packages" in path.parts:
            continue
        try:
            with tokenize.open(path) as stream:
                source = stream.read()
            ast.parse(source)
        except (SyntaxError, ValueError, RecursionError):
            continue
        yield str(path), source


@pytest.mark.slow
@SETTINGS
def test_nothing_of_the_standard_library_is_lost(settings: Settings) -> None:
    left_out: dict[str, list[Finding]] = {}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # invalid escapes in files that are there for them
        for filename, source in sources():
            lines = io.StringIO(source).readlines()
            if not prefilter.eventful(ast.parse(source), lines, settings):
                left_out[filename] = lost(source, filename, settings)
    assert {filename: found for filename, found in left_out.items() if found} == {}
    assert left_out, "nothing was left out, nothing was tested"
