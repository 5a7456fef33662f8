"""Statements in lines: put beside, in the place of, or around others, with the comments where they belong."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import cast

import libcst as cst

Statement = cst.SimpleStatementLine | cst.BaseCompoundStatement
_ROOM = 70  # columns, for several statements behind a header on its line
Make = Callable[[Statement], list[Statement]]


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of the statement at ``index`` of a line: the statements that stand there instead."""

    index: int
    make: Make


def parsed(code: str, module: cst.Module) -> list[Statement]:
    """New statements, indented as the file is. Raises ParserSyntaxError."""
    body = cst.parse_module(code, module.config_for_parsing).body
    return [each.visit(_DefaultIndent()) for each in body]  # type: ignore[misc]


class _DefaultIndent(cst.CSTTransformer):
    def leave_IndentedBlock(
        self, original_node: cst.IndentedBlock, updated_node: cst.IndentedBlock
    ) -> cst.IndentedBlock:
        return updated_node.with_changes(indent=None)


def made(this: Statement, makes: Sequence[Make]) -> list[Statement]:
    """What becomes of one statement after several edits: one may stand in front of it, another behind."""
    found = [this]
    for make in makes:
        found = [new for each in found for new in (make(each) if each is this else [each])]
    return found


def changed_line(line: cst.SimpleStatementLine, changes: Sequence[Change]) -> list[Statement]:
    """The statements that stand in the place of a line; the comments of the line stay with it."""
    parts = _made(line.body, changes)
    together = _on_one_line(parts) if len(line.body) > 1 else None
    if together is not None:
        return [line.with_changes(body=together)] if together else []
    lines = _lines(parts, line.trailing_whitespace)
    own = next((at for at, each in enumerate(parts[0][1]) if _holds(each, line.body[0])), 0)
    return led(lines, own, line.leading_lines)


def led(lines: list[Statement], own: int, leading: Sequence[cst.EmptyLine]) -> list[Statement]:
    """The lines with what stood above the one at ``own``: new lines go below blank lines, above comments."""
    if not lines:
        return lines
    blank = len(_blank_lines(leading)) if own else len(leading)
    lines[0] = lines[0].with_changes(leading_lines=leading[:blank])
    if own:
        lines[own] = lines[own].with_changes(leading_lines=leading[blank:])
    return lines


def _holds(statement: Statement, small: cst.BaseSmallStatement) -> bool:
    return isinstance(statement, cst.SimpleStatementLine) and any(each is small for each in statement.body)


def changed_suite(suite: cst.SimpleStatementSuite, changes: Sequence[Change]) -> cst.BaseSuite:
    """The same for what follows a colon on its line; opened up where it gets a second statement."""
    parts = _made(suite.body, changes)
    together = _on_one_line(parts)
    more = len(suite.body) > 1 and sum(map(_width, together or ())) <= _ROOM
    if together and (len(together) <= len(suite.body) or more):
        return suite.with_changes(body=together)
    return cst.IndentedBlock(_lines(parts, suite.trailing_whitespace))


def _made(
    body: Sequence[cst.BaseSmallStatement], changes: Sequence[Change]
) -> list[tuple[cst.BaseSmallStatement, list[Statement]]]:
    """Every statement of a line, with the statements that come of it."""
    found: list[tuple[cst.BaseSmallStatement, list[Statement]]] = []
    for index, small in enumerate(body):
        makes = [each.make for each in changes if each.index == index]
        found.append((small, made(cst.SimpleStatementLine([small]), makes)))
    return found


def _on_one_line(
    made: Sequence[tuple[cst.BaseSmallStatement, list[Statement]]],
) -> list[cst.BaseSmallStatement] | None:
    """All of them with semicolons between; None if one needs lines of its own, or brings a comment."""
    found: list[cst.BaseSmallStatement] = []
    for small, statements in made:
        for each in statements:
            if not isinstance(each, cst.SimpleStatementLine) or each.trailing_whitespace.comment:
                return None
            found += [part.with_changes(semicolon=small.semicolon) for part in each.body]
    if found and made[-1][0].semicolon is cst.MaybeSentinel.DEFAULT:
        found[-1] = found[-1].with_changes(semicolon=cst.MaybeSentinel.DEFAULT)
    return found


def _width(small: cst.BaseSmallStatement) -> int:
    return len(cst.Module([]).code_for_node(small))


def _lines(
    made: Sequence[tuple[cst.BaseSmallStatement, list[Statement]]], comment: cst.TrailingWhitespace
) -> list[Statement]:
    """All of them on lines of their own; the comment stays with the last statement that was there."""
    found: list[Statement] = []
    for position, (small, statements) in enumerate(made):
        if position == len(made) - 1:
            statements = _commented(statements, small, comment)
        found += [_without_semicolon(each) for each in statements]
    return found


def _commented(
    statements: list[Statement], small: cst.BaseSmallStatement, comment: cst.TrailingWhitespace
) -> list[Statement]:
    """Give the comment to the line that holds ``small``, or else to the last line made of it."""
    lines = [each for each in statements if isinstance(each, cst.SimpleStatementLine)]
    own = [each for each in lines if _holds(each, small)] or lines[-1:]
    if own and (comment.comment or not own[0].trailing_whitespace.comment):
        return [
            each.with_changes(trailing_whitespace=comment) if each is own[0] else each for each in statements
        ]
    if own:
        return statements
    if not statements:
        return []  # a comment that goes with its statement is noticed by whoever compares the comments
    return [*statements[:-1], _ending_with(statements[-1], comment)]


