"""Watches the modules of a project when they are executed: who made which object. Tells nothing of it.

An object belongs to the name under which it first stood in a module of the project, looked at whenever
a module has been executed, and whenever a module being executed imports another. Runs on any Python, inside
of projects.
"""

from __future__ import annotations

import builtins
import collections
import importlib
import importlib.machinery
import sys
import types
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.oracle.constants import CONSTANTS, compiled, own_constant

CONTAINERS = (list, tuple, dict, set, frozenset, collections.deque, types.MappingProxyType)
_MAKERS = ("functools", "collections", "types", "typing", "contextlib")
_PLAIN = (int, float, complex, str, bytes, type(None), type(Ellipsis), type(NotImplemented), range)
Execution = tuple[str, int]
"""The name of a module, and the how manieth execution of it."""


def is_special(name: str) -> bool:
    return name.startswith("__") and name != "__all__"


def _inner(code: CodeType) -> Iterator[CodeType]:
    """The code of the functions in a function."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _inner(each)


class Watch:
    """Who made which object, for modules with these first names."""

    def __init__(self, tops: set[str]) -> None:
        self._tops = tops
        self.executed: list[str] = []
        self.origins: dict[int, tuple[str, list[str], int]] = {}  # module, names, execution
        self.makers: dict[int, FunctionType] = {}  # of the code of functions in functions
        self.looks: list[Callable[[Execution, Execution | None], None]] = []
        self._kept: list[object] = []  # an id stays the id of one object
        self._running: list[tuple[ModuleType, Execution]] = []
        self._foreign = {id(value) for value in vars(sys).values()}

    def install(self) -> None:
        """From now on, look at modules when they are executed."""
        loader: Any = importlib.machinery.SourceFileLoader
        execute = loader.exec_module

        def exec_module(self_: Any, module: ModuleType) -> None:
            if self.owns(module):
                self._execute(module, lambda: execute(self_, module))
            else:
                execute(self_, module)

        loader.exec_module = exec_module
        loader.source_to_code = compiled
        vars(builtins)["_own_constant"] = own_constant

    def owns(self, module: object) -> bool:
        """Whether this is a module of the project."""
        return isinstance(module, ModuleType) and module.__name__.partition(".")[0] in self._tops

    def loaded(self) -> dict[str, ModuleType]:
        """The modules of the project that are there now."""
        return {name: module for name, module in sys.modules.items() if self.owns(module)}

    def defined_here(self, value: object) -> bool:
        """A class or function of the project, whose module may be gone."""
        return str(value.__module__).partition(".")[0] in self._tops

    def _execute(self, module: ModuleType, execute: Callable[[], None]) -> None:
        if self._running:
            self._look(self._running[-1][0])
        around = self.running
        self.executed.append(module.__name__)
        own = module.__name__, self.executed.count(module.__name__)
        self._running.append((module, own))
        self._tell(around, begins=own)
        try:
            execute()
        finally:
            self._look(module)
            self._settle(module)
            self._tell(own)
            self._running.pop()

    @property
    def running(self) -> Execution:
        """What is being executed; the host has no name."""
        return self._running[-1][1] if self._running else ("", 0)

    def _tell(self, running: Execution, begins: Execution | None = None) -> None:
        for look in self.looks:
            look(running, begins)

    def _look(self, module: ModuleType) -> None:
        names, run = vars(module), self.executed.count(module.__name__)
        for name, value in list(names.items()):
            if is_special(name) or not self.made_here(value):
                continue
            if id(value) not in self.origins:
                self._made(value, module.__name__, name, run)
            origin, aliases, made_by = self.origins[id(value)]
            if (origin, made_by) == (module.__name__, run) and name not in aliases:
                own = getattr(value, "__name__", None) == name
                aliases.insert(0 if own else len(aliases), name)

    def _settle(self, module: ModuleType) -> None:
        """Under which of its names an object is known, now that the module is done: one that it still has."""
        made_now = (module.__name__, self.executed.count(module.__name__))
        for name, value in vars(module).items():
            origin, aliases, run = self.origins.get(id(value), ("", [], 0))
            if (origin, run) == made_now and name in aliases and vars(module).get(aliases[0]) is not value:
                aliases.remove(name)
                aliases.insert(0, name)

    def _made(self, value: object, module: str, name: str, run: int) -> None:
        self.origins[id(value)] = (module, [name], run)
        self._kept.append(value)
        if isinstance(value, FunctionType):
            for code in _inner(value.__code__):
                self.makers[id(code)] = value

    def made_here(self, value: object) -> bool:
        """It was made by code of the project, or for it."""
        if isinstance(value, CONSTANTS):
            return True
        if isinstance(value, (ModuleType, *_PLAIN)) or id(value) in self._foreign:
            return False
        if isinstance(value, tuple) and not value:  # one for all
            return False
        if isinstance(value, (FunctionType, type)):
            return self.defined_here(value)
        kind = type(value)
        made = kind in (object, *CONTAINERS) or kind.__module__ in _MAKERS
        return made or self.defined_here(kind)
