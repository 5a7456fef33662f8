"""One run over a project: every file alone, in one process or several, then all of them together.

The result depends neither on the order of the files nor on the number of processes.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from flake8_unload import prefilter, source
from flake8_unload.failures import UNREADABLE, Unreadable, check
from flake8_unload.findings import Finding
from flake8_unload.inspection import Across, Input, Inspector, collect_rarely, in_processes
from flake8_unload.project.facts import Facts, facts_of
from flake8_unload.project.linked import Project
from flake8_unload.results import Result
from flake8_unload.survey.cache import Cache, Entry, Known, digest
from flake8_unload.survey.findings import linked, noted, project_findings


def unwatched(items: Iterable[Seen], total: int) -> Iterable[Seen]:
    """Without a bar."""
    return items


class Seen(NamedTuple):
    """What one file gives: its findings, and what the cache keeps of it; no entry for one without content."""

    findings: list[Finding]
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class Survey:
    """What is the same for every file of a project. ``root`` is its folder; ``cache`` is None for none.

    ``watched`` hands on what each file gives, as it comes, and shows how far the run is.
    """

    root: str
    inspector: Inspector
    cache: Cache | None = None
    watched: Callable[[Iterable[Seen], int], Iterable[Seen]] = unwatched

    def results_all(self, inputs: Sequence[Input], jobs: int | None) -> Iterator[list[Result]]:
        """The results of each input, in the same order; see `Inspector.results_all`."""
        yield from self._results(inputs, self.examine_all(inputs, jobs))

    def repairable(
        self, inputs: Sequence[Input], jobs: int | None
    ) -> tuple[dict[str, Across], Iterator[list[Result]]]:
        """What the rules about several files find, in the files that they can repair; and all results."""
        found = self.examine_all(inputs, jobs)
        return dict(_across(found)), self._results(inputs, found)

    def _results(self, inputs: Sequence[Input], found: dict[str, list[Finding]]) -> Iterator[list[Result]]:
        for path, data in inputs:
            yield self.inspector.results_of(path, data, found.get(os.path.abspath(path), []))

    def examine_all(self, inputs: Sequence[Input], jobs: int | None) -> dict[str, list[Finding]]:
        """Everything that is found, by absolute path."""
        known = self.cache.read() if self.cache else Known()
        old = self._unchanged(inputs, known)
        tree = _digest_of_tree(old, len(inputs))
        if tree and tree == known.tree:
            return {self._absolute(path): rows for path, rows in known.findings.items()}
        old = {path: each for path, each in old.items() if not each.eventful and each.is_sound}
        left = [each for each in inputs if self._relative(each[0]) not in old]
        each_seen = self.watched(in_processes(self._see, left, jobs), len(left))
        seen = dict(zip((each[0] for each in left), each_seen, strict=True))
        entries = old | {self._relative(path): each.entry for path, each in seen.items() if each.entry}
        found = {os.path.abspath(path): each.findings for path, each in seen.items()}
        return self._together(found, entries, len(inputs))

    def project(self, inputs: Sequence[Input], jobs: int | None) -> Project:
        """The linked project, for questions about it."""
        seen = in_processes(self._see, inputs, jobs)
        entries = {path: each.entry for (path, _), each in zip(inputs, seen, strict=True) if each.entry}
        facts = {os.path.abspath(path): facts for path, facts in _facts(entries)}
        return linked(self.root, facts, self.inspector.settings)

    def _together(
        self, found: dict[str, list[Finding]], entries: dict[str, Entry], count: int
    ) -> dict[str, list[Finding]]:
        """Add what the files say of each other, and keep what was learned."""
        facts = {self._absolute(path): facts for path, facts in _facts(entries)}
        with collect_rarely():
            together = project_findings(self.root, facts, self.inspector.settings)
        for path in {**found, **together.findings}:
            own = [noted(each, together.reloads.get(path)) for each in found.get(path, ())]
            found[path] = sorted([*own, *together.findings.get(path, ())])
        if self.cache:
            rows = {self._relative(path): each for path, each in found.items() if each}
            self.cache.write(Known(entries, _digest_of_tree(entries, count), rows))
        return found

    def _unchanged(self, inputs: Sequence[Input], known: Known) -> dict[str, Entry]:
        """The entries whose file still has the content that they are about."""
        found: dict[str, Entry] = {}
        for path, data in inputs if known.entries else ():
            entry = known.entries.get(self._relative(path))
            if entry is not None:
                try:
                    same = digest(source.read(path) if data is None else data) == entry.digest
                except Unreadable:
                    continue
                if same:
                    found[self._relative(path)] = entry
        return found

    def _see(self, path: str, data: bytes | None) -> Seen:
        """One file, in a process of its own."""
        try:
            data = source.read(path) if data is None else data
        except Unreadable as error:
            return Seen([error.finding], None)
        try:
            loaded = source.load(path, data)
        except Unreadable as error:
            return Seen([error.finding], Entry(digest(data), "", True))
        settings = self.inspector.settings
        try:
            facts = facts_of(loaded.tree, loaded.lines)
            eventful = prefilter.eventful(loaded.tree, loaded.lines, settings)
        except RecursionError:
            facts, eventful = Facts(), True  # `check` says so
        found = check(loaded.tree, loaded.lines, path, settings) if eventful else []
        if any(each.code == UNREADABLE for each in found):
            return Seen(found, None)
        return Seen(found, Entry(digest(data), facts.packed(), eventful))

    def _relative(self, path: str) -> str:
        path = os.path.abspath(path)
        start = len(self.root) + 1  # `os.path.relpath` takes ten times as long
        return path[start:] if path.startswith(self.root + os.sep) else os.path.relpath(path, self.root)

    def _absolute(self, path: str) -> str:
        return os.path.normpath(os.path.join(self.root, path))


def _across(found: dict[str, list[Finding]]) -> Iterator[tuple[str, Across]]:
    for path, findings in found.items():
        several = tuple(each for each in findings if each.code.startswith("UNL4"))
        if any(each.fix for each in several):
            yield path, Across(several, source.read(path))


def _facts(entries: Mapping[str, Entry]) -> Iterator[tuple[str, Facts]]:
    """The facts of the files that have any."""
    for path, entry in entries.items():
        facts = entry.facts
        if facts is not None:
            yield path, facts


def _digest_of_tree(entries: dict[str, Entry], count: int) -> str:
    """The hash of all files by path and content; empty where one of them has no entry."""
    if len(entries) < count:
        return ""
    rows = "\n".join(f"{path}\0{entries[path].digest}" for path in sorted(entries))
    return digest(rows.encode("utf-8", "surrogateescape"))
