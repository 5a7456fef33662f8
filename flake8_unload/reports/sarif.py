"""Findings as SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from flake8_unload import __version__, registry
from flake8_unload.findings import Finding

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://github.com/flake8-unload/flake8-unload"


def render(results: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    """The whole log, with one run and the rules that it needs."""
    codes = sorted({each.code for _, findings in results for each in findings})
    driver = {
        "name": "flake8-unload",
        "version": __version__,
        "informationUri": _HOME,
        "rules": [_rule(code) for code in codes],
    }
    seen: Counter[str] = Counter()
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [
            _result(path, each, codes, seen) for path, findings in results for each in sorted(findings)
        ],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    rule = registry.rules().get(code)
    if rule is None:  # UNL000 is no rule
        return {"id": code, "shortDescription": {"text": "A file could not be read"}}
    described: dict[str, Any] = {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": rule.page, "markdown": rule.page},
    }
    return {**described, "helpUri": rule.url} if rule.url else described


def _result(path: str, finding: Finding, codes: list[str], seen: Counter[str]) -> dict[str, Any]:
    uri = _uri(path)
    key = "\0".join((uri, finding.code, finding.message))
    seen[key] += 1
    digest = hashlib.sha256(f"{key}\0{seen[key]}".encode(errors="backslashreplace")).hexdigest()
    return {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": "error" if finding.code == "UNL000" else "warning",
        "message": {"text": finding.message},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": uri}, "region": _region(finding)}},
        ],
        "partialFingerprints": {"flake8Unload/v1": digest},
    }


def _region(finding: Finding) -> dict[str, int]:
    region = {"startLine": finding.line, "startColumn": finding.column + 1}
    if finding.end_line >= finding.line:
        region |= {"endLine": finding.end_line, "endColumn": finding.end_column + 1}
    return region


def _uri(path: str) -> str:
    if os.path.isabs(path):
        return PurePath(path).as_uri()
    return quote(os.path.normpath(path).replace(os.sep, "/"), errors="surrogateescape")
