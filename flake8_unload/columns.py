"""Columns in characters: `ast` counts UTF-8 bytes, flake8 and libcst count characters."""

from __future__ import annotations

from collections.abc import Sequence


def characters(lines: Sequence[str], line: int, offset: int) -> int:
    """The column in characters of a UTF-8 byte ``offset`` in ``line``, which counts from 1."""
    if line > len(lines):
        return offset
    text = lines[line - 1]
    return offset if text.isascii() else len(text.encode()[:offset].decode(errors="replace"))
