"""Rehearses the reloads and unloads of a project: imports it symbolically, runs what acts, looks around.

What comes of it is a `Rehearsal`. Knows no rule.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace

from flake8_unload.project import calls, statements
from flake8_unload.project.acts import acting_functions, asks, runs_again
from flake8_unload.project.frame import Frame
from flake8_unload.project.layout import Space
from flake8_unload.project.rehearsal import Act, Rehearsal, outcome
from flake8_unload.project.steps import Asked, Budget, Step
from flake8_unload.project.values import Module, Raised, Span, Thing, Unprovable
from flake8_unload.project.world import World

_EXECUTIONS = 20_000  # of modules
_MOST_ACTS = 40  # of one file
Parse = Callable[[str], ast.Module | None]


class Stage:
    """One part of a project, imported afresh for every act. ``first`` are the files to import, in order.

    ``beside`` are loaded, too, and import nothing that matters.
    """

    def __init__(
        self,
        space: Space,
        first: Sequence[str],
        parse: Parse,
        budget: Budget | None = None,
        asked: Asked | None = None,
        beside: Sequence[str] = (),
    ) -> None:
        self.concerned: frozenset[str] | None = None
        """The files of the modules that `alone` found reloaded or removed; None where that is not known."""
        self._asked = asked
        self._beside = beside
        self._budget = budget or Budget(_EXECUTIONS)
        self._space = space
        self._first = first
        self._parse = parse
        self._world: World | None = None
        self._failed = False  # an act could not be followed
        self._imports = 0  # the steps of the import of that world
        self._led: list[
            tuple[str, int]
        ] = []  # the files that were not loaded yet, and the last execution then
        self._ran: frozenset[Span] = frozenset()  # the functions that it executed

    def rehearsals(self, path: str) -> list[Rehearsal]:
        """Every act of one file, and its import itself if that reloads something."""
        world = self._imported()
        module = world.loaded(self._space.name_of(path))
        if module is None:
            return []
        found: list[Rehearsal] = []
        at_import = [each.run for each in world.steps if each.kind != "import" and _is_in(each, path)]
        if at_import:
            result = outcome(world, Act(path, module.name, "", 1), world.steps, at_import[0] - 1, 1)
            found.append(replace(result, ran=self._ran))
        with self._only_loading(world):
            acting = [(name, each.data.span) for name, each in acting_functions(module)]
            runs = runs_again(module, self._space, self._parse(path))
        found += self._of_functions(path, acting)  # from here on, that of a first look may be another one
        if runs:
            again = self._run(path, "", 1)
            found += [replace(again[0], ran=frozenset(again[1]))] if again else []
        return found

    def alone(self, path: str, others: Iterable[str]) -> list[Rehearsal] | None:
        """The acts of one file, where they concern no module of the project, else None.

        This stage may be smaller than the process: the ``others`` are there by name alone, unless the acting
        files need something of them. An act that fails may have met one of them.
        """
        self.concerned = None
        tree = self._parse(path)
        if tree is None or asks(tree, self._space):
            return None
        try:
            world = self._imported()
            if world.loaded(self._space.name_of(path)) is None:
                return None
            for each in others:
                if self._space.name_of(each) not in world.modules:
                    world.put_in(Module(self._space.name_of(each), each))
            self._failed = False
            imported = world.steps[: self._imports]
            found = self.rehearsals(path)
        except (Raised, Unprovable, RecursionError):
            return None
        concerned = [step for each in found for step in each.steps if step.kind != "import"]
        if not self._failed and not any(each.open for each in found):
            changed = [*concerned, *(each for each in imported if each.kind != "import")]
            files = (self._space.find(each.module) for each in changed)
            self.concerned = frozenset(each for each in files if each)
        return None if concerned or self._failed else found

    def reloaded(self, *paths: str) -> tuple[World, Module]:
        """Everything imported, the modules of some files reloaded; the last of them. Raises Unprovable."""
        world = self._import()
        module: Module | None = None
        for path in paths:
            name = self._space.name_of(path)
            try:
                module = world.imported(name).data
                if not isinstance(module, Module):
                    raise Unprovable(f"`{name}` cannot be followed")
                world.reload(module.thing, None)
            except Raised as error:
                raise Unprovable(
                    f"the import of `{name}` raises {error.name} as far as its code tells"
                ) from None
        assert module is not None
        return world, module

    def serves(self, first: Sequence[str]) -> bool:
        """Be the stage of these files, too, if their import does the same, execution by execution.

        It does where the others are there when it gets to them: nothing is done for those.
        """
        world = self._world
        if world is None or self._beside:
            return False
        if any(each.kind != "import" for each in world.steps[: self._imports]):
            return False
        done = 0
        for path in first:
            if done < len(self._led) and self._led[done][0] == path:
                done += 1
            elif not done or not self._is_there(path, self._led[done - 1][1], world):
                return False
        if done == len(self._led):
            self._first = first
        return done == len(self._led)

    def _is_there(self, path: str, run: int, world: World) -> bool:
        """It was executed by then."""
        module = world.loaded(self._space.name_of(path))
        return module is not None and module.path == path and 0 < module.run <= run

    def close(self) -> None:
        """Take the world apart. Its things hold each other: left to the garbage collector, many pile up."""
        if self._world is not None:
            for each in (*self._world.made, *self._world.modules.values()):
                each.dissolve()
            self._world = None

    def _of_functions(self, path: str, acting: list[tuple[str, Span]]) -> Iterator[Rehearsal]:
        """The functions that act; one that the import itself runs is no act of its own."""
        for name, span in acting[:_MOST_ACTS] if self._budget.left > 0 else ():
            run = self._run(path, name, span[1]) if span not in self._ran else None
            if run is not None:
                yield replace(run[0], code=span, ran=frozenset(run[1]))

    def _imported(self) -> World:
        """A world in which only imports were executed; one that is still like that is used again."""
        world = self._world
        if world is None or len(world.steps) > self._imports:
            self.close()
            world = self._world = self._import()
            self._imports, self._ran = len(world.steps), frozenset(world.ran)
        return world

    def _import(self) -> World:
        world = World(self._space, self._parse, statements.execute, self._budget, self._asked)
        self._led = []
        for each in self._first:
            name, steps = self._space.name_of(each), len(world.steps)
            with suppress(Raised, Unprovable, RecursionError):
                world.imported(name)
            if len(world.steps) > steps or world.loaded(name) is None:
                self._led.append((each, world.steps[-1].run if world.steps else 0))
            world.places, world.active, world.doubts, world.walks = [], [], 0, []
            world.hooked = False
        for each in self._beside:
            if self._space.name_of(each) not in world.modules:
                world.leave_out(Module(self._space.name_of(each), each))
        return world

    def _run(self, path: str, function: str, line: int) -> tuple[Rehearsal, set[Span]] | None:
        """One act, and the functions that it runs."""
        world = self._imported()
        module = world.loaded(self._space.name_of(path))
        if module is None:
            return None
        if self._asked is None:
            with world.trying():
                return self._acted(path, function, line, world, module)
        with self._only_loading(world):
            return self._acted(path, function, line, world, module)

    @contextmanager
    def _only_loading(self, world: World) -> Iterator[None]:
        """The next act gets this world, with what a first look executes inside, if that only imports."""
        if self._asked is None:
            yield
            return
        modules = dict(world.modules)
        names = {each: dict(each.names) for each in self._kept(world, self._asked.files)}
        try:
            yield
        finally:
            if all(each.kind == "import" for each in world.steps[self._imports :]):
                del world.steps[self._imports :]
                world.modules = {**world.modules, **modules}
                for each, before in names.items():
                    each.names.clear()
                    each.names.update(before)

    def _kept(self, world: World, files: Container[str]) -> Iterator[Module]:
        """The modules of the acting files, which an act must leave as they are for the next one."""
        for each in world.modules.values():
            if isinstance(each, Module) and each.path in files:
                yield each

    def _acted(
        self, path: str, function: str, line: int, world: World, module: Module
    ) -> tuple[Rehearsal, set[Span]] | None:
        start, done = max(each.run for each in world.steps), len(world.steps)
        world.unknown_reload = world.hooked = False
        world.ran = set()
        again = [] if function else self._again(module, world)
        try:
            if function:
                _call(function, module, world)
            for each in again:
                world.run(each, "reload")
        except (Raised, Unprovable, RecursionError):
            self._failed = True
            return None  # how far it really gets is not known
        own = {each.name for each in again}
        acted = any(each.kind != "import" and each.module not in own for each in world.steps[done:])
        if not acted and not world.unknown_reload:
            return None
        return outcome(world, Act(path, module.name, function, line), world.steps[done:], start), world.ran

    def _again(self, module: Module, world: World) -> list[Module]:
        """What is executed again with a module body: all that the host runs, or only this one."""
        files = self._space.host_files()
        loaded = [world.loaded(self._space.name_of(each)) for each in files if each in self._first]
        return [each for each in loaded if each is not None] if module.path in files else [module]


def _is_in(step: Step, path: str) -> bool:
    return any(place[0] == path for place in step.places)


def _call(function: str, module: Module, world: World) -> None:
    """Call a function or method with arguments that are not known."""
    owner, _, name = function.rpartition(".")
    frame = Frame(world, module, module.names)
    if not owner:
        calls.run(module.names[name], [], {}, frame)
        return
    cls = module.names[owner]
    method = cls.data[name]
    static = any(getattr(each, "id", "") == "staticmethod" for each in method.data.node.decorator_list)
    calls.run(method, [] if static else [Thing("instance", cls)], {}, frame)
