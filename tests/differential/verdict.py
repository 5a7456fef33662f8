"""Compares what the rules say about a program with what its executions showed."""

from __future__ import annotations

import ast
import re
from collections import Counter
from dataclasses import dataclass, field

from flake8_unload import engine
from flake8_unload.findings import Finding
from flake8_unload.settings import Settings
from tests.differential.execution import BOUND, Program, Seen, execute
from tests.differential.observed import Observed, provable
from tests.differential.silences import silence

STALE_USE = ("UNL101", "UNL110", "UNL201", "UNL202")
RELOADS = ("UNL201", "UNL202")
FAILURES = {
    "UNL204": ("ImportError", "KeyError", "NameError", "AttributeError"),
    "UNL106": ("RuntimeError",),
    "UNL108": ("KeyError", "NameError"),
}
JUDGED = {*STALE_USE, *FAILURES, "UNL102", "UNL109"}
_QUOTED = re.compile(r"`([^`]+)`")


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
    tree = ast.parse(program.source)
    findings = engine.check(tree, program.source.splitlines(keepends=True), filename, Settings())
    runs, complete = execute(program)
    observed = Observed(program, ast.parse(program.source), runs)
    verdict = Verdict(program, findings, len(runs))
    _false_alarms(verdict, observed)
    if complete:
        _missed_alarms(verdict, observed)
    return verdict


# -- false alarms ------------------------------------------------------------------------------
def _false_alarms(verdict: Verdict, observed: Observed) -> None:
    for each in verdict.findings:
        if each.code not in JUDGED:
            continue
        verdict.figures["findings judged"] += 1
        if not _borne_out(each, observed):
            verdict.disagree("false alarm", each.line, f"{each.code} {each.message}")


def _borne_out(finding: Finding, observed: Observed) -> bool:
    """Whether some execution shows what ``finding`` says, or none comes to where it could be seen.

    A program that fails on its way shows nothing of what comes after: a statement that fails whenever
    it is reached (above all in a `try`, which it leaves), and a name that is never read again, are given
    the benefit of the doubt.
    """
    line = finding.line
    names = _QUOTED.findall(finding.message)
    if line not in observed.done | {line for line, _ in observed.failed} or line in observed.cut_short:
        return True
    if finding.code in ("UNL108", "UNL204") and not observed.removed_before(line, names[0]):
        return True
    if finding.code in FAILURES:
        failed = any((line, error) in observed.failed for error in FAILURES[finding.code])
        return failed or observed.removes_nothing(line)
    if line not in observed.done:
        return finding.code != "UNL109" or _missing(line, names[0], observed)
    if finding.code in RELOADS and observed.failed & {(line, "ImportError"), (line, "NameError")}:
        return True  # a reload that fails since the entry or the name is gone: UNL204's, UNL109's
    if finding.code in STALE_USE:
        derailed = bool(observed.hopeless & observed.guarded)
        return derailed or any(_seen_stale(line, name, observed) for name in names)
    if finding.code == "UNL102":
        return any(name.startswith(BOUND) for _, name in observed.stale)
    if finding.code == "UNL109":
        return _missing(line, names[0], observed)
    return True


def _seen_stale(line: int, name: str, observed: Observed) -> bool:
    if (line, name) in observed.stale:
        return True
    later = list(observed.reads_after(line, name))
    return all(read.seen is Seen.MISSING for read in later) or (
        "." in name and any(read.seen is Seen.MISSING for read in later)
    )


def _missing(line: int, name: str, observed: Observed) -> bool:
    if any(line in observed.deleted[name] for line, _ in observed.failed):
        return True  # deleted or not, by a statement that fails half-way
    reads = [
        read
        for deletion in observed.deleted[name]
        for read in observed.reads_after(deletion, name)
        if read.line == line
    ]
    return not reads or any(read.seen is Seen.MISSING for read in reads)


# -- missed alarms -----------------------------------------------------------------------------
def _missed_alarms(verdict: Verdict, observed: Observed) -> None:
    told = {(each.line, name) for each in verdict.findings for name in _QUOTED.findall(each.message)}
    coded = {(each.line, each.code) for each in verdict.findings}
    for (cause, line, name), stale in sorted(provable(observed).items(), key=lambda each: each[0]):
        verdict.figures["stale reads, provable"] += 1
        if name.startswith(BOUND):
            known = (line, "UNL102") in coded
        else:
            known = (cause, name) in told or (line, "UNL204") in coded
            known = known or (
                name == "pkg.sub" and any(each == "pkg" for _, each in told)
            )  # all of it is stale
        if known:
            verdict.figures["stale reads, told"] += 1
            continue
        reason = silence((cause, line, name), stale, observed)
        if reason:
            verdict.figures[reason] += 1
        else:
            what = "an object" if stale.tagged else "a module"
            verdict.disagree("missed alarm", cause, f"`{name}`, {what}, is read on line {line}")
