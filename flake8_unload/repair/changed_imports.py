"""Imports that are there: names taken out of them when nothing needs them, or replaced. Knows no edits."""

from __future__ import annotations

import io
import re
import tokenize
from collections.abc import Iterator, Sequence
from itertools import dropwhile, islice

import libcst as cst

Changes = dict[str, list[str]]
"""For a name that an import statement binds: what to import instead, the name itself for the same."""


def is_unused(name: str, text: str, in_texts: bool = True) -> bool:
    """True when ``name`` stands in the file only once, which is in its import; texts may count, too."""
    count, previous = 0, ""
    word = re.compile(rf"\b{name}\b")
    for token in tokenize.generate_tokens(io.StringIO(text).readline):
        if token.type == tokenize.NAME:
            count += token.string == name and previous != "."
        elif in_texts and token.type != tokenize.COMMENT and word.search(token.string):
            count += 1
        previous = token.string
    return count == 1


def mark(statement: cst.CSTNode) -> cst.CSTNode:
    """The part of an import statement that stays the same node when its line is written in another way."""
    assert isinstance(statement, (cst.Import, cst.ImportFrom))
    return statement.names if isinstance(statement.names, cst.ImportStar) else statement.names[0].name


def changed(module: cst.Module, changes: dict[cst.CSTNode, Changes]) -> cst.Module:
    """The module with other names in the import statements with these `mark`s.

    A line is as it was where its comment would be lost.
    """
    return cst.ensure_type(module.visit(_Rewrite(changes)), cst.Module)


class _Rewrite(cst.CSTTransformer):
    def __init__(self, changes: dict[cst.CSTNode, Changes]) -> None:
        super().__init__()
        self._changes = changes

    def visit_SimpleStatementLine(self, node: cst.SimpleStatementLine) -> bool:
        return False

    def visit_SimpleStatementSuite(self, node: cst.SimpleStatementSuite) -> bool:
        return False

    def leave_SimpleStatementLine(
        self, original_node: cst.SimpleStatementLine, updated_node: cst.SimpleStatementLine
    ) -> cst.SimpleStatementLine | cst.FlattenSentinel[cst.SimpleStatementLine] | cst.RemovalSentinel:
        if self._goes(original_node):
            return cst.RemoveFromParent()
        names = self._names_apart(original_node)
        if names:
            return _one_by_one(updated_node, names)
        left = self._left(original_node.body)
        return updated_node if left in ([], [*original_node.body]) else updated_node.with_changes(body=left)

    def leave_Module(self, original_node: cst.Module, updated_node: cst.Module) -> cst.Module:
        return updated_node.with_changes(body=[*self._apart(original_node.body, updated_node.body)])

    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        return updated_node.with_changes(body=[*self._apart(original_node.body, updated_node.body)])

    def _goes(self, line: cst.BaseStatement) -> bool:
        """Nothing stays of the line, and it has no comment."""
        if not isinstance(line, cst.SimpleStatementLine) or self._left(line.body):
            return False
        return not line.trailing_whitespace.comment and not any(each.comment for each in line.leading_lines)

    def _apart(
        self, before: Sequence[cst.BaseStatement], after: Sequence[cst.BaseStatement]
    ) -> Iterator[cst.BaseStatement]:
        """The statements that stay; what follows one that goes is as far apart from what is above."""
        gone: cst.BaseStatement | None = None
        staying = iter(after)
        for each in before:
            if self._goes(each):
                gone = gone or each
                continue
            for new in islice(staying, max(1, len(self._names_apart(each)))):
                yield _in_place_of(gone, new, first=gone is before[0]) if gone else new
                gone = None

    def _names_apart(self, line: cst.BaseStatement) -> Sequence[cst.ImportAlias]:
        """Several names that stand in the place of the only one of an import: each gets a line."""
        if not isinstance(line, cst.SimpleStatementLine):
            return ()
        match line.body, self._left(line.body):
            case [cst.Import(names=[_])], [cst.Import(names=[_, _, *_] as names)]:
                return names
        return ()

    def leave_SimpleStatementSuite(
        self, original_node: cst.SimpleStatementSuite, updated_node: cst.SimpleStatementSuite
    ) -> cst.SimpleStatementSuite:
        left = self._left(original_node.body)
        same = not left or left == [*original_node.body]
        return updated_node if same else updated_node.with_changes(body=left)

    def _left(self, body: Sequence[cst.BaseSmallStatement]) -> list[cst.BaseSmallStatement]:
        """What stays of the statements of a line."""
        rewritten = [self._rewritten(each) for each in body]
        left = [each for each in rewritten if each is not None]
        if left and rewritten[-1] is None:
            left[-1] = left[-1].with_changes(semicolon=body[-1].semicolon)
        return left

    def _rewritten(self, statement: cst.BaseSmallStatement) -> cst.BaseSmallStatement | None:
        if not isinstance(statement, (cst.Import, cst.ImportFrom)):
            return statement
        if isinstance(statement.names, cst.ImportStar):
            return statement
        marked = [each.name for each in statement.names if each.name in self._changes]
        if not marked:
            return statement
        changes = self._changes[marked[0]]
        names = [new for each in statement.names for new in _instead(each, changes)]
        if not names:
            return None
        if statement.names[-1] is not names[-1]:
            names[-1] = names[-1].with_changes(comma=statement.names[-1].comma)
        return statement.with_changes(names=names)


def _in_place_of(gone: cst.BaseStatement, new: cst.BaseStatement, first: bool) -> cst.BaseStatement:
    """With the blank lines of the statement that is gone where it has none; with none as the ``first``."""
    lines = getattr(new, "leading_lines", None)
    if lines is None:
        return new
    if first:
        lines = [*dropwhile(lambda each: each.comment is None, lines)]
    return new.with_changes(leading_lines=lines or getattr(gone, "leading_lines", ()))


def _one_by_one(
    line: cst.SimpleStatementLine, names: Sequence[cst.ImportAlias]
) -> cst.FlattenSentinel[cst.SimpleStatementLine]:
    """A line for each name; the comment stays with the first, which was there."""
    first, *others = [cst.Import([each.with_changes(comma=cst.MaybeSentinel.DEFAULT)]) for each in names]
    lines = [cst.SimpleStatementLine([each]) for each in others]
    return cst.FlattenSentinel([line.with_changes(body=[first]), *lines])


def _instead(alias: cst.ImportAlias, changes: Changes) -> list[cst.ImportAlias]:
    """The alias itself, or those that stand in its place."""
    found: list[cst.ImportAlias] = []
    for name in changes.get(_bound(alias), [_bound(alias)]):
        if name == _bound(alias):
            found.append(alias)
        else:
            found.append(alias.with_changes(name=_dotted(name), asname=None))
    if len(found) > 1:
        comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
        found = [*(each.with_changes(comma=comma) for each in found[:-1]), found[-1]]
    return found


def _dotted(name: str) -> cst.Name | cst.Attribute:
    node = cst.parse_expression(name)
    assert isinstance(node, (cst.Name, cst.Attribute))
    return node


def _bound(alias: cst.ImportAlias) -> str:
    if alias.asname is not None:
        return cst.Module([]).code_for_node(alias.asname.name)
    return cst.Module([]).code_for_node(alias.name).partition(".")[0]
