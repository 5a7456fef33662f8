"""From a parsed file to its findings. The one door between the faces and the analysis."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_unload.findings import Finding
from flake8_unload.settings import Settings


def check(tree: ast.Module, lines: Sequence[str], filename: str, settings: Settings) -> list[Finding]:
    """Findings of one file, sorted; suppression and selection of default rules are the caller's."""
    return []
