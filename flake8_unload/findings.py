"""What a rule reports: the hazard at a node, and the finding a user sees. Knows no rule and no output."""

from __future__ import annotations

import ast
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hazard:
    """What a check yields: the node to point at and the message; its rule adds the code."""

    node: ast.AST
    message: str


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One hazard at one place.

    ``line`` and ``end_line`` count from 1; ``column`` and ``end_column`` count characters
    (not UTF-8 bytes) from 0, as flake8 expects them.
    """

    line: int
    column: int
    code: str
    message: str
    end_line: int = 0
    end_column: int = 0
