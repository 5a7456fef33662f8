"""The functions of this file that its import runs, as far as names tell. Knows calls, no edits."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Call, Define
from flake8_unload.importtime import entered, under_main_guard
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope

_IMPORT_METHODS = frozenset({"__init__", "__new__", "__post_init__", "__call__", "__enter__"})
_AT_CREATION = frozenset({"__init_subclass__", "__set_name__", "__class_getitem__", "__prepare__"})
_PROPERTIES = frozenset({"property", "cached_property"})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)


def run_by_import(file: File) -> set[Scope]:
    """The functions that import time calls, directly or through others; a method of the name is enough."""
    found: set[Scope] = set()
    pending = [file.bindings.module]
    while pending:
        for call in file.events_of(pending.pop(), Call):
            if not under_main_guard(call.node, file):
                new = {*_called(call, file), *_handed_over(call, file)} - found
                found |= new
                pending += new
    found |= set(_decorated(file))
    return found | {each for each in file.blocks if each.name in _AT_CREATION} | set(_asked_for(file))


def _called(call: Call, file: File) -> Iterator[Scope]:
    """What a call may run: a function by its name, a class, or any method of that name."""
    inner = entered(call, file)
    if inner is not None:
        yield inner
    function = file.function_of(call)
    if function is not None:
        yield function
    match call.node.func:
        case ast.Attribute(attr=attr) if call.name is None or call.name.startswith("<"):
            yield from (each for each in _methods(file) if each.name == attr)
        case ast.Name() if (call.name or "").startswith("<"):
            yield from (each for each in _methods(file) if each.name in _IMPORT_METHODS)


def _methods(file: File) -> Iterator[Scope]:
    return (each for each in file.blocks if each.parent is not None and each.parent.kind is Kind.CLASS)


# -- what is run by being given away ---------------------------------------------------------------
def _handed_over(call: Call, file: File) -> Iterator[Scope]:
    """Functions that are given to one of this file that calls what it is given."""
    function = file.function_of(call)
    if function is not None and _calls_its_parameter(function, file):
        for each in call.node.args:
            yield from _function(each, file)


def _decorated(file: File) -> Iterator[Scope]:
    """Functions with a decorator of this file that calls them at once."""
    for define in file.events_of(file.bindings.module, Define):
        for each in define.node.decorator_list:
            if any(_calls_its_parameter(one, file) for one in _function(each, file)):
                yield file.bindings.scope_of(define.node)


def _function(node: ast.expr, file: File) -> Iterator[Scope]:
    if isinstance(node, ast.Lambda):
        yield file.bindings.scope_of(node)
    bindings = file.bindings.module.bindings.get(node.id, ()) if isinstance(node, ast.Name) else ()
    for each in bindings:
        if isinstance(each.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield file.bindings.scope_of(each.node)


def _calls_its_parameter(function: Scope, file: File) -> bool:
    arguments = getattr(function.node, "args", None)
    given = {each.arg for each in ast.walk(arguments) if isinstance(each, ast.arg)} if arguments else set()
    called = (each.node.func for each in file.events_of(function, Call))
    return any(isinstance(each, ast.Name) and each.id in given for each in called)


# -- what is run by an attribute or an operator ----------------------------------------------------
def _asked_for(file: File) -> Iterator[Scope]:
    """Properties whose name import time reads, and operators of classes that it makes instances of."""
    nodes = list(_at_import(file.tree))
    read = {each.attr for each in nodes if isinstance(each, ast.Attribute)}
    made = {each.func.id for each in nodes if isinstance(each, ast.Call) and isinstance(each.func, ast.Name)}
    for scope in _methods(file):
        assert scope.parent is not None
        decorators = getattr(scope.node, "decorator_list", ())
        names = {getattr(each, "id", getattr(each, "attr", "")) for each in decorators}
        operator = scope.name.startswith("__") and scope.name.endswith("__") and scope.name != "__del__"
        if (scope.name in read and names & _PROPERTIES) or (operator and scope.parent.name in made):
            yield scope


def _at_import(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes below that are no part of a function."""
    pending = [node]
    while pending:
        for child in ast.iter_child_nodes(pending.pop()):
            if not isinstance(child, _FUNCTIONS):
                yield child
                pending.append(child)
