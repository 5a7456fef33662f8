"""What is known about names that are taken from a module before it is reloaded. Knows no edits.

Both fixes of UNL201 ask: from where, under which condition, what else binds them.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_unload.events import Forget, Reload, Var
from flake8_unload.fixes.reload_kept import keeper
from flake8_unload.fixes.suites import suite_of
from flake8_unload.lifecycle import File, namespace_guard
from flake8_unload.scopes import Binding


@dataclass(frozen=True, slots=True)
class Taken:
    """A variable that `from m import …` binds, by one statement or several alike; in source order."""

    var: Var
    statements: tuple[ast.ImportFrom, ...]
    alias: ast.alias

    @property
    def as_imported(self) -> str:
        """`f`, or `f as g`."""
        return f"{self.alias.name} as {self.alias.asname}" if self.alias.asname else self.alias.name


def taken(var: Var, module: str, reload: Reload, file: File) -> Taken | str:
    """What binds the variable, or the reason why it cannot be given a new value."""
    scope, name = var
    bindings = scope.bindings[name]
    statements = tuple(_statements(bindings, module, file))
    if any(file.changes_of(var, Forget)):
        return f"`{name}` is deleted somewhere"
    if len(statements) < len(bindings):
        return f"`{name}` is bound by something else as well"
    names = {(alias.name, alias.asname) for each in bindings if isinstance(alias := each.node, ast.alias)}
    alias = bindings[0].node
    if len(names) > 1 or not isinstance(alias, ast.alias):
        return f"`{name}` is bound by something else as well"
    if any(_is_conditional(each, reload, file) for each in statements):
        return f"`{name}` is imported only under a condition"
    return keeper(var, reload, file) or Taken(var, statements, alias)


def _statements(bindings: list[Binding], module: str, file: File) -> Iterator[ast.ImportFrom]:
    for each in bindings:
        if isinstance(each.statement, ast.ImportFrom) and file.names.source(each.statement) == module:
            yield each.statement


def _is_conditional(statement: ast.stmt, reload: Reload, file: File) -> bool:
    """A compound statement holds the import but not the reload; branches of a namespace guard are one."""
    around_reload = list(file.ancestors(reload.node))
    child: ast.AST = statement
    for around in file.ancestors(statement):
        if isinstance(around, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module)):
            return False
        guards = isinstance(around, ast.If) and namespace_guard(around.test) is not None
        if around not in around_reload or not (guards or _in_one_suite(child, around, around_reload, reload)):
            return True
        child = around
    return False


def _in_one_suite(child: ast.AST, around: ast.AST, around_reload: list[ast.AST], reload: Reload) -> bool:
    """``child`` stands in the same suite of ``around`` as the reload."""
    at = around_reload.index(around)
    other = around_reload[at - 1] if at else reload.node
    for name in ("body", "orelse", "finalbody", "handlers"):
        suite = getattr(around, name, None)
        if isinstance(suite, list) and child in suite:
            return other in suite
    return False


def spelled(statement: ast.ImportFrom) -> str:
    """The module as the statement writes it, with its dots."""
    return "." * statement.level + (statement.module or "")


def stands_beside(statement: ast.stmt, reload: Reload, file: File) -> bool:
    """In the suite of the reload statement, in front of it."""
    suite = suite_of(reload.statement, file)
    return reload.statement in suite and statement in suite[: suite.index(reload.statement)]
