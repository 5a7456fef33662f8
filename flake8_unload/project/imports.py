"""Import statements in a rehearsal: what they load and bind."""

from __future__ import annotations

import ast

from flake8_unload.project.frame import Frame
from flake8_unload.project.members import made_by_getattr
from flake8_unload.project.values import UNKNOWN, Module, Raised, Thing


def plain_import(node: ast.Import, frame: Frame) -> None:
    """`import a.b as c`. Raises Raised."""
    for alias in node.names:
        thing = frame.world.imported(alias.name)
        if alias.asname:
            frame.bind(alias.asname, _member(alias.name, thing, frame))
        else:
            top = alias.name.partition(".")[0]
            frame.bind(top, frame.world.imported(top))


def _member(name: str, thing: Thing, frame: Frame) -> Thing:
    """`import a.b.c as d` goes through the attributes of `a`, old ones too, then to `sys.modules`."""
    if "." not in name or thing.kind != "module":
        return thing
    first, *rest = name.split(".")
    found = frame.world.imported(first)
    for each in rest:
        if found.kind != "module":
            return thing
        found = frame.world.attribute(found.data, each)
    return found


def from_import(node: ast.ImportFrom, frame: Frame) -> None:
    """`from a import b`. Raises Raised."""
    world = frame.world
    if node.module == "__future__":
        return
    name = _absolute(frame, node.module or "", node.level)
    source = world.imported(name)
    for alias in node.names:
        if alias.name == "*":
            _star(source, frame)
        elif source.kind == "module":
            thing = world.taken(source.data, alias.name)
            if thing is UNKNOWN:
                thing = made_by_getattr(
                    source.data, alias.name, frame, missing="ImportError" if world.expects_failures else ""
                )
            _bind_from(source.data, alias.name, alias.asname or alias.name, thing, frame)
        else:
            dotted = f"{source.data}.{alias.name}" if source.kind == "foreign" else ""
            thing = Thing("modules") if dotted == "sys.modules" else Thing("foreign", dotted)
            frame.bind(alias.asname or alias.name, thing if dotted else UNKNOWN)


def _star(source: Thing, frame: Frame) -> None:
    if source.kind != "module":
        frame.names["*"] = UNKNOWN
        return
    module: Module = source.data
    frame.world.load(module)
    listed = module.names.get("__all__")
    if listed is None:
        names = [each for each in module.names if not each.startswith("_")]
    elif listed.kind == "list":
        names = [each.data for each in listed.data if each.is_text]
    else:
        names = []
        frame.names["*"] = UNKNOWN
    for name in names:
        _bind_from(module, name, name, frame.world.taken(module, name), frame)


def _bind_from(source: Module, taken: str, name: str, thing: Thing, frame: Frame) -> None:
    """Bind what comes from a module, and remember who gave it to that one."""
    giver = source.givers.get(taken)
    frame.bind(name, thing)
    if giver is not None and frame.module.names.get(name) is thing:
        frame.world.keep(frame.module)
        frame.module.givers[name] = giver


def _absolute(frame: Frame, name: str, level: int) -> str:
    """The absolute name of what an import asks for. Raises Raised."""
    if not level:
        return frame.world.space.canonical(name)
    package = frame.module.package.split(".") if frame.module.package else []
    if level - 1 > len(package) or not package:
        raise Raised("ImportError")
    base = ".".join(package[: len(package) - level + 1])
    return f"{base}.{name}" if base and name else base or name
