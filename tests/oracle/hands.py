"""Through which hands objects go: which execution made each, and which one put it where it stands.

Everything is looked at whenever a module begins to be executed, and whenever one has been. What is new then
is the work of the execution that was going on. Runs on any Python, inside of projects.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from tests.oracle.parts import Parts
from tests.oracle.telling import Telling, Told, named
from tests.oracle.watch import Execution, Watch

Place = tuple[str, str]
"""A name of a module; whatever it keeps stands there."""
Standing = dict[Place, dict[int, Execution]]
"""The objects that stand in each place, by id, and who put them there."""


class Hands:
    """Of the modules that a watch watches, from now on."""

    def __init__(self, watch: Watch, texts: dict[str, str]) -> None:
        self._watch = watch
        self._words = {name: set(re.findall(r"\w+", text)) for name, text in texts.items()}
        self._own = {name: compile(text, name, "exec").co_names for name, text in texts.items()}
        self._telling = Telling(watch)
        self._held = Parts(watch).held
        self._makers: dict[int, Execution] = {}
        self._kept: list[object] = []  # an id stays the id of one object
        self._standing: Standing = {}
        self._found: dict[Execution, Standing] = {}  # what an execution found when it began
        self._begun: dict[Execution, int] = {}  # when it did
        self._done: dict[str, int] = {}  # when a module was executed last
        self._time = 0
        watch.looks.append(self.look)

    def look(self, running: Execution, begins: Execution | None = None) -> None:
        """See what is new since the last look, all of it the work of ``running``."""
        self._time += 1
        standing: Standing = {}
        for key, module in self._watch.loaded().items():
            for name, value in named(module):
                before = self._standing.get((key, name), {})
                here = standing[key, name] = {}
                for each in self._reached(value):
                    here[id(each)] = before.get(id(each), running)
                    if id(each) not in self._makers:
                        self._makers[id(each)] = running
                        self._kept.append(each)
        self._standing = standing
        if begins:
            self._found[begins], self._begun[begins] = standing, self._time
        else:
            self._done[running[0]] = self._time

    def _reached(self, value: object) -> Iterator[object]:
        """The object, and all that it keeps, however deep."""
        seen, pending = {id(value)}, [value]
        while pending:
            each = pending.pop()
            if self._watch.made_here(each):
                yield each
            parts: list[Any] = [part for _, part in self._held(each) if id(part) not in seen]
            seen.update(map(id, parts))
            pending += parts

    def outdated(self) -> list[tuple[str, str, str, str, str]]:
        """What is old, or made by an execution that was not the last: module, name, how, origin, attribute.

        That may be the present thing under its name, if the module got it from an older one. What an old
        thing keeps is told under its own name, too.
        """
        found: set[tuple[str, str, str, str, str]] = set()
        for key, module in self._watch.loaded().items():
            for name, value in named(module):
                own = list(self._state("name", value))
                kept = [told for told, _ in self._telling.parts(value, self._state)]
                found.update((key, name, *told[:3]) for told in own + kept)
                origin, names, _ = self._watch.origins.get(id(value), (key, [name], 0))
                found.update((origin, names[0], *told[:3]) for told in kept)
        return sorted((*place, attributes.partition(" ")[0]) for *place, attributes in found)  # type: ignore[misc]

    def _state(self, how: str, value: object) -> Iterator[Told]:
        """What is told of something whose maker has been executed again."""
        told = list(self._telling.state(how, value))
        maker, run = self._makers.get(id(value), ("", 0))
        if not told and id(value) in self._watch.origins and self._watch.executed.count(maker) > run:
            module, names, _ = self._watch.origins[id(value)]
            told = [(how, module, " ".join(names), "old")]
        yield from told

    def early(self) -> list[tuple[str, str, str, str]]:
        """What was taken too early: module, name, origin, attribute.

        The execution that put it there found it in modules that it names. One of these places was filled anew
        since, and holds something else by now, and none holds it still. One that came later would have found
        the new.
        """
        return sorted(
            (*place, self._watch.origins[each][0], self._watch.origins[each][1][0])
            for place, objects in self._standing.items()
            for each, by in objects.items()
            if each in self._watch.origins
            and not self._is_lent(*place)
            and self._is_early(place[0], each, by)
        )

    def _is_lent(self, module: str, name: str) -> bool:
        """What `__getattr__` of a module has kept there: in whatever order, nobody asks it again."""
        return "__getattr__" in vars(self._watch.loaded()[module]) and name not in self._own[module]

    def _is_early(self, module: str, each: int, by: Execution) -> bool:
        """An object that an execution put into a module, if both are of those that are executed again."""
        count = self._watch.executed.count
        if by[0] == module:  # what it took again looks the same
            by = module, count(module)
        if count(module) < 2 or count(by[0]) < 2 or by not in self._found:
            return False
        places = [
            (place, objects[each][0])
            for place, objects in self._found[by].items()
            if each in objects and place[0] != module and by[0] not in (place[0], objects[each][0])
        ]
        named = [(place, giver) for place, giver in places if self._names(by[0], place[0])]
        return any(self._done.get(giver, 0) > self._begun[by] for _, giver in named) and not any(
            each in self._standing.get(place, {}) for place, _ in named
        )

    def _names(self, module: str, other: str) -> bool:
        """The text of a module has the name of another one in it, which may be its package."""
        return other.rpartition(".")[2] in self._words[module] or module.startswith(other + ".")
