"""How new code can name what it needs: by an import that is there, or by one that is put in."""

from __future__ import annotations

import ast

from flake8_unload.edits import Edit, EnsureImport
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Scope

Spelling = tuple[str, tuple[Edit, ...]]
"""The expression to write, and the edits that make it right."""


def module_at(file: File, node: ast.expr | ast.stmt, scope: Scope, module: str) -> Spelling | None:
    """How ``node`` in ``scope`` can name a top-level module; None where its name is taken."""
    found = _imported(file, node, scope, module, None)
    if found:
        return found, ()
    return (module, (EnsureImport(module),)) if _is_free(module, file, scope) else None


def name_at(file: File, node: ast.expr | ast.stmt, scope: Scope, module: str, name: str) -> Spelling | None:
    """How ``node`` in ``scope`` can name something that a module defines."""
    found = _imported(file, node, scope, module, name)
    if found:
        return found, ()
    owner = _imported(file, node, scope, module, None)
    if owner:
        return f"{owner}.{name}", ()
    return (name, (EnsureImport(module, name),)) if _is_free(name, file, scope) else None


def import_module_at(file: File, node: ast.expr | ast.stmt, scope: Scope) -> Spelling | None:
    """How ``node`` can name `importlib.import_module`: as the file does already, or by its module."""
    found = _imported(file, node, scope, "importlib", "import_module")
    if found:
        return found, ()
    owner = module_at(file, node, scope, "importlib")
    return (f"{owner[0]}.import_module", owner[1]) if owner else None


def _imported(
    file: File, node: ast.expr | ast.stmt, scope: Scope, module: str, name: str | None
) -> str | None:
    """The name that an import at the top of the file, above ``node``, gives to the module or its member."""
    for statement in file.tree.body:
        if statement.lineno >= node.lineno:
            break
        if name is None and not isinstance(statement, ast.Import):
            continue
        if name and not (
            isinstance(statement, ast.ImportFrom) and statement.module == module and not statement.level
        ):
            continue
        for alias in getattr(statement, "names", ()):
            bound = alias.asname or (alias.name if name else alias.name.partition(".")[0])
            given = bound if name is None and alias.asname is None else alias.name
            if given == (name or module) and _means(bound, file, scope):
                return str(bound)
    return None


def _means(name: str, file: File, scope: Scope) -> bool:
    """The code of ``scope`` sees the one global binding of the name, or plain imports of the same package."""
    module = file.bindings.module
    if file.bindings.lookup(name, scope) is not module:
        return False
    found = module.bindings[name]
    return len(found) == 1 or all(
        isinstance(each.statement, ast.Import)
        and isinstance(each.node, ast.alias)
        and each.node.asname is None
        for each in found
    )


def _is_free(name: str, file: File, scope: Scope) -> bool:
    """The file binds no such name where ``scope`` or the module would see it, and no submodule takes it."""
    taken = file.bindings.lookup(name, scope) or name in file.bindings.module.bindings
    return not (taken or file.bindings.module.star_imports or file.place.is_lost_here(name))
