"""Findings as workflow commands, which GitHub Actions shows as annotations."""

from __future__ import annotations

from collections.abc import Sequence

from flake8_unload.findings import Finding
from flake8_unload.reports.paths import relative
from flake8_unload.reports.text import mark
from flake8_unload.results import Result


def render(results: Sequence[tuple[str, Sequence[Result]]]) -> str:
    """The whole report, one line a finding."""
    return "".join(
        f"::error {_properties(path, each.finding)}::{_message(each.finding)}\n"
        for path, found in results
        for each in found
        if each.reported
    )


def _properties(path: str, finding: Finding) -> str:
    values = {"file": relative(path), "line": finding.line, "col": finding.column + 1}
    if finding.end_line == finding.line:  # columns of several lines are refused
        values["endColumn"] = finding.end_column
    elif finding.end_line:
        values["endLine"] = finding.end_line
    values["title"] = f"flake8-unload {finding.code}"
    return ",".join(f"{name}={_property(str(value))}" for name, value in values.items())


def _message(finding: Finding) -> str:
    return _data(f"{finding.code} {finding.message}{mark(finding)}")


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
