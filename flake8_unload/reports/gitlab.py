"""Findings as a code quality report of GitLab."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Sequence

from flake8_unload.findings import Finding


def render(results: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    """The whole report. A fingerprint has no line number, so it survives edits above the finding."""
    seen: Counter[str] = Counter()
    rows = []
    for name, findings in results:
        path = os.path.normpath(name).replace(os.sep, "/")
        for each in findings:
            key = "\0".join((path, each.code, each.message))
            seen[key] += 1
            fingerprint = hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="backslashreplace")).hexdigest()
            rows.append(
                {
                    "description": f"{each.code} {each.message}",
                    "check_name": each.code,
                    "fingerprint": fingerprint,
                    "severity": "major",
                    "location": {"path": path, "lines": {"begin": each.line}},
                }
            )
    return json.dumps(rows, indent=2) + "\n"
