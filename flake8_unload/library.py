"""What the standard library defines, as its sources say; nothing is imported for it. Knows no rule."""

from __future__ import annotations

import ast
import os
import sys
import tokenize
import warnings
from collections.abc import Iterator, Sequence
from functools import lru_cache


def defines(name: str) -> bool:
    """True when the standard library has ``name``: a function of a module, or a method of a class there.

    False for what only its extensions define.
    """
    return _definition(name) is not None


def is_code(name: str) -> bool:
    """True when ``name`` is a function, method or class that the standard library defines right there."""
    return isinstance(_definition(name), (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))


@lru_cache(maxsize=256)
def _definition(name: str) -> ast.stmt | None:
    parts = name.split(".")
    if parts[0] not in sys.stdlib_module_names:
        return None
    for cut in range(len(parts) - 1, 0, -1):
        base = os.path.join(os.path.dirname(os.__file__), *parts[:cut])
        for path in (f"{base}.py", os.path.join(base, "__init__.py")):
            if os.path.isfile(path):
                return _found(_body(path), parts[cut:])
    return None


def _found(body: Sequence[ast.stmt], parts: Sequence[str]) -> ast.stmt | None:
    for node in _statements(body):
        if parts[0] in _names(node):
            if len(parts) == 1:
                return node
            return _found(node.body, parts[1:]) if isinstance(node, ast.ClassDef) else None
    return None


def _statements(body: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
    """With those under tests and `try`."""
    for node in body:
        yield node
        if isinstance(node, (ast.If, ast.Try)):
            yield from _statements([*node.body, *node.orelse])
            for handler in getattr(node, "handlers", ()):
                yield from _statements(handler.body)


def _names(node: ast.stmt) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (each.id for each in targets if isinstance(each, ast.Name))
        case ast.ImportFrom(names=names):
            yield from (each.asname or each.name for each in names)


@lru_cache(maxsize=16)
def _body(path: str) -> list[ast.stmt]:
    try:
        with tokenize.open(path) as stream, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(stream.read()).body
    except (OSError, SyntaxError, ValueError):
        return []
