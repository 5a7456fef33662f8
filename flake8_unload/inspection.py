"""One file from its path to what is printed about it; many files, in one process or several."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flake8_unload import source
from flake8_unload.errors import UserError
from flake8_unload.failures import UNREADABLE, Unreadable, check
from flake8_unload.findings import Finding
from flake8_unload.selection import Selection, chosen
from flake8_unload.settings import Settings
from flake8_unload.suppress import unsuppressed

_WORTH_A_POOL = 64  # files; below that, starting processes costs more than it saves
_CHUNK = 8

Input = tuple[str, bytes | None]  # a path as it is printed, and its content where that was read already


@dataclass(frozen=True, slots=True)
class Inspector:
    """What is the same for every file of a run."""

    settings: Settings = field(default_factory=Settings)
    selection: Selection = field(default_factory=Selection)
    noqa: bool = True
    silent: tuple[str, ...] = ()
    """Paths about which nothing is reported: what comes in on standard input from an excluded file."""

    def inspect(self, path: str, data: bytes | None = None) -> list[Finding]:
        """What is reported about one file. Raises nothing: a file that cannot be read is a finding."""
        return self.examine(path, data)[1]

    def examine(self, path: str, data: bytes | None = None) -> tuple[list[Finding], list[Finding]]:
        """Everything that is found in one file, and the part of it that is reported."""
        if path in self.silent:
            return [], []
        try:
            loaded = source.load(path, data)
        except Unreadable as error:
            return [error.finding], [error.finding]
        found = check(loaded.tree, loaded.lines, path, self.settings)
        if any(each.code == UNREADABLE for each in found):
            return found, found
        reported = chosen(found, self.selection, path)
        return found, unsuppressed(reported, path, loaded.lines) if self.noqa else reported

    def inspect_all(self, inputs: Sequence[Input], jobs: int | None) -> Iterator[list[Finding]]:
        """The findings of each input, in the same order; ``jobs`` is None for automatic."""
        workers = min(jobs or os.cpu_count() or 1, len(inputs))
        if workers < 2 or (jobs is None and len(inputs) < _WORTH_A_POOL):
            return (self.inspect(*each) for each in inputs)
        return self._in_processes(inputs, workers)

    def _in_processes(self, inputs: Sequence[Input], workers: int) -> Iterator[list[Finding]]:
        from concurrent.futures import ProcessPoolExecutor
        from concurrent.futures.process import BrokenProcessPool

        pool = ProcessPoolExecutor(workers, initializer=_ignore_interrupts)
        try:
            yield from pool.map(self.inspect, *zip(*inputs, strict=True), chunksize=_CHUNK)
        except BrokenProcessPool:
            raise UserError("a worker process died; `--jobs 1` shows at which file") from None
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _ignore_interrupts() -> None:
    """Ctrl-C is for the parent, which ends the workers quietly."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
