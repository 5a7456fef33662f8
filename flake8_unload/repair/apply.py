"""Applies the edits of several fixes to one text: each fix whole or not at all, overlapping ones not at once.

Knows text, edits and libcst; neither files nor findings.
"""

from __future__ import annotations

import io
import re
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields

import libcst as cst

from flake8_unload import edits
from flake8_unload.edits import Anchor, Edit, Fix
from flake8_unload.repair import changed_imports, imports, module_getattr
from flake8_unload.repair.locate import Located, Span, span
from flake8_unload.repair.plan import Plan
from flake8_unload.repair.statements import spaced
from flake8_unload.repair.steps import Impossible

_DEFINED = re.compile(r"^def (\w+)", re.M)
_FORM_FEEDS = re.compile(r"^\f+", re.M)
LATER = "another fix of the same place goes first"


class NotApplied(Exception):
    """None of the fixes can be applied to this text; says why."""


@dataclass(frozen=True, slots=True)
class Applied:
    """``before`` is the text as libcst sees it, line for line the given one without leading form feeds;
    ``after`` is what became of it. ``done`` are the places of the fixes in the list, ``left`` the others."""

    before: str
    after: str
    done: tuple[int, ...] = ()
    left: dict[int, str] = field(default_factory=dict)


def apply(text: str, fixes: Sequence[Fix]) -> Applied:
    """Apply what can be applied at once to a text with "\\n" line ends. Raises NotApplied."""
    try:
        return _apply(text, fixes)
    except Impossible as error:
        raise NotApplied(str(error)) from None
    except cst.ParserSyntaxError as error:
        raise NotApplied(f"libcst cannot parse this file: {error.message}") from None
    except cst.CSTValidationError as error:
        raise NotApplied(f"the result would be no Python: {error}") from None
    except RecursionError:
        raise NotApplied("this file is nested too deeply for libcst") from None


def _apply(text: str, fixes: Sequence[Fix]) -> Applied:
    feeds = {text.count("\n", 0, each.start()) + 1: len(each[0]) for each in _FORM_FEEDS.finditer(text)}
    fixes = [_moved(each, feeds) for each in fixes]
    before = _FORM_FEEDS.sub("", text)
    module = cst.parse_module(before)
    located = Located(module, [each for fix in fixes for edit in fix.edits for each in anchors(edit)])
    if located.text.removesuffix("\n") != before.removesuffix("\n"):
        raise NotApplied("libcst does not keep the text of this file")
    plan = Plan(located)
    done, left, taken = [], {}, _Taken()
    for number, fix in enumerate(fixes):
        reason = taken.refuses(fix) or _planned(fix, plan, taken)
        if reason:
            left[number] = reason
        else:
            done.append(number)
    after = _finished(plan.carried_out(), [edit for number in done for edit in fixes[number].edits], located)
    return Applied(before, after, tuple(done), left)


def _planned(fix: Fix, plan: Plan, taken: _Taken) -> str | None:
    """Plan all edits of a fix, or none and say why."""
    new = [each for each in fix.edits if each not in taken.edits]
    try:
        steps = [plan.step(each) for each in new]
    except Impossible as error:
        return str(error)
    except cst.ParserSyntaxError as error:
        return f"the new code would be no Python: {error.message}"
    for each in steps:
        plan.add(each)
    taken.add(new)
    return None


def _finished(module: cst.Module, done: Sequence[Edit], located: Located) -> str:
    """The imports come last: whether a name is still needed shows only then."""
    module = _with_needed(module, done)
    text = module.code
    changes: dict[cst.CSTNode, changed_imports.Changes] = {}
    for each in dict.fromkeys(done):
        if not isinstance(each, (edits.DropImport, edits.ReplaceImport)):
            continue
        statement = located.find(each.at)
        assert statement is not None
        names = changes.setdefault(changed_imports.mark(statement), {})
        if isinstance(each, edits.ReplaceImport):
            needed = not changed_imports.is_unused(each.name, text, in_texts=False)
            names[each.name] = [each.name, each.module] if needed else [each.module]
        elif each.certain or changed_imports.is_unused(each.name, text):
            names[each.name] = []
    return changed_imports.changed(module, changes).code if changes else text


