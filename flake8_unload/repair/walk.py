"""The one walk through a tree that does everything that was planned. Knows nodes, no edits."""

from __future__ import annotations

from collections.abc import Callable

import libcst as cst

from flake8_unload.repair.locate import Span
from flake8_unload.repair.statements import Change, below_blank_line, changed_line, changed_suite

Rewrite = Callable[[cst.CSTNode], cst.CSTNode | cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel]
"""What becomes of a node whose insides are done."""


class Walk(cst.CSTTransformer):
    """Visits only the statements that hold an edit."""

    def __init__(
        self,
        visited: set[cst.CSTNode],
        statements: dict[cst.CSTNode, Span],
        rewrites: dict[cst.CSTNode, Rewrite],
        changes: dict[cst.CSTNode, list[Change]],
        kept: dict[cst.CSTNode, cst.CSTNode],
        apart: set[cst.CSTNode],
    ) -> None:
        super().__init__()
        self._visited = visited
        self._statements = statements
        self._rewrites = rewrites
        self._changes = changes
        self._kept = kept
        self._apart = apart
        self.done: set[cst.CSTNode] = set()
        """The nodes that were rewritten or changed."""

    def on_visit(self, node: cst.CSTNode) -> bool:
        if isinstance(node, (cst.Import, cst.ImportFrom)):
            return False  # they stay the same nodes, which are looked for at the end
        return node not in self._statements or node in self._visited

    def on_leave(  # type: ignore[override]
        self, original_node: cst.CSTNode, updated_node: cst.CSTNode
    ) -> cst.CSTNode | cst.FlattenSentinel[cst.CSTNode] | cst.RemovalSentinel:
        if original_node in self._kept:
            self._kept[original_node] = updated_node
        if original_node in self._apart:
            updated_node = below_blank_line(updated_node)
        if original_node in self._rewrites:
            self.done.add(original_node)
            return self._rewrites[original_node](updated_node)
        if original_node not in self._changes:
            return updated_node
        self.done.add(original_node)
        changes = self._changes[original_node]
        if isinstance(updated_node, cst.SimpleStatementSuite):
            return changed_suite(updated_node, changes)
        statements = changed_line(cst.ensure_type(updated_node, cst.SimpleStatementLine), changes)
        return cst.FlattenSentinel(statements) if statements else cst.RemoveFromParent()
