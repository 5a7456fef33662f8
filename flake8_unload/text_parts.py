"""The parts that a text is put together from: sums, f-strings, `%`, `format` and `join`. Knows no names."""

from __future__ import annotations

import ast
import re

_PERCENT = re.compile(r"(%%|%s)")
_FIELD = re.compile(r"({{|}}|{[^{}]*})")


def text_parts(expr: ast.expr) -> list[ast.expr] | None:
    """The parts in order, constants among them; None where ``expr`` is no such text, or has other formats."""
    match expr:
        case ast.JoinedStr(values=parts):
            return _plain(parts)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return [left, right]
        case ast.BinOp(left=ast.Constant(value=str(text)), op=ast.Mod(), right=right):
            return _percent(text, right)
        case ast.Call(
            func=ast.Attribute(value=ast.Constant(value=str(text)), attr="format"),
            args=args,
            keywords=keywords,
        ):
            return _format(text, args, {each.arg: each.value for each in keywords})
        case ast.Call(
            func=ast.Attribute(value=ast.Constant() as between, attr="join"),
            args=[ast.Tuple(elts=[first, *rest]) | ast.List(elts=[first, *rest])],
        ):
            return [first, *(part for each in rest for part in (between, each))]
    return None


def _plain(parts: list[ast.expr]) -> list[ast.expr] | None:
    found = []
    for part in parts:
        if isinstance(part, ast.FormattedValue):
            if part.conversion != -1 or part.format_spec is not None:
                return None
            part = part.value
        found.append(part)
    return found


def _percent(text: str, right: ast.expr) -> list[ast.expr] | None:
    values = list(right.elts) if isinstance(right, ast.Tuple) else [right]
    found: list[ast.expr] = []
    for piece in _PERCENT.split(text):
        if piece == "%s":
            if not values:
                return None
            found.append(values.pop(0))
        elif "%" in piece.replace("%%", ""):
            return None
        else:
            found.append(ast.Constant(piece.replace("%%", "%")))
    return None if values else found


def _format(text: str, args: list[ast.expr], keywords: dict[str | None, ast.expr]) -> list[ast.expr] | None:
    found: list[ast.expr] = []
    number = 0
    for piece in _FIELD.split(text):
        if piece in ("{{", "}}"):
            found.append(ast.Constant(piece[0]))
            continue
        if not piece.startswith("{"):
            found.append(ast.Constant(piece))
            continue
        field = piece[1:-1]
        if not field:
            field, number = str(number), number + 1
        value = args[int(field)] if field.isdecimal() and int(field) < len(args) else keywords.get(field)
        if value is None:
            return None
        found.append(value)
    return found
