"""From one located edit to the step that carries it out, or why there is none. Knows edits and libcst."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import cast

import libcst as cst

from flake8_unload import edits
from flake8_unload.edits import Anchor, Edit
from flake8_unload.repair.fill import Fill
from flake8_unload.repair.locate import Home, Located, Span, span
from flake8_unload.repair.statements import (
    Change,
    Make,
    Statement,
    enclosed,
    parsed,
    surrounded,
    swapped,
    with_parameter,
)
from flake8_unload.repair.walk import Rewrite


class Impossible(Exception):
    """This edit cannot be made here; says why."""


@dataclass(slots=True)
class Step:
    """One edit, worked out: what to do with which nodes once their insides are done."""

    rewrites: dict[cst.CSTNode, Rewrite] = field(default_factory=dict)
    changes: list[tuple[cst.CSTNode, Change]] = field(default_factory=list)  # by line
    makes: list[tuple[cst.CSTNode, Make]] = field(default_factory=list)  # by compound statement
    kept: list[cst.CSTNode] = field(default_factory=list)
    apart: list[cst.CSTNode] = field(default_factory=list)  # statements to stand below a blank line
    spans: list[Span] = field(default_factory=list)


class Steps:
    """Works out the edits of a file. ``kept`` gives, during the walk, what became of the nodes that stay."""

    def __init__(self, located: Located, kept: Mapping[cst.CSTNode, cst.CSTNode]) -> None:
        self._located = located
        self._kept = kept

    def step(self, edit: Edit) -> Step:
        """Work out one edit. Raises Impossible."""
        match edit:
            case edits.Replace(at=at, code=code, kept=kept):
                return self._replace(at, code, kept)
            case edits.AddArgument(at=at, code=code):
                return self._add_argument(at, code)
            case edits.AddParameter(at=at, name=name):
                return self._add_parameter(at, name)
            case edits.InsertBefore(at=at, code=code):
                return self._statement(at, lambda this: [*self._new(code), this], [])
            case edits.InsertAfter(at=at, code=code, apart=apart):
                step = self._statement(at, lambda this: [this, *self._new(code)], [])
                below = self._located.next(self._found(at))
                step.apart += [below] if below and apart else []
                return step
            case edits.ReplaceStatement(at=at, code=code, kept=kept):
                nodes = [self._found(each) for each in kept]
                return self._statement(at, lambda this: self._new(code, nodes), nodes)
            case edits.Remove(at=at):
                return self._statement(at, lambda this: [], [])
            case edits.Enclose(at=at, expression=expression, name=name):
                return self._enclose(at, expression, name)
            case edits.Surround(first=first, last=last, header=header):
                return self._surround(first, last, header)
            case edits.Swap(at=at, other=other):
                return self._swap(at, other)
            case edits.DropImport(at=at) | edits.ReplaceImport(at=at):
                self._found(at)
        return Step()

    def _found(self, at: Anchor) -> cst.CSTNode:
        node = self._located.find(at)
        if node is None:
            raise Impossible(f"cannot locate the {at.kind} at line {at.line}")
        return node

    def _replace(self, at: Anchor, code: str, kept: Sequence[Anchor]) -> Step:
        node = self._found(at)
        nodes = [self._found(each) for each in kept]
        if not isinstance(node, cst.BaseExpression):
            raise Impossible(f"the {at.kind} at line {at.line} is no expression")

        def rewrite(done: cst.CSTNode) -> cst.CSTNode:
            values = [done if each is node else self._kept[each] for each in nodes]
            new = cst.parse_expression(code, self._located.module.config_for_parsing)
            new = cast(cst.BaseExpression, new.visit(Fill(values)))
            if node in nodes or not isinstance(done, cst.BaseExpression):
                return new
            return new.with_changes(lpar=done.lpar, rpar=done.rpar) if done.lpar else new

        return Step({node: rewrite}, kept=nodes, spans=[span(at)])

    def _add_argument(self, at: Anchor, code: str) -> Step:
        node = cst.ensure_type(self._found(at), cst.Call)
        if not node.args or any(each.keyword or each.star for each in node.args):
            raise Impossible("the call has no plain arguments")

        def rewrite(done: cst.CSTNode) -> cst.CSTNode:
            call = cst.ensure_type(done, cst.Call)
            last = call.args[-1]
            new = last.with_changes(value=cst.parse_expression(code))
            comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
            first = last.with_changes(comma=comma, whitespace_after_arg=cst.SimpleWhitespace(""))
            return call.with_changes(args=[*call.args[:-1], first, new])

        return Step({node: rewrite}, spans=[span(at)])

    def _add_parameter(self, at: Anchor, name: str) -> Step:
        node = cst.ensure_type(self._found(at), cst.FunctionDef)

        def rewrite(done: cst.CSTNode) -> cst.CSTNode:
            function = cst.ensure_type(done, cst.FunctionDef)
            return function.with_changes(params=with_parameter(function.params, name))

        return Step({node: rewrite}, spans=[span(at)])

    def _statement(self, at: Anchor, make: Make, kept: list[cst.CSTNode]) -> Step:
        """An edit of a whole statement, simple or compound."""
        node = self._found(at)
        home = self._located.home(node)
        if home is not None:
            change = Change(home.index, make)
            return Step(changes=[(home.line, change)], kept=kept, spans=[span(at)])
        if not self._located.is_whole(node):
            raise Impossible(f"nothing can be put beside the {at.kind} at line {at.line}")
        return Step(makes=[(node, make)], kept=kept, spans=[span(at)])

    def _enclose(self, at: Anchor, expression: Anchor, name: str) -> Step:
        inner = self._found(expression)

        def make(this: Statement) -> list[Statement]:
            return [enclosed(this, cast(cst.BaseExpression, self._kept[inner]), name)]

        step = self._statement(at, make, [inner])
        step.rewrites[inner] = lambda done: cst.Name(name)
        return step

    def _surround(self, first: Anchor, last: Anchor, header: str) -> Step:
        """All lines but the last go, and come back in the block that stands in the place of the last."""
        lines = self._located.run(*(self._line(each) for each in (first, last)))
        if not lines:
            raise Impossible("the statements are not of one suite")
        inner: list[Statement] = []

        def gathered(done: cst.CSTNode) -> cst.RemovalSentinel:
            inner.append(cast(Statement, done))
            return cst.RemoveFromParent()

        def block(done: cst.CSTNode) -> cst.CSTNode:
            (around,) = parsed(f"{header}\n    pass", self._located.module)
            return surrounded(around, [*inner, cast(Statement, done)])

        rewrites: dict[cst.CSTNode, Rewrite] = dict.fromkeys(lines[:-1], gathered)
        where = (first.line, first.column, last.end_line, last.end_column)
        return Step({**rewrites, lines[-1]: block}, spans=[span(first), span(last), where])

    def _line(self, at: Anchor) -> Statement:
        """The whole line or compound statement that an anchored statement is."""
        node = self._found(at)
        home = self._located.home(node)
        if home is not None:
            return _lone(home)
        if not self._located.is_whole(node):
            raise Impossible(f"nothing can be put around the {at.kind} at line {at.line}")
        return cast(Statement, node)

    def _swap(self, at: Anchor, other: Anchor) -> Step:
        homes = [self._located.home(self._found(each)) for each in (at, other)]
        one, two = homes
        if one is None or two is None:
            raise Impossible("only simple statements can change places")
        spans = [span(at), span(other)]
        if one.line is two.line:
            smalls = one.line.body[one.index], two.line.body[two.index]
            changes = [
                (one.line, Change(one.index, lambda _: [cst.SimpleStatementLine([smalls[1]])])),
                (two.line, Change(two.index, lambda _: [cst.SimpleStatementLine([smalls[0]])])),
            ]
            return Step(changes=list(changes), spans=spans)
        lines = [_lone(each) for each in (one, two)]
        return Step(
            {
                lines[0]: lambda _: swapped(lines[0], lines[1]),
                lines[1]: lambda _: swapped(lines[1], lines[0]),
            },
            spans=spans,
        )

    def _new(self, code: str, nodes: Sequence[cst.CSTNode] = ()) -> list[Statement]:
        fill = Fill([self._kept[each] for each in nodes])
        return [cast(Statement, each.visit(fill)) for each in parsed(code, self._located.module)]


def _lone(home: Home) -> cst.SimpleStatementLine:
    if isinstance(home.line, cst.SimpleStatementSuite) or len(home.line.body) > 1:
        raise Impossible("other statements stand on the same line")
    return home.line
