"""What is left open when a program is executed, and what one execution shows. Data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum


class Seen(Enum):
    """What a read of a name gave."""

    FRESH = "fresh"
    STALE = "stale"
    MISSING = "missing"
    OTHER = "other"


@dataclass
class Read:
    """One read, once: ``causes`` are the lines that made the object stale, the first one first."""

    at: int
    line: int
    name: str
    seen: Seen
    causes: tuple[int, ...] = ()
    tagged: bool = False  # an object of a module, not a module


@dataclass(frozen=True)
class Choice:
    """What is left open: the answers of each flag in turn, the fault, who is called after the module has
    run, and whether others had loaded the world before.
    """

    flags: dict[str, tuple[int, ...]]
    fault: tuple[int, str]
    calls: tuple[str, ...]
    loaded: bool


@dataclass
class Run:
    """One execution. ``begun`` are the lines in the order in which they began."""

    choice: Choice
    begun: list[int] = field(default_factory=list)
    reads: list[Read] = field(default_factory=list)
    failed: list[tuple[int, str]] = field(default_factory=list)
    broken: dict[int, str] = field(default_factory=dict)  # error by place in ``begun`` of what failed
    derailed: list[int] = field(default_factory=list)  # times when an error of its own went its way
    orphaned: set[tuple[int, int]] = field(default_factory=set)  # see `Observed.orphaned`
    left_alone: set[int] = field(default_factory=set)  # lines that removed the package without its submodule
    kept: set[tuple[int, str]] = field(default_factory=set)  # see `Observed.is_kept`
    faulted: int = 0  # the line that was given an error
    upset: int = 0  # the time when the first call from outside ended in an error
    finished: bool = False  # the module body has come to its end

    def fail(self, line: int, error: str) -> None:
        """Note that the statement of ``line`` that began last came to nothing."""
        self.failed.append((line, error))
        self.broken[len(self.begun) - 1 - self.begun[::-1].index(line)] = error

    def follows(self, line: int, before: int) -> bool:
        """Whether the statement of ``line`` was executed before the time ``before``, and did not fail."""
        return any(each == line and at not in self.broken for at, each in enumerate(self.begun[: before - 1]))
