"""Puts calls of the observer into the tree of a program: before every statement, around every read of a name.

Knows nothing of what the observer does with them; see `execution`.
"""

from __future__ import annotations

import ast

from tests.differential.statements import BOUND, HEADER_NAMES, cannot_fail, looked_at, sieves, suppresses

PARAMETER = "a"  # of every function that has one
_PLAIN = (ast.Global, ast.Nonlocal, ast.Pass, ast.Return, ast.Break, ast.Continue, ast.Raise)
_SUITES = ("body", "orelse", "finalbody")


class Instrument:
    def __init__(self) -> None:
        self.faults: list[int] = []

    def module(self, tree: ast.Module) -> ast.Module:
        tree.body = self._suite(tree.body, guarded=False)
        for node in ast.walk(tree):  # lines are arguments by now
            if "lineno" in node._attributes:
                node.lineno = node.end_lineno = 1  # type: ignore[attr-defined]
                node.col_offset = node.end_col_offset = 0  # type: ignore[attr-defined]
        return tree

    def _suite(self, body: list[ast.stmt], guarded: bool) -> list[ast.stmt]:
        out: list[ast.stmt] = []
        for node in body:
            if sieves(node):
                out.extend(self._statement(node, guarded))
                continue
            fault = 0
            if guarded and not cannot_fail(node):
                fault = len(self.faults) + 1
                self.faults.append(node.lineno)
            out.append(_call("__begin__", node.lineno, fault))
            out.extend(self._statement(node, guarded))
        return out

    def _statement(self, node: ast.stmt, guarded: bool) -> list[ast.stmt]:
        inner = guarded
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            inner = False
        suites = [name for name in _SUITES if getattr(node, name, None)]
        if isinstance(node, ast.Try):
            for handler in node.handlers:
                handler.body = self._suite(handler.body, guarded)
        for name in suites:
            opens = name == "body" and (isinstance(node, ast.Try) or suppresses(node))
            setattr(node, name, self._suite(getattr(node, name), inner or opens))
        _Reads(node.lineno).visit_heads(node)
        if isinstance(node, (ast.If, ast.With, ast.Try, *_PLAIN)):
            return [node]
        noted = _call("__failed__", node.lineno, isinstance(node, ast.For))
        handler = ast.ExceptHandler(
            type=ast.Name("__Exception__", ast.Load()), name=None, body=[noted, ast.Raise()]
        )
        return [ast.Try(body=[node, *_looked_at(node)], handlers=[handler], orelse=[], finalbody=[])]


def _looked_at(node: ast.stmt) -> list[ast.stmt]:
    """A read of what `from pkg import sub` or `import pkg.sub as sub` has just bound."""
    return [
        ast.Expr(_Reads(node.lineno).read(BOUND + name, ast.Name(name, ast.Load(), lineno=node.lineno)))
        for name in looked_at(node)
    ]


def _call(name: str, *values: int | bool) -> ast.stmt:
    return ast.Expr(ast.Call(ast.Name(name, ast.Load()), [ast.Constant(each) for each in values], []))


class _Reads(ast.NodeTransformer):
    """Wraps every read of a name of the program: `m` becomes `__read__(line, "m", lambda: m)`."""

    def __init__(self, line: int) -> None:
        self.line = line

    def visit_heads(self, node: ast.stmt) -> None:
        """Everything of a statement but its suites, which are done already."""
        kept = {name: getattr(node, name) for name in (*_SUITES, "handlers") if getattr(node, name, None)}
        for name in kept:
            setattr(node, name, [])
        self.generic_visit(node)
        for name, value in kept.items():
            setattr(node, name, value)

    def visit_Name(self, node: ast.Name) -> ast.expr:
        if (
            not isinstance(node.ctx, ast.Load)
            or node.id in HEADER_NAMES
            or node.id.startswith(("__", "k"))
            or node.id == PARAMETER
        ):
            return node
        return self.read(node.id, node)

    def visit_Attribute(self, node: ast.Attribute) -> ast.expr:
        dotted = ast.unparse(node)
        if dotted.startswith(("sys.", "importlib.")):
            return node
        if node.attr == "__name__":  # the same for every copy of a module
            return node
        self.generic_visit(node)
        return self.read(dotted, node) if dotted == "pkg.sub" and isinstance(node.ctx, ast.Load) else node

    def read(self, name: str, node: ast.expr) -> ast.expr:
        empty = ast.arguments([], [], None, [], [], None, [])
        arguments = [ast.Constant(node.lineno), ast.Constant(name), ast.Lambda(empty, node)]
        return ast.Call(ast.Name("__read__", ast.Load()), arguments, [])
