"""`# noqa` and `# flake8: noqa`, decided by flake8's own code, so that both faces always agree.

flake8 is imported only where a file has findings and the word "noqa" in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from flake8_unload.findings import Finding

if TYPE_CHECKING:
    from flake8.processor import FileProcessor


def suppressed(findings: Sequence[Finding], path: str, lines: Sequence[str]) -> list[bool]:
    """Whether a comment of the file suppresses the finding, for each in the same order."""
    if not findings or not any("noqa" in line.lower() for line in lines):
        return [False] * len(findings)
    processor = _processor(path, lines)
    if processor.should_ignore_file():
        return [True] * len(findings)
    return [_ignored(each, path, processor) for each in findings]


def _ignored(finding: Finding, path: str, processor: FileProcessor) -> bool:
    from flake8.violation import Violation

    line = processor.noqa_line_for(finding.line)
    violation = Violation(finding.code, path, finding.line, finding.column + 1, finding.message, line)
    return violation.is_inline_ignored(disable_noqa=False)


def _processor(path: str, lines: Sequence[str]) -> FileProcessor:
    import argparse

    from flake8.processor import FileProcessor

    options = argparse.Namespace(
        disable_noqa=False,
        hang_closing=False,
        indent_size=4,
        max_line_length=79,
        max_doc_length=None,
        verbose=0,
    )
    return FileProcessor(path, options, list(lines))
