"""Methods of texts, lists, dicts and of `sys.modules` in a rehearsal."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from flake8_unload.project.containers import elements
from flake8_unload.project.values import NONE, UNKNOWN, Module, Raised, Thing, const, listed

if TYPE_CHECKING:
    from flake8_unload.project.frame import Frame

_TEXT_METHODS = frozenset(
    """
    startswith endswith strip lstrip rstrip split rsplit partition rpartition replace join lower upper title
    removeprefix removesuffix format count find isidentifier isupper islower""".split()
)


def entry(key: Thing, frame: Frame) -> Thing:
    """`sys.modules[key]`. Raises Raised."""
    if not key.is_text:
        return UNKNOWN
    world = frame.world
    found = world.modules.get(world.space.canonical(key.data))
    if found is None:
        if world.space.find(key.data.partition(".")[0]) is None:
            return Thing("foreign", key.data)
        raise Raised("KeyError")
    return named_by(found.thing, key) if isinstance(found, Module) else found


def item(owner: Thing, key: Thing, frame: Frame) -> Thing:
    """`owner[key]`. Raises Raised."""
    if owner.kind == "modules":
        return entry(key, frame)
    if owner.kind == "names" and key.is_text:
        if key.data in owner.data:
            return named_by(owner.data[key.data], key)
        raise Raised("KeyError")
    if owner.kind == "foreign" and owner.data == "sys.version_info" and key.kind == "const" and key.data == 0:
        return const(3)
    if key.kind == "const" and owner.kind == "dict":
        if key.data not in owner.data and "default_factory" in owner.attributes:
            frame.world.keep(owner)
            owner.data[key.data] = _by_default(owner.attributes["default_factory"])
        return owner.data.get(key.data, UNKNOWN)  # type: ignore[no-any-return]
    if key.kind == "const" and owner.kind in ("list", "const"):
        try:
            found = owner.data[key.data]
        except (TypeError, IndexError, KeyError):
            return UNKNOWN
        if owner.kind == "const":
            return const(found)
        return listed(found) if isinstance(found, list) else found
    return UNKNOWN


def key_of(thing: Thing) -> Any:
    """What a thing is in a `dict` as a key; a foreign one is the same each time."""
    return thing.data if thing.kind in ("const", "foreign") else thing


def _by_default(factory: Thing) -> Thing:
    """What a `defaultdict` puts in for a key that it does not have."""
    if factory.kind == "class":
        return Thing("instance", factory)
    match factory.data:
        case "builtins.list" | "builtins.set" | "collections.deque":
            return listed([])
        case "builtins.dict":
            return Thing("dict", {})
    return Thing("object")


def named_by(thing: Thing, key: Thing) -> Thing:
    """The module, remembered with the place where its name is written."""
    return Thing("module", thing.data, place=key.place) if key.place and thing.kind == "module" else thing


def method(
    name: str, owner: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> Thing:
    """The result of a method of a constant, a container or a namespace. Raises Raised."""
    frame.world.keep(owner)
    if owner.kind == "list" and name == "sort":
        return _sort(owner, named, node, frame)
    if named and name == "update":
        given = [*given, Thing("dict", named)]
    by_kind: dict[str, Callable[..., Thing]] = {
        "const": _of_text, "list": _of_list, "dict": _of_dict, "names": _of_dict, "modules": _of_modules,
        "function": _of_dispatch,
    }  # fmt: skip
    return by_kind[owner.kind](name, owner, given, node, frame)


def _of_text(name: str, owner: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    if not owner.is_text or name not in _TEXT_METHODS:
        return UNKNOWN
    plain = [_python(each) for each in given]
    if any(each is _NOT_PLAIN for each in plain):
        return UNKNOWN
    try:
        result = getattr(owner.data, name)(*plain)
    except (TypeError, ValueError, IndexError, KeyError):
        return UNKNOWN
    if isinstance(result, (list, tuple)):
        return listed([const(each) for each in result])
    return const(result, owner.place)


_NOT_PLAIN = object()


def _python(thing: Thing) -> Any:
    """The Python value of a constant, or of a sequence of them."""
    if thing.kind == "const":
        return thing.data
    if thing.kind == "list" and all(each.kind == "const" for each in thing.data):
        return tuple(each.data for each in thing.data)
    return _NOT_PLAIN


def _of_list(name: str, owner: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    first = given[0] if given else UNKNOWN
    match name:
        case "append" | "add":
            owner.data.append(first)
            noted(owner, [first], frame)
        case "insert" if len(given) == 2 and given[0].kind == "const":
            owner.data.insert(given[0].data, given[1])
            noted(owner, given, frame)
        case "extend" | "update":
            items = elements(first, frame)
            if items is None:
                owner.kind = "object"
            else:
                owner.data.extend(items)
                noted(owner, items, frame)
        case "reverse":
            owner.data.reverse()
        case "pop" if owner.data and _index(given) in range(-len(owner.data), len(owner.data)):
            return owner.data.pop(_index(given))  # type: ignore[no-any-return]
        case "remove" | "pop" | "clear" | "sort" | "discard":
            owner.kind = "object"
        case "copy":
            return Thing("list", list(owner.data), note=owner.note)
        case _:
            return UNKNOWN
    return NONE


def _sort(owner: Thing, named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    items = in_order(owner.data, named, node, frame)
    if items is None:
        owner.kind = "object"  # in an order that is not known
    else:
        owner.data[:] = items
    return NONE


def in_order(items: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> list[Thing] | None:
    """The items as `sorted` gives them for the arguments ``named``; None where that is not known."""
    from flake8_unload.project.calls import called

    key, reverse = named.get("key", NONE), named.get("reverse", const(False))
    keys = [each if key is NONE else called(key, [each], {}, node, frame) for each in items]
    if reverse.kind != "const" or any(each.kind != "const" for each in keys):
        return None
    try:
        rows = sorted(zip(keys, items, strict=True), key=lambda row: row[0].data, reverse=bool(reverse.data))
    except TypeError:
        return None
    return [item for _, item in rows]


def noted(owner: Thing, items: Iterable[Thing], frame: Frame) -> None:
    """Remember who puts things into a container, and if a test that is not known decides about it."""
    frame.world.keep(owner)
    owner.take(items, frame.world.executing, frame.world.in_doubt)


def _index(given: list[Thing]) -> Any:
    return -1 if not given else given[0].data if given[0].kind == "const" else None


def _of_dict(name: str, owner: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    pairs = [(const(key) if not isinstance(key, Thing) else key, each) for key, each in owner.data.items()]
    match name:
        case "items":
            return listed([listed([key, each]) for key, each in pairs])
        case "values":
            return listed([each for _, each in pairs])
        case "keys" | "copy":
            return (
                listed([key for key, _ in pairs]) if name == "keys" else Thing(owner.kind, dict(owner.data))
            )
        case "get" if given and given[0].kind == "const":
            return owner.data.get(given[0].data, given[1] if len(given) > 1 else NONE)  # type: ignore[no-any-return]
        case "setdefault" if given and given[0].kind == "const":
            noted(owner, given, frame)
            return owner.data.setdefault(given[0].data, given[1] if len(given) > 1 else NONE)  # type: ignore[no-any-return]
        case "update" if given and all(each.kind in ("dict", "names") for each in given):
            for each in given:
                owner.data.update(each.data)
                noted(owner, each.data.values(), frame)
            return NONE
    return UNKNOWN


def _of_dispatch(name: str, owner: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    """`dispatch.register(cls, function)`, with one of them, the other comes later or is an annotation."""
    first = given[0] if given else UNKNOWN

    def put(function: Thing, key: Thing = first) -> Thing:
        frame.world.keep(owner.attributes["registry"])
        owner.attributes["registry"].data[key_of(key)] = function
        noted(owner.attributes["registry"], [key, function], frame)
        return function

    if len(given) > 1:
        return put(given[1])
    if first.kind == "function":
        return put(first, _first_annotation(first, frame))
    return Thing("object", put, note="registers")


def _first_annotation(function: Thing, frame: Frame) -> Thing:
    from flake8_unload.project.expressions import value

    arguments = function.data.node.args
    first = next(iter([*arguments.posonlyargs, *arguments.args]), None)
    return value(first.annotation, frame) if first is not None and first.annotation else UNKNOWN


def _of_modules(name: str, owner: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    world = frame.world
    first = given[0] if given else UNKNOWN
    match name:
        case "items":
            rows = [listed([const(key), _held(each)]) for key, each in world.modules.items()]
            return Thing("list", rows, note="walk")
        case "values":
            return Thing("list", [_held(each) for each in world.modules.values()], note="walk")
        case "keys":
            return Thing("list", [const(key) for key in world.modules], note="walk")
        case "copy":
            return owner
        case "get" if first.is_text:
            try:
                return entry(first, frame)
            except Raised:
                return given[1] if len(given) > 1 else NONE
        case "pop" | "__delitem__":
            return _popped(first, given, node, frame)
        case "clear":
            world.unknown_reload = True
    return UNKNOWN


def _held(entry: Module | Thing) -> Thing:
    return entry.thing if isinstance(entry, Module) else entry


def _popped(key: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    if not key.is_text:
        frame.world.unknown_reload = True
        return UNKNOWN
    try:
        with frame.at(node):
            found = frame.world.unload(key.data, key.place)
    except Raised:
        if len(given) > 1:
            return given[1]
        raise
    return found.thing if isinstance(found, Module) else found
