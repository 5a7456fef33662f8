"""Findings as SARIF 2.1.0, for code scanning: rules, fixes, and what is suppressed and by what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from flake8_unload import __version__, registry
from flake8_unload.edits import Fix, Refusal
from flake8_unload.failures import UNREADABLE
from flake8_unload.findings import Finding
from flake8_unload.registry import Rule
from flake8_unload.reports.paths import uri
from flake8_unload.reports.text import mark
from flake8_unload.results import NOQA, Replacement, Result

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_HOME = "https://github.com/flake8-unload/flake8-unload"


def render(results: Sequence[tuple[str, Sequence[Result]]]) -> str:
    """The whole log, with one run and the rules that it needs."""
    codes = sorted({each.finding.code for _, found in results for each in found})
    driver = {
        "name": "flake8-unload",
        "version": __version__,
        "semanticVersion": __version__,
        "informationUri": _HOME,
        "rules": [_rule(code, registry.rules().get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "invocations": [{"executionSuccessful": UNREADABLE not in codes}],
        "columnKind": "unicodeCodePoints",
        "results": [_result(uri(path), each, codes) for path, found in results for each in found],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=2) + "\n"


def _rule(code: str, rule: Rule | None) -> dict[str, Any]:
    if rule is None:  # UNL000 is no rule
        text = {"text": "A file could not be read."}
        level = {"defaultConfiguration": {"level": "error"}}
        return {"id": code, "shortDescription": text, "fullDescription": text, **level}
    described: dict[str, Any] = {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": f"{rule.summary}."},
        "fullDescription": {"text": _in_full(rule)},
        "help": {"text": rule.page, "markdown": rule.page},
        "defaultConfiguration": {"enabled": not rule.opt_in, "level": "warning"},
        "properties": {"tags": _tags(rule), "problem.severity": "warning"},
    }
    return {**described, "helpUri": rule.url} if rule.url else described


def _in_full(rule: Rule) -> str:
    """What the rule does, by the first section of its page; code scanning refuses a rule without it."""
    section = rule.page.partition("## What it does\n")[2].partition("\n## ")[0].strip()
    return section or f"{rule.summary}."


def _tags(rule: Rule) -> list[str]:
    """What code scanning can filter by; the family is the folder of the rule's file."""
    family = rule.check.__module__.split(".")[-2:-1]
    return ["reliability", *family, *([f"fix-{rule.fix}"] if rule.fix else [])]


def _result(path: str, result: Result, codes: list[str]) -> dict[str, Any]:
    finding = result.finding
    where = {"artifactLocation": {"uri": path}, "region": _region(finding)}
    place: dict[str, Any] = {"physicalLocation": where}
    if result.identity.scope:
        place["logicalLocations"] = [{"fullyQualifiedName": result.identity.scope}]
    said = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": "error" if finding.code == UNREADABLE else "warning",
        "message": {"text": finding.message + mark(finding)},
        "locations": [place],
        "partialFingerprints": {"flake8Unload/v1": result.identity.fingerprint},
        # all results of a run have this property, or none has
        "suppressions": [_suppression(result.suppressed)] if result.suppressed else [],
    }
    match finding.fix:
        case Fix() if result.replacements:
            said["fixes"] = [_fix(path, finding.fix, result.replacements)]
        case Refusal(reason=reason):
            said["properties"] = {"noFix": reason}
    return said


def _suppression(by: str) -> dict[str, str]:
    if by == NOQA:
        return {"kind": "inSource", "justification": "a noqa comment"}
    return {"kind": "external", "justification": "accepted in the baseline"}


def _fix(path: str, fix: Fix, replacements: Sequence[Replacement]) -> dict[str, Any]:
    """SARIF has no word for how safe a fix is, so its description says it, and a property."""
    return {
        "description": {"text": fix.title if fix.safe else f"{fix.title} (unsafe)"},
        "artifactChanges": [
            {"artifactLocation": {"uri": path}, "replacements": [_replacement(each) for each in replacements]}
        ],
        "properties": {"safe": fix.safe},
    }


def _replacement(each: Replacement) -> dict[str, Any]:
    region = {
        "startLine": each.line,
        "startColumn": each.column + 1,
        "endLine": each.end_line,
        "endColumn": each.end_column + 1,
    }
    return {"deletedRegion": region, "insertedContent": {"text": each.text}}


def _region(finding: Finding) -> dict[str, int]:
    region = {"startLine": finding.line, "startColumn": finding.column + 1}
    if finding.end_line >= finding.line:
        region |= {"endLine": finding.end_line, "endColumn": finding.end_column + 1}
    return region
