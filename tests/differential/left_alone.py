"""What RULES leaves alone although executions show it. There a finding is a false alarm: silence is demanded.

Like the marks of orders, but no permission: made of the text alone, before anything is executed. Knows no
execution, and no verdict of a rule.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tests.differential.marks_failures import failing_code
from tests.differential.statements import BOUND, reloads
from tests.differential.text import Text
from tests.differential.ways import Ways

CLEANUP = "a removal in an except clause or a final block is cleanup"
EXPECTED = "a failure that a `try` or `suppress` takes is expected"
ASKED = "a condition or context manager may ask for the entry, or put it back"
# What was captured (`g = m.f`, a table, a default, a base class) has one row in RULES, UNL202, and that is of
# reloads. The rows of removals are about names bound to the module (UNL101) and names taken by a from-import
# (UNL110). SEMANTICS has an old object that is kept among what is meant: HU-01 FP (f), HR-02 FP.
CAPTURED = "captures are told of on reload (UNL202), imported names on unload (UNL110)"
# A function that takes an object, reloads and takes the new one as well has both in hand to compare them.
MEANT = "captures meant to hold the old version"


@dataclass(frozen=True, slots=True)
class LeftAlone:
    """For each case of a program that must stay untold, why. The keys are those of `Marks`."""

    stale: dict[tuple[int, int, str], str]
    orphaned: dict[tuple[int, int], str]
    failures: dict[tuple[int, str], str]
    missing: dict[tuple[int, str], str]


def left_alone(text: Text, ways: Ways) -> LeftAlone:
    """What must stay untold of a program."""
    return LeftAlone(
        dict(_stale(text, ways)), dict(_orphaned(text)), dict(_failures(text, ways)), dict(_missing(text))
    )


def _stale(text: Text, ways: Ways) -> Iterator[tuple[tuple[int, int, str], str]]:
    for cause in text.removed.keys() | text.reloading.keys():
        for line, name in text.reads:
            removal = None if name.startswith(BOUND) else _of_removal(cause, line, name, text, ways)
            if cause in text.removed and removal:
                yield (cause, line, name), removal
            elif cause in text.reloading and _is_meant(cause, line, name, text, ways):
                yield (cause, line, name), MEANT


def _of_removal(cause: int, line: int, name: str, text: Text, ways: Ways) -> str | None:
    if text.is_cleanup(cause):
        return CLEANUP
    if reloads(text.statements[line]) and text.failure_expected(line, "ImportError"):
        return EXPECTED
    binders = ways.binders(cause, line, name)
    return CAPTURED if binders and binders <= text.captures else None


def _is_meant(cause: int, line: int, name: str, text: Text, ways: Ways) -> bool:
    """A local name captures something, and the function takes what is new after the reload, too."""
    scope, binders = text.owner(name, line), ways.binders(cause, line, name)
    if scope is text.tree or not binders or not binders <= text.captures:
        return False
    return any(text.scope(each) is scope and ways.leads(cause, each, set()) for each in text.taking)


def _orphaned(text: Text) -> Iterator[tuple[tuple[int, int], str]]:
    for cause in filter(text.is_cleanup, text.removing("pkg")):
        yield from (((cause, line), CLEANUP) for line in text.package_imports)


def _failures(text: Text, ways: Ways) -> Iterator[tuple[tuple[int, str], str]]:
    for line in text.statements:
        for error in ("KeyError", "NameError", "ImportError"):
            code = failing_code(line, error, text)
            if code and text.failure_expected(line, error):
                yield (line, code), EXPECTED
            elif code == "UNL108" and _is_asked(line, text, ways):
                yield (line, code), ASKED


def _is_asked(line: int, text: Text, ways: Ways) -> bool:
    """Something only around this removal, and around none after which the entry is certainly not there."""
    (key,) = text.removed[line]
    removals = ways.removals_of(key, line, text.loading(key) | ways.unknown_code)
    return bool(removals) and all(text.conditions(line) - text.conditions(each) for each in removals)


def _missing(text: Text) -> Iterator[tuple[tuple[int, str], str]]:
    for line, name in text.reads:
        if name.isidentifier() and text.failure_expected(line, "NameError"):
            yield (line, name), EXPECTED
