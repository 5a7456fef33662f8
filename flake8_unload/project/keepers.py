"""Who keeps alive what a module made: the question behind `flake8-unload why`. Knows no output.

The module is reloaded in a rehearsal, after everything that a process has loaded with it; what is old then is
followed from name to name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from flake8_unload.project.linked import Project
from flake8_unload.project.values import Module, Thing
from flake8_unload.project.world import World

NAME = "the name `"
ATTRIBUTE = "the attribute of its package"
_DEEPEST = 4  # who keeps it through whom through whom
_HOW = {
    "base": "as a base class",
    "default": "as a default argument",
    "item": "in a container or attribute",
    "decorator": "as a decorator",
    "instance": "as the class of an instance",
    "alias": "in an alias of types",
}
_EFFECTS = {
    "UNL301": "a resource in a global",
    "UNL303": "a running thread or process",
    "UNL304": "a log handler",
    "UNL306": "a hook of the process",
    "UNL907": "an entry in a registry of the process, such as atexit",
}


@dataclass(frozen=True, slots=True)
class Keeper:
    """Something at ``path:line`` that keeps ``what``; ``how`` says by what. ``others`` keep it through it.

    ``line`` is 0 for a name that no statement of the file binds, ``via`` the module that an import there
    takes the name of, where that only passes it on, and ``way`` its path;
    ``star``: that import is `from … import *`.
    """

    what: str
    how: str
    path: str
    line: int
    others: tuple[Keeper, ...] = field(default=())
    via: str = ""
    way: str = ""
    star: bool = False

    @property
    def names_it(self) -> bool:
        """A name for the old thing itself."""
        return self.how.startswith(NAME)


@dataclass(frozen=True, slots=True)
class Kept:
    """What there is to say about a module. ``after_reload`` keeps its old objects after a reload; ``module``
    are the names of the module object, which an unload leaves; ``effects`` outlive both."""

    module: str
    path: str
    after_reload: tuple[Keeper, ...]
    names: tuple[Keeper, ...]
    effects: tuple[Keeper, ...]


def kept(project: Project, path: str) -> Kept:
    """Everything that keeps the objects of a module. Raises Unprovable where it cannot be imported."""
    world, module = project.staging.stage(path).reloaded(path)
    modules = [each for each in world.modules.values() if isinstance(each, Module) and each is not module]
    modules = [each for each in modules if not project.is_test(each.path)]
    return Kept(
        _plain(world, module.name),
        path,
        tuple(_with_ways(project, path, _after_reload(world, module, modules))),
        tuple(_names(world, module, modules)),
        tuple(_effects(project, path)),
    )


def _after_reload(world: World, module: Module, modules: Sequence[Module]) -> Iterator[Keeper]:
    for other in modules:
        for name, thing in other.names.items():
            if thing.origin is not None and thing.origin.module == module.name and world.stale(thing):
                what = _plain(world, f"{module.name}.{thing.origin.name}")
                through = _through(thing, other, modules, world, 1)
                yield Keeper(what, f"the name `{name}`", other.path, other.line_of(name), tuple(through))
            elif thing.origin is not None and thing.origin.module == other.name:
                yield from _inside(world, module, other, name, thing, modules)


def _with_ways(project: Project, path: str, keepers: Iterable[Keeper]) -> Iterator[Keeper]:
    """Names of imports from modules that only pass them on, each with that module."""
    for each in keepers:
        sources = project.graph(each.path).sources_at(each.path, each.line) if each.names_it else set()
        if len(sources) == 1 and path not in sources:
            (way,) = sources
            imports = [one for one in project.layout.files[each.path].imports if one.line == each.line]
            star = any("*" in one.names for one in imports)
            each = replace(each, via=project.layout.space(path).name_of(way), way=way, star=star)
        yield each


def _inside(
    world: World, module: Module, other: Module, name: str, thing: Thing, modules: Sequence[Module]
) -> Iterator[Keeper]:
    """What something that another module made itself keeps, if the name of it is not there as well."""
    by_name = {id(each) for each in other.names.values()}
    for how, part in thing.held():
        origin = part.origin
        if (
            origin is not None
            and origin.module == module.name
            and world.stale(part)
            and id(part) not in by_name
        ):
            others = _of_thing(thing, other, modules, world, 1)
            what, line = _plain(world, f"{module.name}.{origin.name}"), other.line_of(name)
            yield Keeper(what, f"`{name}`, {_HOW[how]}", other.path, line, tuple(others))


def _through(
    thing: Thing, holder: Module, modules: Sequence[Module], world: World, depth: int
) -> Iterator[Keeper]:
    """What the same module made with an old thing, and who has that."""
    for name, each in holder.names.items():
        if each.origin is None or each.origin.module != holder.name or depth > _DEEPEST:
            continue
        for how, part in each.held():
            if part is thing:
                others = tuple(_of_thing(each, holder, modules, world, depth + 1))
                what = _plain(world, f"{holder.name}.{name}")
                yield Keeper(what, _HOW[how], holder.path, holder.line_of(name), others)


def _of_thing(
    thing: Thing, holder: Module, modules: Sequence[Module], world: World, depth: int
) -> Iterator[Keeper]:
    """The other modules that have a name for something that keeps an old thing."""
    assert thing.origin is not None
    for other in modules:
        for name, each in other.names.items():
            if each is thing and other is not holder and depth <= _DEEPEST:
                what, line = _plain(world, f"{holder.name}.{thing.origin.name}"), other.line_of(name)
                yield Keeper(what, f"the name `{name}`", other.path, line)


def _names(world: World, module: Module, modules: Sequence[Module]) -> Iterator[Keeper]:
    for other in modules:
        for name, thing in other.names.items():
            if thing.kind == "module" and thing.data is module:
                parent = module.name == f"{other.name}.{name}"
                how = ATTRIBUTE if parent else f"the name `{name}`"
                yield Keeper(_plain(world, module.name), how, other.path, other.lines.get(name, 0))


def _effects(project: Project, path: str) -> Iterator[Keeper]:
    for each in project.effects(path):
        if each.code in _EFFECTS:
            yield Keeper(project.shown(path), _EFFECTS[each.code], path, each.line)


def _plain(world: World, name: str) -> str:
    """A dotted name without the package that only the host knows."""
    prefix = next((each.prefix for each in world.space.roots if each.prefix), None)
    return name.removeprefix(f"{prefix}.") if prefix else name
