"""New text into old bytes: lines that did not change keep every byte, the others get the line end around.

Knows bytes and text only.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from difflib import SequenceMatcher

from flake8_unload.source import decode

_LINE = re.compile(r"([^\r\n]*)(\r\n|\r|\n|\Z)")
_FORM_FEEDS = re.compile(r"\f*")
Line = tuple[str, str]  # content and line end


class Unwritable(Exception):
    """The new text cannot be put into the bytes of this file; says why."""


def spliced(data: bytes, before: str, after: str) -> bytes:
    """The bytes of a file in which ``before`` became ``after``. Raises Unwritable, Unreadable.

    ``before`` is the text of the file with "\\n" line ends and without form feeds at the start of lines.
    """
    text, encoding = decode(data)
    mark = "\ufeff" if text.startswith("\ufeff") else ""
    lines = [(each[1], each[2]) for each in _LINE.finditer(text.removeprefix(mark))]
    if text.encode(encoding) != data:
        raise Unwritable(f"the bytes of this file are not what {encoding} writes")
    if lines[-2:] and not lines[-1][0] and lines[-2][1] == "":
        lines.pop()  # the pattern matches once more at the very end
    old = before.split("\n")
    if len(old) != len(lines):
        raise Unwritable("the lines of this file cannot be counted")
    return (mark + _joined(_merged(lines, old, after.split("\n")), _usual(lines))).encode(encoding)


def _merged(lines: list[Line], old: list[str], new: list[str]) -> Iterator[Line]:
    """The lines of the new text, with the line ends of the old ones; unchanged ones exactly as they were."""
    for kind, start, end, new_start, new_end in changes(old, new):
        if kind == "equal":
            yield from lines[start:end]
            continue
        line_end = lines[start if start < end else start - 1][1] or lines[start - 1][1]
        feeds = _FORM_FEEDS.match(lines[start][0]) if start < end else None
        for number, content in enumerate(new[new_start:new_end]):
            own = lines[start + number][1] if start + number < end else ""
            yield (feeds[0] if feeds and not number else "") + content, own or line_end


def changes(old: list[str], new: list[str]) -> Iterator[tuple[str, int, int, int, int]]:
    """The blocks of `difflib`, without its cost for what both texts begin and end with."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old_end, new_end = len(old) - last, len(new) - last
    if first:
        yield "equal", 0, first, 0, first
    matcher = SequenceMatcher(None, old[first:old_end], new[first:new_end], autojunk=False)
    for kind, start, end, new_start, stop in matcher.get_opcodes():
        yield kind, start + first, end + first, new_start + first, stop + first
    if last:
        yield "equal", old_end, len(old), new_end, len(new)


def _joined(lines: Iterator[Line], usual: str) -> str:
    """All lines end somehow but the last, which does not."""
    pieces = list(lines)
    text = "".join(content + (end or usual) for content, end in pieces[:-1])
    return text + pieces[-1][0]


def _usual(lines: list[Line]) -> str:
    counted = Counter(end for _, end in lines if end)
    return counted.most_common(1)[0][0] if counted else "\n"
