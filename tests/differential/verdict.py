"""Compares what the rules say about a program with what its executions showed."""

from __future__ import annotations

import ast
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_unload import engine
from flake8_unload.findings import Finding
from flake8_unload.settings import Settings
from tests.differential.execution import BOUND, Program, Read, Run, Seen, execute

STALE_USE = ("UNL101", "UNL110", "UNL201", "UNL202")
FAILURES = {"UNL204": "ImportError", "UNL106": "RuntimeError", "UNL108": "KeyError"}
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
    disagreements: list[Disagreement]

    def __str__(self) -> str:
        numbered = "\n".join(f"{number:3} {text}" for number, text in enumerate(self.program.source.splitlines(), 1))
        found = "\n".join(f"  {each.line}:{each.column} {each.code} {each.message}" for each in self.findings)
        wrong = "\n".join(f"  {each}" for each in self.disagreements)
        return f"{numbered}\nfindings:\n{found}\ndisagreements ({self.runs} runs):\n{wrong}"


def judge(program: Program, filename: str) -> Verdict:
    """Lint and execute ``program``; ``filename`` is where it stands, next to the world on disk."""
    tree = ast.parse(program.source)
    findings = engine.check(tree, program.source.splitlines(keepends=True), filename, Settings())
    runs, complete = execute(program)
    observed = _Observed(program, ast.parse(program.source), runs)
    wrong = list(_false_alarms(findings, observed))
    if complete:
        wrong += _missed_alarms(findings, observed)
    return Verdict(program, findings, len(runs), wrong)


class _Observed:
    """All runs of a program, by what happened where."""

    def __init__(self, program: Program, tree: ast.Module, runs: list[Run]) -> None:
        self.program = program
        self.tree = tree
        self.runs = runs
        self.stale: set[tuple[int, str]] = set()  # line that made stale, name that was read
        self.missing: set[tuple[int, str]] = set()  # line, name
        self.failed: set[tuple[int, str]] = set()  # line, exception
        for run in runs:
            self.failed.update(run.failed)
            for read in run.reads:
                if read.seen is Seen.MISSING:
                    self.missing.add((read.line, read.name))
                for cause in read.causes:
                    self.stale.add((cause, read.name))
        begun = Counter(line for run in runs for line in run.begun)
        failures = Counter(line for run in runs for line, _ in run.failed)
        self.done = {line for line, times in begun.items() if failures[line] < times}
        self.lost = any(name == "pkg.sub" for _, name in self.missing)  # the attribute is gone: as bad as stale
        self.bound = defaultdict(set)  # name: lines
        for node in ast.walk(tree):
            for name in _bound(node):
                self.bound[name].add(node.lineno)  # type: ignore[attr-defined]


def _bound(node: ast.AST) -> list[str]:
    match node:
        case ast.Import() | ast.ImportFrom():
            names = [alias.asname or alias.name.partition(".")[0] for alias in node.names]
            return names + [alias.name for alias in node.names]
        case ast.Name(ctx=ast.Store() | ast.Del(), id=name):
            return [name]
        case ast.Attribute(ctx=ast.Del()):
            return [ast.unparse(node)]
        case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
            return [name]
    return []


# -- false alarms ------------------------------------------------------------------------------
def _false_alarms(findings: list[Finding], observed: _Observed) -> Iterator[Disagreement]:
    for each in findings:
        if not _borne_out(each, observed):
            yield Disagreement("false alarm", each.line, f"{each.code} {each.message}")


def _borne_out(finding: Finding, observed: _Observed) -> bool:
    line = finding.line
    if line not in observed.done:
        return True  # never reached, or fails whenever it is; what it would have done is not to be seen
    names = _QUOTED.findall(finding.message)
    if finding.code in STALE_USE:
        return any((line, name) in observed.stale or name == "pkg.sub" and observed.lost for name in names)
    if finding.code == "UNL102":
        return any(name.startswith(BOUND) and cause for cause, name in observed.stale)
    if finding.code == "UNL109":
        return any((line, name) in observed.missing for name in names)
    if finding.code in FAILURES:
        return (line, FAILURES[finding.code]) in observed.failed
    return True


# -- missed alarms -----------------------------------------------------------------------------
def _missed_alarms(findings: list[Finding], observed: _Observed) -> Iterator[Disagreement]:
    told = {(each.line, name) for each in findings for name in _QUOTED.findall(each.message)}
    told |= {(each.line, BOUND) for each in findings if each.code == "UNL102"}
    for (cause, line, name), tagged in sorted(_provable(observed).items()):
        if name.startswith(BOUND):
            if (line, BOUND) not in told:
                yield Disagreement("missed alarm", line, f"imports what line {cause} removed")
        elif (cause, name) not in told:
            what = "an object" if tagged else "a module"
            yield Disagreement("missed alarm", cause, f"`{name}`, {what}, is read on line {line}")


def _provable(observed: _Observed) -> dict[tuple[int, int, str], bool]:
    """Stale reads (line of the first cause, line of the read, name) that every execution agrees on.

    Whenever the cause was followed by the read, with nothing bound to the name in between, the read was stale.
    """
    found: dict[tuple[int, int, str], bool] = {}
    refuted: set[tuple[int, int, str]] = set()
    causes = {cause for cause, _ in observed.stale}
    for run in observed.runs:
        for read in run.reads:
            for at, line in enumerate(run.begun[: read.at - 1]):
                if line not in causes:
                    continue
                pair = (line, read.line, read.name)
                between = run.begun[at + 1 : read.at - 1]
                if read.causes[:1] == (line,) and not _rebound(read, between, observed):
                    found[pair] = read.tagged
                elif line not in read.causes or _rebound(read, between, observed):
                    refuted.add(pair)
    return {pair: tagged for pair, tagged in found.items() if pair not in refuted}


def _rebound(read: Read, lines: list[int], observed: _Observed) -> bool:
    if read.name.startswith(BOUND):
        return False
    names = {read.name, read.name.partition(".")[0]}
    return any(line in observed.bound[name] for name in names for line in lines)
