"""Builds the ways through a program from its tree. Knows no execution, no rule.

Open is: the answer to each question, the number of rounds, which statement of a `try` fails, and who calls
the functions once the module has run, how often and in which order. Calls are followed into the functions,
each call into a copy of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from tests.differential.routes import OUTSIDE, START, Routes
from tests.differential.statements import catches, purges, suppresses


def routes_of(tree: ast.Module) -> Routes:
    """The ways through a program."""
    return _Builder(tree).whole()


class _Builder:
    def __init__(self, tree: ast.Module) -> None:
        self.routes = Routes()
        self._tree = tree
        self._functions = {
            node.name: node for node in tree.body if isinstance(node, ast.FunctionDef) and not node.args.args
        }
        self._here: set[int] = set()
        self._errors: list[set[int]] = []  # per open `try`: the steps that fail in it
        self._leaving: list[dict[type[ast.stmt], set[int]]] = []  # per open loop, function or final block

    def whole(self) -> Routes:
        self._here = {self.routes.add(START, ())}
        self._suite(self._tree.body)
        called = self.routes.add(OUTSIDE, self._here)
        for function in self._functions.values():
            self._here = {called}
            self._errors.append(set())  # whoever calls goes on
            self._run(function)
            for step in self._here | self._errors.pop():
                self.routes.link(step, called)
        return self.routes

    def _run(self, function: ast.FunctionDef) -> None:
        outer, self._leaving = self._leaving, [{ast.Return: set()}]
        self._suite(function.body)
        self._here |= self._leaving.pop()[ast.Return]
        self._leaving = outer

    def _suite(self, body: list[ast.stmt]) -> None:
        for node in body:
            if self._here:
                _COMPOUND.get(type(node), _Builder._simple)(self, node)

    def _step(self, line: int) -> int:
        if self._errors:
            self._errors[-1].add(self.routes.add(line, self._here, done=False))
        step = self.routes.add(line, self._here)
        self._here = {step}
        return step

    def _simple(self, node: ast.stmt) -> None:
        self._step(node.lineno)
        match node:
            case ast.Expr(ast.Call(ast.Name(id=name))) if name in self._functions:
                self._run(self._functions[name])
            case ast.Return() | ast.Break() | ast.Continue():
                place = next(each for each in reversed(self._leaving) if type(node) in each)
                place[type(node)] |= self._here
                self._here = set()

    def _if(self, node: ast.If) -> None:
        self._step(node.lineno)
        start = self._here
        self._suite(node.body)
        done, self._here = self._here, start
        self._suite(node.orelse)
        self._here |= done

    def _for(self, node: ast.For) -> None:
        head = self._step(node.lineno)
        if purges(node):
            self._step(node.body[0].body[0].lineno)  # type: ignore[attr-defined]
            return
        self._leaving.append({ast.Break: set(), ast.Continue: set()})
        self._suite(node.body)
        left = self._leaving.pop()
        ends = self._here | left[ast.Continue]
        for step in ends:
            self.routes.link(step, head)
        some = isinstance(node.iter, ast.Tuple)  # at least one round
        self._here = (ends if some else {head}) | left[ast.Break]

    def _with(self, node: ast.With) -> None:
        self._step(node.lineno)
        if not suppresses(node):
            self._suite(node.body)
            return
        self._errors.append(set())
        self._suite(node.body)
        self._here |= self._errors.pop()

    def _try(self, node: ast.Try) -> None:
        self._step(node.lineno)
        if not node.finalbody:
            self._guarded(node)
            return
        outer = self._leaving
        self._leaving = inner = [{kind: set() for kind in each} for each in outer]
        self._errors.append(set())
        self._guarded(node)
        self._leaving = outer
        self._final(node.finalbody, self._errors.pop(), inner)

    def _guarded(self, node: ast.Try) -> None:
        self._errors.append(set())
        self._suite(node.body)
        failed = self._errors.pop()
        self._suite(node.orelse)
        done = self._here
        for handler in node.handlers:
            self._here = failed
            self._suite(handler.body)
            done = done | self._here
        if not any(map(catches, node.handlers)):
            self._raise(failed)
        self._here = done

    def _raise(self, steps: set[int]) -> None:
        if self._errors:
            self._errors[-1] |= steps

    def _final(
        self, body: list[ast.stmt], failed: set[int], leaving: list[dict[type[ast.stmt], set[int]]]
    ) -> None:
        """The final block once for each way of coming to it."""
        done = self._passed(body, self._here)
        self._raise(self._passed(body, failed))
        for place, arrived in zip(self._leaving, leaving, strict=True):
            for kind, steps in arrived.items():
                place[kind] |= self._passed(body, steps)
        self._here = done

    def _passed(self, body: list[ast.stmt], steps: set[int]) -> set[int]:
        self._here = set(steps)
        self._suite(body)
        return self._here


_COMPOUND: dict[type[ast.stmt], Callable[..., None]] = {
    ast.If: _Builder._if,
    ast.For: _Builder._for,
    ast.With: _Builder._with,
    ast.Try: _Builder._try,
}
