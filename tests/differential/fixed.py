"""Executes a program as it is and as the fixes of one rule leave it, under the same choices.

Knows which execution meets the reported hazard, and what became worse. See `test_fixed_programs`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from flake8_unload.edits import Fix
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.repair.rounds import repaired
from flake8_unload.repair.wanted import Wanted
from flake8_unload.selection import Selection
from flake8_unload.settings import Settings
from tests.differential.bearing import FAILURES
from tests.differential.execution import execute
from tests.differential.program import Program
from tests.differential.runs import Choice, Run, Seen
from tests.differential.statements import BOUND

ERRORS = {**FAILURES, "UNL203": ("TypeError", "ImportError")}

_QUOTED = re.compile(r"`([^`]+)`")


@dataclass
class Comparison:
    """The fixes of one rule in one program, and every pair of executions."""

    code: str
    before: Program
    after: Program
    fixed: tuple[Finding, ...]
    pairs: list[tuple[Run, Run]]

    def met(self, run: Run) -> set[tuple[int, str]]:
        """Line and name of each fixed finding that this execution of the old program bears out."""
        found = set()
        for finding in self.fixed:
            for name in _QUOTED.findall(finding.message):
                if self._bears_out(run, finding.line, name):
                    found.add((finding.line, name))
        return found

    def _bears_out(self, run: Run, line: int, name: str) -> bool:
        if self.code in ERRORS:
            return any((line, error) in run.failed for error in ERRORS[self.code])
        if self.code == "UNL102":
            stale = [read for read in run.reads if read.line == line and read.seen is Seen.STALE]
            return any(read.name.startswith(BOUND) for read in stale)
        return any(read.name == name and read.causes[:1] == (line,) for read in run.reads)

    def remains(self, old: Run, run: Run, met: set[tuple[int, str]]) -> bool:
        """The hazard that the old program ``met`` is still there in the execution of the new one."""
        if self.code in ERRORS:
            lines = {line for line, _ in met}
            errors = {error for line, error in old.failed if line in lines} & set(ERRORS[self.code])
            return any(line in self.written and error in errors for line, error in run.failed)
        if self.code == "UNL102":
            stale = [read for read in run.reads if read.line in self.written and read.seen is Seen.STALE]
            return any(read.name.startswith(BOUND) for read in stale)
        causes = {(self.moved.get(line), name) for line, name in met}
        return any((*read.causes[:1], read.name) in causes for read in run.reads)

    @cached_property
    def moved(self) -> dict[int, int]:
        """Where the lines that did not change are in the new program."""
        found = {}
        for kind, start, end, new, _ in self._changes():
            if kind == "equal":
                found.update({start + at + 1: new + at + 1 for at in range(end - start)})
        return found

    @cached_property
    def written(self) -> set[int]:
        """The lines of the new program that the fixes wrote."""
        return {
            line + 1
            for kind, _, _, start, end in self._changes()
            if kind != "equal"
            for line in range(start, end)
        }

    def _changes(self) -> Iterator[tuple[str, int, int, int, int]]:
        old, new = self.before.source.splitlines(), self.after.source.splitlines()
        yield from SequenceMatcher(None, old, new, autojunk=False).get_opcodes()


def compared(program: Program, filename: str, unsafe: Iterable[str] = ()) -> Iterator[Comparison]:
    """The program with the fixes of each rule in turn, executed: safe ones, and those of ``unsafe``."""
    inspector = Inspector(Settings(fixes=True))
    found = inspector.inspect(filename, program.source.encode())
    ready = [each for each in found if isinstance(each.fix, Fix) and (each.fix.safe or each.code in unsafe)]
    runs = None
    for code in sorted({each.code for each in ready}):
        chosen = Inspector(selection=Selection(select=(code,)))
        done = repaired(filename, program.source.encode(), chosen, Wanted(code in unsafe))
        if not done.fixed or not set(done.fixed) <= set(ready):
            continue  # a later round has lines of its own
        after = Program(done.data.decode())
        runs = runs or execute(program)[0]
        there = {_key(each.choice): each for each in execute(after)[0]}
        pairs = [(each, there[_key(each.choice)]) for each in runs if not each.choice.fault[0]]
        yield Comparison(code, program, after, done.fixed, pairs)


def _key(choice: Choice) -> object:
    return tuple(choice.flags.items()), choice.fault, choice.calls, choice.loaded


Happened = tuple[frozenset[str], str | None]
"""What a statement read that was stale, and the error that it came to."""


def worse(comparison: Comparison, old: Run, new: Run) -> list[str]:
    """What goes wrong in the execution of the fixed program and did not in that of the old one.

    Each time that a line was executed is compared with the same time in the other program. What the old one
    never came to, since an error of its own was in the way, is not; nor are the calls after one that failed.
    """
    calls = old.begun[: old.upset].count(0) if old.upset else len(old.choice.calls)
    before, after = _executions(old, calls), _executions(new, calls)
    back = {there: here for here, there in comparison.moved.items()}
    replaced = [each for line, times in before.items() if line not in comparison.moved for each in times]
    found = []
    for line, times in after.items():
        known = before.get(back[line], []) if line in back else replaced
        for number, now in enumerate(times):
            if number < len(known) or not old.failed or line not in back:
                was = known[number] if number < len(known) else (frozenset(), None)
                found += [f"line {line}, {each}" for each in _added(was, now)]
    return found


def _added(was: Happened, now: Happened) -> list[str]:
    stale = [f"stale `{name}`" for name in now[0] - was[0]]
    return stale + ([now[1]] if now[1] and not was[1] else [])


def _executions(run: Run, calls: int) -> dict[int, list[Happened]]:
    """What happened in the module and the first calls, line by line, each time that the line was executed."""
    stale = defaultdict(set)
    for read in run.reads:
        if read.seen is Seen.STALE:
            stale[read.at - 1].add(read.name.removeprefix(BOUND))
    found = defaultdict(list)
    for at, line in enumerate(run.begun):
        calls -= line == 0
        if line and calls >= 0:
            found[line].append((frozenset(stale[at]), run.broken.get(at)))
    return dict(found)
