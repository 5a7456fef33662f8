"""Puts `# noqa: CODE` where flake8 looks for it: behind the last physical line of what it takes for one line.

Knows text, tokens and flake8's pattern; writes nothing.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flake8_unload import source
from flake8_unload.findings import Finding
from flake8_unload.fingerprints import normal
from flake8_unload.repair.splice import Unwritable, spliced

_FORM_FEEDS = re.compile(r"^\f+", re.M)
_OPENS, _CLOSES = ("FSTRING_START", "TSTRING_START"), ("FSTRING_END", "TSTRING_END")
IN_STRING = "a string on this line has a `# noqa` in it, and flake8 reads that one"
IN_FSTRING = "a comment inside an f-string is a syntax error before Python 3.12"


@dataclass(frozen=True, slots=True)
class _Row:
    """The physical lines that flake8 takes for one, and the comment at their end."""

    first: int
    last: int
    comment: int | None  # the column where it begins, in the last line
    in_fstring: bool


def with_noqa(data: bytes, findings: Sequence[Finding]) -> tuple[bytes, list[tuple[Finding, str]]]:
    """The bytes of a file in which comments suppress the findings, and those that none can, with the reason.

    Raises Unwritable, Unreadable.
    """
    before = _FORM_FEEDS.sub("", source.normalised(source.decode(data)[0]))
    lines = before.split("\n")
    rows = {number: row for row in _rows(before) for number in range(row.first, row.last + 1)}
    wanted: dict[_Row, list[Finding]] = defaultdict(list)
    for each in findings:
        wanted[rows[each.line]].append(each)
    left: list[tuple[Finding, str]] = []
    for row, here in wanted.items():
        line = _suppressing(lines, row, sorted({each.code for each in here}))
        if isinstance(line, str):
            lines[row.last - 1] = line
        else:
            left += [(each, IN_FSTRING if row.in_fstring else IN_STRING) for each in here]
    after = "\n".join(lines)
    if normal(ast.parse(before)) != normal(ast.parse(after)):
        raise Unwritable("a comment would change the code of this file")
    return spliced(data, before, after), left


def _rows(text: str) -> Iterator[_Row]:
    """Every physical line is in one row; a string or a backslash joins several, brackets do not."""
    first, last, comment, depth = 0, 0, None, 0
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        kind = tokenize.tok_name[token.type]
        if kind in ("ENDMARKER", "DEDENT"):
            continue
        first, last = min(first or token.start[0], token.start[0]), max(last, token.end[0])
        if kind in ("NL", "NEWLINE"):
            yield _Row(first, last, comment, depth > 0)
            first, last, comment = 0, 0, None
        elif kind == "COMMENT":
            comment = token.start[1]
        else:
            depth += (kind in _OPENS) - (kind in _CLOSES)


def _suppressing(lines: Sequence[str], row: _Row, codes: Sequence[str]) -> str | None:
    """The last line of a row with these codes added to its comment; None where that has no effect."""
    from flake8.defaults import NOQA_INLINE_REGEXP

    last = lines[row.last - 1]
    joined = "\n".join(lines[row.first - 1 : row.last])
    there = NOQA_INLINE_REGEXP.search(joined)
    if row.in_fstring:
        return None
    if there is None:
        return f"{last.rstrip()}  # noqa: {','.join(codes)}"
    before = len(joined) - len(last)
    if row.comment is None or there.start() < before + row.comment or not there["codes"]:
        return None
    listed = there["codes"].rstrip(", \t")
    comma = ", " if ", " in listed else ","
    at = there.start("codes") + len(listed) - before
    return f"{last[:at]}{comma}{comma.join(codes)}{last[at:]}"
