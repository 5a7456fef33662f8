"""Tells what old objects the modules of a project hold and keep when all is done. Watches nothing.

An object is old when its module has been executed again since and the name that it belongs to holds
something else, and gone when the module is not loaded any more. What an object keeps is told once: where it
was made, if it is not old itself. Runs on any Python, inside of projects.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from types import ModuleType

from tests.oracle.parts import Parts
from tests.oracle.watch import CONTAINERS, Watch, is_special

_DEPTH = 3  # of containers in containers
Told = tuple[str, str, str, str]
"""How it is held, module and names that it belongs to, and `old` or `gone`."""


class Telling:
    """Of the names of watched modules, in the state in which they are."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch
        self._held = Parts(watch).held

    def bindings(self) -> dict[str, dict[str, list[Told]]]:
        """For each loaded module and each of its names: what is old or gone."""
        return {
            key: {name: sorted(set(self._told(key, value))) for name, value in named(module)}
            for key, module in self._watch.loaded().items()
        }

    def _told(self, key: str, value: object) -> Iterator[Told]:
        state = list(self.state("name", value))
        yield from state
        if (
            not state and self._watch.origins.get(id(value), ("",))[0] == key
        ):  # elsewhere it is told where it was made
            yield from (told for told, inside in self.parts(value, self.state) if not inside)

    def parts(
        self, value: object, state: Callable[[str, object], Iterator[Told]]
    ) -> Iterator[tuple[Told, bool]]:
        """The things that it keeps and that have a ``state``; true for what stands in one of the others."""
        seen = {id(value)}
        fresh = [(how, each, 1) for how, each in self._held(value)]
        within: list[tuple[str, object, int]] = []  # comes last: what is here and there is here
        while fresh or within:
            inside = not fresh
            how, each, depth = (fresh or within).pop(0)
            if id(each) in seen or depth > _DEPTH:
                continue
            seen.add(id(each))
            told = list(state(how, each))
            yield from ((each, inside) for each in told)
            pending = within if inside or told else fresh
            pending += [(inner, part, depth + 1) for inner, part in self._looked_into(how, each)]

    def _looked_into(self, how: str, value: object) -> Iterator[tuple[str, object]]:
        """What is told of what is kept: more bases, and what a container or nameless thing holds."""
        if how == "base":
            yield from ((how, base) for base in value.__bases__)  # type: ignore[attr-defined]
        elif isinstance(value, CONTAINERS) or (id(value) not in self._watch.origins and how != "decorator"):
            yield from self._held(value)

    def state(self, how: str, value: object) -> Iterator[Told]:
        """That it is old, or gone; nothing for anything else."""
        if isinstance(value, ModuleType):
            current = sys.modules.get(value.__name__)
            if self._watch.owns(value) and current is not value:
                yield how, value.__name__, "", "old" if current else "gone"
            return
        if id(value) not in self._watch.origins:
            return
        module, names, run = self._watch.origins[id(value)]
        current = sys.modules.get(module)
        if current is None:
            yield how, module, " ".join(names), "gone"
        elif vars(current).get(names[0], value) is not value and self._watch.executed.count(module) > run:
            yield how, module, " ".join(names), "old"


def named(module: ModuleType) -> list[tuple[str, object]]:
    """The names of a module that count, with their objects."""
    return [(name, value) for name, value in list(vars(module).items()) if not is_special(name)]
