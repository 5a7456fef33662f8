"""Is this removal from `sys.modules` undone, or cleanup, or test isolation? Then default rules are silent."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload.events import Bind, Event, Put, Unload
from flake8_unload.factories import UNLOAD_HOOKS
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope

_PRESERVING = re.compile(r"modules|isolat|restor|preserv|sandbox|clean|fresh|saved?\b|save_|patch|monkey", re.I)
_CLEANUP = re.compile(r"tear_?down|clean_?up|restore|undo|rollback|__exit__|__aexit__|__del__|finali[sz]e", re.I)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def is_isolated(unload: Unload, file: File) -> bool:
    """True when what was removed is kept, put back, or removed only to clean up after something."""
    return (
        unload.kept
        or _in_cleanup_code(unload, file)
        or _in_preserving_context(unload, file)
        or _put_back(unload, file)
        or _snapshot_taken(unload, file)
    )


def _in_cleanup_code(unload: Unload, file: File) -> bool:
    hooks = set(UNLOAD_HOOKS) | set(file.settings.hooks)
    child: ast.AST = unload.node
    for around in file.ancestors(unload.node):
        if isinstance(around, ast.ExceptHandler):
            return True
        if isinstance(around, ast.Try) and child in around.finalbody:
            return True
        if isinstance(around, _FUNCTIONS):
            if around.name in hooks or _CLEANUP.search(around.name):
                return True
            if _yields_before(around, unload.node):
                return True
        child = around
    return False


def _yields_before(function: ast.AST, node: ast.AST) -> bool:
    """The teardown half of a generator fixture or context manager."""
    line = getattr(node, "lineno", 0)
    return any(isinstance(each, (ast.Yield, ast.YieldFrom)) and each.lineno <= line for each in ast.walk(function))


def _in_preserving_context(unload: Unload, file: File) -> bool:
    for around in file.ancestors(unload.node):
        contexts: list[ast.expr] = []
        if isinstance(around, (ast.With, ast.AsyncWith)):
            contexts = [item.context_expr for item in around.items]
        elif isinstance(around, (*_FUNCTIONS, ast.ClassDef)):
            contexts = around.decorator_list
        if any(_PRESERVING.search(ast.unparse(each)) for each in contexts):
            return True
    return False


def _put_back(unload: Unload, file: File) -> bool:
    near = set(_neighbourhood(unload, file))
    for put in file.events(Put):
        if put.key is not None and put.key in unload.keys.exact:
            return True
        if put.key is None and file.block(put) in near:
            return True
    return False


def _snapshot_taken(unload: Unload, file: File) -> bool:
    near = set(_neighbourhood(unload, file))
    return any(
        bind.value is not None and file.block(bind) in near and _copies_modules(bind, file) for bind in file.events(Bind)
    )


def _copies_modules(bind: Bind, file: File) -> bool:
    match bind.value:
        case ast.Call(func=ast.Attribute(value=owner, attr="copy" | "get")):
            return file.names.resolve(owner, bind.block) == "sys.modules"
        case ast.Call(func=ast.Name(id="dict"), args=[argument]) | ast.Dict(keys=[None], values=[argument]):
            return file.names.resolve(argument, bind.block) == "sys.modules"
        case ast.Subscript(value=owner):
            return file.names.resolve(owner, bind.block) == "sys.modules"
        case ast.DictComp():
            return "sys.modules" in ast.unparse(bind.value)
    return False


def _neighbourhood(event: Event, file: File) -> Iterator[Scope]:
    """The event's own block, the blocks around it, and the methods of its class (setUp and tearDown)."""
    scope: Scope | None = event.block
    while scope is not None:
        yield scope
        if scope.kind is Kind.CLASS:
            yield from scope.children
        scope = scope.parent
