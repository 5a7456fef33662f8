"""Every way through a program that its text leaves open, as a graph of steps. Knows no execution, no rule.

Open is: the answer to each question, the number of rounds, which statement of a `try` fails, and who calls
the functions once the module has run, how often and in which order. Calls are followed into the functions,
each call into a copy of its own.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from tests.differential.statements import catches, purges, suppresses

START = -1
OUTSIDE = 0
"""The lines that stand for the start of the module, and for whoever calls functions afterwards."""


@dataclass
class Routes:
    """Steps by number: the line of each, whether it comes to its end, and the steps that may come next."""

    lines: list[int] = field(default_factory=list)
    done: list[bool] = field(default_factory=list)
    onward: list[set[int]] = field(default_factory=list)
    back: list[set[int]] = field(default_factory=list)
    _on: dict[int, list[int]] = field(default_factory=dict)  # the steps of each line

    def add(self, line: int, before: Iterable[int], *, done: bool = True) -> int:
        """A new step after each of ``before``."""
        self._on.setdefault(line, []).append(len(self.lines))
        self.lines.append(line)
        self.done.append(done)
        self.onward.append(set())
        self.back.append(set())
        for each in before:
            self.link(each, len(self.lines) - 1)
        return len(self.lines) - 1

    def link(self, before: int, after: int) -> None:
        """``after`` may come right after ``before``."""
        self.onward[before].add(after)
        self.back[after].add(before)

    def at(self, lines: Collection[int], *, done: bool = False) -> set[int]:
        """The steps on these lines; ``done``: those that come to their end."""
        steps = (step for line in lines for step in self._on.get(line, ()))
        return {step for step in steps if self.done[step] or not done}

    def after(self, steps: Iterable[int], stops: Collection[int] = ()) -> set[int]:
        """What may come after any of ``steps``; ways end at ``stops``, which are listed."""
        return _spread(steps, self.onward, stops)

    def before(self, steps: Iterable[int], stops: Collection[int] = ()) -> set[int]:
        """What may come before any of ``steps``; ways end at ``stops``, which are listed."""
        return _spread(steps, self.back, stops)


def _spread(steps: Iterable[int], edges: list[set[int]], stops: Collection[int]) -> set[int]:
    found: set[int] = set()
    pending = [each for step in steps for each in edges[step]]
    while pending:
        step = pending.pop()
        if step not in found:
            found.add(step)
            if step not in stops:
                pending.extend(edges[step])
    return found


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
