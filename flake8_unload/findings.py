"""What a rule reports: the finding. Knows nothing of rules, syntax or output."""

from __future__ import annotations

from dataclasses import dataclass


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
