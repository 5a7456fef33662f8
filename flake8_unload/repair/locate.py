"""From an anchor to the libcst node of that very kind and span, and to the line it stands on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import libcst as cst
from libcst.metadata import CodeRange, MetadataWrapper, PositionProvider

from flake8_unload.edits import Anchor

_OTHER_NAMES: dict[str, tuple[type[cst.CSTNode], ...]] = {
    "AsyncFor": (cst.For,),
    "AsyncFunctionDef": (cst.FunctionDef,),
    "AsyncWith": (cst.With,),
    "BinOp": (cst.BinaryOperation,),
    "BoolOp": (cst.BooleanOperation,),
    "Compare": (cst.Comparison,),
    "Constant": (cst.SimpleString, cst.ConcatenatedString, cst.Integer, cst.Float, cst.Name, cst.Ellipsis),
    "Delete": (cst.Del,),
    "JoinedStr": (cst.FormattedString, cst.ConcatenatedString),
    "UnaryOp": (cst.UnaryOperation,),
}
_NEVER = frozenset({"Tuple", "GeneratorExp"})  # their spans differ between `ast` and libcst
Span = tuple[int, int, int, int]
Line = cst.SimpleStatementLine | cst.SimpleStatementSuite


def span(anchor: Anchor) -> Span:
    """First line and column, last line and column."""
    return anchor.line, anchor.column, anchor.end_line, anchor.end_column


@dataclass(frozen=True, slots=True)
class Home:
    """Where a small statement stands: the logical line, and its place among the statements on it."""

    line: Line
    index: int


class Located:
    """A parsed module in which some anchors have been looked up. Raises what libcst raises."""

    def __init__(self, module: cst.Module, anchors: Iterable[Anchor]) -> None:
        self.module = module
        self.spans: dict[cst.CSTNode, Span] = {}
        wrapper = MetadataWrapper(module, unsafe_skip_copy=True)  # fresh from the parser: no node twice
        self._found: dict[Span, list[cst.CSTNode]] = {span(each): [] for each in anchors}
        self._homes: dict[cst.CSTNode, Home] = {}
        self._elifs: set[cst.CSTNode] = set()
        self._next: dict[cst.CSTNode, cst.CSTNode] = {}
        for node, found in wrapper.resolve(PositionProvider).items():
            assert isinstance(found, CodeRange)
            where = (found.start.line, found.start.column, found.end.line, found.end.column)
            if where in self._found:
                self._found[where].append(node)
            if isinstance(node, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
                self.spans[node] = where
                for index, small in enumerate(node.body):
                    self._homes[small] = Home(node, index)
            elif isinstance(node, (cst.Module, cst.IndentedBlock)):
                self._next.update(pairwise(node.body))
            elif isinstance(node, cst.BaseCompoundStatement):
                self.spans[node] = where
                if isinstance(node, cst.If) and isinstance(node.orelse, cst.If):
                    self._elifs.add(node.orelse)

    def find(self, anchor: Anchor) -> cst.CSTNode | None:
        """The one node of this kind and span, or None."""
        found = [each for each in self._found.get(span(anchor), ()) if _is_kind(each, anchor.kind)]
        return found[0] if len(found) == 1 else None

    def home(self, statement: cst.CSTNode) -> Home | None:
        """The line of a small statement; None for what is none."""
        return self._homes.get(statement)

    def next(self, statement: cst.CSTNode) -> cst.CSTNode | None:
        """The line or compound statement below the one that ``statement`` is, or is the last on."""
        home = self._homes.get(statement)
        if home and statement is not home.line.body[-1]:
            return None
        return self._next.get(home.line if home else statement)

    def is_whole(self, statement: cst.CSTNode) -> bool:
        """True for a compound statement that others can be put beside (an `elif` is none)."""
        return isinstance(statement, cst.BaseCompoundStatement) and statement not in self._elifs

    def run(self, first: cst.CSTNode, last: cst.CSTNode) -> list[cst.CSTNode]:
        """The lines of one suite from ``first`` to ``last``; none where they are not of one suite."""
        pending: list[cst.CSTNode] = [self.module]
        while pending:
            node = pending.pop()
            if isinstance(node, (cst.Module, cst.IndentedBlock)) and first in node.body:
                body = list(node.body)
                start = body.index(first)  # type: ignore[arg-type]
                end = body.index(last) + 1 if last in body else start  # type: ignore[arg-type]
                return list(body[start:end])
            pending += node.children
        return []

    def around(self, spans: Iterable[Span]) -> Iterator[cst.CSTNode]:
        """The lines and compound statements that hold one of the spans."""
        wanted = [((each[0], each[1]), (each[2], each[3])) for each in spans]
        for node, (line, column, end_line, end_column) in self.spans.items():
            if any((line, column) <= start and end <= (end_line, end_column) for start, end in wanted):
                yield node


def _is_kind(node: cst.CSTNode, kind: str) -> bool:
    if kind in _NEVER:
        return False
    if kind in _OTHER_NAMES:
        return isinstance(node, _OTHER_NAMES[kind])
    return type(node).__name__ == kind
