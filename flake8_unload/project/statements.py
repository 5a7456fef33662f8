"""Executes statements in a rehearsal, as far as they decide who holds what: definitions and bindings."""

from __future__ import annotations

import ast
from collections.abc import Callable, Sequence

from flake8_unload.project import calls, control_flow
from flake8_unload.project.acting import factory_gives_back, gives_back
from flake8_unload.project.builtin_calls import subclassed
from flake8_unload.project.expressions import value
from flake8_unload.project.frame import Frame
from flake8_unload.project.imports import from_import, plain_import
from flake8_unload.project.members import is_dispatch, note_giver, set_attribute
from flake8_unload.project.methods import key_of, noted
from flake8_unload.project.values import (
    NONE,
    UNKNOWN,
    Function,
    Leave,
    Module,
    Raised,
    Returned,
    Thing,
    const,
    listed,
    needed,
    needed_to_act,
)
from flake8_unload.project.world import World


def execute(world: World, module: Module, tree: ast.Module) -> None:
    """Run a module body. Raises Raised and Unprovable."""
    module.introduce()
    suite(tree.body, Frame(world, module, module.names, at_import=True))


def suite(body: Sequence[ast.stmt], frame: Frame) -> None:
    """Run statements one by one."""
    tick = frame.world.clock.tick
    for node in body:
        tick()
        frame.line = node.lineno
        _DOING.get(type(node), control_flow.compound)(node, frame)


def _bound(node: ast.Assign, frame: Frame) -> None:
    thing = value(node.value, frame)
    for target in node.targets:
        assign(target, thing, frame)


def _annotated(node: ast.AnnAssign, frame: Frame) -> None:
    match node:
        case ast.AnnAssign(target=target, value=ast.expr() as given):
            assign(target, value(given, frame), frame)
        case ast.AnnAssign(target=ast.Name(id=name), annotation=ast.Call() as made) if (
            frame.owner is not None
        ):
            frame.bind(name, value(made, frame))  # no type, but something that the host looks for there


def _changed(node: ast.AugAssign, frame: Frame) -> None:
    if isinstance(node.target, ast.Name) and isinstance(node.op, ast.Add):
        _extended(node.target.id, needed(value(node.value, frame)), frame)
    else:
        value(node.value, frame)
        assign(node.target, Thing("object"), frame)


def _deleted(node: ast.Delete, frame: Frame) -> None:
    for target in node.targets:
        _delete(target, frame)


def _returned(node: ast.Return, frame: Frame) -> None:
    raise Returned(value(node.value, frame) if node.value else NONE)


def _raised(node: ast.Raise, frame: Frame) -> None:
    raise Raised(control_flow.raised(node))


def _left(node: ast.Break | ast.Continue, frame: Frame) -> None:
    raise Leave(isinstance(node, ast.Break))


def _defined(node: ast.FunctionDef | ast.AsyncFunctionDef, frame: Frame) -> None:
    frame.bind(node.name, _decorated(node, function(node, frame), frame))


def _class_defined(node: ast.ClassDef, frame: Frame) -> None:
    frame.bind(node.name, _decorated(node, _class(node, frame), frame))


def _nothing(node: ast.stmt, frame: Frame) -> None:
    """No name changes hands."""


_DOING: dict[type[ast.stmt], Callable[..., object]] = {  # a `match` would go through all of them, each time
    ast.Expr: lambda node, frame: value(node.value, frame),
    ast.Assign: _bound,
    ast.Import: plain_import,
    ast.ImportFrom: from_import,
    ast.FunctionDef: _defined,
    ast.AsyncFunctionDef: _defined,
    ast.ClassDef: _class_defined,
    ast.AnnAssign: _annotated,
    ast.AugAssign: _changed,
    ast.Delete: _deleted,
    ast.Return: _returned,
    ast.Raise: _raised,
    ast.Break: _left,
    ast.Continue: _left,
    ast.Global: lambda node, frame: frame.globals.update(node.names),
    ast.Nonlocal: _nothing,
}


# -- definitions -------------------------------------------------------------------------------
def function(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, frame: Frame) -> Thing:
    """A function object with its defaults."""
    code = Function(node, frame.module, _around(frame), frame.owner)
    defaults = (each for each in (*node.args.defaults, *node.args.kw_defaults) if each is not None)
    parts = [("default", value(each, frame)) for each in defaults]
    if frame.running is not None and frame.running.origin is not None:
        parts.append(("decorator", frame.running))
    made = Thing("function", code, parts=parts, place=(frame.module.path, node.lineno))
    frame.world.made.append(made)
    return made


def _around(frame: Frame) -> tuple[dict[str, Thing], ...]:
    """The names that code which is defined here sees besides those of the module."""
    own = frame.names is not frame.module.names and frame.owner is None  # a class body is no scope around it
    return (frame.names, *frame.outer) if own else frame.outer


def _class(node: ast.ClassDef, frame: Frame) -> Thing:
    made = Thing("class", {}, place=(frame.module.path, node.lineno))
    frame.world.made.append(made)
    made.parts = [("base", value(each, frame)) for each in node.bases]
    named = {each.arg: value(each.value, frame) for each in node.keywords if each.arg}
    inner = Frame(frame.world, frame.module, made.data, _around(frame), frame.at_import, made)
    inner.globals = frame.globals
    suite(node.body, inner)
    return subclassed(made, named, frame)


