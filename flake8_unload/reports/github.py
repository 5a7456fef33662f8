"""Findings as workflow commands, which GitHub Actions shows as annotations."""

from __future__ import annotations

import os
from collections.abc import Sequence

from flake8_unload.findings import Finding


def render(results: Sequence[tuple[str, Sequence[Finding]]]) -> str:
    """The whole report, one line a finding."""
    return "".join(
        f"::error file={_property(os.path.normpath(path))},line={each.line},col={each.column + 1},"
        f"title={_property(each.code)}::{_data(f'{each.code} {each.message}')}\n"
        for path, findings in results
        for each in findings
    )


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
