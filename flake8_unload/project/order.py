"""Which modules have to be reloaded after a change of some, and in which order. Knows no output."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from flake8_unload.project.linked import Project
from flake8_unload.project.values import Module
from flake8_unload.project.world import World

_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Early:
    """``module`` is reloaded at a line of ``path``, before ``before``, a module that it takes things from."""

    module: str
    before: str
    path: str
    line: int


@dataclass(frozen=True, slots=True)
class Reordered:
    """One reload of the right order. ``takes`` are the names of earlier ones that make it necessary, none for
    a module that was asked for; ``circle`` are the others that it is in a circle of imports with. ``spoils``
    is the line that reloads some of the others whenever this one is executed, so that they are old again;
    0 where there is none. ``early`` is the first of them, ``shares`` are the names that it takes of others of
    its circle, by module."""

    module: str
    path: str
    takes: tuple[str, ...]
    circle: tuple[str, ...] = ()
    spoils: int = 0
    early: Early | None = None
    shares: tuple[tuple[str, tuple[str, ...]], ...] = ()


def reload_order(project: Project, paths: Sequence[str], others: bool = True) -> list[Reordered]:
    """The modules at ``paths`` and all ``others`` that keep their old objects, dependencies first.

    Raises Unprovable.
    """
    wanted: dict[str, tuple[str, ...]] = dict.fromkeys(paths, ())
    order: list[list[str]] = []
    for _ in range(_ROUNDS):
        order = list(_sorted(project, list(wanted)))
        if not others:
            break
        more = dict(_still_old(project, [each for group in order for each in group], wanted))
        if not more:
            break
        wanted |= more
    spoilers = _spoilers(project, order) if order else {}
    return [
        Reordered(
            _name(project, each),
            each,
            wanted[each],
            tuple(_name(project, o) for o in group if o != each),
            *spoilers.get(each, (0, None)),
            tuple(_shares(project, each, group)),
        )
        for group in order
        for each in group
    ]


def _spoilers(project: Project, order: Sequence[Sequence[str]]) -> dict[str, tuple[int, Early | None]]:
    """The modules whose own code reloads others of these too early, each with the line of its first one."""
    paths = [each for group in order for each in group]
    circles = {_name(project, each) for group in order if len(group) > 1 for each in group}
    world, _ = project.staging.stage(paths[-1]).reloaded(*paths)
    if not any(_old(world, circles)):
        return {}
    names = {_name(project, each): each for each in paths}
    found: dict[str, int] = {}
    for step in world.steps:
        outer = step.inside
        while step.kind == "reload" and step.module in names and outer is not None:
            if outer.module in names and outer.module != step.module and outer.kind == "reload":
                lines = [line for path, line in step.places if path == names[outer.module]]
                found.setdefault(names[outer.module], lines[0] if lines else 1)
            outer = outer.inside
    spoilers: dict[str, tuple[int, Early | None]] = {}
    for each, line in found.items():
        # is something old although none of the others that may be the reason is executed?
        without = [other for other in paths if other == each or other not in found]
        world, _ = project.staging.stage(each).reloaded(*without)
        old = list(_old(world, circles))
        if old:
            spoilers[each] = line, next(_early(world, old), None)
    return spoilers


def _old(world: World, circles: set[str]) -> Iterator[tuple[str, str]]:
    """Modules that were reloaded, none of a circle, each with one that it has something old of."""
    names = {each.module for each in world.steps if each.kind == "reload"}
    loaded = [each for each in map(world.loaded, sorted(names - circles)) if each is not None]
    for module in loaded:
        things = module.names.values()
        for each in (part for thing in things for part in (thing, *(inner for _, inner in thing.held()))):
            if each.origin is not None and each.origin.module in names and world.stale(each):
                yield module.name, each.origin.module


def _early(world: World, old: Iterable[tuple[str, str]]) -> Iterator[Early]:
    """The last reloads of modules, inside of others, with one that comes after them."""
    last = {each.module: each for each in world.steps if each.kind == "reload"}
    for module, before in dict.fromkeys(old):
        step = last[module]
        outer = world.loaded(step.inside.module) if step.inside is not None else None
        lines = [line for path, line in step.places if outer is not None and path == outer.path]
        if outer is not None and lines and step.run < last[before].run:
            yield Early(module, before, outer.path, lines[0])


def _shares(project: Project, path: str, circle: Sequence[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for other in circle:
        names = project.graph(path).names_from(path, other) - {""} if other != path else set()
        if names:
            yield _name(project, other), tuple(sorted(names))


def _still_old(
    project: Project, order: Sequence[str], wanted: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Modules that keep something old after the reloads, with what that is."""
    if not order:
        return
    world, _ = project.staging.stage(order[-1]).reloaded(*order)
    names = {_name(project, each) for each in order}
    for other in [each for each in world.modules.values() if isinstance(each, Module)]:
        if other.path in wanted or not other.path.endswith(".py") or project.is_test(other.path):
            continue
        if project.is_script(other.path):
            continue
        taken = [
            f"{each.origin.module}.{each.origin.name}"
            for thing in other.names.values()
            for each in (thing, *(part for _, part in thing.held()))
            if each.origin is not None and each.origin.module in names and world.stale(each)
        ]
        if taken:
            yield other.path, tuple(dict.fromkeys(taken))


def _sorted(project: Project, paths: list[str]) -> Iterator[list[str]]:
    """Groups of modules, each behind those it takes from; more than one in a group is a circle."""
    left = sorted(paths, key=lambda each: _name(project, each))
    while left:
        group = next(group for each in left if (group := _group(project, each, left)))
        yield group
        left = [each for each in left if each not in group]


def _group(project: Project, path: str, left: Sequence[str]) -> list[str]:
    """The module with those it is in a circle with, if it waits for none of the others."""
    graph = project.graph(path)
    before = [each for each in left if each != path and graph.reaches(path, each)]
    circle = [each for each in before if graph.reaches(each, path)]
    return [path, *circle] if len(circle) == len(before) else []


def _name(project: Project, path: str) -> str:
    return project.layout.space(path).name_of(path)
