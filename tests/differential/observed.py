"""All executions of one program, by what happened where. Knows no rule."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.differential.marks_failures import failing_code
from tests.differential.program import Program
from tests.differential.runs import Read, Run, Seen
from tests.differential.statements import BOUND


@dataclass(frozen=True, order=True)
class Pair:
    """The line of what made an object stale first, and the line and name by which it is read."""

    cause: int
    line: int
    name: str


class Observed:
    """Runs of a program; ``complete``: all that there can be."""

    def __init__(self, program: Program, runs: list[Run], complete: bool) -> None:
        self.program = program
        self.text = program.text
        self.runs = runs
        self.complete = complete
        self.stale = {(cause, read.name) for run in runs for read in run.reads for cause in read.causes}
        self.failed = {failure for run in runs for failure in run.failed}
        begun = Counter(line for run in runs for line in run.begun)
        failures = Counter(line for run in runs for line, _ in run.failed)
        self.done = {line for line, times in begun.items() if failures[line] < times}

    # -- what must be told ----------------------------------------------------------------------
    def stale_reads(self) -> set[Pair]:
        """Each read of what a name held when an event made it stale, as seen in any run."""
        return {
            Pair(read.causes[0], read.line, read.name)
            for run in self.runs
            for read in run.reads
            if read.causes and self._held_since(read.causes[0], read, run)
        }

    def _held_since(self, cause: int, read: Read, run: Run) -> bool:
        """The statement of ``cause`` came to its end, and nothing has bound the name since."""
        return any(
            self._has_held(read, run.begun[:at], run.begun[at + 1 : read.at - 1])
            for at in places(cause, run)
            if at < read.at - 1
        )

    def _has_held(self, read: Read, before: list[int], since: list[int]) -> bool:
        if read.name.startswith(BOUND):
            return True
        name, _, attribute = read.name.partition(".")
        binders = self.text.binders(name, read.line)
        if not attribute:
            return binders.keys().isdisjoint(since)
        last = next((line for line in reversed(before) if line in binders), 0)
        return binders.get(last) is not None

    def orphaned(self) -> set[tuple[int, int]]:
        """The line that removed the package alone, and an import of either then."""
        return {each for run in self.runs for each in run.orphaned}

    def imports_package_after(self, line: int) -> bool:
        """Whether some run comes to an import of the package after ``line``."""
        imports = self.text.package_imports
        return any(
            not imports.isdisjoint(run.begun[at + 1 :]) for run in self.runs for at in places(line, run)
        )

    def failures(self) -> Iterator[tuple[int, str]]:
        """Each line that fails in some run for a reason that a rule is about, and the rule."""
        for line, error in sorted(self.failed):
            if code := failing_code(line, error, self.text):
                yield line, code

    def missing(self) -> set[tuple[int, str]]:
        """Each line and the name that it does not find in some run."""
        reads = (read for run in self.runs for read in run.reads)
        return {
            (read.line, read.name) for read in reads if read.seen is Seen.MISSING and read.name.isidentifier()
        }

    def missing_with_module(self) -> set[tuple[int, str]]:
        """Those `missing` of which the deletion goes with the removal of the module, as UNL109 has it."""
        return {(line, name) for line, name in self.missing() if self._goes_with_module(line, name)}

    def _goes_with_module(self, line: int, name: str) -> bool:
        ways = self.program.ways
        last = ways.last(line, self.text.binders(name, line))
        return any(ways.goes_with_module(each, name) for each in last)

    # -- what bears out a finding ---------------------------------------------------------------
    def reads_after(self, line: int, name: str) -> Iterator[Read]:
        """Every read of ``name`` after the statement of ``line``, in any run."""
        for run in self.runs:
            if run.faulted == line:
                continue  # it may have been cut short half-way
            for read in run.reads:
                if read.name == name and run.follows(line, read.at):
                    yield read

    def reads_held(self, cause: int, name: str, line: int) -> bool:
        """Whether some run reads ``name`` on ``line`` after ``cause``, not bound again in between."""
        return any(
            read.line == line and read.name == name and self._held_since(cause, read, run)
            for run in self.runs
            for read in run.reads
        )

    def is_kept(self, cause: int, name: str) -> bool:
        """Whether others find ``name`` in the module when all is done, stale since ``cause``.

        RULES has UNL202 tell what survives a reload. A function may be called at any time, and so may what is
        public be used after it.
        """
        return any((cause, name) in run.kept for run in self.runs)

    def looks(self, line: int) -> list[Read]:
        """What the import of ``line`` bound, each time."""
        reads = (read for run in self.runs for read in run.reads)
        return [read for read in reads if read.line == line and read.name.startswith(BOUND)]

    def local_name_missing(self, line: int) -> bool:
        """Whether some run misses a name in the function that ``line`` is in."""
        scope = self.text.scope(line)
        reads = (read for run in self.runs for read in run.reads if read.seen is Seen.MISSING)
        return isinstance(scope, ast.FunctionDef) and any(
            self.text.scope(read.line) is scope for read in reads
        )

    def removed_before(self, line: int, key: str) -> bool:
        """Whether any run comes to ``line`` after a removal of ``key`` on another line."""
        removals = self.text.removing(key) - {line}
        return any(
            each == line and any(run.follows(removal, at + 1) for removal in removals)
            for run in self.runs
            for at, each in enumerate(run.begun)
        )

    def unseen_way(self, firsts: set[int], line: int, stops: set[int]) -> bool:
        """Whether a way of the text from one of ``firsts`` to ``line`` past no ``stops`` is never gone."""
        return any(
            self.program.ways.leads(each, line, stops) and not self._gone(each, line, stops)
            for each in firsts
        )

    def _gone(self, first: int, line: int, stops: set[int]) -> bool:
        for run in self.runs:
            for at in places(first, run):
                rest = run.begun[at + 1 :]
                if line in rest and stops.isdisjoint(rest[: rest.index(line)]):
                    return True
        return False

    def never_kept(self, name: str) -> bool:
        """Whether no execution in which the module comes to its end defines ``name``."""
        definers = self.text.definitions[name]
        return not any(run.finished and not definers.isdisjoint(run.begun) for run in self.runs)

    def unseen_removal(self, key: str, line: int) -> bool:
        """Whether after some removal of ``key`` no run comes to ``line`` without an error on its way."""
        return any(
            not any(_comes_to(line, run, at) for run in self.runs for at in places(removal, run))
            for removal in self.text.removing(key)
        )

    def derailed_before_read(self, line: int, name: str) -> bool:
        """Whether each run of ``line`` meets an error before it reads ``name`` again."""
        for run in self.runs:
            for at in places(line, run):
                reads = [read.at for read in run.reads if read.name == name and read.at > at + 1]
                errors = [time for time in run.broken if time > at]
                if reads and not (errors and min(errors) < reads[0]):
                    return False
        return True

    def removes_nothing(self, line: int) -> bool:
        """Whether the loop at ``line`` never found a key to remove."""
        removal, _ = self.program.aims.get(line, (line, ()))
        return removal != line and removal not in self.done


def places(line: int, run: Run) -> list[int]:
    """When the statement of ``line`` was executed, and did not fail."""
    return [at for at, each in enumerate(run.begun) if each == line and at not in run.broken]


def _comes_to(line: int, run: Run, start: int) -> bool:
    rest = run.begun[start + 1 :]
    end = start + 1 + rest.index(line) if line in rest else 0
    return end > 0 and not any(start < at < end for at in run.broken)
