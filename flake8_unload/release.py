"""Is a resource given back: on the import path, in an unload hook, or at exit? Knows no rule."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload import factories
from flake8_unload.events import Bind, Call, Event, Opened, Read, Var
from flake8_unload.lifecycle import File
from flake8_unload.paths import after, changes
from flake8_unload.scopes import Kind, Scope
from flake8_unload.surroundings import last_name, words

_REGISTRARS = frozenset({"atexit.register", "weakref.finalize", "signal.signal"})
_OWNERS = frozenset({"enter_context", "push", "callback", "closing", "register", "finalize", "addCleanup"})
SUBMITS = frozenset(
    {"submit", "map", "apply", "apply_async", "map_async", "imap", "imap_unordered", "starmap"}
)
"""Methods that give work to a pool, and so start its threads."""
_PARTS = ("unregister_", "plugin_unloaded_", "teardown_")
_OFF = frozenset({"0", "false", "no", "off", "n", "f"})
_SWITCH = re.compile(
    r"debug|verbose|trac(?:e|ing)|profil|(?:^|_)(?:log(?:ging|s|file)?|dev(?:el|elop|elopment|mode)?)(?:_|$)",
    re.I,
)


def is_released(opened: Opened, var: Var, file: File) -> bool:
    """True when ``var`` is closed, rebound, deleted or handed to an owner on a path through the import,
    or closed by a function that a host or `atexit` calls, or registered there by a function."""
    if var[0].kind not in (Kind.MODULE, Kind.CLASS):
        return False
    if not after(
        file.flow(opened),
        _bound_at(opened, var, file),
        lambda event: _ends(event, var, file) and not _failed(event, opened, file),
    ).at_exit:
        return True
    if any(_closes(read, file) and _is_registered(read, file) for read in _reads(var, file)):
        return True
    ending = set(cleaners(file))
    if any(file.block(read) in ending and _closes(read, file) for read in _reads(var, file)):
        return True
    return any(_closes_by_full_name(var[1], scope, file) for scope in ending)


def is_stopped(name: str, file: File) -> bool:
    """True when a function that a host or `atexit` calls stops what the global ``name`` holds."""
    var, ending = (file.bindings.module, name), set(cleaners(file))
    return any(
        _closes(read, file) and (file.block(read) in ending or _is_registered(read, file))
        for read in file.reads_of(var)
    )


def _is_registered(read: Read, file: File) -> bool:
    """A function that the file offers hands the closing to `atexit`: `atexit.register(FOLDER.cleanup)`."""
    around = file.parents.get(read.node)
    outer = file.parents.get(around) if isinstance(around, ast.Attribute) else around
    return isinstance(outer, ast.Call) and file.names.resolve(outer.func, read.block) in _REGISTRARS


def _closes_by_full_name(name: str, scope: Scope, file: File) -> bool:
    """`pkg.mod.POOL.shutdown()` in `pkg.mod` itself: also what an older copy of the module left there."""
    full = f"{file.place.module}.{name}"
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in factories.CLOSERS
        and isinstance(node.value, ast.Attribute)
        and file.names.resolve(node.value, scope) == full
        for node in ast.walk(scope.node)
    )


def _bound_at(opened: Opened, var: Var, file: File) -> int:
    """The step at which the name is bound to what was opened; facts about the name start there."""
    around = set(file.ancestors(opened.node))
    binds = file.changes_of(var, Bind)  # by the statement, or by a walrus
    bound = (each.step for each in binds if {each.statement, file.parents.get(each.node)} & around)
    return min((step for step in bound if step > opened.step), default=opened.step)


def _reads(var: Var, file: File) -> Iterator[Read]:
    return (read for read in file.events(Read) if read.var == var)


def _ends(event: Event, var: Var, file: File) -> bool:
    if changes(var)(event):
        return True
    return isinstance(event, Read) and event.var == var and _closes(event, file)


def _failed(event: Event, opened: Opened, file: File) -> bool:
    """In an `except` of the `try` that opens: what a failure ends is still there without one."""
    child: ast.AST = event.node
    opening = set(file.ancestors(opened.node))
    for around in file.ancestors(event.node):
        if isinstance(around, ast.Try) and isinstance(child, ast.ExceptHandler):
            return around in opening
        child = around
    return False


def _closes(read: Read, file: File) -> bool:
    """`x.close()`, `x.close` handed over, `with x`, `closing(x)`, `stack.enter_context(x)`."""
    parent = file.parents.get(read.node)
    if isinstance(parent, ast.Attribute):
        return parent.attr in factories.CLOSERS
    if isinstance(parent, ast.withitem):
        return True
    if isinstance(parent, ast.Assign):
        return _closes_alias(parent, file.block(read))
    if isinstance(parent, ast.Call) and read.node in parent.args:
        name = last_name(parent.func)
        return name in _OWNERS or name in factories.CLOSERS
    return isinstance(parent, ast.For) and parent.iter is read.node and _closes_each(parent)


def _closes_alias(assign: ast.Assign, scope: Scope) -> bool:
    """`old, POOL = POOL, None` or `old = POOL` in a function that then calls `old.shutdown()`."""
    if scope.kind is Kind.MODULE:
        return False
    names = {each.id for target in assign.targets for each in ast.walk(target) if isinstance(each, ast.Name)}
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in factories.CLOSERS
        and isinstance(node.value, ast.Name)
        and node.value.id in names
        for node in ast.walk(scope.node)
    )


def _closes_each(loop: ast.For) -> bool:
    """`for stream in STREAMS: stream.close()`."""
    return any(
        isinstance(node, ast.Attribute)
        and node.attr in factories.CLOSERS
        and isinstance(node.value, ast.Name)
        and node.value.id == getattr(loop.target, "id", None)
        for statement in loop.body
        for node in ast.walk(statement)
    )


def cleaners(file: File) -> Iterator[Scope]:
    """Functions that run at unload or at exit, and the functions of this file that those call."""
    hooks = factories.UNLOAD_HOOKS | set(file.settings.hooks)
    registered = set(_registered(file))
    found: list[Scope] = []
    for scope in file.blocks:
        node = scope.node
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if _is_hook(node.name, hooks) or node.name in registered or _decorated(node):
                found.append(scope)
        elif isinstance(node, ast.Lambda) and isinstance(file.parents.get(node), ast.Call):
            outer = file.parents[node]
            if isinstance(outer, ast.Call) and _registers(outer, file):
                found.append(scope)
    yield from found
    for call in file.events(Call):
        if file.block(call) in found:
            inner = file.function_of(call)
            if inner is not None:
                yield inner


def _is_hook(name: str, hooks: frozenset[str]) -> bool:
    """A hook, or a part of one that bears its name: `unregister_operators`."""
    return name in hooks or name.startswith(_PARTS)


def _registers(call: ast.Call, file: File) -> bool:
    return file.names.resolve(call.func, file.bindings.module) in _REGISTRARS


def _registered(file: File) -> Iterator[str]:
    for call in file.events(Call):
        if call.name in _REGISTRARS:
            for argument in call.node.args:
                if isinstance(argument, ast.Name):
                    yield argument.id


def _decorated(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any("atexit.register" in ast.unparse(each) for each in node.decorator_list)


def is_switched(node: ast.AST, file: File) -> bool:
    """Under a debugging or logging switch, `if DEBUG: log = open(…)`, or one that is off by default."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, ast.If) and child is not around.test:
            if any(_SWITCH.search(word) for word in words(around.test)) or _off_by_default(around.test, file):
                return True
        child = around
    return False


def _off_by_default(test: ast.expr, file: File) -> bool:
    """`os.environ.get("APP_MONITOR", "false").lower() == "true"`; the test is not turned round."""
    nodes = list(ast.walk(test))
    if any(isinstance(node, (ast.Not, ast.NotEq, ast.NotIn, ast.IsNot)) for node in nodes):
        return False
    defaults = [
        node.args[1] for node in nodes if isinstance(node, ast.Call) and _asks_environment(node, file)
    ]
    others = {_text(node) for node in nodes if isinstance(node, ast.Constant) and node not in defaults}
    return bool(defaults) and all(_text(each) in _OFF - others for each in defaults)


def _asks_environment(call: ast.Call, file: File) -> bool:
    name = file.names.resolve(call.func, file.bindings.module)
    return name in ("os.getenv", "os.environ.get") and len(call.args) == 2


def _text(node: ast.expr) -> str:
    return str(node.value).lower() if isinstance(node, ast.Constant) else ""
