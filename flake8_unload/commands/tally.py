"""Counts what a run of `check` found: the summary, the statistics and the exit status. Prints nothing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from flake8_unload.commands.printing import count
from flake8_unload.failures import UNREADABLE
from flake8_unload.inspection import reported
from flake8_unload.repair.wanted import Wanted
from flake8_unload.results import BASELINE, Result

SAFE_FIX, EVERY_FIX = Wanted(), Wanted(unsafe=True)


class Tally:
    """What there is in the files so far."""

    def __init__(self) -> None:
        self._codes: Counter[str] = Counter()
        self._messages: dict[str, str] = {}
        self._files = self._with_findings = self._unreadable = self._safe = self._unsafe = self._known = 0
        self.stale = 0

    def add(self, results: Sequence[Result]) -> None:
        """Count the results of one file."""
        findings = reported(results)
        codes = [each.code for each in findings]
        self._files += 1
        self._codes.update(codes)
        for each in findings:
            self._messages.setdefault(each.code, each.message)
        safe = sum(map(SAFE_FIX.applies, findings))
        self._safe += safe
        self._unsafe += sum(map(EVERY_FIX.applies, findings)) - safe
        self._unreadable += UNREADABLE in codes
        self._with_findings += any(each != UNREADABLE for each in codes)
        self._known += sum(each.suppressed == BASELINE for each in results)

    def summary(self) -> str:
        """One line for a person."""
        found = (
            f"{count(self._findings(), 'finding')} in {self._with_findings} of {count(self._files, 'file')}"
        )
        if self._known:
            found += f", {self._known} in the baseline"
        if self._unreadable:
            found += f", {self._unreadable} could not be checked"
        if self._safe:
            found += f"; `flake8-unload fix` repairs {self._safe}"
        if self._unsafe:
            more = " more" * (self._safe > 0)
            found += f"; `flake8-unload fix --unsafe-fixes` repairs {self._unsafe}{more}"
        if self.stale:
            found += f"; `flake8-unload baseline prune` drops {self.stale}"
        return found

    def statistics(self) -> Iterator[str]:
        """How often each code, with the first message, as flake8 has it."""
        for code in sorted(self._codes):
            yield f"{self._codes[code]:<5} {code} {self._messages[code]}"

    def status(self, fail_on_stale: bool = False) -> int:
        """0 clean, 1 findings, 2 when a file could not be checked."""
        if self._unreadable:
            return 2
        return int(self._findings() > 0 or (fail_on_stale and self.stale > 0))

    def _findings(self) -> int:
        return self._codes.total() - self._codes[UNREADABLE]
