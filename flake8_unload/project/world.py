"""The import system of a rehearsal: what is in `sys.modules`, who imports whom, what is executed when.

As CPython does it (SEMANTICS 0.2, HR-01, HR-06): a submodule becomes an attribute of its parent when it is
done; an entry of `sys.modules` moves to the end when its execution ends; a reload keeps the old names.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from flake8_unload.project.code_names import bound_somewhere, open_owners, set_in_functions
from flake8_unload.project.journal import Journal
from flake8_unload.project.layout import Space
from flake8_unload.project.steps import Asked, Budget, Clock, Step
from flake8_unload.project.values import (
    UNKNOWN,
    Module,
    Origin,
    Place,
    Raised,
    Span,
    Thing,
    Unprovable,
    has_no_origin,
)

_DEEPEST = 60  # imports and calls inside of each other


class World:
    """``parse`` gives the tree of a file, or None; ``execute`` runs a module body; ``asked``: see there."""

    def __init__(
        self,
        space: Space,
        parse: Callable[[str], ast.Module | None],
        execute: Callable[[World, Module, ast.Module], None],
        budget: Budget,
        asked: Asked | None = None,
    ) -> None:
        self._budget = budget
        self._asked = asked
        self.space = space
        self.modules: dict[str, Module | Thing] = {}
        self.steps: list[Step] = []
        self.places: list[Place] = []
        self.unknown_reload = False
        self.doubts = 0
        self.walks: list[int] = []  # the loops over `sys.modules` that go on: the doubts before each
        self.hooked = False  # the project has replaced the import itself
        self.folder_loops: list[Place] = []  # loops over what a folder holds, likewise
        self.folder_reloads: list[Place] = []  # those that reload
        self.active: list[tuple[ast.AST, tuple[str, ...]]] = []  # functions being executed, with their texts
        self.ran: set[Span] = set()  # the functions that were executed
        self.taken_of: set[tuple[str, str]] = set()  # who took a name, from which module; who gave it that
        self.made: list[Thing | Module] = []  # functions, classes and modules
        self.aliases: dict[tuple[object, ...], Thing] = {}  # of types, by what they are made of
        self.acting: dict[Thing, bool] = {}  # whether a function may act
        self.expects_failures = False  # the module body or function that is going on handles failing imports
        self._handled = False  # it does, or one that imports it
        self._reloading: set[str] = set()
        self._parse = parse
        self._execute = execute
        self._running: list[Step] = []
        self._runs = 0
        self._doubts_before = 0  # those that the module body as a whole is in
        self._deep = 0
        self._journal: Journal | None = None
        self.clock = Clock()

    # -- trying out ---------------------------------------------------------------------------
    @contextmanager
    def trying(self) -> Iterator[None]:
        """What happens inside is taken back at the end, as if it had never been."""
        before = {name: _copied(each) for name, each in vars(self).items()}
        ticks = self.clock.ticks
        self._journal = journal = Journal()
        try:
            yield
        finally:
            made = self.made[len(before["made"]) :]
            vars(self).update(before)
            self.clock.ticks = ticks
            journal.take_back()
            for each in made:
                each.dissolve()

    def keep(self, each: Thing | Module | dict[Any, Any]) -> None:
        """It will be changed: by an act, as far as this world is only trying that out."""
        if self._journal is not None:
            self._journal.keep(each)

    # -- look-up ------------------------------------------------------------------------------
    def loaded(self, name: str) -> Module | None:
        """The module that is in `sys.modules` under this name."""
        found = self.modules.get(self.space.canonical(name))
        return found if isinstance(found, Module) else None

    def stale(self, thing: Thing) -> bool:
        """The module that made it has been executed again, and has certainly another thing under its name."""
        origin = thing.origin
        if origin is None:
            return False
        current = self.modules.get(origin.module)
        if not isinstance(current, Module) or current.run <= origin.run:
            return False
        now = current.names.get(origin.name)
        return now is not None and now is not thing and now.kind != "unknown"

    @property
    def in_doubt(self) -> bool:
        """A test that is not known stands around it, inside of the module body or act that is going on."""
        return self.doubts > self._doubts_before

    # -- import -------------------------------------------------------------------------------
    def imported(self, name: str) -> Thing:
        """`import name`, the module itself; a foreign one is just its name. Raises Raised."""
        name = self.space.canonical(name)
        if self.space.find(name.partition(".")[0]) is None:
            return self.modules[name] if isinstance(self.modules.get(name), Thing) else Thing("foreign", name)  # type: ignore[return-value]
        parent = name.rpartition(".")[0]
        if parent and name not in self.modules and parent not in self.modules:
            self.imported(parent)  # one that is there is found without its parents (state B)
        return self._one(name)

    def _one(self, name: str) -> Thing:
        there = self.modules.get(name)
        if isinstance(there, Module) and (not there.by_name_alone or there.later is not None):
            return there.thing
        if isinstance(there, Thing):
            return there
        path = self.space.find(name)
        if path is None:
            return self._absent(name, "ModuleNotFoundError")
        module = self.modules[name] = Module(name, path)
        self.made.append(module)
        if self._asked is None or path in self._asked.files:
            self._first_run(module)
        else:
            self.leave_out(module)
        parent = self.modules.get(name.rpartition(".")[0])
        if isinstance(parent, Module):
            self.keep(parent)
            parent.names[name.rpartition(".")[2]] = module.thing
        return module.thing

    def _first_run(self, module: Module) -> None:
        try:
            self.run(module, "import")
        except Raised:
            self.modules.pop(module.name, None)
            raise
        if module.name not in self.modules:
            raise Raised("KeyError")

    def load(self, module: Module) -> None:
        """Execute a module now that was left for later. Raises Raised and Unprovable."""
        if module.later is not None:
            self.keep(module)
            module.later = None
            self.run(module, "import")

    def leave_out(self, module: Module) -> None:
        """It is loaded by its name alone, and executed when something of it is needed."""
        module.introduce()
        module.later = partial(self._taken_later, module)
        self.modules[module.name] = module

    def put_in(self, module: Module) -> None:
        """It was imported before, by code that is not executed; its package has it as an attribute."""
        self.leave_out(module)
        parent, _, leaf = module.name.rpartition(".")
        package = self.modules.get(parent)
        if isinstance(package, Module):
            package.names.setdefault(leaf, module.thing)

    def _taken_later(self, module: Module, name: str) -> Thing:
        def take() -> Thing:
            self.load(module)
            return self.attribute(module, name)

        return self.later(take, name)

    def later(self, make: Callable[[], Thing], name: str) -> Thing:
        """What takes a module to be executed that was left for later, and is called ``name`` there."""
        acts = self._asked is not None and name in self._asked.names
        return Thing("later", make, note="acts" if acts else "")

    def run(self, module: Module, kind: str, named: Place | None = None) -> None:
        """Execute the body of a module. Raises Raised and Unprovable."""
        self._budget.spend()
        self._runs += 1
        self.keep(module)
        module.run = self._runs
        step = self._step(kind, module.name, named)
        self._running.append(step)
        self._deep += 1
        if self._deep > _DEEPEST:
            raise Unprovable("imports are nested too deeply")
        outer, self.places = self.places, []
        expected, self.expects_failures = self.expects_failures, False
        doubts, self._doubts_before = self._doubts_before, self.doubts
        try:
            tree = self._parse(module.path) if module.path.endswith(".py") else None
            if tree is not None:
                self._execute(self, module, tree)
        finally:
            self.places, self.expects_failures, self._doubts_before = outer, expected, doubts
            self._deep -= 1
            self._running.pop()
            self._settle(module)
            if module.name in self.modules:
                self.modules[module.name] = self.modules.pop(module.name)

    def _step(self, kind: str, module: str, named: Place | None) -> Step:
        inside = self._running[-1] if self._running else None
        step = Step(kind, module, self._runs, tuple(self.places), named, not self.doubts, inside)
        self.steps.append(step)
        return step

    def _settle(self, module: Module) -> None:
        """What no longer has the name that it had first comes from the one that it has."""
        for name, thing in module.names.items():
            origin = thing.origin
            if origin and origin.run == module.run and module.names.get(origin.name) is not thing:
                self.keep(thing)
                thing.origin = Origin(module.name, name, module.run)

    def taken(self, module: Module, name: str) -> Thing:
        """`from module import name`: what is missing is imported first. Raises Raised."""
        dotted = f"{module.name}.{name}"
        if name not in module.names and module.is_package and self.space.find(dotted) is not None:
            self.imported(dotted)
            self.imported(dotted.partition(".")[0])  # as `import module.name` does, which binds it
        return self.attribute(module, name)

    def attribute(self, module: Module, name: str) -> Thing:
        """`module.name` as import statements look it up, then in `sys.modules`. Raises Raised."""
        if name in module.names:
            return self.read(module, name)
        dotted = f"{module.name}.{name}"
        there = self.modules.get(dotted)  # an old one does not become an attribute of a new parent (state B)
        if there is not None:
            return there.thing if isinstance(there, Module) else there
        if module.later is not None:
            return module.later(name)
        is_folder = not module.path.endswith(".py")  # which has submodules and nothing else
        if self.is_open(module) and not (is_folder and self.expects_failures):
            return UNKNOWN
        if self._handled and self._binds_later(module, name):
            raise Raised("ImportError")  # a circle
        return self._absent(dotted, "ImportError")

    def read(self, module: Module, name: str) -> Thing:
        """A name that the module has."""
        thing, giver = module.names[name], module.givers.get(name)
        for each in (module.name, giver[0] if giver else "") if thing.kind != "module" else ():
            if each not in ("", self.executing):
                self.taken_of.add((self.executing, each))
        return thing

    def _binds_later(self, module: Module, name: str) -> bool:
        """The module is being executed, and binds the name somewhere."""
        if not any(each.run == module.run for each in self._running):
            return False
        tree = self._parse(module.path)
        return tree is not None and name in bound_somewhere(tree)

    def _absent(self, name: str, error: str) -> Thing:
        """Built, generated or fetched elsewhere, where the code counts on it; else really absent."""
        if self.expects_failures:
            raise Raised(error)
        return Thing("foreign", name)

    @contextmanager
    def expecting(self, failures: bool) -> Iterator[None]:
        """A `try` around imports, with or without a handler for those that fail."""
        expected, handled = self.expects_failures, self._handled
        self.expects_failures, self._handled = expected or failures, handled or failures
        try:
            yield
        finally:
            self.expects_failures, self._handled = expected, handled

    def bind(self, module: Module, name: str, thing: Thing) -> None:
        """Code of a module gives one of its names a thing; the first one is where that comes from."""
        if self._journal is not None:
            self._journal.keep(module)
        module.names[name] = thing
        if has_no_origin(thing):
            self.keep(thing)
            thing.origin = Origin(module.name, name, module.run)

    @property
    def executing(self) -> str:
        """The module whose body is being executed, the innermost."""
        return self._running[-1].module if self._running else ""

    def sets_global(self, module: Module, name: str) -> bool:
        """Some function of the module may bind the name in the module."""
        tree = self._parse(module.path)
        return tree is not None and name in set_in_functions(tree)

    def is_open(self, module: Module) -> bool:
        """It may have names that the rehearsal does not know of."""
        if "__getattr__" in module.names or "*" in module.names or not module.path.endswith(".py"):
            return True
        itself = [name for name, each in module.names.items() if each.data is module]
        tree = self._parse(module.path) if itself else None
        return tree is not None and not open_owners(tree).isdisjoint(itself)

    # -- reload and unload --------------------------------------------------------------------
    def reload(self, thing: Thing, named: Place | None) -> Thing:
        """`importlib.reload(thing)`. Raises Raised."""
        if thing.kind == "foreign":
            return thing
        if thing.kind != "module":
            if thing.kind in ("unknown", "object", "instance"):
                self.unknown_reload = True
                self.folder_reloads += self.folder_loops[:1]
                return UNKNOWN
            raise Raised("ImportError" if thing.kind in ("class", "function") else "TypeError")
        module: Module = thing.data
        self.load(module)
        name = module.name
        if self.modules.get(name) is not module:
            raise Raised("ImportError")
        parent = name.rpartition(".")[0]
        if parent and parent not in self.modules and self.space.find(parent):
            raise Raised("ImportError")
        if name in self._reloading:
            return thing
        if self.walks and self.doubts > self.walks[-1]:
            self.unknown_reload = True  # which entries the loop takes is not known
            return UNKNOWN
        self._reloading.add(name)
        try:
            self.run(module, "reload", named)
        finally:
            self._reloading.discard(name)
        now = self.modules.get(name)
        return now.thing if isinstance(now, Module) else now or UNKNOWN

    def unload(self, name: str, named: Place | None) -> Module | Thing:
        """`del sys.modules[name]`. Raises Raised."""
        name = self.space.canonical(name)
        if name not in self.modules:
            raise Raised("KeyError")
        self._step("unload", name, named)
        return self.modules.pop(name)


def _copied(value: Any) -> Any:
    return value.copy() if isinstance(value, (list, dict, set)) else value
