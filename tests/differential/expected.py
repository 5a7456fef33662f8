"""What the executions of a program showed, case by case: which finding tells of it, and which must not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from flake8_unload.findings import Finding
from tests.differential.bearing import QUOTED
from tests.differential.observed import Observed, Pair
from tests.differential.statements import BOUND


@dataclass(frozen=True, slots=True)
class Case:
    """Something observed. ``telling`` and ``also`` are the lines, codes and names of findings about it:
    those that are meant for it, and others that tell of it with something else."""

    what: str
    missed: tuple[int, str]
    left_alone: str | None
    """Why RULES leaves it alone: then nothing may tell of it."""
    mark: str | None
    """Which order is open: then it may stay untold."""
    telling: tuple[tuple[int | None, str | None, str | None], ...]
    also: tuple[tuple[int | None, str | None, str | None], ...] = ()

    def is_told_by(self, finding: Finding) -> bool:
        """Whether ``finding`` tells of it, maybe with something else."""
        return _is_one(finding, self.telling + self.also)

    def is_meant_by(self, finding: Finding) -> bool:
        """Whether ``finding`` is about it."""
        return _is_one(finding, self.telling)


def _is_one(finding: Finding, wanted: tuple[tuple[int | None, str | None, str | None], ...]) -> bool:
    names = (None, *QUOTED.findall(finding.message))
    return any(
        line in (None, finding.line) and code in (None, finding.code) and name in names
        for line, code, name in wanted
    )


def cases_of(observed: Observed) -> Iterator[Case]:
    """Every stale read, orphan, failure and missing name."""
    marks, alone = observed.program.marks, observed.program.left_alone
    for pair in sorted(observed.stale_reads()):
        at = (pair.cause, pair.line, pair.name)
        missed = pair.cause, f"`{pair.name}` is read on line {pair.line}"
        yield Case("stale reads", missed, alone.stale.get(at), marks.stale.get(at), *_telling(pair))
    for cause, line in sorted(observed.orphaned()):
        missed = cause, f"line {line} imports the package again, UNL103"
        told = ((cause, "UNL103", None),)
        yield Case(
            "orphans", missed, alone.orphaned.get((cause, line)), marks.orphaned.get((cause, line)), told
        )
    for failure in observed.failures():
        line, code = failure
        told = ((line, code, None),)
        yield Case(
            "failures",
            (line, f"fails, {code}"),
            alone.failures.get(failure),
            marks.failures.get(failure),
            told,
            _failing(line),
        )
    for read in sorted(observed.missing_with_module()):
        line, name = read
        missed = line, f"does not find `{name}`, UNL109"
        told = ((line, "UNL109", name),)
        also = ((line, "UNL109", None), *_failing(line))
        yield Case("missing names", missed, alone.missing.get(read), marks.missing.get(read), told, also)


def _telling(pair: Pair) -> tuple[tuple[tuple[int | None, str | None, str | None], ...], ...]:
    if pair.name.startswith(BOUND):
        return (((pair.line, "UNL102", None),),)
    also: tuple[tuple[int | None, str | None, str | None], ...] = ((pair.line, "UNL204", None),)
    if pair.name == "pkg.sub":
        also += ((None, None, "pkg"),)  # all of it is stale
    return ((pair.cause, None, pair.name),), also


def _failing(line: int) -> tuple[tuple[int | None, str | None, str | None], ...]:
    return (line, "UNL204", None), (line, "UNL104", None)


def told_against(finding: Finding, cases: list[Case], observed: Observed) -> str | None:
    """Why RULES leaves alone all that ``finding`` is about; None where it is about anything else as well."""
    reasons = [each.left_alone for each in cases if each.is_meant_by(finding)]
    if not reasons or None in reasons or _is_about_more(finding, observed):
        return None
    return reasons[0]


def _is_about_more(finding: Finding, observed: Observed) -> bool:
    """By the text, another read comes after the line; or others find the name when the module is done."""
    alone = observed.program.left_alone.stale
    for name in QUOTED.findall(finding.message):
        later = observed.program.ways.led_to(finding.line, name)
        if observed.is_kept(finding.line, name) or any(
            (finding.line, each, name) not in alone for each in later
        ):
            return True
    return False