def _with_needed(module: cst.Module, done: Sequence[Edit]) -> cst.Module:
    """New imports, the module's `__getattr__`, and blank lines around new functions."""
    defined: set[str] = set()
    for each in dict.fromkeys(done):
        match each:
            case edits.EnsureImport():
                module = imports.ensured(module, each)
            case edits.ServeName():
                module = module_getattr.serving(module, each)
                defined.add(module_getattr.NAME)
            case edits.ReplaceStatement(code=code):
                defined.update(_DEFINED.findall(code))
    return spaced(module, defined)


# -- anchors -----------------------------------------------------------------------------------
def anchors(edit: Edit) -> Iterator[Anchor]:
    """Every anchor of an edit."""
    for each in fields(edit):
        value = getattr(edit, each.name)
        if isinstance(value, Anchor):
            yield value
        elif isinstance(value, tuple):
            yield from value


def _moved(fix: Fix, feeds: dict[int, int]) -> Fix:
    """The fix with its columns counted without the form feeds at the start of lines."""
    if not feeds:
        return fix

    def moved(value: object) -> object:
        if isinstance(value, Anchor):
            column = value.column - feeds.get(value.line, 0)
            end_column = value.end_column - feeds.get(value.end_line, 0)
            return Anchor(value.kind, value.line, column, value.end_line, end_column)
        return tuple(map(moved, value)) if isinstance(value, tuple) else value

    changed = [
        type(edit)(**{each.name: moved(getattr(edit, each.name)) for each in fields(edit)})  # type: ignore[arg-type]
        for edit in fix.edits
    ]
    return Fix(fix.title, tuple(changed), fix.safe)


class _Taken:
    """What the fixes of this round own already."""

    def __init__(self) -> None:
        self.edits: set[Edit] = set()
        self._spans: list[Span] = []

    def add(self, new: Sequence[Edit]) -> None:
        self.edits.update(new)
        self._spans += _owned(new)

    def refuses(self, fix: Fix) -> str | None:
        """An edit that is there already is shared; any other must be on free ground."""
        wanted = _owned([each for each in fix.edits if each not in self.edits])
        if any(_touch(one, other) for one in wanted for other in self._spans):
            return LATER
        return None


def _owned(new: Sequence[Edit]) -> list[Span]:
    found: list[Span] = []
    for edit in new:
        match edit:
            case edits.InsertBefore(at=at) | edits.AddParameter(at=at):
                found.append((at.line, at.column, at.line, at.column))
            case edits.InsertAfter(at=at):
                found.append((at.end_line, at.end_column, at.end_line, at.end_column))
            case edits.EnsureImport() | edits.DropImport() | edits.ReplaceImport() | edits.ServeName():
                pass
            case edits.Surround(first=first, last=last):
                found.append((first.line, first.column, last.end_line, last.end_column))
            case edits.Swap(at=at, other=other):
                found += [span(at), span(other)]
            case _:
                found.append(span(edit.at))
    return found


def _touch(one: Span, other: Span) -> bool:
    return one[:2] <= other[2:] and other[:2] <= one[2:]


# -- comments ----------------------------------------------------------------------------------
def lost_comments(before: str, after: str) -> list[str]:
    """The comments of one text that the other does not have (as often)."""
    if not _marked(before) - _marked(after):
        return []  # no line with a comment changed: there is no need to read every token
    return list((_comments(before) - _comments(after)).elements())


def _marked(text: str) -> Counter[str]:
    return Counter(each for each in text.split("\n") if "#" in each)


def _comments(text: str) -> Counter[str]:
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return Counter(each.string for each in tokens if each.type == tokenize.COMMENT)
