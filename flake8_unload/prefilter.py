"""Which files can have events at all: cheap looks at text and tree that never miss one. Knows no rule.

Everything here runs on every file, so it is written for speed: one pass over the nodes in question,
no classes, no recursion.
"""

from __future__ import annotations

import ast

from flake8_unload.settings import Settings

_RELOADS = frozenset({"reload", "reload_module"})


def eventful(tree: ast.Module, text: str, settings: Settings) -> bool:
    """False when the file certainly has nothing to report; True costs time, never a false alarm."""
    if ("modules" in text or "reload" in text) and _touches_modules(tree):
        return True
    if settings.extend_factories:
        return True
    from flake8_unload.triggers import acts_at_import

    opt_in = any(prefix.startswith("UNL9") for prefix in settings.select)
    return acts_at_import(tree, text, opt_in) or (opt_in and "del " in text)


def _touches_modules(tree: ast.Module) -> bool:
    """A reload function is named, or `sys.modules` is used in another way than by reading an entry."""
    uses = harmless = 0
    pending: list[ast.AST] = [tree]
    pop, extend = pending.pop, pending.extend
    while pending:
        node = pop()
        kind = type(node)
        if kind is ast.Attribute:
            attr = node.attr  # type: ignore[attr-defined]
            if attr == "modules":
                uses += 1
            elif attr in _RELOADS:
                return True
            pending.append(node.value)  # type: ignore[attr-defined]
            continue
        if kind is ast.Constant or kind is str or node is None:
            continue
        if kind is ast.Name:
            if node.id in _RELOADS:  # type: ignore[attr-defined]
                return True
            continue
        if kind is ast.alias:
            if node.name in _RELOADS or node.name == "modules":  # type: ignore[attr-defined]
                return True
            continue
        if kind in _READERS:
            harmless += _reads_entry(node)
        for name in node._fields:
            value = getattr(node, name, None)
            if type(value) is list:
                extend(value)
            elif isinstance(value, ast.AST):
                pending.append(value)
    return uses > harmless


_READERS = frozenset({ast.Subscript, ast.Compare, ast.Call})


def _reads_entry(node: ast.AST) -> int:
    match node:
        case ast.Subscript(value=ast.Attribute(attr="modules"), ctx=ast.Load()):
            return 1
        case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Attribute(attr="modules")]):
            return 1
        case ast.Call(func=ast.Attribute(value=ast.Attribute(attr="modules"), attr="get")):
            return 1
        case ast.Call(func=ast.Name(id="list" | "tuple" | "sorted" | "set" | "len"), args=[ast.Attribute(attr="modules")]):
            return 1
    return 0

