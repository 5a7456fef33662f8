"""What a rehearsal notes down: modules that are executed or leave, and how many it may still execute."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_unload.project.values import Place, Unprovable

_LONGEST = 200_000  # statements of one rehearsal


@dataclass(frozen=True, slots=True)
class Step:
    """A module is executed, or leaves `sys.modules`.

    ``kind``: `import`, `reload` or `unload`. ``places`` are the calls that led to it, outermost first;
    ``named`` is where the text stands that names the module. ``certain`` is False where a test that
    cannot be known stands around it. ``inside`` is the execution of the module that did it.
    """

    kind: str
    module: str
    run: int
    places: tuple[Place, ...]
    named: Place | None
    certain: bool
    inside: Step | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """What a first look at some acting files asks for: they themselves, and whatever may act by its name.

    All others are executed when something of them is needed.
    """

    files: frozenset[str]
    names: frozenset[str]


@dataclass(slots=True)
class Budget:
    """How many modules may still be executed, so that a tree of everything ends in time."""

    left: int

    def spend(self) -> None:
        """One execution. Raises Unprovable when there have been too many."""
        self.left -= 1
        if self.left < 0:
            raise Unprovable("the project takes too long")


@dataclass(slots=True)
class Clock:
    """How many statements one rehearsal has executed."""

    ticks: int = 0

    @property
    def has_time(self) -> bool:
        """Half of the statements at most have been executed."""
        return self.ticks < _LONGEST // 2

    def tick(self) -> None:
        """One statement. Raises Unprovable when there have been too many."""
        self.ticks += 1
        if self.ticks > _LONGEST:
            raise Unprovable("the code of the reload runs too long")