def _ending_with(statement: Statement, comment: cst.TrailingWhitespace) -> Statement:
    """The statement with the comment at the end of its last line; behind the colon of an inner `with`."""
    if isinstance(statement, cst.SimpleStatementLine):
        return statement.with_changes(trailing_whitespace=comment)
    suite = statement.body
    if not isinstance(suite, cst.IndentedBlock) or not suite.body:
        return statement
    last = cast(Statement, suite.body[-1])
    if isinstance(last, cst.With):
        last = last.with_deep_changes(last.body, header=comment)
    else:
        last = _ending_with(last, comment)
    return statement.with_changes(body=suite.with_changes(body=[*suite.body[:-1], last]))


def _without_semicolon(statement: Statement) -> Statement:
    if not isinstance(statement, cst.SimpleStatementLine):
        return statement
    if all(each.semicolon is cst.MaybeSentinel.DEFAULT for each in statement.body):
        return statement  # with the very nodes that it has
    body = [each.with_changes(semicolon=cst.MaybeSentinel.DEFAULT) for each in statement.body]
    return statement.with_changes(body=body)


def swapped(line: cst.SimpleStatementLine, other: cst.SimpleStatementLine) -> cst.SimpleStatementLine:
    """``other`` in the place of ``line``: comments right above a statement move with it, all else stays."""
    staying = line.leading_lines[: _attached(line.leading_lines)]
    moving = other.leading_lines[_attached(other.leading_lines) :]
    return other.with_changes(leading_lines=[*staying, *moving])


def _attached(lines: Sequence[cst.EmptyLine]) -> int:
    """Where the comments begin that no blank line parts from their statement."""
    return max((at + 1 for at, each in enumerate(lines) if each.comment is None), default=0)


def spaced(module: cst.Module, names: Collection[str]) -> cst.Module:
    """Two blank lines, or more where there are more, around functions of the module with these names."""
    if not names:
        return module
    body: list[Statement] = list(module.body)
    for at, each in enumerate(body):
        if isinstance(each, cst.FunctionDef) and each.name.value in names:
            if at:
                body[at] = _apart(body[at])
            if at + 1 < len(body):
                body[at + 1] = _apart(body[at + 1])
    return module.with_changes(body=body)


def _apart(statement: Statement) -> Statement:
    missing = 2 - len(_blank_lines(statement.leading_lines))
    lines = [cst.EmptyLine(indent=False)] * missing
    return statement.with_changes(leading_lines=[*lines, *statement.leading_lines])


def _blank_lines(lines: Sequence[cst.EmptyLine]) -> list[cst.EmptyLine]:
    """The lines without a comment in front of the first comment."""
    found: list[cst.EmptyLine] = []
    for each in lines:
        if each.comment is not None:
            break
        found.append(each)
    return found


def enclosed(statement: Statement, expression: cst.BaseExpression, name: str) -> cst.With:
    """`with expression as name:` around a statement."""
    item = cst.WithItem(_bare(expression), cst.AsName(cst.Name(name)))
    inner = _without_semicolon(statement).with_changes(leading_lines=())
    for each in (_BareBlankLines(), _OneLine(name)):
        inner = cast(Statement, inner.visit(each))
    return cst.With([item], cst.IndentedBlock([inner]), leading_lines=statement.leading_lines)


def surrounded(block: Statement, lines: Sequence[Statement]) -> Statement:
    """A block with statements in it; blank lines and comments in front of the first go in front of it."""
    first, *others = lines
    inner = [_without_semicolon(first).with_changes(leading_lines=()), *others]
    bare = [cast(Statement, each.visit(_BareBlankLines())) for each in inner]
    return block.with_changes(body=cst.IndentedBlock(bare), leading_lines=first.leading_lines)


class _OneLine(cst.CSTTransformer):
    """`load(x)` instead of `load(`, `x` and `)` on lines of their own, where a long call became a name."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    def leave_Call(self, original_node: cst.Call, updated_node: cst.Call) -> cst.Call:
        match updated_node:
            case cst.Call(args=[cst.Arg(value=cst.Name(value=name, lpar=[])) as argument]) if (
                name == self._name
            ):
                if "#" not in cst.Module([]).code_for_node(updated_node.with_changes(func=cst.Name("f"))):
                    plain = cst.Arg(argument.value, keyword=argument.keyword, star=argument.star)
                    none = cst.SimpleWhitespace("")
                    return updated_node.with_changes(args=[plain], whitespace_before_args=none)
        return updated_node


class _BareBlankLines(cst.CSTTransformer):
    """A deeper indentation is none of a blank line's business."""

    def leave_EmptyLine(self, original_node: cst.EmptyLine, updated_node: cst.EmptyLine) -> cst.EmptyLine:
        return updated_node if updated_node.comment else updated_node.with_changes(indent=False)


def _bare(expression: cst.BaseExpression) -> cst.BaseExpression:
    return expression.with_changes(lpar=(), rpar=()) if len(expression.lpar) == 1 else expression


def with_parameter(parameters: cst.Parameters, name: str) -> cst.Parameters:
    """One more positional parameter, behind the others without a default."""
    plain = [each for each in parameters.params if each.default is None]
    rest = parameters.params[len(plain) :]
    new = cst.Param(cst.Name(name))
    if not plain:
        return parameters.with_changes(params=[new, *rest])
    last = plain[-1]
    comma = cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    plain[-1] = last.with_changes(comma=comma, whitespace_after_param=cst.SimpleWhitespace(""))
    new = new.with_changes(comma=last.comma, whitespace_after_param=last.whitespace_after_param)
    return parameters.with_changes(params=[*plain, new, *rest])


def below_blank_line(statement: cst.CSTNode) -> cst.CSTNode:
    """The statement with a blank line above it, and above its comments."""
    lines: Sequence[cst.EmptyLine] = statement.leading_lines  # type: ignore[attr-defined]
    if _blank_lines(lines):
        return statement
    return statement.with_changes(leading_lines=[cst.EmptyLine(indent=False), *lines])
