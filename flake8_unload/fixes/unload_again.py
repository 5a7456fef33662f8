"""The import that is put behind a removal: its place, its scope, its text, and what keeps linters off it.

Knows events and edits; whether it is wanted is decided in `unload_names`.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_unload.edits import Edit, Fix, InsertAfter, InsertBefore, Refusal, ReplaceStatement, anchor
from flake8_unload.events import Bind, Import, Read, Unload, Var
from flake8_unload.fixes.imports import import_module_at
from flake8_unload.fixes.second_import import called_again, marked, needs_import
from flake8_unload.fixes.unload_order import behind
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope
from flake8_unload.surroundings import FUNCTIONS

_MOST = 5  # names in one `global` statement


def imported_again(
    unload: Unload, var: Var, module: str, through_parent: bool, reads: Sequence[Read], file: File
) -> Fix | Refusal:
    """Import the module behind its removal, under the name that is read; or why that is impossible."""
    place = behind(unload, {each.node for each in reads}, file)
    if place is None:
        return Refusal("the removal is part of another statement")
    scope = _function_or_outer(unload.block)
    if var[0] is not scope and _is_own_import(scope, var[1], module, file):
        return Fix(f"bind the global `{var[1]}` again", (_declaration(var, scope, file),), safe=False)
    if through_parent and _goes(module.partition(".")[0], unload, file):
        module, through_parent = module.partition(".")[0], False
    loaded = [module] if through_parent else _loaded(unload, var, module, reads, file)
    if isinstance(loaded, str):
        return Refusal(loaded)
    call = None if needs_import(place, file) else import_module_at(file, place, unload.block)
    if not call and loaded and module.partition(".")[0] != var[1]:
        return Refusal(f"`{loaded[0]}` is read through another name of its package")
    declared = () if through_parent and call else _declared(var, scope, file)
    if isinstance(declared, str):
        return Refusal(declared)
    bound = None if through_parent else module
    if call:
        lines = [called_again(call[0], bound, var, place, unload.block, file)] if bound else []
        code = "\n".join([*lines, *(f'{call[0]}("{each}")' for each in loaded)])
    else:
        code = marked(_statements(bound, loaded, var, file), var, place, unload.block, file)
    new = InsertAfter(anchor(place, file.lines), code, apart=not call)
    return Fix(f"import `{module}` again", (*declared, new, *(call[1] if call else ())), safe=False)


def _goes(module: str, unload: Unload, file: File) -> bool:
    """The same code removes the entry of ``module``, too."""
    return any(each.keys.removes(module) for each in file.events_of(file.block(unload), Unload))


def _submodules_read(module: str, reads: Sequence[Read], file: File) -> list[str]:
    """The submodules that are read as attributes of a package, which a new copy does not have by itself."""
    parents = [file.parents.get(each.node) for each in reads]
    names = sorted({each.attr for each in parents if isinstance(each, ast.Attribute)})
    imported = {each.module for each in file.events(Import)}
    return [
        f"{module}.{name}"
        for name in names
        if file.place.is_submodule(module, name) or f"{module}.{name}" in imported
    ]


def _loaded(unload: Unload, var: Var, module: str, reads: Sequence[Read], file: File) -> list[str] | str:
    """The submodules that were loaded with a package, as far as this file tells; or what keeps one old."""
    below = _submodules_read(module, reads, file)
    for each in below:
        if not unload.keys.removes(each):
            return f"`{each}` stays loaded, and would be no attribute of a new `{module}`"
    nodes = [each.node for each in file.changes_of(var, Bind) if isinstance(each.statement, ast.Import)]
    dotted = {each.name for each in nodes if isinstance(each, ast.alias) and each.asname is None}
    return sorted({*below, *(each for each in dotted if each.startswith(module + "."))})


def _statements(bound: str | None, loaded: list[str], var: Var, file: File) -> str:
    """`import m`, where no call can stand."""
    if loaded:
        return "\n".join(f"import {each}" for each in loaded)
    explicit = any(getattr(each.node, "asname", None) == bound for each in file.changes_of(var, Bind))
    return f"import {bound}" if bound == var[1] and not explicit else f"import {bound} as {var[1]}"


def _function_or_outer(scope: Scope) -> Scope:
    """The scope that a statement of this code binds its names in."""
    while scope.kind is Kind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    return scope


def _is_own_import(scope: Scope, name: str, module: str, file: File) -> bool:
    """The function imports the same module under the same name, for itself alone."""
    found = [(each.node, each.statement) for each in scope.bindings.get(name, ())]
    return bool(found) and all(
        isinstance(node, ast.alias) and file.names.imported(node, statement) == module
        for node, statement in found
    )


def _declared(var: Var, scope: Scope, file: File) -> tuple[Edit, ...] | str:
    """What lets the code of the removal bind ``var``: nothing, or `global` at the top of its function."""
    home, name = var
    if scope is home or name in scope.globals | scope.nonlocals:
        return ()
    if not isinstance(scope.node, FUNCTIONS):
        return f"a {scope.kind.name.lower()} body cannot bind `{name}`, which is of the code around it"
    if name in scope.bindings:
        return f"`{name}` is another name in `{scope.name}`"
    return (_declaration(var, scope, file),)


def _declaration(var: Var, scope: Scope, file: File) -> Edit:
    """Behind the docstring, in front of everything that may use the name."""
    word = "global" if var[0].kind is Kind.MODULE else "nonlocal"
    body: list[ast.stmt] = scope.node.body  # type: ignore[attr-defined]
    documented = isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant) and len(body) > 1
    first = body[1] if documented else body[0]
    at = anchor(first, file.lines)
    known = (
        isinstance(first, ast.Global if word == "global" else ast.Nonlocal) and first.lineno == at.end_line
    )
    if known and len(names := [*first.names, var[1]]) <= _MOST:  # type: ignore[attr-defined]
        return ReplaceStatement(at, f"{word} {', '.join(names)}")
    return InsertBefore(at, f"{word} {var[1]}")
