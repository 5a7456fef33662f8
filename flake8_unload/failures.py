"""UNL000: a file that could not be read, parsed or analysed. One bad file never ends a run."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from dataclasses import replace

from flake8_unload.findings import Finding
from flake8_unload.settings import Settings

UNREADABLE = "UNL000"


class Unreadable(Exception):
    """A file, or a place in it, that cannot be read; ``line`` and ``column`` count from 1."""

    def __init__(self, message: str, line: int | None = 1, column: int | None = 1) -> None:
        super().__init__(message)
        self.finding = failure(message, max(line or 1, 1), max(column or 1, 1) - 1)


def failure(message: str, line: int = 1, column: int = 0) -> Finding:
    """The UNL000 finding with this message, on one line whatever the message holds."""
    return Finding(line, column, UNREADABLE, _printable(" ".join(message.split())))


def check(tree: ast.Module, lines: Sequence[str], filename: str, settings: Settings) -> list[Finding]:
    """As `engine.check`, but an analysis that fails is itself a finding and raises nothing."""
    from flake8_unload import engine

    try:
        return [_on_one_line(each) for each in engine.check(tree, lines, filename, settings)]
    except (RecursionError, MemoryError):
        return [failure("cannot be analysed: nested too deeply")]
    except Exception as error:
        return [failure(f"internal error, please report: {type(error).__name__}: {error}")]


def _on_one_line(finding: Finding) -> Finding:
    """A message may quote a key of the file, and a key may hold a line end or half a surrogate pair."""
    if finding.message.isprintable():
        return finding
    return replace(finding, message=_printable(finding.message))


def _printable(text: str) -> str:
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)
