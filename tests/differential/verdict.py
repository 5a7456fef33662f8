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
from tests.differential.observed import Observed, certain_failures, provable
from tests.differential.silences import silence, silence_of_failure

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

    An error that nobody takes ends a program: what would come after it is not seen.
    """
    line, code = finding.line, finding.code
    names = _QUOTED.findall(finding.message)
    if line not in observed.done | {line for line, _ in observed.failed}:
        return True
    if code in ("UNL108", "UNL204") and not observed.removed_before(line, names[0]):
        return True
    if code in ("UNL108", "UNL204") and observed.unseen_removal(names[0], line):
        return True
    if code == "UNL204" and observed.local_name_missing(line):
        return True
    if code in FAILURES:
        failed = any((line, error) in observed.failed for error in FAILURES[code])
        return failed or observed.removes_nothing(line)
    if code == "UNL109":
        return _missing(line, names[0], observed)
    if line not in observed.done:
        return True
    if code == "UNL102":
        return _serves_old(line, observed)
    return any(_seen_stale(line, name, observed) for name in names)


def _serves_old(line: int, observed: Observed) -> bool:
    """A from-import gives an old submodule; or none is come to after a removal of it."""
    if not observed.removed_before(line, "pkg.sub"):
        return True
    looks = [read for run in observed.runs for read in run.reads if read.line == line]
    return any(read.name.startswith(BOUND) and read.seen is Seen.STALE for read in looks)


def _seen_stale(line: int, name: str, observed: Observed) -> bool:
    if (line, name) in observed.stale or observed.derailed_before_read(line, name):
        return True
    later = list(observed.reads_after(line, name))
    return all(read.seen is Seen.MISSING for read in later) or (
        "." in name and any(read.seen is Seen.MISSING for read in later)
    )


def _missing(line: int, name: str, observed: Observed) -> bool:
    reads = [
        read
        for deletion in observed.deleted[name] & observed.program.aims.keys() or observed.deleted[name]
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
    for line, code in sorted(certain_failures(observed) - coded):
        if (line, "UNL204") in coded or (line, "UNL104") in coded:
            continue
        reason = silence_of_failure(line, code, observed)
        if reason:
            verdict.figures[reason] += 1
        else:
            verdict.disagree("missed alarm", line, f"fails whenever it is reached, {code}")
