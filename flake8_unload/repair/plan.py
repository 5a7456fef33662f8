"""All steps of a round together, and the module after them."""

from __future__ import annotations

from typing import cast

import libcst as cst

from flake8_unload.edits import Edit
from flake8_unload.repair.locate import Located, Span
from flake8_unload.repair.statements import Change, Make, Statement, led, made
from flake8_unload.repair.steps import Impossible, Step, Steps
from flake8_unload.repair.walk import Rewrite, Walk


class Plan:
    """The steps of all edits of a round."""

    def __init__(self, located: Located) -> None:
        self._located = located
        self._rewrites: dict[cst.CSTNode, Rewrite] = {}
        self._changes: dict[cst.CSTNode, list[Change]] = {}
        self._makes: dict[cst.CSTNode, list[Make]] = {}
        self._kept: dict[cst.CSTNode, cst.CSTNode] = {}
        self._steps = Steps(located, self._kept)
        self._apart: set[cst.CSTNode] = set()
        self._spans: list[Span] = []

    def step(self, edit: Edit) -> Step:
        """Work out one edit. Raises Impossible."""
        return self._steps.step(edit)

    def add(self, step: Step) -> None:
        """Take a step into the plan."""
        self._rewrites.update(step.rewrites)
        for line, change in step.changes:
            self._changes.setdefault(line, []).append(change)
        for node, make in step.makes:
            self._makes.setdefault(node, []).append(make)
        self._kept.update({each: each for each in step.kept})
        self._apart.update(step.apart)
        self._spans += step.spans

    def carried_out(self) -> cst.Module:
        """The module with all steps done. Raises Impossible."""
        module = self._located.module
        if not self._spans:
            return module
        visited = set(self._located.around(self._spans))
        rewrites = {**self._rewrites, **{node: self._whole(node) for node in self._makes}}
        walk = Walk(visited, self._located.spans, rewrites, self._changes, self._kept, self._apart)
        module = cst.ensure_type(module.visit(walk), cst.Module)
        if walk.done != {*rewrites, *self._changes}:
            raise Impossible("a part of the file cannot be reached")
        return module

    def _whole(self, node: cst.CSTNode) -> Rewrite:
        """Everything that happens to one compound statement: its own rewrite, then what is put beside it."""
        rewrite, makes = self._rewrites.get(node), self._makes[node]

        def both(done: cst.CSTNode) -> cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel:
            this = cast(Statement, rewrite(done) if rewrite else done)
            return _several(made(this, makes), this)

        return both


def _several(
    statements: list[Statement], done: cst.CSTNode
) -> cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel:
    """Blank lines in front of the old statement go in front of the first new one, comments stay with it."""
    if not statements:
        return cst.RemoveFromParent()
    if statements[0] is not done and not statements[0].leading_lines:
        own = next((at for at, each in enumerate(statements) if each is done), 0)
        statements = led(statements, own, done.leading_lines)  # type: ignore[attr-defined]
    return cst.FlattenSentinel(statements)
