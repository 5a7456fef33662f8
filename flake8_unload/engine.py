"""From a parsed file to its findings. The one door between the faces and the analysis."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from typing import TYPE_CHECKING

from flake8_unload import prefilter
from flake8_unload.columns import characters
from flake8_unload.edits import Fix, Refusal
from flake8_unload.findings import Finding, Hazard
from flake8_unload.settings import Settings

if TYPE_CHECKING:
    from flake8_unload.events import Event
    from flake8_unload.registry import Rule

_SHORTEST_OPT_IN = len("UNL9")


def check(tree: ast.Module, lines: Sequence[str], filename: str, settings: Settings) -> list[Finding]:
    """Findings of one file, sorted; suppression and selection of default rules are the caller's.

    ``lines`` are the source lines as flake8 splits them. Raises RecursionError where the nesting
    of an eventful file is too deep to follow.
    """
    if not prefilter.eventful(tree, lines, settings):
        return []
    return sorted(set(_findings(tree, lines, filename, settings)))


def _findings(tree: ast.Module, lines: Sequence[str], filename: str, settings: Settings) -> Iterator[Finding]:
    from flake8_unload import importtime, lifecycle, notebooks  # most files never get here

    file = lifecycle.File(tree, lines, filename, settings)
    file.add(importtime.effects(file))
    autoreloads = notebooks.autoreloads(lines, filename)
    for rule, kind in _dispatch():
        if rule.opt_in and not selects_opt_in(rule.code, settings.select):
            continue
        if autoreloads and rule.code.startswith("UNL2"):
            continue
        for event in file.events(kind):
            for hazard in rule.check(event, file):
                yield finding(rule.code, hazard, lines, settings.fixes)


@cache
def _dispatch() -> list[tuple[Rule, type[Event]]]:
    from flake8_unload import events, registry

    kinds = vars(events)
    return [(rule, kinds[rule.event]) for rule in registry.rules().values() if rule.event in kinds]


def selects_opt_in(code: str, select: Sequence[str]) -> bool:
    """Whether one of the chosen prefixes names the opt-in family or this very rule, not just `UNL`."""
    return any(len(prefix) >= _SHORTEST_OPT_IN and code.startswith(prefix) for prefix in select)


def finding(code: str, hazard: Hazard, lines: Sequence[str], fixes: bool) -> Finding:
    """The finding at the node of a hazard; with its repair worked out if ``fixes``."""
    node = hazard.node
    line, end = node.lineno, node.end_lineno or node.lineno  # type: ignore[attr-defined]
    start_column = characters(lines, line, node.col_offset)  # type: ignore[attr-defined]
    end_column = characters(lines, end, node.end_col_offset or 0)  # type: ignore[attr-defined]
    fix = _repair(hazard) if fixes else None
    return Finding(line, start_column, code, hazard.message, end, end_column, fix)


def _repair(hazard: Hazard) -> Fix | Refusal | None:
    """A fix that fails to be worked out is no reason to lose the finding."""
    try:
        return hazard.fix() if hazard.fix else None
    except Exception as error:
        return Refusal(f"internal error, please report: {type(error).__name__}: {error}")
