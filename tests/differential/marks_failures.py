"""Marks on statements that fail and names that are not found: where the text leaves open whether they do."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.differential.statements import reloads
from tests.differential.text import Text
from tests.differential.ways import Ways

THERE = "on one way to the statement the module may be there"
MISSED = "on one way to the read the name is bound"
CLEANUP = "RULES: a removal in an except clause or a final block is cleanup"
EXPECTED = "RULES: a failure that a `try` or `suppress` takes is expected"
ASKED = "RULES: a condition or context manager may ask for the entry, or put it back"


def failing_code(line: int, error: str, text: Text) -> str | None:
    """The rule that is about a statement which fails so, if one is."""
    node = text.statements[line]
    match error:
        case "RuntimeError" if isinstance(node, ast.For):
            return "UNL106"
        case "KeyError" if len(text.removed.get(line, ())) == 1:
            return "UNL108"
        case "NameError" if line in text.removed and ".__name__" in ast.unparse(node):
            return "UNL104"
        case "ImportError" if reloads(node):
            return "UNL204"
    return None


def failures(text: Text, ways: Ways) -> Iterator[tuple[tuple[int, str], str]]:
    """Why it may stay untold that a line fails, with what a rule is about."""
    for line in text.statements:
        for error in ("KeyError", "NameError", "ImportError"):
            code = failing_code(line, error, text)
            if code and (reason := _of_failure(line, code, text, ways)):
                yield (line, code), reason


def _of_failure(line: int, code: str, text: Text, ways: Ways) -> str | None:
    if text.failure_expected(line):
        return EXPECTED
    match code:
        case "UNL108":
            return _of_removal(line, text, ways)
        case "UNL104":
            (name,) = text.removed[line]
            last = ways.last(line, text.binders(name, line))
            return None if last <= text.deleting(name) else MISSED
        case "UNL204":
            return _of_reload(line, text, ways)
    return None


def _of_removal(line: int, text: Text, ways: Ways) -> str | None:
    (key,) = text.removed[line]
    removals = ways.removals_of(key, line)
    if removals is None:
        return THERE
    if text.is_cleanup(line):
        return CLEANUP
    if any(text.conditions(line) - text.conditions(each) for each in removals):
        return ASKED
    return None


def _of_reload(line: int, text: Text, ways: Ways) -> str | None:
    """The module or its parent is not there on any way."""
    (target,) = reloads(text.statements[line])
    held = ways.held(line, line, target) if target.isidentifier() else {target}
    for module in held if len(held) == 1 else ():
        if module and any(ways.removals_of(each, line) for each in (module, module.rpartition(".")[0])):
            return None
    return THERE


def missing(text: Text, ways: Ways) -> Iterator[tuple[tuple[int, str], str]]:
    """Why it may stay untold that a line reads a name although it was deleted with its module."""
    for line, name in text.reads:
        if name.isidentifier() and (reason := _of_missing(line, name, text, ways)):
            yield (line, name), reason


def _of_missing(line: int, name: str, text: Text, ways: Ways) -> str | None:
    if text.failure_expected(line):
        return EXPECTED
    binders = text.binders(name, line)
    gone = {each for each, what in binders.items() if what is None and each in text.removed}
    return None if ways.last(line, binders) <= gone else MISSED
