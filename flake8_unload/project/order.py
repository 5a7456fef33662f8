"""Which modules have to be reloaded after a change of some, and in which order. Knows no output."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from flake8_unload.project.linked import Project
from flake8_unload.project.values import Module
from flake8_unload.project.world import World

_ROUNDS = 20


@dataclass(frozen=True, slots=True)
class Reordered:
    """One reload of the right order. ``takes`` are the names of earlier ones that make it necessary, none for
    a module that was asked for; ``circle`` are the others that it is in a circle of imports with. ``spoils``
    is the line that reloads some of the others whenever this one is executed, so that they are old again;
    0 where there is none."""

    module: str
    path: str
    takes: tuple[str, ...]
    circle: tuple[str, ...] = ()
    spoils: int = 0


def reload_order(project: Project, paths: Sequence[str]) -> list[Reordered]:
    """The modules at ``paths`` and all that keep their old objects, dependencies first. Raises Unprovable."""
    wanted: dict[str, tuple[str, ...]] = dict.fromkeys(paths, ())
    order: list[list[str]] = []
    for _ in range(_ROUNDS):
        order = list(_sorted(project, list(wanted)))
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
            spoilers.get(each, 0),
        )
        for group in order
        for each in group
    ]


def _spoilers(project: Project, order: Sequence[Sequence[str]]) -> dict[str, int]:
    """The modules whose own code reloads others of these too early, each with the line of the first."""
    paths = [each for group in order for each in group]
    circles = {_name(project, each) for group in order if len(group) > 1 for each in group}
    world, _ = project.stage(paths[-1]).reloaded(*paths)
    if not _holds_old(world, circles):
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
    return {each: line for each, line in found.items() if _spoils(project, each, paths, found, circles)}


def _spoils(project: Project, path: str, paths: list[str], others: Container[str], circles: set[str]) -> bool:
    """Something is old although none of the others that may be the reason is executed."""
    without = [each for each in paths if each == path or each not in others]
    world, _ = project.stage(path).reloaded(*without)
    return _holds_old(world, circles)


def _holds_old(world: World, circles: set[str]) -> bool:
    """A module that was reloaded, not one of a circle, has something old of another one."""
    names = {each.module for each in world.steps if each.kind == "reload"}
    loaded = [each for each in map(world.loaded, names - circles) if each is not None]
    things = [thing for each in loaded for thing in each.names.values()]
    held = [part for each in things for part in (each, *(inner for _, inner in each.held()))]
    return any(each.origin is not None and each.origin.module in names and world.stale(each) for each in held)


def _still_old(
    project: Project, order: Sequence[str], wanted: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Modules that keep something old after the reloads, with what that is."""
    if not order:
        return
    world, _ = project.stage(order[-1]).reloaded(*order)
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
