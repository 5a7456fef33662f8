"""Compares what the rules say about a program with what its executions showed."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass, field

from flake8_unload import engine
from flake8_unload.findings import Finding
from flake8_unload.settings import Settings
from tests.differential.bearing import JUDGED, borne_out
from tests.differential.execution import execute
from tests.differential.expected import Case, cases_of, told_against
from tests.differential.observed import Observed
from tests.differential.program import Program


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
    cases = list(cases_of(observed))
    _false_alarms(verdict, observed, cases)
    for case in cases:
        _missed_alarm(verdict, case)
    return verdict


def _false_alarms(verdict: Verdict, observed: Observed, cases: list[Case]) -> None:
    for each in verdict.findings:
        if each.code not in JUDGED:
            continue
        verdict.figures["findings judged"] += 1
        if not borne_out(each, observed):
            verdict.disagree("false alarm", each.line, f"{each.code} {each.message}")
        elif reason := told_against(each, cases, observed):
            verdict.disagree("false alarm", each.line, f"{each.code} although {reason}")


def _missed_alarm(verdict: Verdict, case: Case) -> None:
    """What was observed must be told, unless RULES leaves it alone, or a mark leaves its order open."""
    figures, what = verdict.figures, case.what
    figures[what] += 1
    if case.left_alone:
        figures[f"{what}, left alone by RULES: {case.left_alone}"] += 1
    elif any(case.is_told_by(each) for each in verdict.findings):
        figures[f"{what}, told"] += 1
    elif case.mark:
        figures[f"{what}, order marked as open: {case.mark}"] += 1
    else:
        verdict.disagree("missed alarm", *case.missed)
