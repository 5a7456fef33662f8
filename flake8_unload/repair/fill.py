"""Puts expressions of a file into new code, where the code has a place for them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import cast

import libcst as cst

_PLACEHOLDER = re.compile(r"__(\d+)__")


class Fill(cst.CSTTransformer):
    """Puts the kept expressions in the places of `__0__`, `__1__` …"""

    def __init__(self, values: Sequence[cst.CSTNode]) -> None:
        super().__init__()
        self._values = values

    def leave_Name(self, original_node: cst.Name, updated_node: cst.Name) -> cst.BaseExpression:
        found = _PLACEHOLDER.fullmatch(original_node.value)
        if not found or int(found[1]) >= len(self._values):
            return updated_node
        value = _unparenthesized(cast(cst.BaseExpression, self._values[int(found[1])]))
        if updated_node.lpar and not value.lpar:
            return value.with_changes(lpar=updated_node.lpar, rpar=updated_node.rpar)
        return value


def _unparenthesized(node: cst.BaseExpression) -> cst.BaseExpression:
    """Without parentheses that a name, attribute, call or subscript never needs."""
    plain = isinstance(node, (cst.Name, cst.Attribute, cst.Call, cst.Subscript))
    if not plain or any(isinstance(each.whitespace_after, cst.ParenthesizedWhitespace) for each in node.lpar):
        return node
    return node.with_changes(lpar=(), rpar=())
