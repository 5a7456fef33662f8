"""One file from its path to its results; many files, in one process or several. Prints nothing."""

from __future__ import annotations

import ast
import atexit
import gc
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from flake8_unload import source
from flake8_unload.edits import Fix
from flake8_unload.errors import UserError
from flake8_unload.failures import UNREADABLE, Unreadable, check
from flake8_unload.findings import Finding
from flake8_unload.fingerprints import identities, unplaced
from flake8_unload.results import BASELINE, NOBODY, NOQA, Identity, Result
from flake8_unload.selection import Selection, chosen
from flake8_unload.settings import Settings
from flake8_unload.suppress import suppressed

_WORTH_A_POOL = 64  # files; below that, starting processes costs more than it saves
_CHUNK = 8

T = TypeVar("T")
Replacing = Callable[[str, "bytes | None", Sequence[Finding], Sequence[Result], "Inspector"], "list[Result]"]
Input = tuple[str, bytes | None]  # a path as it is printed, and its content where that was read already


@dataclass(frozen=True, slots=True)
class Across:
    """What the rules about several files find in one of them, and its content then."""

    findings: tuple[Finding, ...]
    content: bytes


@dataclass(frozen=True, slots=True)
class Inspector:
    """What is the same for every file of a run.

    ``identified``: results carry their identity. ``accepted``: fingerprints that count as suppressed.
    """

    settings: Settings = field(default_factory=Settings)
    selection: Selection = field(default_factory=Selection)
    noqa: bool = True
    silent: tuple[str, ...] = ()
    """Paths about which nothing is reported: what comes in on standard input from an excluded file."""
    identified: bool = False
    replacing: Replacing | None = None
    """Gives results the replacements of their fixes, which costs about as much as fixing."""
    accepted: frozenset[str] = frozenset()
    across: Mapping[str, Across] = field(default_factory=dict)
    """By absolute path what other files have to do with; it counts as long as the content is the same."""

    def results(self, path: str, data: bytes | None = None) -> list[Result]:
        """What there is to say about one file. Raises nothing: one that cannot be read is a finding."""
        return self._replaced(path, data, *self.judge(path, data))

    def results_of(self, path: str, data: bytes | None, found: Sequence[Finding]) -> list[Result]:
        """What there is to say about what any analysis has found in a file."""
        if path in self.silent or not found:
            return []
        if any(each.code == UNREADABLE for each in found):
            return [Result(each, unplaced(each)) for each in found]
        try:
            loaded = source.load(path, data) if self._identifies else None
            lines = loaded.lines if loaded else source.lines(path, data)
        except Unreadable as error:
            return [Result(error.finding, unplaced(error.finding))]
        judged = self._judged(path, lines, loaded.tree if loaded else None, found)
        return self._replaced(path, data, list(found), judged)

    def _replaced(
        self, path: str, data: bytes | None, found: list[Finding], results: list[Result]
    ) -> list[Result]:
        """The results, with what their fixes replace, if that is asked for."""
        if self.replacing is None or not any(isinstance(each.finding.fix, Fix) for each in results):
            return results
        return self.replacing(path, data, found, results, self)

    def inspect(self, path: str, data: bytes | None = None) -> list[Finding]:
        """What is reported about one file."""
        return self.examine(path, data)[1]

    def examine(self, path: str, data: bytes | None = None) -> tuple[list[Finding], list[Finding]]:
        """Everything that is found in one file, and the part of it that is reported."""
        found, results = self.judge(path, data)
        return found, reported(results)

    def judge(self, path: str, data: bytes | None = None) -> tuple[list[Finding], list[Result]]:
        """Everything that is found in one file, and the results of the selected rules."""
        if path in self.silent:
            return [], []
        try:
            loaded = source.load(path, data)
        except Unreadable as error:
            return [error.finding], [Result(error.finding, unplaced(error.finding))]
        found = [*check(loaded.tree, loaded.lines, path, self.settings), *self._across(path, data)]
        if any(each.code == UNREADABLE for each in found):
            return found, [Result(each, unplaced(each)) for each in found]
        return found, self._judged(path, loaded.lines, loaded.tree, found)

    def _across(self, path: str, data: bytes | None) -> Sequence[Finding]:
        known = self.across.get(os.path.abspath(path))
        if known is None:
            return ()
        return known.findings if known.content == (source.read(path) if data is None else data) else ()

    @property
    def _identifies(self) -> bool:
        """Results need to know their place in the tree of the file."""
        return self.identified or bool(self.accepted)

    def _judged(
        self, path: str, lines: Sequence[str], tree: ast.Module | None, found: Sequence[Finding]
    ) -> list[Result]:
        """Of what was found in a file, by whatever analysis: what is selected, and what suppresses it."""
        selected = chosen(found, self.selection, path)
        if not selected:
            return []
        ignored = suppressed(selected, path, lines) if self.noqa else [False] * len(selected)
        if tree is None or not self._identifies:
            return [Result(each, NOBODY, NOQA * by) for each, by in zip(selected, ignored, strict=True)]
        who = identities(tree, lines, selected)
        return [Result(*each) for each in zip(selected, who, map(self._by, who, ignored), strict=True)]

    def _by(self, who: Identity, by_noqa: bool) -> str:
        """What suppresses a finding."""
        if by_noqa:
            return NOQA
        return BASELINE if who.fingerprint in self.accepted else ""

    def results_all(self, inputs: Sequence[Input], jobs: int | None) -> Iterator[list[Result]]:
        """The results of each input, in the same order; ``jobs`` is None for automatic."""
        return in_processes(self.results, inputs, jobs)


def in_processes(
    function: Callable[[str, bytes | None], T], inputs: Sequence[Input], jobs: int | None
) -> Iterator[T]:
    """What a function gives for each input, in order; ``jobs`` is None for automatic. Raises UserError."""
    workers = min(jobs or os.cpu_count() or 1, len(inputs))
    if workers < 2 or (jobs is None and len(inputs) < _WORTH_A_POOL):
        return (function(*each) for each in inputs)
    return _in_pool(function, inputs, workers)


def _in_pool(
    function: Callable[[str, bytes | None], T], inputs: Sequence[Input], workers: int
) -> Iterator[T]:
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool

    pool = ProcessPoolExecutor(workers, initializer=_start_worker)
    try:
        yield from pool.map(function, *zip(*inputs, strict=True), chunksize=_CHUNK)
        pool.shutdown()  # all is done: without the wait, the exit of the interpreter may run into its end
    except BrokenProcessPool:
        raise UserError("a worker process died; `--jobs 1` shows at which file") from None
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def reported(results: Sequence[Result]) -> list[Finding]:
    """The findings that nothing suppresses."""
    return [each.finding for each in results if each.reported]


def collect_less() -> None:
    """Trees of syntax are many small objects without cycles: looking for garbage among them is in vain.

    The interpreter would look at its end, too, at everything that is left.
    """
    gc.set_threshold(200_000, 20, 100)
    atexit.register(gc.freeze)


@contextmanager
def collect_rarely() -> Iterator[None]:
    """What is there by now stays: garbage is looked for only in what comes, which is much, and seldom."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(200_000, 5, 5)
    try:
        yield
    finally:
        gc.freeze()  # what came is old, too; else all of it would be looked through now
        gc.unfreeze()
        gc.set_threshold(*before)


def _start_worker() -> None:
    """Ctrl-C is for the parent, which ends the workers quietly."""
    import signal

    collect_less()
    signal.signal(signal.SIGINT, signal.SIG_IGN)
