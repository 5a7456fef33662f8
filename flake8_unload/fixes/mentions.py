"""Every place that names a variable: also in annotations and in dead code, which give no events."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from flake8_unload.events import Var
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_RUN_LATER = (Kind.FUNCTION, Kind.LAMBDA)


@dataclass(frozen=True, slots=True)
class Use:
    """One name in the source, and the scope whose code reads it."""

    node: ast.Name
    scope: Scope


def uses_of(var: Var, file: File) -> list[Use]:
    """The reads of a variable, in source order. A name that only a star import can bind counts as global."""
    home, name = var
    found = []
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load):
            scope = scope_at(node, file)
            if (file.bindings.lookup(name, scope) or file.bindings.module) is home:
                found.append(Use(node, scope))
    return sorted(found, key=lambda use: (use.node.lineno, use.node.col_offset))


def scope_at(node: ast.AST, file: File) -> Scope:
    """The scope whose code a node is part of."""
    child = node
    for around in file.ancestors(node):
        match around:
            case ast.FunctionDef(body=body) | ast.AsyncFunctionDef(body=body) | ast.ClassDef(body=body):
                inside = child in body
            case ast.Lambda(body=body):
                inside = child is body
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                inside = child is not around.generators[0] or _in_later_part(node, child)
            case _:
                inside = isinstance(around, ast.Module)
        if inside:
            return file.bindings.scope_of(around)
        child = around
    return file.bindings.module


def _in_later_part(node: ast.AST, first: ast.AST) -> bool:
    """Not in what the first `for` of a comprehension walks over, which the scope around evaluates."""
    assert isinstance(first, ast.comprehension)
    return not any(each is node for each in ast.walk(first.iter))


def is_immediate(use: Use, block: Scope, file: File) -> bool:
    """The code of ``block`` itself reads the name as it gets there; no function or lambda does later."""
    scope = use.scope
    while scope.kind not in _RUN_LATER and scope.parent is not None:
        scope = scope.parent
    return scope is block and not (is_annotation(use.node, file) and _annotations_are_texts(file))


def is_annotation(node: ast.AST, file: File) -> bool:
    """The node is an annotation, or part of one."""
    child = node
    for around in file.ancestors(node):
        if child in (getattr(around, "annotation", None), getattr(around, "returns", None)):
            return True
        if isinstance(around, ast.stmt):
            return False
        child = around
    return False


def _annotations_are_texts(file: File) -> bool:
    return any(
        isinstance(each, ast.ImportFrom) and each.module == "__future__" for each in file.tree.body[:3]
    )
