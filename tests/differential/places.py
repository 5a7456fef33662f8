"""Where the statements of a program stand: in which scope, suite, condition. Knows not what they do."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator

from tests.differential.statements import suppresses, takes

Scope = ast.FunctionDef | ast.Module
_LOOPS = (ast.For, ast.While)


class Places:
    """The statements of a program by their lines."""

    def __init__(self, tree: ast.Module) -> None:
        self.tree = tree
        self.statements = {
            node.lineno: node for node in reversed(list(ast.walk(tree))) if isinstance(node, ast.stmt)
        }
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}

    def around(self, line: int) -> Iterator[ast.AST]:
        """The nodes around the statement of ``line``, innermost first."""
        at: ast.AST = self.statements[line]
        while at in self._parents:
            at = self._parents[at]
            yield at

    def _chain(self, line: int) -> Iterator[tuple[ast.AST, ast.AST]]:
        return itertools.pairwise((self.statements[line], *self.around(line)))

    def scope(self, line: int) -> Scope:
        """The function or module whose code the statement of ``line`` is."""
        return next(node for node in self.around(line) if isinstance(node, Scope))

    def is_cleanup(self, line: int) -> bool:
        """Whether the statement of ``line`` stands below an `except` or a `finally`."""
        return any(
            isinstance(outer, ast.ExceptHandler) or (isinstance(outer, ast.Try) and inner in outer.finalbody)
            for inner, outer in self._chain(line)
        )

    def failure_expected(self, line: int, error: str) -> bool:
        """Whether the statement of ``line`` stands in a `try` that takes ``error``, or in a `suppress`."""
        return any(
            (isinstance(outer, ast.Try) and inner in outer.body and takes(outer, error)) or suppresses(outer)
            for inner, outer in self._chain(line)
        )

    def leaves_loop(self, line: int, later: int) -> bool:
        """Whether ``line`` stands in a loop in a `try`, and ``later`` in an `except` of that."""
        looped = itertools.dropwhile(lambda pair: not isinstance(pair[1], _LOOPS), self._chain(line))
        tries = {outer for inner, outer in looped if isinstance(outer, ast.Try) and inner in outer.body}
        return any(
            isinstance(inner, ast.ExceptHandler) and outer in tries for inner, outer in self._chain(later)
        )

    def may_be_left(self, line: int) -> bool:
        """Whether ``line`` stands in a loop in a `try` or `suppress`: an error may end that half-way."""
        looped = itertools.dropwhile(lambda pair: not isinstance(pair[1], _LOOPS), self._chain(line))
        return any(
            (isinstance(outer, ast.Try) and inner in outer.body) or suppresses(outer)
            for inner, outer in looped
        )

    def conditions(self, line: int) -> set[ast.AST]:
        """Each `if` and `with` of its function around the statement of ``line``."""
        around = itertools.takewhile(lambda node: not isinstance(node, ast.FunctionDef), self.around(line))
        return {node for node in around if isinstance(node, (ast.If, ast.With))}
