"""Which code runs around a function: its class, the fixtures it asks for, what calls it. Knows no rule."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from flake8_unload.events import Event
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope

Function = ast.FunctionDef | ast.AsyncFunctionDef
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_AROUND_TESTS = frozenset(
    {
        "setUp",
        "tearDown",
        "setUpClass",
        "tearDownClass",
        "asyncSetUp",
        "asyncTearDown",
        "setup_method",
        "teardown_method",
        "setup_class",
        "teardown_class",
        "setUpModule",
        "tearDownModule",
        "setup_module",
        "teardown_module",
        "setup_function",
        "teardown_function",
        "setup",
        "teardown",
    }
)


def is_test_code(function: Function) -> bool:
    """A test, a fixture, or what a framework runs around tests."""
    return function.name.startswith("test") or function.name in _AROUND_TESTS or is_fixture(function)


def is_fixture(function: Function) -> bool:
    """True for `@pytest.fixture` in any spelling."""
    return any("fixture" in ast.unparse(each) for each in function.decorator_list)


def own_nodes(function: Function) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    pending: list[ast.AST] = list(function.body)
    while pending:
        node = pending.pop()
        yield node
        if not isinstance(node, (*FUNCTIONS, ast.Lambda)):
            pending.extend(ast.iter_child_nodes(node))


def neighbours(event: Event, file: File) -> Iterator[Scope]:
    """Blocks whose set-up or clean-up covers the event: around and inside, class, fixtures, callers."""
    own = file.block(event)
    for scope in blocks_around(event):
        yield scope
        if scope.kind is Kind.CLASS:
            yield from _methods(scope, file)
    yield from _inside(own)
    if isinstance(own.node, FUNCTIONS) and is_test_code(own.node):
        yield from _fixtures(own.node, file)
    yield from (file.block(call) for call in file.calls_of(own))


def blocks_around(event: Event) -> Iterator[Scope]:
    """The scope of the event and those around it, innermost first."""
    scope: Scope | None = event.block
    while scope is not None:
        yield scope
        scope = scope.parent


def _methods(owner: Scope, file: File) -> Iterator[Scope]:
    """The methods of a class and of its bases in the same file."""
    for each in _lineage(owner, file):
        yield from _inside(each)


def _lineage(owner: Scope, file: File) -> list[Scope]:
    """A class and its bases in the same file."""
    found = [owner]
    for each in found:
        assert isinstance(each.node, ast.ClassDef)
        for base in each.node.bases:
            home = file.bindings.lookup(base.id, each) if isinstance(base, ast.Name) else None
            for binding in home.bindings.get(base.id, ()) if home and isinstance(base, ast.Name) else ():
                if isinstance(binding.node, ast.ClassDef):
                    scope = file.bindings.scope_of(binding.node)
                    found += [scope] if scope not in found else []
    return found


def foreign_bases(owner: Scope, file: File) -> Iterator[str]:
    """The qualified names of bases from other files, of a class or its bases here; `?` for unknown ones."""
    for each in _lineage(owner, file):
        assert isinstance(each.node, ast.ClassDef)
        for base in each.node.bases:
            name = file.names.resolve(base, each) or "?"
            if not name.startswith("<this file>"):
                yield name


def _inside(scope: Scope) -> Iterator[Scope]:
    for child in scope.children:
        yield child
        yield from _inside(child)


def _fixtures(test: Function, file: File) -> Iterator[Scope]:
    """The fixtures that a test asks for or gets unasked, and the functions that run around every test."""
    marks = " ".join(ast.unparse(each) for each in test.decorator_list)
    wanted = {each.arg for each in [*test.args.args, *test.args.kwonlyargs]}
    for scope in file.bindings.module.children:
        if isinstance(scope.node, FUNCTIONS):
            name = scope.node.name
            unasked = name in _AROUND_TESTS or "autouse=True" in ast.unparse(scope.node).partition("def ")[0]
            if unasked or name in wanted or repr(name) in marks:
                yield scope


def failure_expected(node: ast.AST, file: File, error: type[Exception]) -> bool:
    """A `try` that may take ``error``, `suppress` or a test that it raises stands around ``node``."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, _TRIES) and child in around.body:
            if any(_may_take(each, error) for each in around.handlers):
                return True
        if isinstance(around, FUNCTIONS) and child in around.body:
            break  # else a default or decorator, which is not of the function
        child = around
    return is_under_test(node, file)


def _may_take(handler: ast.ExceptHandler, error: type[Exception]) -> bool:
    """No builtin exceptions alone that are of another kind."""
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    named = [getattr(builtins, kind.id, None) if isinstance(kind, ast.Name) else None for kind in kinds]
    return any(
        not isinstance(each, type) or issubclass(error, each) or issubclass(each, error) for each in named
    )


def is_under_test(node: ast.AST, file: File) -> bool:
    """`with pytest.raises(…)`, `assertWarns`, `suppress` around ``node`` in its function."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, (ast.With, ast.AsyncWith)) and child in around.body:
            if any(_takes_failures(item.context_expr) for item in around.items):
                return True
        if isinstance(around, ast.Call) and isinstance(child, ast.Lambda) and _takes_failures(around):
            return True  # `pytest.raises(ImportError, lambda: reload(m))`
        if isinstance(around, FUNCTIONS) and child in around.body:
            return False
        child = around
    return False


_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))


def _takes_failures(context: ast.expr) -> bool:
    """`pytest.raises`, `self.assertRaises`, `assertWarns`, `contextlib.suppress` in any spelling."""
    called = context.func if isinstance(context, ast.Call) else context
    return re.search(r"raises|warns|suppress", ast.unparse(called), re.I) is not None


def last_name(function: ast.AST | None) -> str:
    """What is called, by its last name: `f` of `f()`, `pkg.f()` and `self.f()`; else empty."""
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def words(node: ast.AST) -> Iterator[str]:
    """The names, attributes and texts in a piece of code."""
    for each in ast.walk(node):
        match each:
            case ast.Name(id=word) | ast.Attribute(attr=word) | ast.Constant(value=str(word)):
                yield word
