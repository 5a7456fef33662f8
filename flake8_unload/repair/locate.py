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
    """A parsed module in which some anchors have been looked up. Raises what libcst raises.

    Positions take libcst longer than parsing, so only those in top-level statements with an anchor are
    worked out. ``text`` is the module as libcst writes it.
    """

    def __init__(self, module: cst.Module, anchors: Iterable[Anchor]) -> None:
        self.module = module
        self.spans: dict[cst.CSTNode, Span] = {}
        self._found: dict[Span, list[cst.CSTNode]] = {span(each): [] for each in anchors}
        self._homes: dict[cst.CSTNode, Home] = {}
        self._elifs: set[cst.CSTNode] = set()
        self._next: dict[cst.CSTNode, cst.CSTNode] = dict(pairwise(module.body))
        header, *body, footer = self._pieces()
        self.text = "".join([header, *body, footer])
        line = header.count("\n")
        wanted = {number for each in self._found for number in (each[0], each[2])}
        for statement, piece in zip(module.body, body, strict=True):
            end = line + piece.count("\n") + 1
            if wanted.isdisjoint(range(line + 1, end + 1)):
                self.spans[statement] = line + 1, 0, end, 0
            else:
                self._look_into(statement, line)
            line = end - 1

    def _pieces(self) -> Iterator[str]:
        """The text above the statements, that of each, and the text below."""
        code = self.module.code_for_node
        yield "".join(map(code, self.module.header))
        yield from map(code, self.module.body)
        yield "".join(map(code, self.module.footer))

    def _look_into(self, statement: cst.SimpleStatementLine | cst.BaseCompoundStatement, above: int) -> None:
        """Note the places of the nodes of a top-level statement with ``above`` lines over it."""
        alone = self.module.with_changes(header=(), body=(statement,), footer=())
        wrapper = MetadataWrapper(alone, unsafe_skip_copy=True)  # fresh from the parser: no node twice
        places = wrapper.resolve(PositionProvider)
        for node, found in places.items():
            assert isinstance(found, CodeRange)
            start, end = found.start, found.end
            where = (start.line + above, start.column, end.line + above, end.column)
            if where in self._found:
                self._found[where].append(node)
            if isinstance(node, (cst.SimpleStatementLine, cst.SimpleStatementSuite)):
                self.spans[node] = where
                for index, small in enumerate(node.body):
                    self._homes[small] = Home(node, index)
            elif isinstance(node, cst.IndentedBlock):
                self._next.update(pairwise(node.body))
            elif isinstance(node, cst.BaseCompoundStatement):
                first = next(iter(getattr(node, "decorators", ())), None)  # the span of libcst starts below
                start = places[first].start if first else start
                self.spans[node] = (start.line + above, start.column, *where[2:])
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
        found = [first]
        while found[-1] is not last:
            if found[-1] not in self._next:
                return []
            found.append(self._next[found[-1]])
        return found

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
