"""What the commands print: lines in UTF-8 whatever the locale, and differences between bytes.

Colours and line breaks are for terminals alone: what goes into a pipe or a file is the same everywhere.
"""

from __future__ import annotations

import difflib
import os
import re
import shutil
import sys
import textwrap
from collections.abc import Iterable, Iterator
from typing import TextIO

_LINES = re.compile(rb"[^\n]*\n|[^\n]+")
_COLOURS = {b"-": b"\x1b[31m", b"+": b"\x1b[32m", b"@": b"\x1b[36m"}
_PLAIN = b"\x1b[0m"
_FINDING = re.compile(r"^(.+):(\d+):(\d+): (UNL\d+) ")
_PAINTED = "\x1b[1m\\1\x1b[m" + "\x1b[36m:\x1b[m".join(("", r"\2", r"\3", " ")) + "\x1b[1;31m\\4\x1b[m "
_NARROWEST = 40  # columns; below that, broken lines read worse than long ones


def coloured(stream: TextIO) -> bool:
    """On a terminal, unless NO_COLOR is set; or where FORCE_COLOR is. Empty values count as unset."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def is_terminal(stream: TextIO) -> bool:
    """A terminal that understands escape sequences."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def width(stream: TextIO) -> int | None:
    """Columns of the terminal; None for a pipe or file, where lines are never broken."""
    if not stream.isatty():
        return None
    return max(shutil.get_terminal_size().columns, _NARROWEST)


def put(text: str, stream: TextIO) -> None:
    """Write one line; a path keeps its bytes."""
    stream.buffer.write(f"{text}\n".encode("utf-8", "surrogateescape"))


def put_finding(line: str, stream: TextIO) -> None:
    """Write `path:line:column: CODE text`: on a terminal in the colours of flake8, and in its width."""
    lines = broken(line, width(stream), "    ")
    if coloured(stream):
        lines[0] = _FINDING.sub(_PAINTED, lines[0])
    for each in lines:
        put(each, stream)
    if stream.isatty():
        stream.flush()  # what is found is seen at once, and before a diff or a bar


def tell(text: str, stream: TextIO) -> None:
    """Write one line for a person, on a terminal in its width."""
    for line in broken(text, width(stream), ""):
        put(line, stream)


def broken(text: str, columns: int | None, indent: str) -> list[str]:
    """The text in lines of that many columns, all but the first indented; one line without a width."""
    if columns is None or len(text) <= columns:
        return [text]
    return textwrap.wrap(
        text, columns, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )


def columns(rows: Iterable[tuple[str, ...]], stream: TextIO) -> Iterator[str]:
    """Rows as aligned lines; on a terminal the last column is broken to fit."""
    table = list(rows)
    widths = [max(map(len, column)) for column in zip(*(row[:-1] for row in table), strict=True)]
    for row in table:
        start = "".join(f"{cell:{size}}  " for cell, size in zip(row, widths, strict=False))
        room = width(stream)
        yield from broken(start + row[-1], room, " " * min(len(start), (room or 0) // 2))


def put_diff(path: str, old: bytes, new: bytes) -> None:
    """Write a unified diff of the very bytes to stdout, in colours on a terminal."""
    painted = coloured(sys.stdout)
    sys.stdout.flush()
    for line in _diff(os.fsencode(path), old, new):
        sys.stdout.buffer.write(_in_colour(line) if painted else line)
    sys.stdout.buffer.flush()


def _diff(path: bytes, old: bytes, new: bytes) -> Iterator[bytes]:
    before, after = _LINES.findall(old), _LINES.findall(new)
    for line in difflib.diff_bytes(difflib.unified_diff, before, after, path, path):
        yield line if line.endswith(b"\n") else line + b"\n\\ No newline at end of file\n"


def _in_colour(line: bytes) -> bytes:
    colour = _COLOURS.get(line[:1])
    return colour + line.rstrip(b"\r\n") + _PLAIN + b"\n" if colour else line


def count(number: int, noun: str) -> str:
    """`1 file`, `2 files`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
