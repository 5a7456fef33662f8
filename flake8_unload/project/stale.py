"""What is old in a world after a reload or unload: the names that hold or keep it. Executes nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from flake8_unload.project.values import Module, Origin, Thing
from flake8_unload.project.world import World

_DEPTH = 3  # how deep containers, bases and defaults are looked into


@dataclass(frozen=True, slots=True)
class Stale:
    """A name of a module that holds something old, or keeps it.

    ``how``: `name` (it is old itself), `module` (the object of a module that is no longer the one in
    `sys.modules`), else it keeps it: `base`, `default`, `item`, `decorator`, `instance`, `alias`. ``old``
    says what is old, ``what`` is its kind: `class`, `function`, `value`, `module`. ``line`` is the statement
    that bound the name, 0 for one of another module. ``gone``: its module is not loaded any more. ``given``:
    the import of another module put it there. ``giver``: the module that had put it where it was taken from,
    in an execution that is no longer its last; else empty.
    """

    module: str
    path: str
    name: str
    line: int
    how: str
    old: Origin
    what: str
    gone: bool = False
    given: bool = False
    giver: str = ""


def stale_names(world: World, module: Module) -> Iterator[Stale]:
    """The names of a module that hold or keep something old, or something of a module that is gone."""
    for name, thing in module.names.items():
        if name in ("__builtins__", "*"):
            continue
        line = module.lines.get(name, 0)
        if _is_old(world, thing):
            how = "module" if thing.kind == "module" else "name"
            yield replace(_told(world, module, name, line, how, thing), giver=_giver(world, module, name))
        elif thing.origin is not None and thing.origin.module == module.name:
            for how, each, giver in _kept(world, thing):
                yield _told(world, module, name, line, how, each, giver not in ("", module.name))


def sources(world: World, module: Module) -> set[str]:
    """The modules whose things, old or not, a module has taken itself: however it got hold of them."""
    found: set[str] = set()
    for name, thing in module.names.items():
        if not module.lines.get(name, 0) or _giver(world, module, name):
            continue
        seen: set[int] = set()
        pending = deque([(thing, 0)])
        while pending:
            each, depth = pending.popleft()
            if id(each) in seen or depth > _DEPTH:
                continue
            seen.add(id(each))
            if each.origin is not None and each.origin.module != module.name:
                found.add(each.origin.module)
            else:
                own = ("", module.name)
                pending += [
                    (part, depth + 1) for _, part in each.held() if each.givers.get(id(part), "") in own
                ]
    return found


def _giver(world: World, module: Module, name: str) -> str:
    """Who had put it where the module took it from, another one or itself, and was executed again since."""
    giver, run = module.givers.get(name, ("", 0))
    now = world.modules.get(giver)
    return giver if module.lines.get(name, 0) > 0 and isinstance(now, Module) and now.run > run else ""


def _told(
    world: World, module: Module, name: str, line: int, how: str, old: Thing, given: bool = False
) -> Stale:
    origin = _origin(old)
    assert origin is not None
    gone = origin.module not in world.modules
    return Stale(module.name, module.path, name, line, how, origin, _what(old), gone, given)


def _origin(thing: Thing) -> Origin | None:
    return Origin(thing.data.name, "", thing.data.run) if thing.kind == "module" else thing.origin


def _is_old(world: World, thing: Thing) -> bool:
    """Something newer is in its place, or its module is gone."""
    origin = _origin(thing)
    if origin is None or not origin.run:
        return False
    now = world.modules.get(origin.module)
    return now is None or (now is not thing.data if thing.kind == "module" else world.stale(thing))


def _kept(world: World, thing: Thing) -> Iterator[tuple[str, Thing, str]]:
    """The old things that a thing keeps, how, and whose import gave them to it."""
    seen: set[int] = {id(thing)}
    pending = deque((how, each, 1, thing.givers.get(id(each), "")) for how, each in thing.held())
    while pending:
        how, each, depth, giver = pending.popleft()
        if id(each) in seen or depth > _DEPTH:
            continue
        seen.add(id(each))
        if _is_old(world, each):
            yield how, each, giver
        elif how == "base":
            pending += [(how, part, depth + 1, giver) for inner, part in each.parts if inner == "base"]
        elif each.kind in ("list", "dict") or (each.origin is None and how != "decorator"):
            pending += [
                (inner, part, depth + 1, each.givers.get(id(part), giver)) for inner, part in each.held()
            ]


def _what(thing: Thing) -> str:
    return thing.kind if thing.kind in ("class", "function", "module") else "value"
