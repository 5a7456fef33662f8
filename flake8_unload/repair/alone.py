"""What each fix of a file changes when it is applied alone, as replacements of text. Writes nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate

from flake8_unload import edits, source
from flake8_unload.edits import Fix, Refusal
from flake8_unload.failures import Unreadable
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.repair.apply import anchors
from flake8_unload.repair.rounds import Failed, attempt
from flake8_unload.repair.splice import changes
from flake8_unload.results import Replacement, Result

_LINES = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")


def with_replacements(
    path: str, data: bytes | None, found: Sequence[Finding], results: Sequence[Result], inspector: Inspector
) -> list[Result]:
    """The results with the replacements of their fixes; a fix that cannot be made becomes a refusal."""
    try:
        old = source.read(path) if data is None else data
        ready = [each.finding for each in results if each.reported and isinstance(each.finding.fix, Fix)]
        known = _together(path, old, ready, found, inspector)
        return [_with(each, known, path, old, found, inspector) for each in results]
    except Unreadable:
        return list(results)  # it was there a moment ago


_LOCAL = (
    edits.AddArgument,
    edits.Enclose,
    edits.InsertAfter,
    edits.InsertBefore,
    edits.Remove,
    edits.Replace,
    edits.ReplaceStatement,
    edits.Swap,
)
_Known = dict[Finding, tuple[Replacement, ...]]


def _together(
    path: str, data: bytes, ready: Sequence[Finding], found: Sequence[Finding], inspector: Inspector
) -> _Known:
    """The replacements of fixes that are far from each other, for the cost of one fix."""
    near = {each: rows for each in ready if (rows := _rows(each.fix))}
    if len(near) < 2:
        return {}
    try:
        new, done, *_ = attempt(path, data, list(near), found, inspector)
    except Failed:
        return {}
    known: _Known = {}
    for each in replacements(_text(data), _text(new)):
        owners = [one for one in near if each.line in near[one] and each.end_line in near[one]]
        if len(owners) != 1 or owners[0] not in done:
            return {}
        known[owners[0]] = (*known.get(owners[0], ()), each)
    return known


def _rows(fix: Fix | Refusal | None) -> range:
    """The lines that a fix can reach, if it touches nothing but its own place."""
    if not isinstance(fix, Fix) or not all(isinstance(each, _LOCAL) for each in fix.edits):
        return range(0)
    places = [each for edit in fix.edits for each in anchors(edit)]
    return range(min(each.line for each in places) - 1, max(each.end_line for each in places) + 2)


def _with(
    result: Result,
    known: _Known,
    path: str,
    data: bytes,
    found: Sequence[Finding],
    inspector: Inspector,
) -> Result:
    if result.suppressed or not isinstance(result.finding.fix, Fix):
        return result
    if result.finding in known:
        return replace(result, replacements=known[result.finding])
    try:
        new = attempt(path, data, [result.finding], found, inspector)[0]
    except Failed as error:
        return replace(result, finding=replace(result.finding, fix=Refusal(str(error))))
    return replace(result, replacements=tuple(replacements(_text(data), _text(new))))


def _text(data: bytes) -> str:
    return source.decode(data)[0].removeprefix("\ufeff")


def replacements(old: str, new: str) -> Iterator[Replacement]:
    """The few spans of ``old`` that must be replaced to get ``new``, in order; line ends as they are."""
    before, after = _LINES.findall(old), _LINES.findall(new)
    offsets = [0, *accumulate(map(len, before))]
    starts = offsets if old.endswith(("\r", "\n")) else offsets[:-1] or offsets
    for kind, first, end, new_first, new_end in changes(before, after):
        if kind == "equal":
            continue
        gone, come = "".join(before[first:end]), "".join(after[new_first:new_end])
        head = _common(gone, come, "\r\n")
        tail = _common(gone[head:][::-1], come[head:][::-1], "\n\r")
        where = (offsets[first] + head, offsets[end] - tail)
        text = come[head : len(come) - tail]
        yield Replacement(*_place(starts, where[0]), *_place(starts, where[1]), text)


def _common(one: str, other: str, pair: str) -> int:
    """How many characters both begin with; the two of a line end, a ``pair``, are not taken apart."""
    same = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        same += 1
    cut = same and pair in (one[same - 1 : same + 1], other[same - 1 : same + 1])
    return same - 1 if cut else same


def _place(starts: Sequence[int], offset: int) -> tuple[int, int]:
    """Line from 1 and column from 0 of an offset in characters."""
    line = bisect_right(starts, offset)
    return line, offset - starts[line - 1]
