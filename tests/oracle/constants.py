"""Makes each execution of a module have constants of its own. Knows nothing of projects.

All executions of a module share its constants, so that nobody could see which are old. What a module body
assigns is therefore another object each time, with the same value. Runs on any Python, inside of projects.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import CodeType
from typing import Any


class _Int(int):
    """An integer of one execution."""


class _Text(str):
    """A text of one execution."""

    __slots__ = ()


class _Nothing:
    """`None` of one execution."""

    def __bool__(self) -> bool:
        return False


CONSTANTS = (_Int, _Text, _Nothing)


def own_constant(value: object) -> object:
    kinds: dict[type, Callable[..., object]] = {int: _Int, str: _Text}
    return _Nothing() if value is None else kinds[type(value)](value)


class _Renewed(ast.NodeTransformer):
    """Each constant that is assigned outside of functions is made anew by every execution."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        for each in ast.walk(node):
            if isinstance(each, ast.Return) and isinstance(each.value, ast.Constant):
                each.value = _Everywhere().visit(each.value)
        return node

    def visit_AsyncFunctionDef(self, node: ast.AST) -> ast.AST:
        return node

    visit_ClassDef = visit_AsyncFunctionDef

    def visit_Assign(self, node: Any) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            node.value = _Everywhere().visit(node.value)
        return node  # type: ignore[no-any-return]

    visit_AnnAssign = visit_Assign

    def visit_For(self, node: ast.For) -> ast.AST:
        node.iter = _Everywhere().visit(node.iter)
        return self.generic_visit(node)


class _Everywhere(ast.NodeTransformer):
    """Each constant of an expression is made anew."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) not in (int, str, type(None)):
            return node
        return ast.copy_location(ast.Call(ast.Name("_own_constant", ast.Load()), [node], []), node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    visit_Lambda: Any = visit_JoinedStr


def compiled(loader: Any, data: bytes, path: str, *, _optimize: int = -1) -> CodeType:
    tree = _Renewed().visit(ast.parse(data, path))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)
