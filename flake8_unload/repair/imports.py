"""New imports at the top of a module, where a person would put them."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence

import libcst as cst

from flake8_unload.edits import EnsureImport
from flake8_unload.repair.statements import Statement

_BLANK = cst.EmptyLine(indent=False)
_ON_TOP = re.compile(r"#!|#.*coding[:=]")
_LICENCE = 3  # comment lines; a longer block on top is about the file, not about the first statement
_ONCE = frozenset(
    {"asynchat", "asyncore", "cgi", "crypt", "distutils", "imp", "nntplib", "pipes", "telnetlib"}
)
"""What the standard library had before 3.12 or 3.13 (PEP 594, PEP 632), as far as it stands among imports."""


def ensured(module: cst.Module, wanted: EnsureImport) -> cst.Module:
    """The module with the import in its first block of imports, sorted in among the standard library's."""
    code = f"from {wanted.module} import {wanted.name}" if wanted.name else f"import {wanted.module}"
    line = cst.ensure_type(cst.parse_statement(code), cst.SimpleStatementLine)
    body = list(module.body)
    start = _after_docstring(body)
    end = start
    while end < len(body) and _is_import(body[end]):
        end += 1
    if any(code in _codes(each) for each in body[start:end]):
        return module
    for at in range(start, end) if wanted.name else ():
        longer = _with_name(body[at], wanted)
        if longer is not None:
            return module.with_changes(body=[*body[:at], longer, *body[at + 1 :]])
    if start == end:
        return _on_its_own(module, body, start, line)
    group = _library_group(body[start:end])
    if group is None:
        return _before(module, body, start, line, blank_after=True)
    key = _key(line)
    members = range(start + group[0], start + group[1])
    at = next((each for each in members if _key(body[each]) > key), members.stop)
    if at == members.stop:
        return module.with_changes(body=[*body[:at], line, *body[at:]])
    return _before(module, body, at, line, blank_after=False)


def _with_name(node: Statement, wanted: EnsureImport) -> Statement | None:
    """The import from the same module with one name more, sorted in; None for others, and with comments."""
    match node:
        case cst.SimpleStatementLine(body=[cst.ImportFrom(names=[*names]) as statement]):
            code = cst.Module([]).code_for_node(statement)
            if _module(statement) != wanted.module or "#" in code:
                return None
            if len(names) == 1 and "\n" in code:
                return None
        case _:
            return None
    if any(each.asname is None and _rank(each)[2] == wanted.name for each in names):
        return node
    new = cst.ImportAlias(cst.Name(str(wanted.name)))
    between = names[0].comma if len(names) > 1 else cst.Comma(whitespace_after=cst.SimpleWhitespace(" "))
    at = next((at for at, each in enumerate(names) if _rank(each) > _rank(new)), len(names))
    if at == len(names):
        last = names[-1]
        names = [*names[:-1], last.with_changes(comma=between), new.with_changes(comma=last.comma)]
    else:
        names.insert(at, new.with_changes(comma=between))
    return node.with_changes(body=[statement.with_changes(names=names)])


def _rank(alias: cst.ImportAlias) -> tuple[bool, bool, str]:
    """Constants, classes, functions: the order of isort and ruff."""
    name = cst.Module([]).code_for_node(alias.name)
    return not name.isupper(), not name[:1].isupper(), name


def _codes(node: Statement) -> list[str]:
    """The small statements of a line, as text."""
    statements = cst.ensure_type(node, cst.SimpleStatementLine).body
    return [cst.Module([]).code_for_node(each).strip("; ") for each in statements]


def _after_docstring(body: Sequence[Statement]) -> int:
    """The place behind the docstring and the imports from `__future__`."""
    at = 0
    for each in body:
        match each:
            case cst.SimpleStatementLine(
                body=[cst.Expr(value=cst.SimpleString() | cst.ConcatenatedString())]
            ) if at == 0:
                at += 1
            case cst.SimpleStatementLine(body=[cst.ImportFrom(module=cst.Name(value="__future__"))]):
                at += 1
            case _:
                break
    return at


