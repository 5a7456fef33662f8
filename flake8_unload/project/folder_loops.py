"""Loops that reload in the order of a folder listing: what they spell of the place. Executes nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload.project.code_names import bound_by, names_of

_IMPORTERS = frozenset({"import_module", "__import__", "spec_from_file_location", "find_spec"})


def says_where(loop: ast.stmt, tree: ast.Module | None) -> bool:
    """What stands around the loop, or what its names are bound to, spells a place.

    Else a user may choose the folder that it imports from. One that looks up what is loaded stays at home.
    """
    if not names_of(loop).has(_IMPORTERS):
        return True
    around = [each for each in (tree.body if tree else ()) if loop in ast.walk(each)]
    takes = any(isinstance(each, ast.arguments) and each.args for one in around for each in ast.walk(one))
    if tree is None or takes or around == [loop]:
        return any(_is_place(node) for node in ast.walk(tree or loop))
    names = {each for one in around for each in names_of(one).variables}
    bound = [
        each for each in tree.body if isinstance(each, (ast.Assign, ast.AnnAssign)) and bound_by(each) & names
    ]
    return any(_is_place(node) for one in (*around, *bound) for node in ast.walk(one))


def _is_place(node: ast.AST) -> bool:
    match node:
        case ast.Name(id="__file__" | "__path__" | "__name__" | "__package__" | "__spec__"):
            return True
        case ast.Attribute(attr="__file__" | "__path__"):
            return True
        case ast.Constant(value=str(text)):
            return bool(re.match(r"[\w/]+[./]", text))
    return False


def texts(loop: ast.stmt) -> Iterator[str]:
    """What a loop spells of what it goes through."""
    for node in ast.walk(loop.iter) if isinstance(loop, (ast.For, ast.AsyncFor)) else ():
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value
