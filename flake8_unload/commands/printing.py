"""What the commands print: lines in UTF-8 whatever the locale, and differences between bytes."""

from __future__ import annotations

import difflib
import os
import re
import sys
from collections.abc import Iterator
from typing import TextIO

from flake8_unload.findings import Finding

_LINES = re.compile(rb"[^\n]*\n|[^\n]+")
_COLOURS = {b"-": b"\x1b[31m", b"+": b"\x1b[32m", b"@": b"\x1b[36m"}
_PLAIN = b"\x1b[0m"


def put(text: str, stream: TextIO) -> None:
    """Write one line; a path keeps its bytes."""
    stream.buffer.write(f"{text}\n".encode("utf-8", "surrogateescape"))


def place(path: str, finding: Finding) -> str:
    """`path:line:column: CODE`, columns from 1, as flake8 prints it."""
    return f"{path}:{finding.line}:{finding.column + 1}: {finding.code}"


def put_diff(path: str, old: bytes, new: bytes) -> None:
    """Write a unified diff of the very bytes to stdout, in colours on a terminal."""
    coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
    sys.stdout.flush()
    for line in _diff(os.fsencode(path), old, new):
        sys.stdout.buffer.write(_in_colour(line) if coloured else line)
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
