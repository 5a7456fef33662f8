"""Where a statement stands: its suite, what certainly ran before it, which scope its names go to."""

from __future__ import annotations

import ast

from flake8_unload.events import Import
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Scope

_SUITES = ("body", "orelse", "finalbody")


def suite_of(statement: ast.stmt | None, file: File) -> list[ast.stmt]:
    """The statements that stand in a row with this one; none for no statement."""
    parent = file.parents.get(statement) if statement else None
    for name in _SUITES:
        suite = getattr(parent, name, None)
        if isinstance(suite, list) and statement in suite:
            return suite
    return []


def precedes(statement: ast.stmt, node: ast.AST, file: File) -> bool:
    """Whoever gets to ``node`` from the top of the suite of ``statement`` has executed that before."""
    suite = suite_of(statement, file)
    following = suite[suite.index(statement) + 1 :] if suite else []
    return node in following or any(around in following for around in file.ancestors(node))


def imported_before(module: str, node: ast.AST, file: File) -> bool:
    """An import statement that certainly ran before ``node`` loads the module."""
    for event in file.events(Import):
        if isinstance(event.node, ast.stmt) and _loads(event, module, file):
            if precedes(event.node, node, file):
                return True
    return False


def _loads(event: Import, module: str, file: File) -> bool:
    if event.module == module or event.module.startswith(module + "."):
        return True
    parent, _, leaf = module.rpartition(".")
    return event.module == parent and leaf in event.names and file.place.is_submodule(parent, leaf) is True


def home_of(name: str, block: Scope, file: File) -> Scope | None:
    """The scope that owns ``name`` when a statement of ``block`` binds it."""
    if name in block.globals:
        return file.bindings.module
    return file.bindings.lookup(name, block) if name in block.nonlocals else block