def _decorated(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, made: Thing, frame: Frame
) -> Thing:
    """A decorator of the project gives back another thing, unless it returns what it is given."""
    for each in reversed(node.decorator_list):
        decorator = needed_to_act(value(each, frame))
        if decorator.note in ("wraps", "registers"):
            calls.called(decorator, [made], {}, each, frame)
        if decorator.kind == "foreign" and decorator.data == "functools.singledispatch":
            made.attributes = {**made.attributes, "registry": Thing("dict", {})}
        made = _made_by_factory(each, made, frame)
        if decorator.kind == "bound" and (decorator.data[0].kind == "function" or is_dispatch(decorator)):
            calls.called(decorator, [made], {}, each, frame)
        if decorator.kind == "function" and decorator.data.node is not node:
            calls.called(decorator, [made], {}, each, frame)
            if gives_back(decorator.data.node):
                continue
            made = Thing(
                made.kind, made.data, parts=[*made.parts, ("decorator", decorator)], place=made.place
            )
    return made


def _made_by_factory(node: ast.expr, made: Thing, frame: Frame) -> Thing:
    """`@wrapping("text")`: the function of the project that makes the decorator is kept."""
    factory = needed_to_act(value(node.func, frame)) if isinstance(node, ast.Call) else UNKNOWN
    if factory.kind != "function" or factory_gives_back(factory.data.node) is not False:
        return made
    return Thing(made.kind, made.data, parts=[*made.parts, ("decorator", factory)], place=made.place)


# -- binding -----------------------------------------------------------------------------------
def assign(target: ast.expr, thing: Thing, frame: Frame) -> None:
    """Bind a thing to a target."""
    match target:
        case ast.Name(id=name):
            frame.bind(name, thing)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            items = thing.data if thing.kind == "list" else None
            for part, each in zip(parts, _shared_out(items, parts), strict=True):
                assign(part, each, frame)
        case ast.Starred(value=part):
            assign(part, thing, frame)
        case ast.Attribute(value=owner, attr=attr):
            held = needed(value(owner, frame))
            if set_attribute(held, attr, thing, frame):
                return
            if held.kind == "foreign" and f"{held.data}.{attr}" == "sys.modules":
                frame.world.doubts += 1  # the interpreter and the code disagree from now on
            elif held.kind == "foreign" and f"{held.data}.{attr}" == "builtins.__import__":
                frame.world.hooked = True
        case ast.Subscript(value=owner, slice=key):
            _store(needed(value(owner, frame)), needed(value(key, frame)), thing, frame)


def _shared_out(items: list[Thing] | None, parts: list[ast.expr]) -> list[Thing]:
    """What each part of a target gets."""
    star = next((at for at, each in enumerate(parts) if isinstance(each, ast.Starred)), None)
    if items is not None and star is not None and len(items) >= len(parts) - 1:
        end = len(items) - (len(parts) - 1 - star)
        return [*items[:star], listed(items[star:end]), *items[end:]]
    return items if items is not None and len(items) == len(parts) else [UNKNOWN] * len(parts)


def _store(owner: Thing, key: Thing, thing: Thing, frame: Frame) -> None:
    if owner.kind == "modules" and key.is_text:
        name = frame.world.space.canonical(key.data)
        frame.world.modules[name] = thing.data if thing.kind == "module" else thing
    elif owner.kind == "names" and key.is_text:
        frame.world.keep(owner.data)
        owner.data[key.data] = thing
        if owner.data is frame.module.names:
            frame.world.keep(frame.module)
            frame.module.lines[key.data] = frame.line
        else:
            for each in frame.world.modules.values():
                if isinstance(each, Module) and each.names is owner.data:
                    note_giver(each, key.data, frame)
    elif owner.kind == "dict":
        frame.world.keep(owner)
        owner.data[key_of(key)] = thing
        noted(owner, [key, thing], frame)


def _extended(name: str, more: Thing, frame: Frame) -> None:
    """`name += …`: a list grows in place; anything else is a new thing."""
    old = needed(frame.look_up(name))
    if old.kind == "list" and more.kind == "list":
        frame.world.keep(old)
        old.data.extend(more.data)
        noted(old, more.data, frame)
    elif old.is_text and more.is_text:
        frame.bind(name, const(old.data + more.data))
    else:
        frame.bind(name, UNKNOWN if old.kind == "unknown" else Thing("object"))


def _delete(target: ast.expr, frame: Frame) -> None:
    match target:
        case ast.Name(id=name):
            frame.forget(name)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                _delete(part, frame)
        case ast.Attribute(value=owner, attr=attr):
            held = value(owner, frame)
            if held.kind == "module":
                frame.world.keep(held.data)
                held.data.names.pop(attr, None)
        case ast.Subscript(value=owner, slice=key):
            _delete_item(needed(value(owner, frame)), needed(value(key, frame)), target, frame)


def _delete_item(owner: Thing, key: Thing, node: ast.expr, frame: Frame) -> None:
    if owner.kind == "modules" and key.is_text:
        with frame.at(node):
            frame.world.unload(key.data, key.place)
    elif owner.kind == "modules":
        frame.world.unknown_reload = True
    elif owner.kind in ("dict", "names") and key.kind == "const":
        frame.world.keep(owner)
        owner.data.pop(key.data, None)
