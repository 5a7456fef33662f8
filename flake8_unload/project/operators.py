"""Operators in a rehearsal: what is certain of their result, above all whether a test holds."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from typing import Any

from flake8_unload.project.containers import contains
from flake8_unload.project.frame import Frame
from flake8_unload.project.values import NONE, UNKNOWN, Thing, const, listed

_MOST_TIMES = 10  # that a list is repeated


def joined(parts: Iterable[tuple[ast.expr, Thing]]) -> Thing:
    """A format text of these parts."""
    text, place = "", None
    for part, thing in parts:
        if thing.kind != "const":
            return UNKNOWN
        text += str(thing.data)
        place = thing.place if isinstance(part, ast.FormattedValue) else place
    return const(text, place)


def operation(left: Thing, op: ast.operator, right: Thing) -> Thing:
    """A binary operation."""
    if isinstance(op, ast.Add) and left.kind == right.kind == "list":
        return listed([*left.data, *right.data])
    if isinstance(op, ast.Mult) and left.kind == "list" and right.kind == "const":
        times = right.data if isinstance(right.data, int) else 1
        return listed(left.data * max(0, min(times, _MOST_TIMES)))
    if left.kind != "const" or not isinstance(op, (ast.Add, ast.Mod, ast.Sub)):
        return UNKNOWN if "unknown" in (left.kind, right.kind) else Thing("object")
    if right.kind == "list" and all(each.kind == "const" for each in right.data):
        operand: Any = tuple(each.data for each in right.data)
    elif right.kind == "const":
        operand = right.data
    else:
        return UNKNOWN
    try:
        if isinstance(op, ast.Mod):
            return const(left.data % operand, right.place)
        return const(left.data + operand if isinstance(op, ast.Add) else left.data - operand, right.place)
    except (TypeError, ValueError):
        return UNKNOWN


def compared(left: Thing, op: ast.cmpop, right: Thing, frame: Frame) -> Thing:
    """A comparison with one operator."""
    known = _comparison(left, op, right, frame)
    return UNKNOWN if known is None else const(known)


def _comparison(left: Thing, op: ast.cmpop, right: Thing, frame: Frame) -> bool | None:
    match op:
        case ast.In() | ast.NotIn():
            found = contains(right, left, frame)
            return found if found is None or isinstance(op, ast.In) else not found
        case ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq():
            same = _same(left, right)
            return same if same is None or isinstance(op, (ast.Is, ast.Eq)) else not same
        case ast.Lt() | ast.LtE() | ast.Gt() | ast.GtE():
            return _ordered(left, op, right)
    return None


def _ordered(left: Thing, op: ast.cmpop, right: Thing) -> bool | None:
    """Constants, and `sys.version_info` next to where Python 3 begins or ends."""
    less = isinstance(op, (ast.Lt, ast.LtE))
    if left.kind == "foreign" and left.data == "sys.version_info" and right.kind == "list":
        version = [each.data for each in right.data]
        if not all(isinstance(each, int) for each in version):
            return None
        return not less if version <= [3, 0] else less if version >= [4] else None
    if left.kind != "const" or right.kind != "const":
        return None
    same = isinstance(op, (ast.LtE, ast.GtE)) and left.data == right.data
    try:
        return same or bool(left.data < right.data if less else left.data > right.data)
    except TypeError:
        return None


def _same(left: Thing, right: Thing) -> bool | None:
    if left is right and left.kind != "unknown":
        return True
    if left.kind == right.kind == "const":
        return bool(left.data == right.data)
    if left.kind == "module" and right.kind in ("module", "const", "function", "class"):
        return False
    if right is NONE or (right.kind == "const" and right.data is None):
        return None if left.kind in ("unknown", "foreign", "object") and left.note != "made" else False
    return None


def boolean(op: ast.boolop, operands: Iterable[Thing]) -> Thing:
    """`and` and `or`: one operand that decides is enough, even behind one that is not known."""
    decides = isinstance(op, ast.Or)
    result, unknown = UNKNOWN, False
    for result in operands:
        known = truth(result)
        if known is decides:
            return UNKNOWN if unknown and result.kind != "const" else result
        unknown = unknown or known is None
    return UNKNOWN if unknown else result


def truth(thing: Thing) -> bool | None:
    """Whether a thing counts as true, where that is known."""
    match thing.kind:
        case "const" | "list" | "dict":
            return bool(thing.data)
        case "module" | "class" | "function":
            return True
    return None
