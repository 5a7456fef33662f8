"""Is this removal from `sys.modules` undone, or cleanup, or test isolation? Then default rules are silent.

Asks what the code around a removal, its class, its fixtures and its callers do; knows no rule.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload.events import Assign, Bind, Call, Put, Read, Unload
from flake8_unload.factories import UNLOAD_HOOKS
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach
from flake8_unload.scopes import Kind
from flake8_unload.surroundings import (
    FUNCTIONS,
    Function,
    blocks_around,
    foreign_bases,
    is_test_code,
    last_name,
    neighbours,
    own_nodes,
)

_PRESERVING = re.compile(
    r"modules|isolat|restor|preserv|sandbox|clean|fresh|saved?\b|save_|subprocess|forked|new_process", re.I
)
_MODULES = re.compile(r"modules|isolat|restor|preserv|sandbox", re.I)
_CLEANUP = re.compile(
    r"tear_?down|clean_?up|restore|undo|rollback|__exit__|__aexit__|__del__|finali[sz]e", re.I
)
_REGISTRARS = frozenset(
    {
        "addCleanup",
        "addAsyncCleanup",
        "addClassCleanup",
        "addModuleCleanup",
        "addfinalizer",
        "callback",
        "push",
        "enter_context",
        "enterContext",
        "enterClassContext",
        "register",
        "finalize",
    }
)
_FRAMEWORKS = (
    "builtins.",
    "unittest.",
    "abc.",
    "typing.",
    "django.",
    "testtools.",
    "twisted.trial.",
    "absl.testing.",
)


def is_isolated(unload: Unload, file: File) -> bool:
    """True when what was removed is kept, put back, or removed only to clean up after something."""
    return is_undone(unload, file) or _in_cleanup_code(unload, file)


def is_undone(unload: Unload, file: File) -> bool:
    """True when what was removed is kept or put back, maybe by what is around the removal."""
    return (
        is_restored(unload, file) or _in_preserving_context(unload, file) or _base_may_restore(unload, file)
    )


def is_restored(unload: Unload, file: File) -> bool:
    """True when what was removed is kept or put back."""
    return (
        _is_kept(unload, file)
        or _put_back(unload, file)
        or _snapshot_taken(unload, file)
        or _undone_by_a_patch(unload, file)
    )


# -- the value is used -------------------------------------------------------------------------
def _is_kept(unload: Unload, file: File) -> bool:
    """The removed module goes somewhere: a name that is read, a container, a caller."""
    if not unload.kept:
        return False
    for around in file.ancestors(unload.node):
        match around:
            case ast.Expr() | ast.If() | ast.While() | ast.Assert():
                return False
            case ast.Lambda():
                calls = file.calls_of(file.bindings.scope_of(around))
                return not calls or any(not isinstance(file.parents.get(c.node), ast.Expr) for c in calls)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                home = file.bindings.lookup(name, unload.block)
                return home is not None and any(file.reads_of((home, name)))
            case (
                ast.BoolOp()
                | ast.IfExp()
                | ast.Compare()
                | ast.UnaryOp()
                | ast.Tuple()
                | ast.ListComp()
                | ast.SetComp()
            ):
                continue
            case _:
                return True
    return True


# -- cleaning up -------------------------------------------------------------------------------
def _in_cleanup_code(unload: Unload, file: File) -> bool:
    child: ast.AST = unload.node
    for around in file.ancestors(unload.node):
        if isinstance(around, ast.ExceptHandler):
            return True
        if isinstance(around, ast.Try) and child in around.finalbody:
            return True
        if isinstance(around, FUNCTIONS) and _cleans_up(around, unload, file):
            return True
        child = around
    return False


def _cleans_up(function: Function, unload: Unload, file: File) -> bool:
    if (
        function.name in UNLOAD_HOOKS
        or function.name in file.settings.hooks
        or _CLEANUP.search(function.name)
    ):
        return True
    return _yields_before(function, unload.node) or _is_registered(function, file)


def _yields_before(function: Function, node: ast.AST) -> bool:
    """The teardown half of a generator fixture or context manager."""
    line = getattr(node, "lineno", 0)
    return any(
        isinstance(each, (ast.Yield, ast.YieldFrom)) and each.lineno <= line for each in own_nodes(function)
    )


def _is_registered(function: Function, file: File) -> bool:
    """The function is handed to `addCleanup`, `addfinalizer`, `atexit.register` and the like."""
    for read in file.events_naming(function.name, Read):
        if read.node.id == function.name:
            call = file.parents.get(read.node)
            if isinstance(call, ast.Call) and read.node in call.args and last_name(call.func) in _REGISTRARS:
                return True
    return False


# -- a context or fixture that preserves -------------------------------------------------------
def _in_preserving_context(unload: Unload, file: File) -> bool:
    nodes = [unload.node, *(call.node for call in file.calls_of(file.block(unload)))]
    texts = [text for node in nodes for around in file.ancestors(node) for text in _contexts(around)]
    marked = file.changes_of((file.bindings.module, "pytestmark"), Bind)
    marks = [ast.unparse(bind.value) for bind in marked if bind.value]
    return any(_PRESERVING.search(text) for text in texts + marks)


def _contexts(around: ast.AST) -> Iterator[str]:
    if isinstance(around, (ast.With, ast.AsyncWith)):
        yield from (ast.unparse(item.context_expr) for item in around.items)
    elif isinstance(around, ast.ClassDef):
        yield from (ast.unparse(each) for each in [*around.decorator_list, *around.bases])
    elif isinstance(around, FUNCTIONS):
        yield from (ast.unparse(each) for each in around.decorator_list)
        if is_test_code(around):
            yield from (each.arg for each in around.args.args if _MODULES.search(each.arg))


# -- put back ----------------------------------------------------------------------------------
def _put_back(unload: Unload, file: File) -> bool:
    near = set(neighbours(unload, file))
    own = file.block(unload)
    for put in file.events(Put):
        if put.key is not None:
            if put.key in unload.keys.exact:
                return True
        elif file.block(put) is own:
            if can_reach(file.flow(unload), unload.step, put.step) and not _is_own_entry(put):
                return True
        elif file.block(put) in near and not _is_own_entry(put):
            return True
    return False


def _is_own_entry(put: Put) -> bool:
    """`sys.modules[__name__] = …`: the module replaces itself, and puts nothing else back."""
    match put.node:
        case ast.Subscript(slice=ast.Name(id="__name__")):
            return True
    return False


def _snapshot_taken(unload: Unload, file: File) -> bool:
    near = set(neighbours(unload, file))
    binds: list[Bind | Assign] = [*file.events_in(near, Bind), *file.events_in(near, Assign)]
    return any(each.value is not None and _copies_modules(each, file) for each in binds)


def _copies_modules(bind: Bind | Assign, file: File) -> bool:
    match bind.value:
        case ast.Call(func=ast.Attribute(value=owner, attr="copy" | "get")):
            if file.names.resolve(owner, bind.block) == "sys.modules":
                return True
    match bind.value:
        case (
            ast.Call(func=ast.Name(id="dict"), args=[argument])
            | ast.Dict(keys=[None], values=[argument])
            | ast.Call(func=ast.Attribute(attr="copy" | "deepcopy"), args=[argument])
            | ast.Subscript(value=argument)
        ):
            return file.names.resolve(argument, bind.block) == "sys.modules"
        case ast.DictComp():
            return "sys.modules" in ast.unparse(bind.value)
        case ast.ListComp(elt=element):
            return "sys.modules[" in ast.unparse(element)
    return False


def _undone_by_a_patch(unload: Unload, file: File) -> bool:
    """`monkeypatch.setitem(sys.modules, "m", …)`, `patch.dict(sys.modules).start()`, `addCleanup(…)`."""
    near = set(neighbours(unload, file))
    return any(_patches(call, unload, file) for call in file.events_in(near, Call))


def _patches(call: Call, unload: Unload, file: File) -> bool:
    method, arguments = last_name(call.node.func), call.node.args
    if method in _REGISTRARS:
        return any(re.search(r"sys\.modules|restor|modules", ast.unparse(each)) for each in arguments)
    if not arguments or not is_modules(arguments[0], call, file):
        return False
    if method in ("setitem", "delitem"):
        key = file.names.text(arguments[1], call.block) if len(arguments) > 1 else None
        return key is None or key in unload.keys.exact
    held = isinstance(file.parents.get(call.node), (ast.Attribute, ast.Assign, ast.Call))
    return method == "dict" and (held or ast.unparse(call.node.func).startswith("mocker."))


def is_modules(argument: ast.expr, call: Call, file: File) -> bool:
    """True when a patch is given `sys.modules`, or its name."""
    if isinstance(argument, ast.Constant):
        return argument.value == "sys.modules"
    return file.names.resolve(argument, call.block) == "sys.modules"


def _base_may_restore(unload: Unload, file: File) -> bool:
    """The test's class has a base from another file, whose set-up this file does not show."""
    for block in blocks_around(unload):
        owner = block.parent
        if (
            isinstance(block.node, FUNCTIONS)
            and is_test_code(block.node)
            and owner
            and owner.kind is Kind.CLASS
        ):
            return any(not base.startswith(_FRAMEWORKS) for base in foreign_bases(owner, file))
    return False
