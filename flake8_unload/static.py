"""What the syntax alone tells about which way execution goes. Knows no names, no order, no rules."""

from __future__ import annotations

import ast

_CATCH_ALL = frozenset({"Exception", "BaseException"})
_SWALLOWERS = ("suppress", "raises", "assertRaises", "assertRaisesRegex", "ignored", "ignore")


def static_truth(test: ast.expr) -> bool | None:
    """The value of a test that importers always see the same way; None for all others."""
    match test:
        case ast.Constant(value=value):
            return bool(value)
        case ast.Name(id="TYPE_CHECKING") | ast.Attribute(attr="TYPE_CHECKING"):
            return False
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            truth = static_truth(operand)
            return None if truth is None else not truth
    return None


def irrefutable(case: ast.match_case) -> bool:
    """A `case` that matches everything."""
    return case.guard is None and isinstance(case.pattern, ast.MatchAs) and case.pattern.pattern is None


def never_empty(items: ast.expr) -> bool:
    """A literal with at least one element: a loop over it has at least one round."""
    return isinstance(items, (ast.Tuple, ast.List, ast.Set)) and any(
        not isinstance(each, ast.Starred) for each in items.elts
    )


def swallows(context: ast.expr) -> bool:
    """A context manager that may end an exception of its body."""
    called = context.func if isinstance(context, ast.Call) else context
    name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
    return name in _SWALLOWERS


def catches_all(handlers: list[ast.ExceptHandler]) -> bool:
    """No ordinary exception gets past these clauses."""
    return any(
        each.type is None or (isinstance(each.type, ast.Name) and each.type.id in _CATCH_ALL)
        for each in handlers
    )
