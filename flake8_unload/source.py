"""From the bytes of a file to its lines and tree, as flake8 makes them. Knows no rule.

flake8 falls back to Latin-1 where a file's encoding is wrong; such a file cannot be imported, so it
is UNL000 here.
"""

from __future__ import annotations

import ast
import io
import os
import re
import stat
import sys
import tokenize
import warnings
from dataclasses import dataclass

from flake8_unload.failures import Unreadable


@dataclass(frozen=True, slots=True)
class Source:
    """One file: ``path`` as it is printed, its text in lines, its tree."""

    path: str
    lines: list[str]
    tree: ast.Module


def load(path: str, data: bytes | None = None) -> Source:
    """Read (unless ``data`` is given) and parse one file. Raises Unreadable, and nothing else."""
    found = text(path, data)
    return Source(path, io.StringIO(found).readlines(), parse(found))


def lines(path: str, data: bytes | None = None) -> list[str]:
    """Those of a file that is not parsed. Raises Unreadable."""
    return io.StringIO(text(path, data)).readlines()


def text(path: str, data: bytes | None = None) -> str:
    """The text of a file that is not parsed, with line feeds. Raises Unreadable."""
    return normalised(decode(read(path) if data is None else data)[0])


def read(path: str) -> bytes:
    """The bytes of a file. Raises Unreadable."""
    try:
        with open(path, "rb") as file:
            if not is_endless(file):
                return file.read()
    except (OSError, ValueError) as error:
        raise Unreadable(f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    raise Unreadable("cannot be read: a device that never ends")


def is_endless(file: io.BufferedReader) -> bool:
    """Whether it is a device with something to read, like `/dev/zero`: all of it is more than fits."""
    return stat.S_ISCHR(os.fstat(file.fileno()).st_mode) and not file.isatty() and bool(file.peek(1))


def normalised(text: str) -> str:
    """The text as Python sees it: every line ends with a line feed, and no byte order mark."""
    return text.replace("\r\n", "\n").replace("\r", "\n").removeprefix("\ufeff")


def decode(data: bytes) -> tuple[str, str]:
    """The text of a file with its own line ends, and its encoding. Raises Unreadable."""
    if b"\0" in data:
        before = data[: data.index(b"\0")]
        column = len(before) - before.rfind(b"\n")
        raise Unreadable("cannot be parsed: a NUL byte", before.count(b"\n") + 1, column)
    try:
        encoding, _ = tokenize.detect_encoding(io.BytesIO(_first_lines(data)).readline)
    except SyntaxError as error:
        raise Unreadable(f"cannot be decoded: {error.msg}") from None
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise Unreadable(f"cannot be decoded as {encoding}: {error.reason}", line) from None
    except Exception as error:  # codecs that are no text encoding, or that are broken themselves
        raise Unreadable(f"cannot be decoded as {encoding}: {error}") from None
    return text, encoding


def _first_lines(data: bytes) -> bytes:
    """The lines that may name the encoding; `tokenize` knows no carriage return as the end of one."""
    return b"\n".join(re.split(rb"\r\n|\r|\n", data, maxsplit=2)[:2]) + b"\n"


def parse(text: str) -> ast.Module:
    """The tree of a text with line feeds. Raises Unreadable."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text)
    except SyntaxError as error:
        python = f"Python {sys.version_info[0]}.{sys.version_info[1]}"
        raise Unreadable(f"cannot be parsed by {python}: {error.msg}", error.lineno, error.offset) from None
    except (RecursionError, MemoryError):
        raise Unreadable("cannot be parsed: nested too deeply") from None
    except (ValueError, OverflowError) as error:
        raise Unreadable(f"cannot be parsed: {error}") from None
