"""The names that code sees while it is rehearsed, and where it is. Evaluates nothing."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from flake8_unload.project.values import UNKNOWN, Module, Raised, Thing, needed
from flake8_unload.project.world import World

_BUILTINS = frozenset(dir(builtins)) | {"reload"}


class Frame:
    """The names that code sees: its own, those of the functions around it, those of its module.

    ``owner`` is the class whose body it is, ``running`` the function; ``returns_perhaps``: a test that cannot
    be known has decided whether it goes on; ``enters``: it is run up to its `yield`.
    """

    def __init__(
        self,
        world: World,
        module: Module,
        names: dict[str, Thing],
        outer: tuple[dict[str, Thing], ...] = (),
        at_import: bool = False,
        owner: Thing | None = None,
        running: Thing | None = None,
    ) -> None:
        self.world = world
        self.module = module
        self.names = names
        self.outer = outer
        self.at_import = at_import
        self.owner = owner
        self.running = running
        self.returns_perhaps = False
        self.enters = False
        self.globals: set[str] = set()
        self.line = 1

    def bind(self, name: str, thing: Thing) -> None:
        """Give a name a thing."""
        home = self.module.names if name in self.globals else self.names
        if home is self.module.names:
            self.world.bind(self.module, name, thing)
            self.module.lines[name] = self.line
            self.module.givers.pop(name, None)
        else:
            home[name] = thing

    def forget(self, name: str) -> None:
        """`del name`. Raises Raised."""
        home = self.module.names if name in self.globals else self.names
        if home is self.module.names:
            self.world.keep(self.module)
        if home.pop(name, None) is None:
            raise Raised("NameError")

    def restore(self, names: dict[str, Thing]) -> None:
        """Go back to what the names were."""
        self.names.clear()
        self.names.update(names)

    def look_up(self, name: str) -> Thing:
        """What a name holds. Raises Raised where it certainly holds nothing."""
        found = self.names.get(name) if not self.globals else None
        if found is not None and found.kind != "later":
            return found
        for names in (self.names, *self.outer, self.module.names):
            if name in names and not (name in self.globals and names is not self.module.names):
                if names[name].kind == "later" and not self.at_import:
                    names[name] = needed(names[name])
                return names[name]
        if name in _BUILTINS:
            return Thing("foreign", f"builtins.{name}")
        if name.startswith("__") or "*" in self.module.names or self.world.sets_global(self.module, name):
            return UNKNOWN
        raise Raised("NameError")

    def later(self, make: Callable[[], Thing], name: str) -> Thing:
        """What takes modules to be executed that nothing needed yet, and is called ``name`` there."""
        return self.world.later(make, name) if self.at_import else make()

    @contextmanager
    def at(self, node: ast.expr) -> Iterator[None]:
        """What happens inside is caused by this place."""
        self.world.places.append((self.module.path, node.lineno))
        try:
            yield
        finally:
            self.world.places.pop()
