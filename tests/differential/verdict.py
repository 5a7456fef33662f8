"""Compares what the rules say about a program with what its executions showed."""

from __future__ import annotations

import ast
import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_unload import engine
from flake8_unload.findings import Finding
from flake8_unload.settings import Settings
from tests.differential.execution import BOUND, Program, Read, Run, Seen, execute

STALE_USE = ("UNL101", "UNL110", "UNL201", "UNL202")
CAPTURED = ("g", "t", "d", "D", "i")
RELOADS = ("UNL201", "UNL202")
FAILURES = {
    "UNL204": ("ImportError", "KeyError", "NameError", "AttributeError"),
    "UNL106": ("RuntimeError",),
    "UNL108": ("KeyError", "NameError"),
}
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
        self.stale = {(cause, read.name) for run in runs for read in run.reads for cause in read.causes}
        self.failed = {failure for run in runs for failure in run.failed}
        begun = Counter(line for run in runs for line in run.begun)
        failures = Counter(line for run in runs for line, _ in run.failed)
        self.done = {line for line, times in begun.items() if failures[line] < times}
        self.cut_short = {
            each.lineno
            for node in ast.walk(tree)
            if isinstance(node, ast.For) and (node.lineno, "RuntimeError") in self.failed
            for each in ast.walk(node)
            if isinstance(each, ast.stmt) and each is not node
        }
        self._parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
        self.statements = {node.lineno: node for node in reversed(list(ast.walk(tree))) if isinstance(node, ast.stmt)}
        self.bound = defaultdict(set)  # name: the lines that bind or delete it
        self.stands_for = defaultdict(set)  # name: the modules it is bound to
        for node in ast.walk(tree):
            for name, module in _modules_bound(node):
                self.stands_for[name].add(module)
        self.deleted = defaultdict(set)  # name: the lines that delete it
        for node in ast.walk(tree):
            for name in _bound(node):
                self.bound[name].add(node.lineno)  # type: ignore[attr-defined]
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Del):
                self.deleted[node.id].add(node.lineno)

    def reads_after(self, line: int, name: str) -> Iterator[Read]:
        """Every read of ``name`` after the statement of ``line``, in any run."""
        for run in self.runs:
            for read in run.reads:
                if read.name == name and run.follows(line, read.at):
                    yield read

    def around(self, line: int) -> list[ast.AST]:
        """The nodes around the statement of ``line``, innermost first."""
        at: ast.AST = self.statements[line]
        found = []
        while at in self._parents:
            at = self._parents[at]
            found.append(at)
        return found

    def function(self, line: int) -> ast.AST:
        """The function or module whose code the statement of ``line`` is."""
        return next(node for node in self.around(line) if isinstance(node, (ast.FunctionDef, ast.Module)))

    def in_final_block(self, line: int) -> bool:
        """Whether the statement of ``line`` stands below a `finally`."""
        chain = [self.statements[line], *self.around(line)]
        return any(isinstance(outer, ast.Try) and inner in outer.finalbody for inner, outer in zip(chain, chain[1:]))

    def calls_between(self, first: int, last: int) -> bool:
        """Whether a call other than of the import system stands between two lines."""
        calls = (node for node in ast.walk(self.tree) if isinstance(node, ast.Call))
        return any(first < node.lineno < last for node in calls)

    def removed_before(self, line: int) -> bool:
        """Whether any run comes to ``line`` after a removal on another line."""
        removals = {removal for removal, _ in self.program.aims.values()} - {line}
        return any(
            each == line and any(run.follows(removal, at + 1) for removal in removals)
            for run in self.runs
            for at, each in enumerate(run.begun)
        )

    def in_loop(self, line: int) -> bool:
        """Whether the statement of ``line`` may be executed again by a loop of its function."""
        around = itertools.takewhile(lambda node: not isinstance(node, ast.FunctionDef), self.around(line))
        return any(isinstance(node, ast.For) for node in around)

    def changed_by_functions(self, name: str) -> bool:
        """Whether some function binds or deletes the global ``name``."""
        lines = (line for each in (name, name.partition(".")[0]) for line in self.bound[each])
        functions = {self.function(line) for line in lines}
        return any(isinstance(each, ast.FunctionDef) for each in functions)

    def named(self, line: int, name: str) -> set[str]:
        """``name``, and the names that the statement of ``line`` and those that bind ``name`` read."""
        lines = {line, *self.bound[name]}
        nodes = (each for at in lines if at in self.statements for each in ast.walk(self.statements[at]))
        return {name} | {node.id for node in nodes if isinstance(node, ast.Name)}

    def removes_nothing(self, line: int) -> bool:
        """Whether the loop at ``line`` never found a key to remove."""
        removal, _ = self.program.aims.get(line, (line, ()))
        return removal != line and removal not in self.done


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


def _modules_bound(node: ast.AST) -> list[tuple[str, str]]:
    match node:
        case ast.Import():
            return [(alias.asname or alias.name.partition(".")[0], alias.name) for alias in node.names if alias.asname]
        case ast.ImportFrom(module="pkg", names=[ast.alias(name="sub")]):
            return [("sub", "pkg.sub")]
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Name() | ast.Attribute() as value):
            return [(name, ast.unparse(value))]
    return []


