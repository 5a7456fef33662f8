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


RELOADS = """\
import importlib|importlib.reload(m)
from importlib import reload|reload(m)
from importlib import reload as again|again(m)
import importlib as i|i.reload(module=m)
import imp|imp.reload(m)
import six|six.moves.reload_module(m)
from six.moves import reload_module|reload_module(m)
from six.moves import reload_module as again|again(m)
import importlib|again = importlib.reload; again(m)
import importlib|list(map(importlib.reload, (m,)))
from past.builtins import reload as again|again(m)"""
REMOVALS = """\
import sys|del sys.modules["m"]
import sys|del (sys.path[:0], [sys.modules["m"]])
import sys|sys.modules.pop("m")
import sys|sys.modules.__delitem__("m")
from sys import modules|del modules["m"]
from sys import modules as loaded|loaded.pop("m")
import sys|loaded = sys.modules; loaded.pop("m", None)
import sys|(loaded := sys.modules).pop("m", None)
import sys|loaded: dict = sys.modules; del loaded["m"]
import builtins|del __import__("sys").modules["m"]
import sys|[sys.modules.pop(each) for each in ("m",)]"""


def spelled() -> Iterator[str]:
    """A stale name after a removal or a reload in every spelling."""
    for line in (*RELOADS.splitlines(), *REMOVALS.splitlines()):
        imports, _, action = line.partition("|")
        yield f"{imports}\nimport m\nfrom m import f\n\n{action}\nf()\nm.f()\n"


def lost(source: str, filename: str, settings: Settings) -> list[Finding]:
    """The findings of the full analysis that the engine does not give."""
    lines = io.StringIO(source, newline=None).readlines()
    tree = ast.parse("".join(lines))
    found = engine.check(tree, lines, filename, settings)
    return [each for each in engine._findings(tree, lines, filename, settings) if each not in found]


@pytest.mark.parametrize("source", list(spelled()))
def test_no_spelling_is_lost(source: str) -> None:
    assert lost(source, "example.py", DEFAULT) == []
    assert engine.check(ast.parse(source), source.splitlines(True), "example.py", DEFAULT)


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
