"""The trees of the files of a project, read when they are needed. Knows no project; keeps some, not all.

The trees of a few hundred files take more memory than what is known of all the others.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Container

_MANY = 10  # trees, where others are needed next
_WHOLE = 10  # trees
_OUTLINES = 250  # which are soon made again

Code = tuple[ast.Module, list[str]]
"""The tree of a file and its lines."""


class Trees:
    """``load`` reads and parses a file, None for one that cannot be read; ``text`` only reads it.

    ``outline`` parses it without the bodies of its functions: see `survey/outlines`.
    """

    def __init__(
        self,
        load: Callable[[str], Code | None],
        text: Callable[[str], str],
        outline: Callable[[str], ast.Module | None],
    ) -> None:
        self._load = load
        self._outline = outline
        self.text = text
        self._kept: dict[str, Code | None] = {}
        self._outlines: dict[str, ast.Module | None] = {}

    def outline(self, path: str) -> ast.Module | None:
        """The tree of a file of which most is never looked at, or None where it cannot be read."""
        if path not in self._outlines:
            while len(self._outlines) >= _OUTLINES:
                del self._outlines[next(iter(self._outlines))]
            self._outlines[path] = self._outline(path)
        return self._outlines[path]

    def code(self, path: str) -> Code | None:
        """The tree and the lines of a file, or None where it cannot be read."""
        if path not in self._kept:
            while len(self._kept) >= _WHOLE:
                del self._kept[next(iter(self._kept))]
            self._kept[path] = self._load(path)
        return self._kept[path]

    def forget_others(self, kept: Container[str]) -> None:
        """Drop all but these, if there are many."""
        for known in (self._kept, self._outlines):
            for path in [*known] if len(known) > _MANY else ():
                if path not in kept:
                    del known[path]
