"""Calls of built-in functions in a rehearsal, as far as they decide which modules are named."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_unload.project.containers import elements
from flake8_unload.project.members import attribute, set_attribute
from flake8_unload.project.methods import in_order
from flake8_unload.project.operators import truth
from flake8_unload.project.values import NONE, UNKNOWN, Raised, Thing, const, listed

if TYPE_CHECKING:
    from flake8_unload.project.frame import Frame


def builtin(name: str, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    """The result of a call of a built-in function. Raises Raised and Unprovable."""
    first = given[0] if given else UNKNOWN
    match name:
        case "globals":
            return Thing("names", frame.module.names)
        case "locals" | "vars" | "dir" if not given:
            return Thing("names", frame.names)
        case "vars" | "dir" if first.kind == "module":
            return Thing("names", first.data.names)
        case "list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter":
            return _sequence(name, given, named, node, frame)
        case "dict" if first.kind in ("modules", "names"):
            return first
        case "dict" if first.kind == "dict" or not given:
            return Thing("dict", {**(first.data if given else {}), **named}, note=first.note)
        case "dict" if first.kind == "list" and all(_is_pair(each) for each in first.data):
            pairs = [each.data for each in first.data]
            found = {key.data if key.kind == "const" else key: each for key, each in pairs}
            return Thing("dict", {**found, **named})
        case "getattr" | "hasattr" if len(given) > 1 and given[1].is_text:
            return _getattr(name, first, given, frame)
        case "setattr" if len(given) > 2 and given[1].is_text:
            set_attribute(first, given[1].data, given[2], frame)
            return NONE
        case "delattr" if len(given) > 1 and given[1].is_text and first.kind == "module":
            frame.world.keep(first.data)
            first.data.names.pop(given[1].data, None)
            return NONE
        case "map" | "filter" if len(given) == 2:
            return _mapped(name, first, elements(given[1], frame), frame)
        case "enumerate" | "zip" | "range" | "len" | "str" | "isinstance" | "callable" | "any" | "all":
            return _plain(name, given, frame)
        case "type" if len(given) == 3 and given[1].kind == "list" and given[2].kind == "dict":
            bases = [("base", each) for each in given[1].data]
            return subclassed(Thing("class", dict(given[2].data), parts=bases), named, frame)
        case "type":
            return first.data if first.kind == "instance" else UNKNOWN
        case "super" if frame.running is not None:
            return _super(frame.running, frame)
        case "staticmethod" | "classmethod":
            return first
        case "property":
            return Thing("object", parts=[("item", each) for each in (*given, *named.values())])
    if name == "bool" and truth(first) is not None:
        return const(truth(first))
    if name in ("print", "repr", "hash", "id", "int", "float", "open", "input", "super", "next"):
        return UNKNOWN if name in ("super", "next") else Thing("object")
    return Thing("object", note="made" if name == "object" else "")


def _is_pair(thing: Thing) -> bool:
    return thing.kind == "list" and len(thing.data) == 2


def _getattr(name: str, first: Thing, given: list[Thing], frame: Frame) -> Thing:
    if first.kind not in ("module", "class") and given[1].data not in first.attributes:
        return UNKNOWN
    try:
        found = attribute(first, given[1].data, frame)
    except Raised:
        if name == "hasattr":
            return const(False)
        if len(given) > 2:
            return given[2]
        raise
    if found.kind == "unknown":
        return UNKNOWN
    return const(True) if name == "hasattr" else found


def subclassed(made: Thing, named: dict[str, Thing], frame: Frame) -> Thing:
    """The class itself, when `__init_subclass__` of a base and its metaclass have seen it."""
    from flake8_unload.project.calls import called

    place = ast.Constant(None, lineno=frame.line, col_offset=0)
    bases = [each for how, each in made.parts if how == "base" and each.kind == "class"]
    given = [named.pop("metaclass", UNKNOWN)]
    given += [each for base in bases for how, each in base.parts if how == "instance"]
    meta = next((each for each in given if each.kind == "class"), None)
    for base in bases:
        hook = attribute(base, "__init_subclass__", frame)
        if hook.kind == "function":
            called(hook, [made], named, place, frame)
            break
    if meta is not None:
        made.parts = [*made.parts, ("instance", meta)]
        start = attribute(Thing("instance", meta), "__init__", frame)
        if start.kind == "bound":
            called(start.data[0], [made, UNKNOWN, UNKNOWN, UNKNOWN], named, place, frame)
    return made


def _super(running: Thing, frame: Frame) -> Thing:
    """The bases of the class that the method stands in, for the first argument of it."""
    arguments = running.data.node.args
    names = [each.arg for each in (*arguments.posonlyargs, *arguments.args)]
    first = frame.names.get(names[0], UNKNOWN) if names else UNKNOWN
    owner = running.data.owner
    return Thing("super", (owner, first)) if owner is not None and first is not UNKNOWN else UNKNOWN


def _sequence(name: str, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    if not given:
        return listed([])
    source = given[0]
    items = elements(source, frame)
    if items is None:
        return Thing("object", note="" if name == "sorted" else source.note)
    note = "walk" if source.kind == "modules" else source.note
    if name == "sorted":
        known = in_order(items, named, node, frame)
        if known is None:
            return Thing("object")
        items = known
    if name == "reversed":
        items.reverse()
    return Thing("list", items, note=note)


def _mapped(name: str, function: Thing, items: list[Thing] | None, frame: Frame) -> Thing:
    """The items are gone through at once, as the loop or `list` around it does."""
    if items is None:
        return Thing("object")
    node = ast.Constant(None, lineno=frame.world.places[-1][1] if frame.world.places else 1, col_offset=0)
    from flake8_unload.project.calls import called

    results = [called(function, [each], {}, node, frame) for each in items]
    if name == "map":
        return listed(results)
    known = [truth(each) for each in results]
    if None in known:
        return Thing("object")
    return listed([each for each, keep in zip(items, known, strict=True) if keep])


def _plain(name: str, given: list[Thing], frame: Frame) -> Thing:
    first = given[0] if given else UNKNOWN
    items = elements(first, frame)
    if name == "isinstance":
        return const(True) if first.kind == "module" and _is_module_type(given[1:]) else UNKNOWN
    if name == "str":
        return const(str(first.data)) if first.kind == "const" else UNKNOWN
    if name == "range":
        known = all(each.kind == "const" and isinstance(each.data, int) for each in given)
        return (
            listed([const(each) for each in range(*(each.data for each in given))])
            if known and given
            else UNKNOWN
        )
    if items is None:
        return UNKNOWN
    match name:
        case "len":
            return const(len(items))
        case "enumerate":
            return listed([listed([const(at), each]) for at, each in enumerate(items)])
        case "zip":
            columns = [elements(each, frame) for each in given]
            known_columns = [each for each in columns if each is not None]
            if len(known_columns) < len(columns):
                return UNKNOWN
            return listed([listed(list(row)) for row in zip(*known_columns, strict=False)])
        case "any" | "all":
            known_truths = [truth(each) for each in items]
            decided = (name == "any") in known_truths
            return (
                const(name == "any") if decided else UNKNOWN if None in known_truths else const(name == "all")
            )
    return UNKNOWN


def _is_module_type(given: list[Thing]) -> bool:
    return bool(given) and given[0].kind == "foreign" and given[0].data == "types.ModuleType"
