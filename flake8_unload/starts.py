"""Calls that attach a logging handler, or start a thread, process or service."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload import events as ev
from flake8_unload import factories
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind

_HERE = "<this file>."
_PRESENT = frozenset({"handlers", "hasHandlers"})
_PATHS = frozenset({"pathlib.Path()", "os.path.join()"})


def added_handler(call: ev.Call, file: File) -> str | None:
    """The class of the logging handler that ``call`` attaches, or None; `NullHandler` does not count."""
    name = call.name or ""
    if name == "logging.basicConfig":
        return _configured(call, file)
    if name == "loguru.logger.add":
        return _sink(call, file)
    func = call.node.func
    if not (isinstance(func, ast.Attribute) and func.attr == "addHandler" and len(call.node.args) == 1):
        return None
    made = file.names.resolve(call.node.args[0], call.block) or ""
    if not made.endswith("Handler()") or made.endswith("NullHandler()"):
        return None
    if name and not name.startswith(("logging.", _HERE)) and not made.startswith("logging."):
        return None
    if _is_silent(call.node.args[0], call, file) or _left_before(call, file):
        return None
    return made.removesuffix("()")


def _left_before(call: ev.Call, file: File) -> bool:
    """`if log.handlers: return log` stands before it in the function."""
    around = set(file.ancestors(call.node))
    for statement in getattr(call.block.node, "body", ()):
        if statement in around:
            return False
        match statement:
            case ast.If(test=test, body=[*_, ast.Return() | ast.Raise()]) if _asks_for_handlers(test):
                return True
    return False


def _asks_for_handlers(test: ast.expr) -> bool:
    return any(isinstance(each, ast.Attribute) and each.attr in _PRESENT for each in ast.walk(test))


def _sink(call: ev.Call, file: File) -> str | None:
    """`logger.add("app.log")`: a path, not a stream or a function; nothing where the sinks are dropped."""
    given = call.node.args[0] if call.node.args else None
    path = file.names.text(given, call.block) is not None or isinstance(given, ast.JoinedStr)
    path = path or file.names.resolve(given, call.block) in _PATHS
    dropped = any(each.name == "loguru.logger.remove" for each in file.events(ev.Call))
    return "loguru.FileSink" if path and not dropped else None


def _is_silent(handler: ast.expr, call: ev.Call, file: File) -> bool:
    """`StreamHandler(open(os.devnull, "w"))`, also by way of a name."""
    if isinstance(handler, ast.Name):
        home = file.bindings.lookup(handler.id, call.block)
        bindings = home.bindings.get(handler.id, []) if home else []
        values = [getattr(each.statement, "value", None) for each in bindings]
        return bool(values) and all(isinstance(each, ast.Call) and _is_sink(each, file) for each in values)
    return isinstance(handler, ast.Call) and _is_sink(handler, file)


def _is_sink(handler: ast.Call, file: File) -> bool:
    stream = handler.args[0] if handler.args else None
    if not isinstance(stream, ast.Call):
        return False
    opener = file.names.resolve(stream.func, file.bindings.module) or ""
    return factories.lookup(opener) is not None and not factories.opens(opener, stream)


def _configured(call: ev.Call, file: File) -> str | None:
    """What `basicConfig` opens: by `filename`, a stream that is a file, or a list of handlers.

    A second `basicConfig` does nothing, so handlers that hold no file do not count.
    """
    for each in call.node.keywords:
        if each.arg == "filename" and not (isinstance(each.value, ast.Constant) and each.value.value is None):
            return "logging.FileHandler"
        if each.arg == "stream" and _is_file(each.value, call, file):
            return "logging.StreamHandler"
        for item in file.names.items(each.value, call.block) if each.arg == "handlers" else ():
            if _holds_file(item, call, file):
                return (file.names.resolve(item, call.block) or "").removesuffix("()")
    return None


def _holds_file(handler: ast.expr, call: ev.Call, file: File) -> bool:
    made = (file.names.resolve(handler, call.block) or "").removesuffix("()")
    if made == "logging.StreamHandler":
        return isinstance(handler, ast.Call) and any(_is_file(each, call, file) for each in handler.args)
    if made not in factories.HANDLERS:
        return False
    return not isinstance(handler, ast.Call) or factories.opens(made, handler)


def _is_file(value: ast.expr, call: ev.Call, file: File) -> bool:
    name = (file.names.resolve(value, call.block) or "").removesuffix("()")
    entry = factories.lookup(name, (), file.settings.ignore_factories)
    if entry is None or entry.kind != factories.EAGER:
        return False
    return not isinstance(value, ast.Call) or factories.opens(name, value)


def started(call: ev.Call, file: File) -> str | None:
    """The noun of what ``call`` starts, or None."""
    name = call.name or ""
    entry = factories.lookup(name, (), file.settings.ignore_factories)
    if entry is not None and entry.kind == factories.STARTS:
        return entry.noun
    for made in _made(call, name, file):
        entry = factories.lookup(made, (), file.settings.ignore_factories)
        if entry is not None and entry.kind == factories.STARTABLE:
            return entry.noun
    return None


def _made(call: ev.Call, name: str, file: File) -> Iterator[str]:
    """The classes of the object whose `start` is called."""
    if name.endswith("().start"):
        yield from _with_bases(name.removesuffix("().start"), file)
    match call.node.func:
        case ast.Attribute(value=ast.Name(id="self"), attr="start"):
            owner = call.block.parent
            if owner is not None and owner.kind is Kind.CLASS and isinstance(owner.node, ast.ClassDef):
                if not any(getattr(each, "name", "") == "start" for each in owner.node.body):
                    yield from _with_bases(_HERE + owner.node.name, file)
        case ast.Attribute(value=ast.Attribute(value=ast.Name(id="self"), attr=attr), attr="start"):
            for assign in file.events_of(call.block, ev.Assign):
                target = assign.target
                if target.attr == attr and getattr(target.value, "id", "") == "self":
                    made = file.names.resolve(assign.value, call.block) or ""
                    if made.endswith("()"):
                        yield from _with_bases(made.removesuffix("()"), file)


def _with_bases(name: str, file: File) -> Iterator[str]:
    yield name
    if name.startswith(_HERE):
        for binding in file.bindings.module.bindings.get(name.removeprefix(_HERE), ()):
            if isinstance(binding.node, ast.ClassDef):
                for base in binding.node.bases:
                    yield file.names.resolve(base, binding.block) or ""


def waited_for(call: ev.Call, file: File) -> bool:
    """Joined or waited for in the same block: what was started is over when the block is."""
    receiver = _receiver(call, file)
    if receiver is None:
        parent = file.parents.get(call.node)
        if isinstance(parent, ast.Attribute):
            return parent.attr != "pid"  # anything else is `.wait()`, `.communicate()`, `.stdout.read()`
        return isinstance(parent, ast.withitem)
    for other in file.events_of(file.block(call), ev.Call):
        func = other.node.func
        if isinstance(func, ast.Attribute) and func.attr in factories.CLOSERS:
            if _text(func.value) == receiver:
                return True
    return False


def _receiver(call: ev.Call, file: File) -> str | None:
    func = call.node.func
    if isinstance(func, ast.Attribute) and func.attr == "start":
        text = _text(func.value)
        if text:
            return text
    parent = file.parents.get(call.node)
    if isinstance(parent, ast.Assign):
        return _text(parent.targets[0])
    return None


def _text(node: ast.expr) -> str | None:
    """A name, or an attribute of one."""
    plain = isinstance(node, ast.Name) or (
        isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    )
    return ast.unparse(node) if plain else None
