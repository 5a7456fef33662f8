"""The outline of a file: its tree, with the bodies of its functions parsed when they are first looked at.

A rehearsal imports hundreds of files and calls few of their functions; most of a file, and most of what its
tree takes in memory, is in the bodies. Where they stand is known from the parse that gave the facts.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate
from typing import Any

from flake8_unload.failures import Unreadable
from flake8_unload.project.facts import FUNCTIONS, executed
from flake8_unload.source import parse


class _Body(list[ast.stmt]):
    """The statements of a function; ``text`` has them, with a `def` in front, on the lines where they are."""

    __slots__ = ("_end", "_start", "_text")

    def __init__(self, text: str, start: int, end: int) -> None:
        self._text, self._start, self._end = text, start, end

    def _opened(self) -> _Body:
        if self._text:
            text, self._text = self._text, ""
            above = text.count("\n", 0, self._start) - 1
            header = "\n" * above + "async def body():\n"
            (function,) = parse(header + text[self._start : self._end]).body
            assert isinstance(function, ast.AsyncFunctionDef)
            self.extend(function.body)
        return self

    def __iter__(self) -> Iterator[ast.stmt]:
        return list.__iter__(self._opened())

    def __len__(self) -> int:
        return list.__len__(self._opened())

    def __getitem__(self, index: Any) -> Any:
        return list.__getitem__(self._opened(), index)


def outline(text: str, bodies: Sequence[int]) -> ast.Module:
    """The tree of a file. ``bodies`` are the first and last lines of bodies, in turn.

    Raises Unreadable where the file cannot be parsed; one that has changed since is parsed as a whole.
    """
    lines = io.StringIO(text).readlines()
    spans = {
        last: first for first, last in zip(bodies[::2], bodies[1::2], strict=False) if last <= len(lines)
    }
    try:
        tree = parse(_emptied(lines, spans))
    except Unreadable:
        return parse(text)
    starts = [0, *accumulate(map(len, lines))]
    for function in (each for each in executed(tree) if type(each) in FUNCTIONS):
        last = function.body[0].lineno
        if last in spans:
            if type(function.body[-1]) is not ast.Pass or function.end_lineno != last:
                return parse(text)
            function.body = _Body(text, starts[spans.pop(last) - 1], starts[last])
    return parse(text) if spans else tree


def _emptied(lines: Sequence[str], spans: Mapping[int, int]) -> str:
    """The text with a `pass` on the last line of each body, so that what is around it ends where it does."""
    left = [*lines]
    for last, first in spans.items():
        line = lines[first - 1]
        indent = line[: len(line) - len(line.lstrip())]
        left[first - 1 : last] = [*"\n" * (last - first), f"{indent}pass\n"]
    return "".join(left)
