"""Calls in a rehearsal: functions, methods and classes of the project, if they may act or are short.

A call of anything else makes an object that nothing is known of.
"""

from __future__ import annotations

import ast

from flake8_unload.project import expressions, hosts
from flake8_unload.project.acting import is_short, may_act
from flake8_unload.project.builtin_calls import builtin
from flake8_unload.project.code_names import global_names
from flake8_unload.project.containers import elements
from flake8_unload.project.foreign_calls import FOLDERS, foreign, property_of
from flake8_unload.project.frame import Frame
from flake8_unload.project.members import attribute, is_metaclass, wrapped
from flake8_unload.project.methods import method
from flake8_unload.project.values import (
    NONE,
    UNKNOWN,
    Function,
    Raised,
    Returned,
    Thing,
    Unprovable,
    listed,
    needed,
    needed_to_act,
)

_PROPERTIES = frozenset({"PointerProperty", "CollectionProperty"})
_PUTTING = frozenset({"append", "add", "insert", "setdefault"})  # whatever it is that they are given
_DEEPEST = 25
_RECURSIONS = 2  # of the same texts: a function that calls itself walks through something unknown


def call(node: ast.Call, frame: Frame) -> Thing:
    """The result of a call. Raises Raised and Unprovable."""
    value = expressions.value
    function = needed_to_act(value(node.func, frame))
    given: list[Thing] = []
    for each in node.args:
        thing = value(each, frame)
        if isinstance(each, ast.Starred):
            items = elements(needed(thing), frame)
            given += items if items is not None else [UNKNOWN]
        else:
            given.append(thing)
    named = {each.arg: value(each.value, frame) for each in node.keywords if each.arg}
    if function.kind not in ("function", "bound") and hosts.executes(node):
        return hosts.executed(node, given, frame)
    return called(function, given, named, node, frame)


def called(
    function: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> Thing:
    """Call a thing. Raises Raised and Unprovable."""
    match function.kind:
        case "later":
            return frame.later(lambda: called(needed(function), given, named, node, frame), "")
        case "bound":
            inner, first = function.data
            if inner.kind == "foreign":
                name = inner.data.rpartition(".")[2]
                items = given if name in _PUTTING else [needed(each) for each in given]
                return method(name, first, items, named, node, frame)
            return called(inner, [first, *given], named, node, frame)
        case "function":
            return _own(function, given, named, node, frame)
        case "object" if function.note == "registers" and given:
            kept: Thing = function.data(given[0])
            return kept
        case "object" if function.note == "wraps" and given:
            return wrapped(function.data, given[0], frame)
        case "class" if len(given) == 3 and is_metaclass(function):
            return builtin(
                "type", [needed(each) for each in given], {"metaclass": function, **named}, node, frame
            )
        case "class":
            made = Thing("instance", function)
            _constructed(function, made, given, named, node, frame)
            return made
        case "foreign":
            return foreign(function.data, given, named, node, frame)
    if function.kind == "unknown":
        if getattr(node, "id", getattr(getattr(node, "func", None), "id", "")) in ("reload", "reload_module"):
            frame.world.unknown_reload = True
        if getattr(getattr(node, "func", None), "id", "") in _PROPERTIES:  # `from bpy.props import *`
            return property_of(named)
        listing = function.data is not None and FOLDERS.search(function.data)
        return Thing("unknown", note="folder" if listing else "")
    return Thing("object")


# -- functions of the project ------------------------------------------------------------------
def _own(function: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    code: Function = function.data
    if not may_act(function, frame):
        return _plain(function, given, named, node, frame)
    active = frame.world.active
    if len(active) > _DEEPEST:
        raise Unprovable("functions call each other too deeply")
    entered = code.node, tuple(each.data for each in given if each.is_text)
    if active.count(entered) >= _RECURSIONS:
        frame.world.unknown_reload = True
        return UNKNOWN
    active.append(entered)
    try:
        with frame.at(node):
            return run(function, given, named, frame)
    finally:
        active.pop()


def _plain(
    function: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> Thing:
    """A function that does not act: followed for what it gives and fills, if it is short."""
    code: Function = function.data
    active, enters = frame.world.active, _is_context(code.node)
    fits = (enters or is_short(code.node)) and len(active) < _DEEPEST and frame.world.clock.has_time
    if fits and not any(each is code.node for each, _ in active):
        active.append((code.node, ()))
        try:
            with frame.at(node):
                result = run(function, given, named, frame, frame.at_import, enters)
            if result.note == "folder":
                return UNKNOWN  # which files of a folder it gives is not known
            return Thing("object", attributes={"enter_result": result}) if enters else result
        except Raised as error:
            if error.name == "AttributeError" and getattr(code.node, "name", "") == "__getattr__":
                raise
            return UNKNOWN  # how far it really gets is not known
        finally:
            active.pop()
    for each in given:
        if each.kind == "instance":
            frame.world.keep(each)
            each.attributes = {}  # what it does to them is not known
    if not isinstance(code.node, ast.Lambda):
        _bind_globals(code, frame)
    return Thing("object") if frame.at_import else UNKNOWN


def _is_context(node: ast.AST) -> bool:
    """A function that `contextlib.contextmanager` decorates."""
    decorators = getattr(node, "decorator_list", ())
    return any(getattr(each, "id", getattr(each, "attr", "")) == "contextmanager" for each in decorators)


def _bind_globals(code: Function, frame: Frame) -> None:
    """A function is not executed: what it certainly binds in its module is new, what it may bind unknown."""
    for name, certain in global_names(code.node).items():
        thing = Thing("object") if certain and frame.at_import else UNKNOWN
        frame.world.bind(code.module, name, thing)


def run(
    function: Thing,
    given: list[Thing],
    named: dict[str, Thing],
    frame: Frame,
    at_import: bool = False,
    enters: bool = False,
) -> Thing:
    """Execute a function of the project with some arguments; the others are unknown.

    ``enters``: up to its `yield`, for what that gives. Raises Raised and Unprovable.
    """
    from flake8_unload.project.statements import suite

    value = expressions.value
    code: Function = function.data
    frame.world.ran.add(code.span)
    arguments = code.node.args
    inner = Frame(frame.world, code.module, {}, code.outer, at_import, running=function)
    inner.enters = enters
    names = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(names) - len(arguments.defaults)) + list(arguments.defaults)
    outer = Frame(frame.world, code.module, code.module.names, code.outer)
    for number, (name, default) in enumerate(zip(names, defaults, strict=True)):
        if number < len(given):
            inner.names[name.arg] = given[number]
        elif name.arg in named or default is None:
            inner.names[name.arg] = named.get(name.arg, UNKNOWN)
        else:
            inner.names[name.arg] = value(default, outer)
    for name, default in zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True):
        missing = value(default, outer) if default else UNKNOWN
        inner.names[name.arg] = named.get(name.arg, missing)
    if arguments.vararg:
        inner.names[arguments.vararg.arg] = listed(given[len(names) :])
    if arguments.kwarg:
        inner.names[arguments.kwarg.arg] = UNKNOWN
    if isinstance(code.node, ast.Lambda):
        return value(code.node.body, inner)
    returned = NONE
    try:
        suite(code.node.body, inner)
    except Returned as error:
        returned = error.thing
    except Raised:
        if not inner.returns_perhaps:
            raise
    return UNKNOWN if inner.returns_perhaps else returned


def _constructed(
    owner: Thing, made: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> None:
    constructor = attribute(made, "__init__", frame)
    if constructor.kind == "bound":
        called(constructor, given, named, node, frame)