# -- false alarms ------------------------------------------------------------------------------
def _false_alarms(findings: list[Finding], observed: _Observed) -> Iterator[Disagreement]:
    for each in findings:
        if not _borne_out(each, observed):
            yield Disagreement("false alarm", each.line, f"{each.code} {each.message}")


def _borne_out(finding: Finding, observed: _Observed) -> bool:
    """Whether some execution shows what ``finding`` says, or none comes to where it could be seen.

    A program that fails on its way shows nothing of what comes after: a statement that fails whenever
    it is reached, and a name that is never read again, are given the benefit of the doubt.
    """
    line = finding.line
    names = _QUOTED.findall(finding.message)
    if line not in observed.done | {line for line, _ in observed.failed} or line in observed.cut_short:
        return True
    if finding.code in ("UNL108", "UNL204") and not observed.removed_before(line):
        return True
    if finding.code in FAILURES:
        failed = any((line, error) in observed.failed for error in FAILURES[finding.code])
        return failed or observed.removes_nothing(line)
    if line not in observed.done:
        return finding.code != "UNL109" or _missing(line, names[0], observed)
    if finding.code in RELOADS and (line, "ImportError") in observed.failed:
        return True  # a reload that fails since the entry is gone: UNL204's
    if finding.code in STALE_USE:
        return any(_seen_stale(line, name, observed) for name in names)
    if finding.code == "UNL102":
        return any(name.startswith(BOUND) for _, name in observed.stale)
    if finding.code == "UNL109":
        return _missing(line, names[0], observed)
    return True


def _seen_stale(line: int, name: str, observed: _Observed) -> bool:
    if (line, name) in observed.stale:
        return True
    later = list(observed.reads_after(line, name))
    return all(read.seen is Seen.MISSING for read in later) or "." in name and any(
        read.seen is Seen.MISSING for read in later
    )


def _missing(line: int, name: str, observed: _Observed) -> bool:
    reads = [
        read
        for deletion in observed.deleted[name]
        for read in observed.reads_after(deletion, name)
        if read.line == line
    ]
    return not reads or any(read.seen is Seen.MISSING for read in reads)


# -- missed alarms -----------------------------------------------------------------------------
def _missed_alarms(findings: list[Finding], observed: _Observed) -> Iterator[Disagreement]:
    told = {(each.line, name) for each in findings for name in _QUOTED.findall(each.message)}
    coded = {(each.line, each.code) for each in findings}
    for (cause, line, name), tagged in sorted(_provable(observed).items()):
        if silence(cause, line, name, tagged, observed) is not None:
            continue
        if name.startswith(BOUND):
            if (line, "UNL102") not in coded:
                yield Disagreement("missed alarm", line, f"imports what line {cause} removed")
        elif (cause, name) not in told and (line, "UNL204") not in coded:
            what = "an object" if tagged else "a module"
            yield Disagreement("missed alarm", cause, f"`{name}`, {what}, is read on line {line}")


def silence(cause: int, line: int, name: str, tagged: bool, observed: _Observed) -> str | None:
    """Why a stale read that all executions agree on may stay untold; None where it must be told."""
    function = observed.function
    around = [type(node).__name__ for node in observed.around(cause)]
    removes = cause in {line for line, _ in observed.program.aims.values()}
    if removes and ("ExceptHandler" in around or observed.in_final_block(cause)):
        return "a removal in an except clause or a final block is cleanup"
    if name.startswith(BOUND):
        if function(cause) is not function(line):
            return "UNL102 looks at the block of the removal only"
        if any("pkg" in keys for _, keys in observed.program.aims.values()):
            return "the parent is removed as well, in an order that is not followed"
        if observed.calls_between(cause, line):
            return "a call of unknown code may import it again"
    if not tagged and "reload(" in ast.unparse(observed.statements[line]):
        return "the argument of a reload is left to UNL204, which is silent where the module may be back"
    if name == "pkg.sub" and "import pkg.sub\n" not in observed.program.source:
        return "an attribute of a package is followed where `import pkg.sub` made it"
    if any(len(observed.stands_for[each]) > 1 for each in observed.named(cause, name)):
        return "a name that is bound to different modules stands for none of them"
    if line <= cause and function(cause) is function(line) and not (observed.in_loop(line) and observed.in_loop(cause)):
        return "a second call of the same function is not followed"
    if function(cause) is not function(line) and observed.changed_by_functions(name):
        return "when a function binds a global that another one reads is not followed"
    if not removes and name in CAPTURED and len(observed.bound[name]) > 1:
        return "a name that is given captured objects in two places"
    if removes and tagged and name in CAPTURED:
        return "no rule tells of captures that survive an unload, only of imported names"
    return None


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
                if line not in causes or at in run.broken:
                    continue
                pair = (line, read.line, read.name)
                between = run.begun[at + 1 : read.at - 1]
                if any(at < time < read.at for time in run.derailed):
                    refuted.add(pair)  # which statements of a `try` come to nothing is not known beforehand
                elif read.causes[:1] == (line,) and not _rebound(read, between, observed):
                    found[pair] = read.tagged
                elif line not in read.causes or _rebound(read, between, observed):
                    refuted.add(pair)
    return {pair: tagged for pair, tagged in found.items() if pair not in refuted}


def _rebound(read: Read, lines: list[int], observed: _Observed) -> bool:
    if read.name.startswith(BOUND):
        return False
    names = {read.name, read.name.partition(".")[0]}
    return any(line in observed.bound[name] for name in names for line in lines)
