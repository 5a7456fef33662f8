"""What a rule reports: the hazard at a node, and the finding a user sees. Knows no rule and no output."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import dataclass, field

from flake8_unload.edits import Fix, Refusal

Repair = Callable[[], Fix | Refusal]
"""Works out a fix, or why there is none; called only when fixes are wanted."""


@dataclass(frozen=True, slots=True)
class Hazard:
    """What a check yields: the node to point at and the message; its rule adds the code."""

    node: ast.AST
    message: str
    fix: Repair | None = None


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One hazard at one place.

    ``line`` and ``end_line`` count from 1; ``column`` and ``end_column`` count characters
    (not UTF-8 bytes) from 0, as flake8 expects them. ``fix`` is None for a rule without fixes, and
    when `Settings.fixes` is off.
    """

    line: int
    column: int
    code: str
    message: str
    end_line: int = 0
    end_column: int = 0
    fix: Fix | Refusal | None = field(default=None, compare=False)
