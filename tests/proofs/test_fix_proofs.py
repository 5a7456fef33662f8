"""Every fix takes the hazard away and changes nothing else, executed on every Python found.

The sources are the bad examples of the pages, as far as they are fixable, and the snippets of `fixes/`: one
file a rule, each snippet headed by `# --- title`. A line `# hazard: expression` below it asks for the hazard
with the names of the executed source (and `error`, `sys`, `importlib`, `run_tests()`); without one the
observer of the rule does. `# file: pkg/name.py` says where the source stands, `# since: 3.12` which Pythons
show the hazard; what a file's name says after the code is the style of the fix.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from flake8_unload.registry import rules
from tests.proofs.observers import PROOFS
from tests.proofs.test_proofs import applies, performed
from tests.pythons import PYTHONS
from tests.snippets import page_blocks
from tests.test_fixes import WITH_FIX, fix

FOLDER = Path(__file__).parent / "fixes"
_HEAD = re.compile(r"^# --- (.+)\n", re.M)
Shown = dict[str, Any]


@dataclass(frozen=True)
class Exhibit:
    """One source with its hazard, and what the fix makes of it."""

    code: str
    title: str
    path: str
    question: str
    source: str
    fixed: str
    safe: bool
    style: str

    def applies(self, version: str) -> bool:
        """The hazard is one of this Python."""
        since = [int(part) for part in (_said("since", self.source) or "3.0").split(".")]
        return applies(self.code, version) and [int(part) for part in version.split(".")] >= since

    def jobs(self) -> Iterator[list[Any]]:
        """Both sources: seen by the observer of the rule, and with everything else that they show."""
        names = sorted(_bound(self.source))
        for source in (self.source, self.fixed):
            yield [self.code, source] if not self.question else [self.path, source, self.question, names]
            yield [self.path, source, self.question, names]


def _sources() -> Iterator[tuple[str, str, str, str]]:
    for rule in WITH_FIX:
        for number, source in enumerate(page_blocks(rule, "Example")):
            yield rule.code, "again", f"{rule.code} page {number}", source
    for path in sorted(FOLDER.glob("*.py")):
        code, _, style = path.stem.partition("_")
        parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for title, source in zip(parts[1::2], parts[2::2], strict=True):
            yield code.upper(), style or "again", f"{path.stem}: {title}", source.strip("\n") + "\n"


def _said(word: str, source: str) -> str:
    found = re.search(rf"^# {word}: (.+)$", source, re.M)
    return found[1] if found else ""


def exhibits() -> Iterator[Exhibit]:
    """Every source that has a fix; a snippet of `fixes/` must have one."""
    for code, style, title, source in _sources():
        path = _said("file", source) or "example.py"
        done = fix(source, path, code, style=style)
        if done.fixed or " page " not in title:
            safe = all(getattr(each.fix, "safe", False) for each in done.fixed)
            yield Exhibit(code, title, path, _said("hazard", source), source, done.data.decode(), safe, style)


EXHIBITS = list(exhibits())


@cache
def _shown(version: str) -> dict[str, list[Shown]]:
    """The four answers for each exhibit: hazard and the rest, of the source and of the fixed one."""
    jobs = [list(each.jobs()) for each in EXHIBITS]
    answers = iter(performed(version, [job for four in jobs for job in four]))
    return {each.title: [next(answers) for _ in range(4)] for each in EXHIBITS}


def _bound(source: str) -> set[str]:
    """The public names that the code of a module binds, as far as they are not deleted."""
    found: dict[str, bool] = {}
    for node in ast.walk(ast.parse(source)):
        match node:
            case ast.Name(id=name, ctx=ast.Store() | ast.Del() as context):
                found[name] = isinstance(context, ast.Store)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found[name] = True
            case ast.alias(name=name, asname=asname):
                found[asname or name.partition(".")[0]] = True
    return {name for name in found if not name.startswith("_")}


def _added(exhibit: Exhibit) -> set[str]:
    """The names that a fix may bring: what it imports, and the functions of an unsafe one."""
    kinds: tuple[type[ast.AST], ...] = (ast.alias,)
    kinds += () if exhibit.safe else (ast.FunctionDef, ast.AsyncFunctionDef)
    nodes = [each for each in ast.walk(ast.parse(exhibit.fixed)) if isinstance(each, kinds)]
    names = {getattr(each, "asname", None) or each.name.partition(".")[0] for each in nodes}  # type: ignore[attr-defined]
    return names - _bound(exhibit.source)


def _given_up(exhibit: Exhibit) -> set[str]:
    """The names that a qualified use needs no more: whoever else takes them keeps them in the file.

    Also those whose import moves into the tests that read them, or has no use any more: `# given up: name`.
    """
    if exhibit.style == "qualify":
        return _bound(exhibit.source) - _bound(exhibit.fixed)
    return set(_said("given up", exhibit.source).split())


@pytest.mark.parametrize("rule", WITH_FIX, ids=lambda each: each.code)
def test_every_fix_is_proven(rule: Any) -> None:
    assert any(each.code == rule.code for each in EXHIBITS), f"add {FOLDER}/{rule.code.lower()}.py"


@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda each: each.title)
def test_every_exhibit_is_fixed(exhibit: Exhibit) -> None:
    assert exhibit.fixed != exhibit.source


@pytest.mark.parametrize("version", PYTHONS)
@pytest.mark.parametrize("exhibit", EXHIBITS, ids=lambda each: each.title)
def test_the_hazard_goes_and_nothing_else_changes(exhibit: Exhibit, version: str) -> None:
    if not exhibit.applies(version):
        pytest.skip("the page speaks of other versions")
    hazard, before, left, after = _shown(version)[exhibit.title]
    assert [each["failure"] for each in (hazard, before, left, after)] == [None] * 4
    assert hazard["hazard"], "the source does not show its hazard"
    assert left["hazard"] is None, exhibit.fixed
    given_up = _given_up(exhibit)
    kept = [each for each in before["names"] if each not in given_up]
    assert set(kept) <= set(after["names"])
    assert set(after["more"]) - set(before["more"]) <= _added(exhibit)
    if before["error"] is None:
        assert after["error"] is None
        assert after["output"] == before["output"]
        assert after["names"] == kept
    else:  # what the hazard kept from happening happens now, and the error behind it shows
        assert after["error"] in (None, *before["hidden"])
        assert after["output"].startswith(before["output"])


def test_rules_that_are_proven_have_fixes() -> None:
    assert {each.code for each in EXHIBITS} <= {each.code for each in WITH_FIX}
    assert {each.code for each in EXHIBITS} <= PROOFS.keys() & rules().keys()
