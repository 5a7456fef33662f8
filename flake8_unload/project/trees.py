"""The trees of the files of a project, read when they are needed. Knows no project; keeps some, not all.

The trees of a few hundred files take more memory than what is known of all the others.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Container

MANY = 60  # trees, where others are needed next
_MOST = 700  # trees

Code = tuple[ast.Module, list[str]]
"""The tree of a file and its lines."""


class Trees:
    """``load`` reads and parses a file, None for one that cannot be read; ``text`` only reads it."""

    def __init__(self, load: Callable[[str], Code | None], text: Callable[[str], str]) -> None:
        self._load = load
        self.text = text
        self._kept: dict[str, Code | None] = {}

    def code(self, path: str, most: int = _MOST) -> Code | None:
        """The tree and the lines of a file, or None where it cannot be read; ``most`` are kept."""
        if path not in self._kept:
            while len(self._kept) >= most:
                del self._kept[next(iter(self._kept))]
            self._kept[path] = self._load(path)
        return self._kept[path]

    def forget_others(self, kept: Container[str]) -> None:
        """Drop all but these, if there are many."""
        for path in [*self._kept] if len(self._kept) > MANY else ():
            if path not in kept:
                del self._kept[path]
