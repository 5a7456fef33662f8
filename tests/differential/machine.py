"""One execution of a program: the clock, the history of the world, and what each read of a name gave.

Before every statement the world is compared with what it was, so that a change is put down to the statement
that made it; every read of a name is classified. Knows nothing of other executions.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

from tests.differential import world
from tests.differential.program import Program
from tests.differential.runs import Choice, Read, Run, Seen


class _Injected(KeyError):
    """Something that the program did not see coming; of a kind that each of its handlers takes."""


class Machine:
    """What a program calls while it is executed."""

    def __init__(self, run: Run, choice: Choice, program: Program) -> None:
        self.run = run
        self._flags = {name: itertools.cycle(values) for name, values in choice.flags.items()}
        self._fault, self._when = choice.fault
        self._passed = False
        self._told: list[BaseException | None] = []
        self._before = world.state()
        self._gone: dict[
            int, tuple[str, list[int]]
        ] = {}  # id of a module object: its key, lines that removed it
        self._ended: dict[str, list[tuple[int, int]]] = {}  # module: (generation, line that ended it)
        self._alive: list[object] = []  # keeps ids unique
        self._parent_removed = 0  # the line that removed the package, while it is away
        self._aims = program.aims
        self._imports = program.text.package_imports
        self._definitions = program.text.definitions

    def names(self) -> dict[str, Any]:
        return {
            "__begin__": self.begin,
            "__failed__": self.failed,
            "__read__": self.read,
            "__Exception__": Exception,
            "__name__": "program",
            "flag": self.choose,
            "rounds": self.choose,
            "boundary": boundary,
            "keep": id,
        }

    def choose(self, name: str) -> int:
        return next(self._flags[name])

    def begin(self, line: int, fault: int) -> None:
        self.settle()
        self.run.begun.append(line)
        removal, keys = self._aims.get(line, (line, ()))
        self._note_orphan(line, keys, removal)
        for key in keys:
            if key not in self._before:  # nothing to remove: what is stale stays so
                self._ended.setdefault(key, []).append((world.generation(key), removal))
                for name, lines in self._gone.values():
                    if name == key:
                        lines.append(removal)
        if fault and fault == self._fault:
            first, self._passed = not self._passed, True
            if self._when == "always" or first == (self._when == "first"):
                self.run.faulted = line
                self.run.fail(line, _Injected.__name__)
                raise _Injected

    def settle(self) -> None:
        """Put what changed since the last statement began down to it."""
        now = world.state()
        if now == self._before:
            return
        line = self.run.begun[-1] if self.run.begun else 0
        for name, (module, generation) in self._before.items():
            current = now.get(name)
            if current == (module, generation):
                continue
            if current is None or current[0] is not module:
                self._gone.setdefault(id(module), (name, []))
                self._alive.append(module)
                for key, lines in self._gone.values():
                    if key == name:  # older copies are as stale as the one removed here
                        lines.append(line)
            self._ended.setdefault(name, []).append((generation, line))
        if ("pkg" in self._before) != ("pkg" in now):
            self._parent_removed = 0 if "pkg" in now else line
            if "pkg" not in now and "pkg.sub" in now:
                self.run.left_alone.add(line)
        self._before = now

    def _note_orphan(self, line: int, keys: tuple[str, ...], removal: int) -> None:
        """The package is not there and its submodule is, when either is imported or removed again."""
        if "pkg" in self._before or "pkg.sub" not in self._before or not self._parent_removed:
            return
        if "pkg" in keys:
            self.run.left_alone.add(removal)
        if line in self._imports:
            self.run.orphaned.add((self._parent_removed, line))

    def failed(self, line: int, loop: bool) -> None:
        error = sys.exc_info()[1]
        if isinstance(error, _Injected) or (
            loop and (not isinstance(error, RuntimeError) or error in self._told)
        ):
            return  # not of its own
        self._told.append(error)
        self.run.fail(line, type(error).__name__)
        self.run.derailed.append(len(self.run.begun))

    def read(self, line: int, name: str, value: Callable[[], object]) -> object:
        self.settle()
        try:
            found = value()
        except (NameError, AttributeError):
            self.run.reads.append(Read(len(self.run.begun), line, name, Seen.MISSING))
            raise
        self.run.reads.append(self._classified(line, name, found))
        return found

    def keep(self, namespace: dict[str, Any]) -> None:
        """Note what the functions and classes that the program leaves behind are made of."""
        for name in self._definitions.keys() & namespace.keys():
            left = self._classified(0, name, namespace[name])
            self.run.kept.update((cause, name) for cause in left.causes)

    def _classified(self, line: int, name: str, value: object) -> Read:
        at = len(self.run.begun)
        if isinstance(value, ModuleType):
            if sys.modules.get(value.__name__) is value:
                return Read(at, line, name, Seen.FRESH)
            _, causes = self._gone.get(id(value), ("", []))
            return Read(at, line, name, Seen.STALE, tuple(causes))
        tag = world.tag_of(value)
        if tag is None:
            return Read(at, line, name, Seen.OTHER)
        current = sys.modules.get(tag.module)
        if current is not None and current.tag == tag:
            return Read(at, line, name, Seen.FRESH, tagged=True)
        ended = self._ended.get(tag.module, ())
        later = tuple(line for generation, line in ended if generation >= tag.generation)
        return Read(at, line, name, Seen.STALE, later, tagged=True)


@contextmanager
def boundary() -> Iterator[None]:
    yield
