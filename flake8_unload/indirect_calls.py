"""Calls that make another one: `partial(f, a)(b)`, and `map(f, items)` where something walks over it.

Knows expressions, neither events nor rules.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping

from flake8_unload.names import Names, assigned_value
from flake8_unload.scopes import Scope

_PARTIAL = "functools.partial"
_WHOLE = frozenset(
    {"collections.deque"}
    | {f"builtins.{name}" for name in ("list", "tuple", "set", "frozenset", "dict", "sorted", "sum")}
)
"""What walks over an iterator to its end."""


def through_partial(node: ast.Call, scope: Scope, names: Names) -> ast.Call | None:
    """The call that a call of a `partial` makes, with all arguments; None for other calls."""
    made, where = _partial(node.func, scope, names)
    if made is None or not made.args or any(isinstance(each, ast.Starred) for each in made.args):
        return None
    if names.resolve(made.func, where) != _PARTIAL:
        return None
    function, *first = made.args
    whole = ast.Call(func=function, args=[*first, *node.args], keywords=[*made.keywords, *node.keywords])
    return ast.copy_location(whole, node)


def _partial(func: ast.expr, scope: Scope, names: Names) -> tuple[ast.Call | None, Scope]:
    """The call that gives what is called: in place, or bound once to the name of it."""
    if isinstance(func, ast.Call):
        return func, scope
    home = names.bindings.lookup(func.id, scope) if isinstance(func, ast.Name) else None
    bindings = home.bindings.get(func.id, []) if home and isinstance(func, ast.Name) else []
    if len(bindings) == 1 and isinstance(bindings[0].statement, (ast.Assign, ast.AnnAssign)):
        value = assigned_value(bindings[0].statement, bindings[0].node)
        if isinstance(value, ast.Call):
            return value, bindings[0].block
    return None, scope


def consumer(
    node: ast.Call, scope: Scope, names: Names, parents: Mapping[ast.AST, ast.AST]
) -> ast.AST | None:
    """What walks over the iterator ``node`` to its end: a call, a display or a loop; None if nothing does."""
    around = parents.get(node)
    match around:
        case ast.Call(func=func, args=[first, *_]) if first is node and names.resolve(func, scope) in _WHOLE:
            return around
        case ast.Starred():
            return parents.get(around)
        case ast.For(iter=iterator) | ast.comprehension(iter=iterator) if iterator is node:
            jumps = (ast.Break, ast.Return, ast.Raise)
            left = any(isinstance(each, jumps) for each in ast.walk(around))
            return None if left else around
    return None
