"""Findings as one JSON list: lines and columns count from 1, as in the text output."""

from __future__ import annotations

import json
from collections.abc import Sequence

from flake8_unload.findings import Finding


def render(results: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    """The whole report."""
    rows = [
        {
            "path": path,
            "line": each.line,
            "column": each.column + 1,
            "code": each.code,
            "message": each.message,
        }
        for path, findings in results
        for each in findings
    ]
    return json.dumps(rows, indent=2) + "\n"
