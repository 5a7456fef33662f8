"""Findings as a code quality report of GitLab."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from flake8_unload.failures import UNREADABLE
from flake8_unload.reports.paths import relative
from flake8_unload.reports.text import mark
from flake8_unload.results import Result


def render(results: Sequence[tuple[str, Sequence[Result]]]) -> str:
    """The whole report."""
    rows = [_row(relative(path), each) for path, found in results for each in found if each.reported]
    return json.dumps(rows, indent=2) + "\n"


def _row(path: str, result: Result) -> dict[str, Any]:
    finding = result.finding
    # GitLab takes two findings with one fingerprint for the same, so the path is in it, too
    key = f"{path}\0{result.identity.fingerprint}"
    return {
        "description": f"{finding.code} {finding.message}{mark(finding)}",
        "check_name": finding.code,
        "fingerprint": hashlib.sha256(key.encode()).hexdigest()[:32],
        "severity": "blocker" if finding.code == UNREADABLE else "major",
        "location": {
            "path": path,
            "lines": {"begin": finding.line, "end": max(finding.line, finding.end_line)},
        },
    }
