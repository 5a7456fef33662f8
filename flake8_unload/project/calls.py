"""Calls in a rehearsal: functions of the project that may act, reloads and imports.

A call of anything else makes an object that nothing is known of.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_unload.project import hosts
from flake8_unload.project.acting import RELOADS, is_short, may_act
from flake8_unload.project.builtin_calls import builtin
from flake8_unload.project.code_names import global_names
from flake8_unload.project.containers import elements
from flake8_unload.project.members import attribute, is_metaclass, set_attribute
from flake8_unload.project.methods import method, named_by
from flake8_unload.project.values import (
    NONE,
    UNKNOWN,
    Function,
    Raised,
    Returned,
    Thing,
    Unprovable,
    const,
    listed,
    needed,
    needed_to_act,
    note_origin,
)

if TYPE_CHECKING:
    from flake8_unload.project.frame import Frame

_SHARED = frozenset({"logging.getLogger", "os.getenv", "os.environ.get", "gettext.translation", "re.compile"})
_KEEPING = frozenset(
    """
    functools.partial functools.partialmethod functools.cached_property functools.lru_cache functools.cache
    dataclasses.field types.MethodType""".split()
)
_PROPERTIES = frozenset({"PointerProperty", "CollectionProperty"})
_FOLDERS = re.compile(r"(?:iterdir|glob|rglob|listdir|scandir|walk|iglob)$")
_PUTTING = frozenset({"append", "add", "insert", "setdefault"})  # whatever it is that they are given
_DEEPEST = 25
_RECURSIONS = 2  # of the same texts: a function that calls itself walks through something unknown


def call(node: ast.Call, frame: Frame) -> Thing:
    """The result of a call. Raises Raised and Unprovable."""
    from flake8_unload.project.expressions import value

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
            set_attribute(given[0], "__wrapped__", function.data, frame)
            return given[0]
        case "class" if len(given) == 3 and is_metaclass(function):
            return builtin(
                "type", [needed(each) for each in given], {"metaclass": function, **named}, node, frame
            )
        case "class":
            made = Thing("instance", function)
            _constructed(function, made, given, named, node, frame)
            return made
        case "foreign":
            return _foreign(function.data, given, named, node, frame)
    if function.kind == "unknown":
        if getattr(node, "id", getattr(getattr(node, "func", None), "id", "")) in ("reload", "reload_module"):
            frame.world.unknown_reload = True
        if getattr(getattr(node, "func", None), "id", "") in _PROPERTIES:  # `from bpy.props import *`
            return _property(named)
        listing = function.data is not None and _FOLDERS.search(function.data)
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
        code.module.names[name] = thing
        note_origin(thing, code.module, name)


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
    from flake8_unload.project.expressions import value
    from flake8_unload.project.frame import Frame
    from flake8_unload.project.statements import suite

    code: Function = function.data
    frame.world.ran.add(code.node)
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


# -- the import functions ----------------------------------------------------------------------
def _foreign(name: str, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    first = given[0] if given else next(iter(named.values()), UNKNOWN)
    if name in RELOADS:
        first = needed(first)
        target = first.data.thing if first.kind == "module" else first
        with frame.at(node):
            return frame.world.reload(target, first.place)
    match name:
        case "importlib.import_module" | "builtins.__import__" | "importlib.__import__":
            return _import(name, needed(first), given, named, node, frame)
        case "functools.wraps":
            return Thing("object", first, note="wraps")
        case "functools.update_wrapper" if len(given) > 1:
            set_attribute(given[0], "__wrapped__", given[1], frame)
            return given[0]
        case "types.SimpleNamespace":
            return Thing("object", note="made", attributes=named)
        case "contextlib.nullcontext" | "contextlib.closing":
            return Thing("object", attributes={"enter_result": first})
        case _ if name.startswith("bpy.props."):
            return _property(named)
        case _ if name in _KEEPING:
            return Thing("object", parts=[("item", each) for each in (*given, *named.values())])
        case "collections.OrderedDict":
            return builtin("dict", given, named, node, frame)
        case "collections.namedtuple":
            return Thing("object", parts=[("item", each) for each in named.values()])
        case "collections.defaultdict" if len(given) == 1:
            return Thing("dict", named, attributes={"default_factory": first})
        case "collections.deque" | "types.MappingProxyType" if given:
            return builtin("list", given, named, node, frame) if name.endswith("deque") else first
        case "sys.modules.copy" | "copy.copy":
            return Thing("modules")
        case "sys.meta_path.insert" | "sys.meta_path.append":
            frame.world.hooked = True
    if name.startswith("builtins."):
        items = [needed(each) for each in given]
        return builtin(name.removeprefix("builtins."), items, named, node, frame)
    if _FOLDERS.search(name):
        return Thing("object", note="folder")
    if name in _SHARED:
        return UNKNOWN
    return Thing("object", note="made" if name.rpartition(".")[2][:1].isupper() else "")


def _property(named: dict[str, Thing]) -> Thing:
    """What a class of Blender keeps: the type of the property, what is called when it changes."""
    kept = [each for each in named.values() if each.kind in ("class", "function", "later")]
    return Thing("object", parts=[("item", each) for each in kept])


def _import(
    name: str, first: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> Thing:
    if not first.is_text:
        return UNKNOWN
    text: str = first.data
    level = len(text) - len(text.lstrip("."))
    if level:
        package = given[1] if len(given) > 1 else named.get("package", const(frame.module.package))
        if not package.is_text:
            return UNKNOWN
        base = package.data.split(".")
        text = ".".join([*base[: len(base) - level + 1], text.lstrip(".")])
    with frame.at(node):
        thing = frame.world.imported(text)
    if name != "importlib.import_module" and "." in text and len(given) < 4 and "fromlist" not in named:
        return frame.world.imported(text.partition(".")[0])
    return named_by(thing, first)
