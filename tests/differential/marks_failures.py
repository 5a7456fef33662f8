"""Marks on statements that fail and names that are not found: where the text leaves open whether they do."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator

from tests.differential.statements import reloads
from tests.differential.text import Text
from tests.differential.ways import Ways

THERE = "on one way from each removal to the statement the module may come back"
OTHERS = "unknown code runs between each removal and the statement, and may import the module"
SERVED = "whether the package still has the old submodule, which an import then gives, is open"
AGAIN = "only the statement itself removes the entry, in another round or call"
EITHER = "which module is reloaded depends on the way"
MISSED = "on one way from each deletion to the read the name is bound again, or nobody calls what reads"


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
    match code:
        case "UNL108":
            (key,) = text.removed[line]
            return _of_entry(key, line, text, ways)
        case "UNL104":
            (name,) = text.removed[line]
            last = ways.last(line, text.binders(name, line))
            return None if last <= text.deleting(name) else MISSED
        case "UNL204":
            return _of_reload(line, text, ways)
    return None


def _of_entry(key: str, line: int, text: Text, ways: Ways) -> str | None:
    """Why it is open whether the entry is there when ``line`` is come to.

    That a reload on the way fails, too, as the entry is gone, is no knowledge that a rule must have; but one
    that has it, tells of that reload.
    """
    failing = _failing_too(key, line, text, ways)
    return _of_ways(key, line, text, ways, ()) or _of_ways(key, line, text, ways, failing)


def _of_ways(key: str, line: int, text: Text, ways: Ways, failing: Collection[int]) -> str | None:
    loading, unknown = text.loading(key), ways.unknown_code
    if ways.removals_of(key, line, loading | unknown, failing):
        return None
    if ways.removals_of(key, line, loading, failing):
        return OTHERS
    if ways.removals_of(key, line, loading - text.serving | unknown, failing):
        return SERVED
    removals = text.removing(key) - {line}
    return THERE if any(ways.leads(each, line, set()) for each in removals) else AGAIN


def _of_reload(line: int, text: Text, ways: Ways) -> str | None:
    """The module or its parent is not there on any way; of several in a loop, that of one."""
    (target,) = reloads(text.statements[line])
    held = ways.held(line, line, target) if target.isidentifier() else {target}
    modules = [module for each in held for module in _elements(each or "", line, ways)]
    if len(held) != 1 or not all(modules):
        return EITHER
    entries = [each for module in modules for each in (module, module.rpartition(".")[0])]
    reasons = [_of_entry(each, line, text, ways) for each in entries if text.removing(each)]
    if None in reasons or not reasons:
        return None if reasons else THERE
    return next((each for each in (OTHERS, SERVED) if each in reasons), reasons[0])


def _failing_too(key: str, line: int, text: Text, ways: Ways) -> set[int]:
    """The other reloads that fail while it is gone: of it, or of the submodule in it; in a loop of one."""

    def fails(held: str | None, each: int) -> bool:
        return any(key in (found, found.rpartition(".")[0]) for found in _elements(held or "", each, ways))

    return {
        each
        for each, (target, *_) in text.reloading.items()
        if each != line
        and all(
            fails(held, each)
            for held in (ways.held(each, each, target) if target.isidentifier() else {target})
        )
    }


def _elements(held: str, line: int, ways: Ways) -> Iterator[str]:
    """The module that a name holds, or those of a loop over names; empty where one holds several."""
    if not held.startswith("("):
        entry = re.fullmatch(r"sys\.modules\['([\w.]+)'\]", held)
        yield entry[1] if entry else held
        return
    for name in held.strip("(,)").split(", "):
        found = {"pkg.sub"} if name in ("sub", "s") else ways.held(line, line, name)
        yield next(iter(found)) or "" if len(found) == 1 else ""


def missing(text: Text, ways: Ways) -> Iterator[tuple[tuple[int, str], str]]:
    """Why it may stay untold that a line reads a name although it was deleted with its module."""
    for line, name in text.reads:
        if name.isidentifier() and not ways.deletions_of(name, line):
            yield (line, name), MISSED
