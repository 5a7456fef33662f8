"""Executes a program as it is and as the fixes of one rule leave it, under the same choices.

Knows which execution meets the reported hazard, and what became worse. See `test_fixed_programs`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from flake8_unload.edits import Fix
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.repair.rounds import repaired
from flake8_unload.repair.wanted import Wanted
from flake8_unload.selection import Selection
from tests.differential.execution import BOUND, Choice, Program, Run, Seen, execute
from tests.differential.verdict import FAILURES

_QUOTED = re.compile(r"`([^`]+)`")
_MADE_UP = "_Injected"  # faults that the test injects


@dataclass
class Comparison:
    """The fixes of one rule in one program, and every pair of executions."""

    code: str
    before: Program
    after: Program
    fixed: tuple[Finding, ...]
    pairs: list[tuple[Run, Run]] = field(default_factory=list)

    def met(self, run: Run) -> set[tuple[int, str]]:
        """Line and name of each fixed finding that this execution of the old program bears out."""
        found = set()
        for finding in self.fixed:
            line, names = finding.line, _QUOTED.findall(finding.message)
            if self.code in FAILURES:
                if any((line, error) in run.failed for error in FAILURES[self.code]):
                    found.add((line, names[0]))
            elif self.code == "UNL102":
                found |= {(line, read.name) for read in run.reads if _is_old_import(read.line, read, line)}
            else:
                for name in names:
                    if any(read.name == name and read.causes[:1] == (line,) for read in run.reads):
                        found.add((line, name))
        return found

    @property
    def moved(self) -> dict[int, int]:
        """Where the lines that did not change are in the new program."""
        found = {}
        for kind, start, end, new, _ in self._changes():
            if kind == "equal":
                found.update({start + at + 1: new + at + 1 for at in range(end - start)})
        return found

    @property
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


def _is_old_import(at: int, read: object, line: int) -> bool:
    return at == line and getattr(read, "name", "").startswith(BOUND) and getattr(read, "seen", 0) is Seen.STALE


def compared(program: Program, filename: str, code: str, unsafe: bool) -> Comparison | None:
    """The program with the fixes of one rule, executed; None where there is none to apply.

    Also None where one fix had to wait for another: the lines of its finding are not those of the program.
    """
    inspector = Inspector(selection=Selection(select=(code,)))
    there = inspector.inspect(filename, program.source.encode())
    if not there:
        return None
    done = repaired(filename, program.source.encode(), inspector, Wanted(unsafe))
    if not done.fixed or not set(done.fixed) <= set(there):
        return None
    if unsafe and all(isinstance(each.fix, Fix) and each.fix.safe for each in done.fixed):
        return None
    result = Comparison(code, program, Program(done.data.decode()), done.fixed)
    old, new = (_by_choice(execute(each)[0]) for each in (program, result.after))
    result.pairs = [(run, new[key]) for key, run in old.items() if key in new and not run.choice.fault[0]]
    return result


def _by_choice(runs: list[Run]) -> dict[object, Run]:
    return {_key(each.choice): each for each in runs}


def _key(choice: Choice) -> object:
    return tuple(choice.flags.items()), choice.fault, choice.calls, choice.loaded


def trouble(run: Run) -> Counter[str]:
    """What goes wrong in an execution: errors, stale reads."""
    found = Counter(error for _, error in run.failed if error != _MADE_UP)
    found.update(f"stale {read.name.removeprefix(BOUND)}" for read in run.reads if read.seen is Seen.STALE)
    return found
