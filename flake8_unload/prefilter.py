"""Which files can have events at all: cheap looks at text and tree that never miss one. Knows no rule."""

from __future__ import annotations

import ast

from flake8_unload.settings import Settings

_MODULES = "modules"
_RELOADS = frozenset({"reload", "reload_module"})


def eventful(tree: ast.Module, text: str, filename: str, settings: Settings) -> bool:
    """False when the file certainly has nothing to report; True costs time, never a false alarm."""
    if (_MODULES in text or "reload" in text) and _touches_modules(tree):
        return True
    return True


def _touches_modules(tree: ast.Module) -> bool:
    """A reload function is named, or `sys.modules` is used in another way than by reading an entry."""
    uses = harmless = 0
    pending: list[ast.AST] = [tree]
    while pending:
        node = pending.pop()
        kind = type(node)
        if kind is ast.Attribute:
            assert isinstance(node, ast.Attribute)
            uses += node.attr == _MODULES
            if node.attr in _RELOADS:
                return True
        elif kind is ast.Name:
            assert isinstance(node, ast.Name)
            if node.id in _RELOADS:
                return True
        elif kind is ast.alias:
            assert isinstance(node, ast.alias)
            if node.name in _RELOADS or node.name == _MODULES or node.asname == _MODULES:
                return True
        elif kind is ast.Subscript or kind is ast.Compare:
            harmless += _reads_entry(node)
        pending.extend(ast.iter_child_nodes(node))
    return uses > harmless


def _reads_entry(node: ast.AST) -> int:
    match node:
        case ast.Subscript(value=ast.Attribute(attr="modules"), ctx=ast.Load()):
            return 1
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Attribute(attr="modules")]):
            return 1
    return 0
