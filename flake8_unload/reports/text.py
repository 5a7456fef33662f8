"""Findings as lines, as flake8 prints them, with a mark behind those that can be repaired."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_unload.edits import Fix, Refusal
from flake8_unload.findings import Finding
from flake8_unload.results import Result


def render(results: Sequence[tuple[str, Sequence[Result]]]) -> str:
    """The whole report."""
    return "".join(
        f"{line(path, each.finding)}\n" for path, found in results for each in found if each.reported
    )


def line(path: str, finding: Finding, reasons: bool = False) -> str:
    """One finding; ``reasons``: why a fix that the rule has does not apply, too."""
    return f"{place(path, finding)} {finding.message}{mark(finding, reasons)}"


def place(path: str, finding: Finding) -> str:
    """`path:line:column: CODE`, columns from 1, as flake8 prints it."""
    return f"{path}:{finding.line}:{finding.column + 1}: {finding.code}"


def mark(finding: Finding, reasons: bool = False) -> str:
    """Whether there is a fix, and how safe it is; nothing where there is none."""
    match finding.fix:
        case Fix(safe=safe):
            return " [fix]" if safe else " [unsafe fix]"
        case Refusal(reason=reason) if reasons:
            return f" [no fix: {reason}]"
    return ""
