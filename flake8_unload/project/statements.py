"""Executes statements in a rehearsal, as far as they decide who holds what. Unknown tests are unknown.

Only what the code of the project certainly does is certain: behind a test that cannot be known, both ways
are gone, and what they disagree about is unknown.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from flake8_unload.project.acting import gives_back
from flake8_unload.project.calls import RELOADS, called
from flake8_unload.project.expressions import Frame, elements, known_truth, truth, value
from flake8_unload.project.values import NONE, UNKNOWN, Function, Module, Raised, Thing, const
from flake8_unload.project.world import World
from flake8_unload.static import static_truth

_ROUNDS = 1000  # of a `while` loop
_CATCHES = {
    "ModuleNotFoundError": ("ModuleNotFoundError", "ImportError"),
    "ImportError": ("ImportError",),
    "NameError": ("NameError",),
    "KeyError": ("KeyError", "LookupError"),
    "AttributeError": ("AttributeError",),
    "TypeError": ("TypeError",),
}


class Returned(Exception):
    """A `return` statement."""

    def __init__(self, thing: Thing) -> None:
        super().__init__()
        self.thing = thing


class _Leave(Exception):
    """`break` or `continue`."""

    def __init__(self, breaks: bool) -> None:
        super().__init__()
        self.breaks = breaks


def execute(world: World, module: Module, tree: ast.Module) -> None:
    """Run a module body. Raises Raised and Unprovable."""
    module.names["__name__"] = const(module.name)
    module.names["__package__"] = const(module.package)
    module.names["__file__"] = const(module.path)
    suite(tree.body, Frame(world, module, module.names, at_import=True))


def suite(body: Sequence[ast.stmt], frame: Frame) -> None:
    """Run statements one by one."""
    for node in body:
        frame.world.tick()
        frame.line = node.lineno
        _statement(node, frame)


def _statement(node: ast.stmt, frame: Frame) -> None:
    match node:
        case ast.Import():
            _import(node, frame)
        case ast.ImportFrom():
            _from_import(node, frame)
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            frame.bind(node.name, _decorated(node, function(node, frame), frame))
        case ast.ClassDef():
            frame.bind(node.name, _decorated(node, _class(node, frame), frame))
        case ast.Assign(targets=targets, value=given):
            thing = value(given, frame)
            for target in targets:
                assign(target, thing, frame)
        case ast.AnnAssign(target=target, value=ast.expr() as given):
            assign(target, value(given, frame), frame)
        case ast.AugAssign(target=ast.Name(id=name), op=ast.Add(), value=given):
            _extended(name, value(given, frame), frame)
        case ast.AugAssign(target=target, value=given):
            value(given, frame)
            assign(target, Thing("object"), frame)
        case ast.Expr(value=given):
            value(given, frame)
        case ast.Delete(targets=targets):
            for target in targets:
                _delete(target, frame)
        case ast.Return(value=given):
            raise Returned(value(given, frame) if given else NONE)
        case ast.Raise():
            raise Raised(_raised(node))
        case ast.Break() | ast.Continue():
            raise _Leave(isinstance(node, ast.Break))
        case ast.Global(names=names):
            frame.globals.update(names)
        case ast.Nonlocal():
            pass
        case _:
            _compound(node, frame)


def _compound(node: ast.stmt, frame: Frame) -> None:
    match node:
        case ast.If():
            _if(node, frame)
        case ast.For() | ast.AsyncFor():
            _for(node, frame)
        case ast.While():
            _while(node, frame)
        case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
            for item in items:
                thing = value(item.context_expr, frame)
                if item.optional_vars is not None:
                    assign(item.optional_vars, UNKNOWN if thing.kind != "unknown" else thing, frame)
            suppressing = [item.context_expr for item in items]
            expects = any(_suppresses(each, Raised("ModuleNotFoundError"), frame) for each in suppressing)
            try:
                with frame.world.expecting(expects):
                    suite(body, frame)
            except Raised as error:
                if not any(_suppresses(each, error, frame) for each in suppressing):
                    raise
        case ast.Try():
            _try(node, frame)
        case ast.Match(cases=cases):
            _branches([case.body for case in cases], frame)
        case _ if type(node).__name__ == "TryStar":
            _try(node, frame)  # type: ignore[arg-type]


# -- imports -----------------------------------------------------------------------------------
def _import(node: ast.Import, frame: Frame) -> None:
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


def _from_import(node: ast.ImportFrom, frame: Frame) -> None:
    world = frame.world
    if node.module == "__future__":
        return
    name = world.absolute(frame.module, node.module or "", node.level)
    source = world.imported(name)
    for alias in node.names:
        if alias.name == "*":
            _star(source, frame)
        elif source.kind == "module":
            frame.bind(alias.asname or alias.name, world.attribute(source.data, alias.name))
        else:
            dotted = f"{source.data}.{alias.name}" if source.kind == "foreign" else ""
            thing = Thing("modules") if dotted == "sys.modules" else Thing("foreign", dotted)
            frame.bind(alias.asname or alias.name, thing if dotted else UNKNOWN)


def _star(source: Thing, frame: Frame) -> None:
    if source.kind != "module":
        frame.names["*"] = UNKNOWN
        return
    module: Module = source.data
    listed = module.names.get("__all__")
    if listed is None:
        names = [each for each in module.names if not each.startswith("_")]
    elif listed.kind == "list":
        names = [each.data for each in listed.data if each.is_text]
    else:
        names = []
        frame.names["*"] = UNKNOWN
    for name in names:
        frame.bind(name, frame.world.attribute(module, name))


# -- definitions -------------------------------------------------------------------------------
def function(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda, frame: Frame) -> Thing:
    """A function object with its defaults."""
    outer = frame.outer if frame.names is frame.module.names else (frame.names, *frame.outer)
    made = Thing("function", Function(node, frame.module, outer), place=(frame.module.path, node.lineno))
    for default in (*node.args.defaults, *node.args.kw_defaults):
        if default is not None:
            made.parts.append(("default", value(default, frame)))
    return made


def _class(node: ast.ClassDef, frame: Frame) -> Thing:
    made = Thing("class", {}, place=(frame.module.path, node.lineno))
    made.parts += [("base", value(each, frame)) for each in node.bases]
    for keyword in node.keywords:
        value(keyword.value, frame)
    inner = Frame(frame.world, frame.module, made.data, frame.outer, frame.at_import)
    inner.globals = frame.globals
    suite(node.body, inner)
    return made


def _decorated(
    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, made: Thing, frame: Frame
) -> Thing:
    """A decorator of the project gives back another thing, unless it returns what it is given."""
    for each in reversed(node.decorator_list):
        decorator = value(each, frame)
        if decorator.kind == "function" and decorator.data.node is not node:
            called(decorator, [made], {}, each, frame)
            if gives_back(decorator.data.node):
                continue
            made = Thing(
                made.kind, made.data, parts=[*made.parts, ("decorator", decorator)], place=made.place
            )
    return made


# -- binding -----------------------------------------------------------------------------------
def assign(target: ast.expr, thing: Thing, frame: Frame) -> None:
    """Bind a thing to a target."""
    match target:
        case ast.Name(id=name):
            frame.bind(name, thing)
        case ast.Tuple(elts=parts) | ast.List(elts=parts):
            for number, part in enumerate(parts):
                items = thing.data if thing.kind == "list" and len(thing.data) == len(parts) else None
                assign(part, items[number] if items else UNKNOWN, frame)
        case ast.Starred(value=part):
            assign(part, UNKNOWN, frame)
        case ast.Attribute(value=owner, attr=attr):
            held = value(owner, frame)
            if held.kind == "module":
                held.data.names[attr] = thing
            elif held.kind == "class":
                held.data[attr] = thing
            elif held.kind == "foreign" and f"{held.data}.{attr}" == "sys.modules":
                frame.world.doubts += 1  # the interpreter and the code disagree from now on
        case ast.Subscript(value=owner, slice=key):
            _store(value(owner, frame), value(key, frame), thing, frame)


def _store(owner: Thing, key: Thing, thing: Thing, frame: Frame) -> None:
    if owner.kind == "modules" and key.is_text:
        name = frame.world.space.canonical(key.data)
        frame.world.modules[name] = thing.data if thing.kind == "module" else thing
    elif (owner.kind == "names" and key.is_text) or (owner.kind == "dict" and key.kind == "const"):
        owner.data[key.data] = thing
    elif owner.kind == "dict":
        owner.data[key] = thing


def _extended(name: str, more: Thing, frame: Frame) -> None:
    """`name += …`: a list grows in place; anything else is a new thing."""
    old = frame.look_up(name)
    if old.kind == "list" and more.kind == "list":
        old.data.extend(more.data)
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
                held.data.names.pop(attr, None)
        case ast.Subscript(value=owner, slice=key):
            _delete_item(value(owner, frame), value(key, frame), target, frame)


def _delete_item(owner: Thing, key: Thing, node: ast.expr, frame: Frame) -> None:
    if owner.kind == "modules" and key.is_text:
        with frame.at(node):
            frame.world.unload(key.data, key.place)
    elif owner.kind == "modules":
        frame.world.unknown_reload = True
    elif owner.kind in ("dict", "names") and key.kind == "const":
        owner.data.pop(key.data, None)


# -- control flow ------------------------------------------------------------------------------
def _if(node: ast.If, frame: Frame) -> None:
    known = static_truth(node.test)
    known = truth(value(node.test, frame)) if known is None else known
    if known is not None:
        suite(node.body if known else node.orelse, frame)
    else:
        _branches([node.body, node.orelse], frame)


def _branches(bodies: Sequence[Sequence[ast.stmt]], frame: Frame) -> None:
    """Every way in turn; at the end a name holds what all of them gave it, or what the only one gave it."""
    before = dict(frame.names)
    results: list[dict[str, Thing]] = []
    frame.world.doubts += 1
    try:
        for body in bodies:
            frame.restore(before)
            try:
                suite(body, frame)
                results.append(dict(frame.names))
            except (Raised, Returned, _Leave):
                pass  # this way does not go on here
    finally:
        frame.world.doubts -= 1
    if not results:
        frame.restore(before)
        return
    merged: dict[str, Thing] = {}
    for name in dict.fromkeys(name for each in results for name in each):
        found = {id(each[name]): each[name] for each in results if name in each}
        merged[name] = next(iter(found.values())) if len(found) == 1 else _either(name, found, before)
    frame.restore(merged)


def _either(name: str, found: dict[int, Thing], before: dict[str, Thing]) -> Thing:
    """Two ways disagree: what one of them has changed, if the other left it as it was, may be so."""
    changed = [each for each in found.values() if each is not before.get(name)]
    same = all(each.kind == "foreign" and each.data in RELOADS for each in changed)  # of two Pythons
    if changed and (same or len(changed) == 1):
        return changed[0]
    origins = {each.origin for each in changed}
    if None in origins or len(origins) != 1:
        return UNKNOWN
    first = changed[0]  # made here in any case, like that or otherwise
    alike = all(each.kind == first.kind for each in changed) and first.kind in ("class", "function")
    return Thing(
        first.kind if alike else "object", first.data if alike else None, first.origin, place=first.place
    )


def _for(node: ast.For | ast.AsyncFor, frame: Frame) -> None:
    source = value(node.iter, frame)
    items = elements(source, frame)
    if items is None:
        assign(node.target, Thing("unknown", note=source.note), frame)
        if source.note == "folder":
            frame.world.folder_loops.append((frame.module.path, node.lineno))
        _once(node.body, frame)
        if source.note == "folder":
            frame.world.folder_loops.pop()
        return
    walks = source.kind == "modules" or source.note == "walk"
    frame.world.walks += walks
    try:
        for item in items:
            assign(node.target, item, frame)
            try:
                suite(node.body, frame)
            except _Leave as leave:
                if leave.breaks:
                    return
    finally:
        frame.world.walks -= walks
    suite(node.orelse, frame)


def _while(node: ast.While, frame: Frame) -> None:
    """Round by round as long as the test is known and may change, as for a list that gets empty."""
    for _ in range(_ROUNDS):
        known = known_truth(node.test, frame)
        if known is False:
            return suite(node.orelse, frame)
        if known is None or isinstance(node.test, ast.Constant):
            return _once(node.body, frame)
        try:
            suite(node.body, frame)
        except _Leave as leave:
            if leave.breaks:
                return None
    return None


def _once(body: Sequence[ast.stmt], frame: Frame) -> None:
    """A round that may not come."""
    frame.world.doubts += 1
    try:
        suite(body, frame)
    except _Leave:
        pass
    finally:
        frame.world.doubts -= 1


def _try(node: ast.Try, frame: Frame) -> None:
    handler = _without_a_foreign_module(node, frame)
    if handler is not None:
        with frame.world.expecting(True):
            _branches([[*node.body, *node.orelse], handler.body], frame)
        suite(node.finalbody, frame)
        return
    expects = any(_catches(each, Raised("ModuleNotFoundError")) for each in node.handlers)
    try:
        try:
            with frame.world.expecting(expects):
                suite(node.body, frame)
        except Raised as error:
            handler = next((each for each in node.handlers if _catches(each, error)), None)
            if handler is None:
                raise
            if handler.name:
                frame.bind(handler.name, UNKNOWN)
            suite(handler.body, frame)
        else:
            suite(node.orelse, frame)
    finally:
        suite(node.finalbody, frame)


def _without_a_foreign_module(node: ast.Try, frame: Frame) -> ast.ExceptHandler | None:
    """What is done where a foreign module is missing, if the body is imports alone, one of them foreign."""
    handler = next((each for each in node.handlers if _catches(each, Raised("ModuleNotFoundError"))), None)
    names: list[str] = []
    for each in node.body:
        if isinstance(each, ast.Import):
            names += [alias.name for alias in each.names]
        elif not isinstance(each, ast.ImportFrom):
            return None
        elif not each.level:
            names.append(each.module or "")
    tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    return handler if any(frame.world.space.find(top) is None for top in tops) else None


def _suppresses(node: ast.expr, error: Raised, frame: Frame) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = value(node.func, frame)
    return function.kind == "foreign" and function.data == "contextlib.suppress" and _takes(node.args, error)


def _catches(handler: ast.ExceptHandler, error: Raised) -> bool:
    if handler.type is None:
        return True
    return _takes(handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type], error)


def _takes(kinds: Sequence[ast.expr], error: Raised) -> bool:
    names = {each.attr if isinstance(each, ast.Attribute) else getattr(each, "id", "") for each in kinds}
    return bool(names & {"Exception", "BaseException", error.name, *_CATCHES.get(error.name, ())})


def _raised(node: ast.Raise) -> str:
    call = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "Exception")
