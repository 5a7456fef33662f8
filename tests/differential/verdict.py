"""Compares what the rules say about a program with what its executions showed."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field

from flake8_unload import engine
from flake8_unload.findings import Finding
from flake8_unload.settings import Settings
from tests.differential.bearing import JUDGED, QUOTED, borne_out
from tests.differential.execution import execute
from tests.differential.observed import Observed, Pair
from tests.differential.program import Program
from tests.differential.statements import BOUND


@dataclass(frozen=True)
class Disagreement:
    """A finding that nothing bears out, or a stale use that no finding tells of."""

    kind: str  # "false alarm" or "missed alarm"
    line: int
    what: str

    def __str__(self) -> str:
        return f"{self.kind}, line {self.line}: {self.what}"


@dataclass
class Verdict:
    """The outcome of one program."""

    program: Program
    findings: list[Finding]
    runs: int
    disagreements: list[Disagreement] = field(default_factory=list)
    figures: Counter[str] = field(default_factory=Counter)

    def disagree(self, kind: str, line: int, what: str) -> None:
        """Note a disagreement."""
        self.disagreements.append(Disagreement(kind, line, what))

    def expect(self, what: str, told: bool, mark: str | None, missed: tuple[int, str]) -> None:
        """Count something that was observed; it must be told, or marked."""
        self.figures[what] += 1
        if told:
            self.figures[f"{what}, told"] += 1
        elif mark:
            self.figures[f"{what}, marked: {mark}"] += 1
        else:
            self.disagree("missed alarm", *missed)

    def __str__(self) -> str:
        numbered = "\n".join(
            f"{number:3} {text}" for number, text in enumerate(self.program.source.splitlines(), 1)
        )
        found = "\n".join(f"  {each.line}:{each.column} {each.code} {each.message}" for each in self.findings)
        wrong = "\n".join(f"  {each}" for each in self.disagreements)
        return f"{numbered}\nfindings:\n{found}\ndisagreements ({self.runs} runs):\n{wrong}"


def judge(program: Program, filename: str) -> Verdict:
    """Lint and execute ``program``; ``filename`` is where it stands, next to the world on disk."""
    return compare(linted(program, filename), Observed(program, *execute(program)))


def linted(program: Program, filename: str) -> list[Finding]:
    """What the rules say about ``program``."""
    lines = program.source.splitlines(keepends=True)
    return engine.check(ast.parse(program.source), lines, filename, Settings())


def compare(findings: list[Finding], observed: Observed) -> Verdict:
    """Hold findings against executions of the same program."""
    verdict = Verdict(observed.program, findings, len(observed.runs))
    if not observed.complete:
        verdict.figures["programs with too many executions, not compared"] += 1
        return verdict
    _false_alarms(verdict, observed)
    _missed_alarms(verdict, observed)
    return verdict


# -- false alarms ------------------------------------------------------------------------------
def _false_alarms(verdict: Verdict, observed: Observed) -> None:
    for each in verdict.findings:
        if each.code not in JUDGED:
            continue
        verdict.figures["findings judged"] += 1
        if not borne_out(each, observed):
            verdict.disagree("false alarm", each.line, f"{each.code} {each.message}")


# -- missed alarms -----------------------------------------------------------------------------
def _missed_alarms(verdict: Verdict, observed: Observed) -> None:
    marks = verdict.program.marks
    told = {(each.line, name) for each in verdict.findings for name in QUOTED.findall(each.message)}
    coded = {(each.line, each.code) for each in verdict.findings}
    for pair in sorted(observed.stale_reads()):
        verdict.expect(
            "stale reads",
            _is_told(pair, told, coded),
            marks.stale.get((pair.cause, pair.line, pair.name)),
            (pair.cause, f"`{pair.name}` is read on line {pair.line}"),
        )
    for cause, line in sorted(observed.orphaned()):
        verdict.expect(
            "orphans",
            (cause, "UNL103") in coded,
            marks.orphaned.get((cause, line)),
            (cause, f"line {line} imports the package again, UNL103"),
        )
    for line, code in observed.failures():
        verdict.expect(
            "failures",
            _is_coded(line, code, coded),
            marks.failures.get((line, code)),
            (line, f"fails, {code}"),
        )
    for line, name in sorted(observed.missing()):
        verdict.expect(
            "missing names",
            _is_coded(line, "UNL109", coded),
            marks.missing.get((line, name)),
            (line, f"does not find `{name}`, UNL109"),
        )


def _is_told(pair: Pair, told: set[tuple[int, str]], coded: set[tuple[int, str]]) -> bool:
    if pair.name.startswith(BOUND):
        return (pair.line, "UNL102") in coded
    known = (pair.cause, pair.name) in told or (pair.line, "UNL204") in coded
    return known or (pair.name == "pkg.sub" and any(each == "pkg" for _, each in told))  # all of it is stale


def _is_coded(line: int, code: str, coded: set[tuple[int, str]]) -> bool:
    return not coded.isdisjoint((line, each) for each in (code, "UNL204", "UNL104"))
