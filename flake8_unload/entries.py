"""Is a file with a main guard a program that no other file of the project imports? Knows no rule."""

from __future__ import annotations

import ast
import os
import re

from flake8_unload import factories, nearby
from flake8_unload.lifecycle import File
from flake8_unload.scripts import is_main_guard, is_test
from flake8_unload.surroundings import last_name

_SERVED = frozenset({"app", "application", "api", "server", "asgi", "wsgi", "celery"})
_INSTALLS = frozenset({"register", "unregister", "setup", "print", "reload"})


def is_program(file: File) -> bool:
    """It runs something under a main guard, offers nothing to a host, and no file of the project names it.

    Without a file on disk nothing is known of others, and the file may be a module. Tests may import it.
    """
    return _runs(file.tree) and not _is_offered(file) and _is_alone(file)


def is_step(file: File) -> bool:
    """It binds nothing but imports, calls something, and no file of the project names it."""
    calls = [each for each in file.tree.body if isinstance(each, ast.Expr)]
    others = [each for each in file.tree.body if not isinstance(each, (ast.Expr, ast.Import, ast.ImportFrom))]
    return not others and any(isinstance(each.value, ast.Call) for each in calls) and _is_alone(file)


def is_imported_beside(file: File) -> bool:
    """A file of its folder imports it by its name, or any of the project by the name of its folder, too."""
    path = os.path.abspath(file.filename)
    folder = os.path.dirname(path)
    stem = os.path.splitext(os.path.basename(path))[0]
    if not os.path.isfile(path) or not stem.isidentifier():
        return False
    inside = _imports_of(stem, os.path.basename(folder))
    beside = _imports_of(stem, None)
    return any(
        inside.search(data) or (os.path.dirname(other) == folder and beside.search(data))
        for other, data in nearby.texts(nearby.root_of(folder)).items()
        if stem.encode() in data and other != path and not is_test(other, file.settings)
    )


def _imports_of(stem: str, folder: str | None) -> re.Pattern[bytes]:
    """`import stem`, `from .stem import …`, `from . import stem`; with ``folder``: `import folder.stem` …"""
    owner = r"\." if folder is None else rf"(?:[\w.]*\b|\.+){re.escape(folder)}"
    whole = rf"\.?{stem}" if folder is None else rf"{owner}\.{stem}"
    named = rf"import[ \t](?:[^\n]*,[ \t]*)?{whole if folder else stem}\b(?!\.)"
    taken = rf"from[ \t]+{whole}[ \t]+import|from[ \t]+{owner}[ \t]+import[ \t]*(?:\([^)]*|[^\n(]*)\b{stem}\b"
    return re.compile(rf"^[ \t]*(?:{named}|{taken})".encode(), re.M)


def _is_alone(file: File) -> bool:
    path = os.path.abspath(file.filename)
    stem = os.path.splitext(os.path.basename(path))[0]
    if not os.path.isfile(path) or not stem.isidentifier() or stem == "__init__":
        return False
    root = nearby.root_of(os.path.dirname(path))
    texts = {**nearby.above(root), **nearby.texts(root)}
    return path in texts and not any(
        _names_in_string(data, stem) or (other != path and _imports(data, stem))
        for other, data in texts.items()
        if stem.encode() in data and not is_test(other, file.settings)
    )


def _runs(tree: ast.Module) -> bool:
    """A call under the main guard that does more than a host would: not just `register()`."""
    return any(
        isinstance(node, ast.Call) and last_name(node.func) not in _INSTALLS
        for guard in tree.body
        if isinstance(guard, ast.If) and is_main_guard(guard.test)
        for statement in guard.body
        for node in ast.walk(statement)
    )


def _is_offered(file: File) -> bool:
    """A web application that a server imports, or functions that a host calls: hooks, `register`, `setup`."""
    names = file.bindings.module.bindings
    hooks = {"register", "setup", *factories.UNLOAD_HOOKS, *file.settings.hooks}
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    return any(
        isinstance(binding.node, functions) if name in hooks else isinstance(binding.statement, ast.Assign)
        for name in (hooks | _SERVED) & names.keys()
        for binding in names[name]
    )


def _imports(data: bytes, stem: str) -> bool:
    """`import stem`, `from pkg.stem import …`, `from pkg import (…, stem)`."""
    name = rb"\b%s\b" % stem.encode()
    taken = rb"from[ \t]+[\w.]*%s[ \t]+import|from[ \t]+[\w.]+[ \t]+import[ \t]*(?:\([^)]*|[^\n(]*)%s"
    return bool(re.search(rb"^[ \t]*(?:import[ \t][^\n]*%s|%s)" % (name, taken % (name, name)), data, re.M))


def _names_in_string(data: bytes, stem: str) -> bool:
    """`"stem:app"`, `"pkg.stem"`, `"stem"`; not the file, `"stem.py"`, nor a project, `name="stem"`."""
    return bool(re.search(rb"""(?<!\bname=)["'](?:[\w]+\.)*%s(?:["':]|\.(?!py\b))""" % stem.encode(), data))
