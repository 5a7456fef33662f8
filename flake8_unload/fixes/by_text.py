"""May this file look a global up by its name as text? Knows texts and calls, no edits."""

from __future__ import annotations

import ast
import re

from flake8_unload.fixes.mentions import is_annotation
from flake8_unload.lifecycle import File

_LOOKS_UP = frozenset({"eval", "exec", "globals"})
_PLACES = (ast.Call, ast.Subscript, ast.keyword, ast.Tuple, ast.List)


def why_by_text(name: str, file: File) -> str | None:
    """Something in this file may look the global up by its name, or under its module's name."""
    module = file.bindings.module
    own = (file.place.module or "", "sys.modules.__name__")
    for node in ast.walk(file.tree):
        match node:
            case ast.Call(func=ast.Name(id="vars" | "locals"), args=[]) if not _in_function(node, file):
                return "`vars()` or `locals()` may look the name up by its text"
            case ast.Call(func=ast.Name() | ast.Attribute() as func) if _looks_up(func, file):
                return f"`{ast.unparse(func)}` may look the name up by its text"
            case ast.Constant(value=str(text)) if in_doctest(text, name):
                return f"an example of a doctest uses `{name}`"
            case ast.Constant(value=str(text)) if _names_it(node, text, name, file):
                return f"the text {text!r} may stand for the name"
            case ast.Attribute(value=value, attr=attr) if attr == name and file.place.module:
                if file.names.resolve(value, module) in own:
                    return f"`{ast.unparse(node)}` is used beside it"
    return None


def _looks_up(func: ast.Name | ast.Attribute, file: File) -> bool:
    name = func.id if isinstance(func, ast.Name) else func.attr
    return name in _LOOKS_UP and file.names.resolve(func, file.bindings.module) == f"builtins.{name}"


def _in_function(node: ast.AST, file: File) -> bool:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return any(isinstance(each, functions) for each in file.ancestors(node))


def in_doctest(text: str, name: str) -> bool:
    """An example in the text names it."""
    return ">>>" in text and bool(re.search(rf"^\s*(?:>>>|\.\.\.).*\b{name}\b", text, re.M))


def _names_it(node: ast.Constant, text: str, name: str, file: File) -> bool:
    """`"x"` as an argument or key, `"x.y"` as an annotation, and `"module.x"`."""
    if text == name and isinstance(file.parents.get(node), _PLACES):
        return True
    if name in text and is_annotation(node, file) and re.search(rf"\b{name}\b", text):
        return True
    tail = (file.place.module or "").rpartition(".")[2]
    return bool(tail) and text.endswith(f"{tail}.{name}")
