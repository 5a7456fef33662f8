"""Which lines a fix may change: those of its anchors, and what it puts beside them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from flake8_unload import edits
from flake8_unload.repair.apply import anchors

_NEW_LINE = re.compile(r"\s*(?:from .* import .*|import .*|#.*)?$")


def unowned(before: str, after: str, made: Sequence[edits.Edit]) -> Iterator[str]:
    """The changed lines of a text that none of the edits owns."""
    old, new = before.split("\n"), after.split("\n")
    owned = {line for edit in made for line in _lines(edit, old)}
    modules = [each.module for each in made if isinstance(each, edits.EnsureImport)]
    serves = any(isinstance(each, edits.ServeName) for each in made)
    for kind, start, end, new_start, new_end in _changes(old, new):
        for number in range(start + 1, end + 1):
            line = old[number - 1]
            known = number in owned or not line.strip() or any(f"from {m} import" in line for m in modules)
            if not known:
                yield f"line {number} changed: {line!r}"
        beside = bool(owned & set(range(start, end + 2))) or serves
        for line in new[new_start:new_end] if kind == "insert" and not beside else ():
            if not _NEW_LINE.match(line):
                yield f"new beside line {start}: {line!r}"


def _lines(edit: edits.Edit, old: list[str]) -> Iterator[int]:
    """An expression owns the parentheses around it, statements that change places the comments above them."""
    if isinstance(edit, edits.Swap):
        start = min(edit.at.line, edit.other.line)
        while start > 1 and old[start - 2].lstrip().startswith("#"):
            start -= 1
        yield from range(start, max(edit.at.end_line, edit.other.end_line) + 1)
    if isinstance(edit, edits.Surround):
        yield from range(edit.first.line, edit.last.end_line + 1)
    if isinstance(edit, edits.Replace):
        start, end = edit.at.line, edit.at.end_line
        while start > 1 and old[start - 2].rstrip().endswith("("):
            start -= 1
        while end < len(old) and old[end].lstrip().startswith(")"):
            end += 1
        yield from range(start, end + 1)
    for at in anchors(edit):
        yield from range(at.line, at.end_line + 1)


def _changes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    return (each for each in matcher.get_opcodes() if each[0] != "equal")
