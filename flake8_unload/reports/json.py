"""Findings as one JSON list: lines and columns count from 1, and an end column is the one behind the end."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flake8_unload import registry
from flake8_unload.edits import Fix, Refusal
from flake8_unload.results import Replacement, Result


def render(results: Sequence[tuple[str, Sequence[Result]]]) -> str:
    """The whole report."""
    rows = [_row(path, each) for path, found in results for each in found if each.reported]
    return json.dumps(rows, indent=2) + "\n"


def _row(path: str, result: Result) -> dict[str, Any]:
    finding = result.finding
    rule = registry.rules().get(finding.code)
    return {
        "path": path,
        "line": finding.line,
        "column": finding.column + 1,
        "end_line": max(finding.end_line, finding.line),
        "end_column": finding.end_column + 1 if finding.end_line else finding.column + 1,
        "code": finding.code,
        "name": rule.name if rule else None,
        "message": finding.message,
        "url": rule.url or None if rule else None,
        "scope": result.identity.scope,
        "fingerprint": result.identity.fingerprint,
        "fix": _fix(finding.fix, result.replacements),
    }


def _fix(fix: Fix | Refusal | None, replacements: Sequence[Replacement]) -> dict[str, Any] | None:
    """Null for a rule that repairs nothing; what keeps the fix from being made; or what it changes."""
    match fix:
        case Fix(title=title, safe=safe):
            return {"safe": safe, "title": title, "edits": [_edit(each) for each in replacements]}
        case Refusal(reason=reason):
            return {"refused": reason}
    return None


def _edit(each: Replacement) -> dict[str, Any]:
    return {
        "line": each.line,
        "column": each.column + 1,
        "end_line": each.end_line,
        "end_column": each.end_column + 1,
        "text": each.text,
    }
