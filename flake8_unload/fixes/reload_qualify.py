"""The other fix of UNL201: every use asks the module, so that no reload leaves it old."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Sequence

from flake8_unload.aftermath import is_exported
from flake8_unload.edits import (
    DropImport,
    Edit,
    Fix,
    InsertAfter,
    InsertBefore,
    Refusal,
    Replace,
    ReplaceStatement,
    anchor,
)
from flake8_unload.events import Forget, Reload, Var
from flake8_unload.fixes.by_text import in_doctest
from flake8_unload.fixes.certain import is_commented
from flake8_unload.fixes.elsewhere import is_patched, is_taken
from flake8_unload.fixes.mentions import Use, is_annotation, is_immediate, uses_of
from flake8_unload.fixes.reload_taken import Taken, spelled, taken
from flake8_unload.fixes.suites import precedes, suite_of
from flake8_unload.held import module_names
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind

_TITLE = "take it from the module at every use"


def qualified(reload: Reload, module: str, var: Var, stale: Sequence[Var], file: File) -> Fix | Refusal:
    """`m.f` for all stale names of the module that allow it, if ``var`` is one of them."""
    found = {each: _allowed(each, module, reload, file) for each in stale}
    own = found[var]
    if isinstance(own, str):
        return Refusal(own)
    names = [each for each in found.values() if isinstance(each, Taken)]
    uses = {each.var: uses_of(each.var, file) for each in names}
    owner = _owner(module, names, uses, reload, file)
    if owner is None:
        return Refusal(f"no name stands for `{module}` wherever `{var[1]}` is used")
    name, binding = owner
    edits: list[Edit] = [
        Replace(anchor(use.node, file.lines), f"{name}.{each.alias.name}")
        for each in names
        for use in uses[each.var]
    ]
    kept = [each for each in names if _is_public(each, file)]
    for each in names:
        if any(_has_lost_comment(one, names, kept, binding, file) for one in each.statements):
            return Refusal(f"a comment stands at the import of `{each.var[1]}`")
    for statement in dict.fromkeys(one for each in names for one in each.statements):
        here = [each for each in names if statement in each.statements]
        edits += _without(statement, here, [each for each in here if each in kept], binding, file)
        binding = None
    safe = not any(is_patched(file.filename, each.var[1]) for each in kept)
    return Fix(_TITLE, tuple(edits), safe)


def _allowed(var: Var, module: str, reload: Reload, file: File) -> Taken | str:
    found = taken(var, module, reload, file)
    if isinstance(found, str):
        return found
    if is_exported(file, reload, var):
        return f"`{var[1]}` is exported, and others would go on to get the old one"
    if any(_cannot_be_located(use.node, file) for use in uses_of(var, file)):
        return f"`{var[1]}` is used in an f-string, in which Python 3.11 knows no places"
    if _is_declared(var[1], file):
        return f"a function declares `{var[1]}` as `global` or `nonlocal`"
    if any(len(suite_of(each, file)) == 1 for each in found.statements):
        return f"the import of `{var[1]}` is all that its block does"
    if _stands_in_text(var[1], file):
        return f'the text "{var[1]}" may stand for the name'
    return found


def _is_declared(name: str, file: File) -> bool:
    nodes = (each for each in ast.walk(file.tree) if isinstance(each, (ast.Global, ast.Nonlocal)))
    return any(name in each.names for each in nodes)


def _cannot_be_located(node: ast.expr, file: File) -> bool:
    return sys.version_info < (3, 12) and any(
        isinstance(each, ast.JoinedStr) for each in file.ancestors(node)
    )


def _stands_in_text(name: str, file: File) -> bool:
    """`cast("C", x)`, `globals()["f"]`, `x: "list[C]"`, `>>> f()`."""
    word = re.compile(rf"\b{name}\b")
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            if node.value == name or (word.search(node.value) and is_annotation(node, file)):
                return True
            if in_doctest(node.value, name):
                return True
    return False


# -- what stands for the module ----------------------------------------------------------------
_Owner = tuple[str, str | None]
"""How to write the module, and the import that is needed for it."""


def _owner(
    module: str, names: Sequence[Taken], uses: dict[Var, list[Use]], reload: Reload, file: File
) -> _Owner | None:
    everywhere = [use for each in uses.values() for use in each]
    for var, below in module_names(file, reload, module):
        if _is_always(var, module.partition(".")[0] if below else module, file) and all(
            _sees(use, var, reload, file) for use in everywhere
        ):
            return (module if below else var[1]), None
    package, _, leaf = module.rpartition(".")
    scope = names[0].var[0]
    if not leaf.isidentifier() or scope.kind is Kind.CLASS or leaf in scope.bindings:
        return None
    if scope.star_imports or any(file.bindings.lookup(leaf, use.scope) for use in everywhere):
        return None
    if file.place.is_lost_here(spelled(names[0].statements[0])):
        return None
    if not package and spelled(names[0].statements[0]) == module:
        return leaf, f"import {module}"
    if not file.place.gives_submodule(package, leaf):
        return None
    above = spelled(names[0].statements[0]).removesuffix(leaf)
    above = above if not above.strip(".") else above.removesuffix(".")
    return (leaf, f"from {above} import {leaf}") if above else None


def _is_always(var: Var, module: str, file: File) -> bool:
    """Nothing else is ever bound to the name of the module, nor is it deleted."""
    found = file.names.candidates(ast.Name(var[1], ast.Load()), var[0])
    return found == {module} and not any(file.changes_of(var, Forget))


def _sees(use: Use, var: Var, reload: Reload, file: File) -> bool:
    """The use finds that name, and certainly after it was bound."""
    scope, name = var
    if file.bindings.lookup(name, use.scope) is not scope:
        return False
    statements = [each.statement for each in scope.bindings[name] if isinstance(each.node, ast.alias)]
    later = not is_immediate(use, file.block_of(scope), file)
    return any(
        statement is not None
        and (precedes(statement, use.node, file) or (later and precedes(statement, reload.node, file)))
        for statement in statements
    )


# -- what becomes of the import ----------------------------------------------------------------
def _is_public(name: Taken, file: File) -> bool:
    """Others take the name from this file."""
    return name.var[0].kind is Kind.MODULE and (
        is_taken(file.filename, name.var[1]) or is_patched(file.filename, name.var[1])
    )


def _has_lost_comment(
    statement: ast.ImportFrom, names: Sequence[Taken], kept: Sequence[Taken], binding: str | None, file: File
) -> bool:
    """The whole statement goes, or its line gets another comment."""
    whole = len(statement.names) == sum(statement in each.statements for each in names)
    return whole and (bool(kept) or not binding) and is_commented(statement, file)


def _without(
    statement: ast.ImportFrom, names: Sequence[Taken], kept: Sequence[Taken], binding: str | None, file: File
) -> Iterator[Edit]:
    """The import of the module if needed, and the statement without the names; public ones stay, marked."""
    at = anchor(statement, file.lines)
    public = f"from {spelled(statement)} import {', '.join(each.as_imported for each in kept)}  # noqa: F401"
    whole = len(statement.names) == len(names)
    if whole and (kept or binding):
        yield ReplaceStatement(at, "\n".join([*([binding] if binding else []), *([public] if kept else [])]))
        return
    if binding:
        yield InsertBefore(at, binding)
    for each in names:
        yield DropImport(at, each.var[1], certain=True)
    if kept:
        yield InsertAfter(at, public)