def _is_import(node: Statement) -> bool:
    return isinstance(node, cst.SimpleStatementLine) and all(
        isinstance(each, (cst.Import, cst.ImportFrom)) for each in node.body
    )


def _library_group(lines: Sequence[Statement]) -> tuple[int, int] | None:
    """The first run of imports without a blank line in it that are all of the standard library; else those
    of the standard library that the first run starts with."""
    starts = [at for at, each in enumerate(lines) if at == 0 or _blanks(each)]
    for first, last in zip(starts, [*starts[1:], len(lines)], strict=True):
        if all(map(_is_library, lines[first:last])):
            return first, last
    mixed = next((at for at, each in enumerate(lines) if not _is_library(each)), 0)
    return (0, mixed) if mixed else None


def _is_library(node: Statement) -> bool:
    return _top(node) in sys.stdlib_module_names or _top(node) in _ONCE


def _blanks(node: Statement) -> int:
    """How many blank lines stand in front of the first comment or code of a statement."""
    count = 0
    for each in node.leading_lines:
        if each.comment is not None:
            break
        count += 1
    return count


def _key(node: Statement) -> tuple[bool, str]:
    """Plain imports come first, then from-imports, each by module."""
    first = cst.ensure_type(node, cst.SimpleStatementLine).body[0]
    return isinstance(first, cst.ImportFrom), _module(first).lower()


def _top(node: Statement) -> str:
    return _module(cst.ensure_type(node, cst.SimpleStatementLine).body[0]).partition(".")[0]


def _module(statement: cst.CSTNode) -> str:
    if isinstance(statement, cst.ImportFrom):
        if statement.relative or statement.module is None:
            return "."
        return cst.Module([]).code_for_node(statement.module)
    return cst.Module([]).code_for_node(cst.ensure_type(statement, cst.Import).names[0].name)


def _on_its_own(
    module: cst.Module, body: list[Statement], at: int, line: cst.SimpleStatementLine
) -> cst.Module:
    """The first import of a file: a blank line around it, comments of the file above it."""
    if at:
        line = line.with_changes(leading_lines=[_BLANK])
        if at < len(body) and not _blanks(body[at]):
            body[at] = _led(body[at], [_BLANK, *body[at].leading_lines])
        return module.with_changes(body=[*body[:at], line, *body[at:]])
    above, own = _split_header(module.header)
    if body:
        apart = 2 if isinstance(body[0], (cst.FunctionDef, cst.ClassDef)) else 1
        body[0] = _led(body[0], [*[_BLANK] * apart, *own, *body[0].leading_lines])
    return module.with_changes(header=above, body=[line, *body])


def _split_header(header: Sequence[cst.EmptyLine]) -> tuple[list[cst.EmptyLine], list[cst.EmptyLine]]:
    """Comments of the file, and those of its first statement."""
    blank = max((at for at, each in enumerate(header) if each.comment is None), default=-1)
    at = blank + 1
    while at < len(header) and _ON_TOP.match(getattr(header[at].comment, "value", "")):
        at += 1
    if blank < 0 and len(header) - at > _LICENCE:
        at = len(header)
    return list(header[:at]), list(header[at:])


def _before(
    module: cst.Module, body: list[Statement], at: int, line: cst.SimpleStatementLine, blank_after: bool
) -> cst.Module:
    """In front of another import, which keeps its comments and gives up its blank lines."""
    other = body[at]
    lines = list(other.leading_lines)
    blanks = _blanks(other)
    if at == 0:  # the comments of the first statement are in the header
        above, own = _split_header(module.header)
        module, lines = module.with_changes(header=above), own
    body[at] = _led(other, [*([_BLANK] if blank_after else []), *lines[blanks if at else 0 :]])
    line = line.with_changes(leading_lines=lines[:blanks] if at else [])
    return module.with_changes(body=[*body[:at], line, *body[at:]])


def _led(node: Statement, lines: Sequence[cst.EmptyLine]) -> Statement:
    return node.with_changes(leading_lines=lines)
