"""What comes of an act: for every name of every module that was loaded, whether it holds something old.

Knows no rule, and not how an act is followed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from flake8_unload.project.stale import Stale, sources, stale_names
from flake8_unload.project.steps import Step
from flake8_unload.project.values import Module, Place, Span
from flake8_unload.project.world import World


@dataclass(frozen=True, slots=True)
class Act:
    """Code that acts: a function of a file, or (``function`` is empty) its module body when it runs again."""

    path: str
    module: str
    function: str
    line: int


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """What comes of one act. ``steps`` are what it executed and removed, in order.

    ``open``: it may also reload what is not known. ``start`` is the last execution before it; ``runs`` has
    the last one of every module that is loaded at the end, ``paths`` where it is. ``renewed`` are those that
    it executed again; of an act that is part of the first import, those that were executed more than once.
    ``folder_loops`` are loops that reload in the order in which a folder lists its files. ``code`` is the
    function that was called, ``ran`` are all functions that were executed. ``takes`` are modules that it
    executed again, each with one whose things, old or not, it holds, or that gave a thing that it took.
    """

    act: Act
    steps: tuple[Step, ...]
    stale: tuple[Stale, ...]
    start: int
    runs: dict[str, int]
    paths: dict[str, str]
    renewed: frozenset[str]
    open: bool
    folder_loops: tuple[Place, ...] = ()
    takes: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    code: Span | None = field(default=None, repr=False)
    ran: frozenset[Span] = field(default=frozenset(), repr=False)

    def again(self, module: str) -> bool:
        """True when the act has executed the module again."""
        return module in self.renewed

    def reload_of(self, module: str) -> Step | None:
        """The last step that executed a module again."""
        found = [each for each in self.steps if each.module == module and each.kind != "unload"]
        return found[-1] if found else None

    def encloses(self, module: str, other: str) -> bool:
        """The last execution of ``other`` was part of the one of ``module``, which goes on after it."""
        step = self.reload_of(other)
        while step is not None and step.module != module:
            step = step.inside
        return step is not None and other != module


def outcome(world: World, act: Act, steps: list[Step], start: int, fewest: int = 0) -> Rehearsal:
    """What has come of an act, or of an import: each with its steps, and the last execution before them.

    ``fewest``: of how many executions of a module one is no second one.
    """
    modules = [each for each in world.modules.values() if isinstance(each, Module)]
    executed = Counter(each.module for each in steps if each.kind != "unload")
    acted = any(each.kind != "import" for each in steps)
    followed = modules if acted and not world.hooked else ()  # an import of its own may execute anything
    stale = tuple(each for module in followed for each in stale_names(world, module))
    again = [each for each in modules if each.run > start and executed[each.name] > fewest]
    return Rehearsal(
        act,
        tuple(steps),
        stale,
        start,
        {each.name: each.run for each in modules},
        {each.name: each.path for each in modules},
        frozenset(each.name for each in again),
        world.unknown_reload or world.hooked,
        tuple(dict.fromkeys(world.folder_reloads)),
        takes=frozenset((each.name, one) for each in again for one in sources(world, each)) | world.taken_of,
    )
