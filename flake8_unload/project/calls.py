"""Calls in a rehearsal: functions of the project that may act, the import functions, and plain built-ins.

A call of anything else makes an object that nothing is known of.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from flake8_unload.project.values import (
    NONE,
    UNKNOWN,
    Function,
    Module,
    Raised,
    Thing,
    Unprovable,
    const,
    listed,
)

if TYPE_CHECKING:
    from flake8_unload.project.expressions import Frame

RELOADS = frozenset(
    """
    importlib.reload imp.reload builtins.reload __builtin__.reload six.moves.reload_module six.moves.reload
    importlib.util.reload past.builtins.reload IPython.lib.deepreload.reload""".split()
)
_OF_HOSTS = frozenset({"reload_extension", "reload_plugin"})
_SHARED = frozenset({"logging.getLogger", "os.getenv", "os.environ.get", "gettext.translation", "re.compile"})
_TEXT_METHODS = frozenset(
    """
    startswith endswith strip lstrip rstrip split rsplit partition rpartition replace join lower upper title
    removeprefix removesuffix format count find isidentifier isupper islower""".split()
)
_FOLDERS = re.compile(r"(?:iterdir|glob|rglob|listdir|scandir|walk|iglob)$")
_ACTING = frozenset({"reload", "modules", "import_module", "__import__", "exec_module"})
_RELOADERS = frozenset({"reload", "reload_module"})
_REMOVERS = frozenset({"pop", "popitem", "clear", "__delitem__"})
_DEEPEST = 25
_RECURSIONS = 2  # a function that calls itself walks through something; how far is not followed
_ACTING_DEPTH = 3  # calls from a function to one that acts


def call(node: ast.Call, frame: Frame) -> Thing:
    """The result of a call. Raises Raised and Unprovable."""
    if isinstance(node.func, ast.Attribute) and node.func.attr in _OF_HOSTS:
        frame.world.unknown_reload = True  # the host executes files again, which is not known
    from flake8_unload.project.expressions import elements, value

    function = value(node.func, frame)
    given: list[Thing] = []
    for each in node.args:
        thing = value(each, frame)
        if isinstance(each, ast.Starred):
            items = elements(thing, frame)
            given += items if items is not None else [UNKNOWN]
        else:
            given.append(thing)
    named = {each.arg: value(each.value, frame) for each in node.keywords if each.arg}
    return called(function, given, named, node, frame)


def called(
    function: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> Thing:
    """Call a thing. Raises Raised and Unprovable."""
    match function.kind:
        case "bound":
            inner, first = function.data
            if inner.kind == "foreign":
                return _method(inner.data.rpartition(".")[2], first, given, node, frame)
            return called(inner, [first, *given], named, node, frame)
        case "function":
            return _own(function, given, named, node, frame)
        case "class":
            made = Thing("instance", function)
            _constructed(function, made, given, named, node, frame)
            return made
        case "foreign":
            return _foreign(function.data, given, named, node, frame)
    if function.kind == "unknown":
        if getattr(node, "id", getattr(getattr(node, "func", None), "id", "")) in ("reload", "reload_module"):
            frame.world.unknown_reload = True
        listing = function.data is not None and _FOLDERS.search(function.data)
        return Thing("unknown", note="folder" if listing else "")
    return Thing("object")


# -- functions of the project ------------------------------------------------------------------
def _own(function: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    code: Function = function.data
    if isinstance(code.node, ast.Lambda):
        return UNKNOWN
    if not may_act(function, frame):
        _bind_globals(code, frame)
        return UNKNOWN if isinstance(node, ast.expr) and not frame.at_import else Thing("object")
    active = frame.world.active
    if len(active) > _DEEPEST:
        raise Unprovable("functions call each other too deeply")
    if active.count(code.node) >= _RECURSIONS:
        frame.world.unknown_reload = True
        return UNKNOWN
    active.append(code.node)
    try:
        with frame.at(node):
            return run(function, given, named, frame)
    finally:
        active.pop()


def _bind_globals(code: Function, frame: Frame) -> None:
    """A function is not executed: what it certainly binds in its module is new, what it may bind unknown."""
    assert not isinstance(code.node, ast.Lambda)
    for name, certain in global_names(code.node).items():
        thing = Thing("object") if certain and frame.at_import else UNKNOWN
        code.module.names[name] = thing
        frame.world.made(thing, code.module, name)


@lru_cache(maxsize=2048)
def global_names(node: ast.AST) -> dict[str, bool]:
    """The names that code binds through `global` statements: True where its first level does."""
    declared = {name for each in ast.walk(node) if isinstance(each, ast.Global) for name in each.names}
    first = {
        target.id
        for each in getattr(node, "body", ())
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    return {name: name in first for name in sorted(declared)}


def run(function: Thing, given: list[Thing], named: dict[str, Thing], frame: Frame) -> Thing:
    """Execute a function of the project with some arguments; the others are unknown."""
    from flake8_unload.project.expressions import Frame, value
    from flake8_unload.project.statements import Returned, suite

    code: Function = function.data
    frame.world.ran.add(code.node)
    arguments = code.node.args
    inner = Frame(frame.world, code.module, {}, code.outer)
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
    try:
        suite(code.node.body, inner)  # type: ignore[arg-type]
    except Returned as returned:
        return returned.thing
    return NONE


def _constructed(
    owner: Thing, made: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> None:
    from flake8_unload.project.expressions import attribute

    constructor = attribute(made, "__init__", frame)
    if constructor.kind == "bound" and may_act(constructor.data[0], frame):
        called(constructor, given, named, node, frame)


def may_act(function: Thing, frame: Frame, depth: int = _ACTING_DEPTH) -> bool:
    """True when the function names something that reloads or unloads, or calls another one that does."""
    if function.kind != "function":
        return False
    known = frame.world.acting
    if function not in known:
        named = acts_itself(function.data.node)
        if not named and depth:
            known[function] = False  # a function that calls itself
            named = any(may_act(each, frame, depth - 1) for each in callees(function))
        if not named and depth < _ACTING_DEPTH:
            known.pop(function, None)
            return False  # one that starts here may get further
        known[function] = named
    return known[function]


@lru_cache(maxsize=2048)
def acts_itself(node: ast.AST) -> bool:
    """Some code in it names a reload function, `sys.modules` or an import function."""
    return any(getattr(each, "id", getattr(each, "attr", None)) in _ACTING for each in ast.walk(node))


def changes_modules(function: Thing, depth: int = _ACTING_DEPTH) -> bool:
    """True when the function reloads or unloads something, or calls another one that does."""
    if function.kind != "function":
        return False
    if _changes(function.data.node):
        return True
    return depth > 0 and any(
        each is not function and changes_modules(each, depth - 1) for each in callees(function)
    )


@lru_cache(maxsize=2048)
def _changes(node: ast.AST) -> bool:
    """A reload function is named; or `sys.modules`, and something is taken out of something."""
    names, removes = set[str](), False
    for each in ast.walk(node):
        names.add(getattr(each, "id", getattr(each, "attr", "")))
        removes = removes or isinstance(each, ast.Delete)
    return bool(names & _RELOADERS) or ("modules" in names and (removes or bool(names & _REMOVERS)))


@lru_cache(maxsize=2048)
def _called(node: ast.AST) -> tuple[ast.expr, ...]:
    return tuple(each.func for each in ast.walk(node) if isinstance(each, ast.Call))


@lru_cache(maxsize=2048)
def gives_back(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> bool:
    """True for a decorator that returns nothing but what it is given: one that registers it, say."""
    names = [*node.args.posonlyargs, *node.args.args]
    if not names or isinstance(node, ast.AsyncFunctionDef):
        return False
    given = names[0].arg
    if isinstance(node, ast.Lambda):
        return isinstance(node.body, ast.Name) and node.body.id == given
    returns = 0
    pending: list[ast.AST] = list(node.body)
    while pending:
        each = pending.pop()
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                if name == given:
                    return False
                continue
            case ast.Name(id=name, ctx=ast.Store()) if name == given:
                return False
            case ast.Return(value=ast.Name(id=name)) if name == given:
                returns += 1
            case ast.Return() | ast.Yield() | ast.YieldFrom():
                return False
        pending.extend(ast.iter_child_nodes(each))
    return returns > 0


def callees(function: Thing) -> Iterator[Thing]:
    """The functions that a function of the project calls, as far as their names tell."""
    code: Function = function.data
    for func in _called(code.node):
        found = _static(func, code)
        if found is not None and found.kind == "function":
            yield found
        elif isinstance(func, ast.Attribute) and getattr(func.value, "id", "") in ("self", "cls"):
            yield from _methods(func.attr, code)


def _methods(name: str, code: Function) -> Iterator[Thing]:
    """The methods of this name of the classes of the module: one of them is called through `self`."""
    for thing in code.module.names.values():
        if thing.kind == "class" and thing.data.get(name, UNKNOWN).kind == "function":
            yield thing.data[name]


def _static(node: ast.expr, code: Function) -> Thing | None:
    """What a dotted name holds now, without executing anything."""
    match node:
        case ast.Name(id=name):
            return next((each[name] for each in (*code.outer, code.module.names) if name in each), None)
        case ast.Attribute(value=owner, attr=name):
            held = _static(owner, code)
            if held is not None and held.kind == "module":
                return held.data.names.get(name)  # type: ignore[no-any-return]
            return held.data.get(name) if held is not None and held.kind == "class" else None
    return None


# -- the import functions ----------------------------------------------------------------------
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
    return _named(found.thing, key) if isinstance(found, Module) else found


def _named(thing: Thing, key: Thing) -> Thing:
    """The module, remembered with the place where its name is written."""
    return Thing("module", thing.data, place=key.place) if key.place and thing.kind == "module" else thing


def _foreign(name: str, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    first = given[0] if given else next(iter(named.values()), UNKNOWN)
    if name in RELOADS:
        target = first.data.thing if first.kind == "module" else first
        with frame.at(node):
            return frame.world.reload(target, first.place)
    match name:
        case "importlib.import_module" | "builtins.__import__" | "importlib.__import__":
            return _import(name, first, given, named, node, frame)
        case "sys.modules.copy" | "copy.copy":
            return Thing("modules")
    if name.startswith("builtins."):
        return _builtin(name.removeprefix("builtins."), given, named, frame)
    if _FOLDERS.search(name):
        return Thing("object", note="folder")
    return UNKNOWN if name in _SHARED else Thing("object")


def _import(
    name: str, first: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> Thing:
    if not first.is_text:
        frame.world.unknown_import = True
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
    return _named(thing, first)


# -- built-ins ---------------------------------------------------------------------------------
def _builtin(name: str, given: list[Thing], named: dict[str, Thing], frame: Frame) -> Thing:
    from flake8_unload.project.expressions import attribute, elements, truth

    first = given[0] if given else UNKNOWN
    match name:
        case "globals":
            return Thing("names", frame.module.names)
        case "locals" | "vars" | "dir" if not given:
            return Thing("names", frame.names)
        case "vars" | "dir" if first.kind == "module":
            return Thing("names", first.data.names)
        case "list" | "tuple" | "set" | "frozenset" | "sorted" | "reversed" | "iter":
            return _sequence(name, given, named, frame)
        case "dict" if first.kind in ("modules", "names"):
            return first
        case "dict" if first.kind == "dict" or not given:
            return Thing("dict", {**(first.data if given else {}), **named}, note=first.note)
        case "getattr" | "hasattr" if len(given) > 1 and given[1].is_text:
            return _getattr(name, first, given, frame)
        case "setattr" if len(given) > 2 and given[1].is_text and first.kind == "module":
            first.data.names[given[1].data] = given[2]
            return NONE
        case "delattr" if len(given) > 1 and given[1].is_text and first.kind == "module":
            first.data.names.pop(given[1].data, None)
            return NONE
        case "map" | "filter" if len(given) == 2:
            return _mapped(name, first, elements(given[1], frame), frame)
        case "enumerate" | "zip" | "range" | "len" | "str" | "isinstance" | "callable" | "any" | "all":
            return _plain(name, given, frame)
        case "type":
            return UNKNOWN
    if name == "bool" and truth(first) is not None:
        return const(truth(first))
    if name in ("print", "repr", "hash", "id", "int", "float", "open", "input", "super", "next"):
        return UNKNOWN if name in ("super", "next") else Thing("object")
    _ = attribute
    return Thing("object")


def _getattr(name: str, first: Thing, given: list[Thing], frame: Frame) -> Thing:
    from flake8_unload.project.expressions import attribute

    if first.kind not in ("module", "class"):
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


def _sequence(name: str, given: list[Thing], named: dict[str, Thing], frame: Frame) -> Thing:
    from flake8_unload.project.expressions import elements

    if not given:
        return listed([])
    source = given[0]
    items = elements(source, frame)
    if items is None:
        return Thing("object", note="" if name == "sorted" else source.note)
    note = "walk" if source.kind == "modules" else source.note
    if name == "sorted":
        if "key" in named or not all(each.is_text for each in items):
            return Thing("object")
        items = sorted(items, key=lambda each: str(each.data))
        if named.get("reverse", NONE).data:
            items.reverse()
    if name == "reversed":
        items.reverse()
    return Thing("list", items, note=note)


def _mapped(name: str, function: Thing, items: list[Thing] | None, frame: Frame) -> Thing:
    """The items are gone through at once, as the loop or `list` around it does."""
    if items is None:
        return Thing("object")
    node = ast.Constant(None, lineno=frame.world.places[-1][1] if frame.world.places else 1, col_offset=0)
    results = [called(function, [each], {}, node, frame) for each in items]
    if name == "map":
        return listed(results)
    from flake8_unload.project.expressions import truth

    known = [truth(each) for each in results]
    if None in known:
        return Thing("object")
    return listed([each for each, keep in zip(items, known, strict=True) if keep])


def _plain(name: str, given: list[Thing], frame: Frame) -> Thing:
    from flake8_unload.project.expressions import elements, truth

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


# -- methods -----------------------------------------------------------------------------------
def _method(name: str, owner: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    by_kind: dict[str, Callable[..., Thing]] = {
        "const": _of_text, "list": _of_list, "dict": _of_dict, "names": _of_dict, "modules": _of_modules,
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
    from flake8_unload.project.expressions import elements

    first = given[0] if given else UNKNOWN
    match name:
        case "append" | "add":
            owner.data.append(first)
        case "insert" if len(given) == 2 and given[0].kind == "const":
            owner.data.insert(given[0].data, given[1])
        case "extend" | "update":
            items = elements(first, frame)
            if items is None:
                owner.kind = "object"
            else:
                owner.data.extend(items)
        case "reverse":
            owner.data.reverse()
        case "sort" if all(each.is_text for each in owner.data):
            owner.data.sort(key=lambda each: each.data)
        case "pop" if owner.data and _index(given) in range(-len(owner.data), len(owner.data)):
            return owner.data.pop(_index(given))  # type: ignore[no-any-return]
        case "remove" | "pop" | "clear" | "sort" | "discard":
            owner.kind = "object"
        case "copy":
            return Thing("list", list(owner.data), note=owner.note)
        case _:
            return UNKNOWN
    return NONE


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
        case "update" if given and given[0].kind in ("dict", "names"):
            owner.data.update(given[0].data)
            return NONE
    return UNKNOWN


def _of_modules(name: str, owner: Thing, given: list[Thing], node: ast.expr, frame: Frame) -> Thing:
    world = frame.world
    rows = [
        (const(key), each.thing if isinstance(each, Module) else each) for key, each in world.modules.items()
    ]
    first = given[0] if given else UNKNOWN
    match name:
        case "items":
            return Thing("list", [listed([key, each]) for key, each in rows], note="walk")
        case "values":
            return Thing("list", [each for _, each in rows], note="walk")
        case "keys":
            return Thing("list", [key for key, _ in rows], note="walk")
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
