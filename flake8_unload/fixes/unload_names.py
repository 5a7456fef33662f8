"""The fix of UNL101: the module is imported again where it was removed, under every name it is read by.

A name that is read later cannot be deleted (FX-1), an attribute of the parent can where an import of it
follows. Knows events and edits.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_unload.edits import Edit, Fix, InsertAfter, InsertBefore, Refusal, anchor
from flake8_unload.events import Assign, Bind, ForgetAttribute, Import, Read, Unload, Var
from flake8_unload.fixes.second_import import marked
from flake8_unload.fixes.suites import precedes
from flake8_unload.fixes.unload_imports import TITLE, by_its_own_name
from flake8_unload.fixes.unload_in_test import through_monkeypatch
from flake8_unload.fixes.unload_limits import irreplaceable
from flake8_unload.fixes.unload_order import behind, is_suppressed, removal_goes_first
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach, reaching
from flake8_unload.scopes import Kind, Scope
from flake8_unload.scripts import is_test
from flake8_unload.surroundings import FUNCTIONS, is_test_code, is_under_test


def renewed(
    unload: Unload, var: Var, module: str, through_parent: bool, reads: Sequence[Read], file: File
) -> Fix | Refusal:
    """How the reads of ``var`` get a module that is in `sys.modules`, or why there is no way."""
    reason = irreplaceable(module, file) or _is_uncertain(unload, var, module, file)
    if reason:
        return Refusal(reason)
    fix = _attribute_served(unload, module, reads, file) if through_parent else None
    if fix is not None:
        return fix
    if _is_for_others(unload, var, reads, file):
        return through_monkeypatch(unload, file)
    return _imported_again(unload, var, module, through_parent, reads, file)


def _is_uncertain(unload: Unload, var: Var, module: str, file: File) -> str | None:
    if is_under_test(unload.node, file) and not is_suppressed(unload.node, file):
        return "a failure is expected here"
    found = reaching(file, unload, var)
    if not all(isinstance(each, Bind) for each in found):
        return f"`{var[1]}` is bound on some paths only"
    if any(isinstance(each, Bind) and isinstance(each.value, ast.Constant) for each in found):
        return f"`{var[1]}` is None where the import of `{module}` fails"
    if not _is_certainly_module(unload, module, file):
        return f"`{module}` may be no module"
    if not all(part.isidentifier() for part in module.split(".")):
        return f"no import statement can name `{module}`"
    line = _line_of_later_import(unload, var, module, file)
    return f"`{var[1]}` is imported again at line {line}; that import belongs here" if line else None


def _is_certainly_module(unload: Unload, module: str, file: File) -> bool:
    """A key names it, an import statement loads it, or it is a file; a prefix may fit anything."""
    parent, _, leaf = module.rpartition(".")
    loaded = any(each.module == module for each in file.events(Import))
    return module in unload.keys.exact or loaded or file.place.is_submodule(parent, leaf) is True


def _line_of_later_import(unload: Unload, var: Var, module: str, file: File) -> int:
    """Where the same code binds the name to the module again, but too late for some reads; else 0."""
    for bind in file.events_of(file.block(unload), Bind):
        line: int = getattr(bind.node, "lineno", 0)
        if bind.var == var and bind.imported == module and line > getattr(unload.node, "lineno", 0):
            if can_reach(file.flow(unload), unload.step, bind.step):
                return line
    return 0


# -- the attribute of the parent ---------------------------------------------------------------
def _attribute_served(unload: Unload, module: str, reads: Sequence[Read], file: File) -> Fix | None:
    """`from pkg import sub` stands in front of every read: it must give the new module, not the attribute."""
    parent, _, leaf = module.rpartition(".")
    taking = [
        event
        for event in file.events_of(file.block(unload), Import)
        if event.module == parent and leaf in event.names and removal_goes_first(unload, event.node, file)
    ]
    serving = [each for each in taking if _serves(each, reads, file)]
    if not serving:
        return None
    fix = by_its_own_name(serving[0], unload, file)
    if isinstance(fix, Fix):
        return Fix(TITLE, fix.edits)  # the very edits of UNL102: made once for both
    if not _attribute_is_there(unload, module, file):
        return None
    statement = unload.statement
    assert statement is not None
    return Fix(
        f"delete `{module}` with its entry", (InsertAfter(anchor(statement, file.lines), f"del {module}"),)
    )


def _serves(event: Import, reads: Sequence[Read], file: File) -> bool:
    return isinstance(event.node, ast.stmt) and all(precedes(event.node, each.node, file) for each in reads)


def _attribute_is_there(unload: Unload, module: str, file: File) -> bool:
    """Nothing else takes it away, and the removal runs once for each time that it was set."""
    changed = [each.name for each in file.events(ForgetAttribute)]
    changed += [each.name for each in file.events(Assign)]
    if {None, module} & set(changed):
        return False
    suites = (ast.Module, *FUNCTIONS)
    alone = isinstance(unload.statement, (ast.Delete, ast.Expr)) and not unload.loop
    return alone and isinstance(file.parents[unload.statement], suites)  # type: ignore[index]


def _is_for_others(unload: Unload, var: Var, reads: Sequence[Read], file: File) -> bool:
    """A test or fixture removes what only other functions read later: they want the entry put back."""
    function = unload.block.node
    own = file.block(unload)
    tests = (
        isinstance(function, FUNCTIONS) and is_test_code(function) and is_test(file.filename, file.settings)
    )
    return tests and var[0] is not own and not any(file.block(each) is own for each in reads)


# -- importing again ---------------------------------------------------------------------------
def _imported_again(
    unload: Unload, var: Var, module: str, through_parent: bool, reads: Sequence[Read], file: File
) -> Fix | Refusal:
    place = behind(unload, {each.node for each in reads}, file)
    if place is None:
        return Refusal("the removal is part of another statement")
    scope = _function_or_outer(unload.block)
    if var[0] is not scope and _is_own_import(scope, var[1], module, file):
        return Fix(f"bind the global `{var[1]}` again", (_declaration(var, scope, file),), safe=False)
    declared = _declared(var, scope, file)
    if isinstance(declared, str):
        return Refusal(declared)
    below = _submodules_read(module, reads, file) if not through_parent else []
    for each in below:
        if not unload.keys.removes(each):
            return Refusal(f"`{each}` stays loaded, and would be no attribute of a new `{module}`")
    if below and module != var[1]:
        return Refusal(f"`{below[0]}` is read through another name of `{module}`")
    code = "\n".join(_imports(var, module, through_parent, below, file))
    code = marked(code, var, place, unload.block, file)
    edits = (*declared, InsertAfter(anchor(place, file.lines), code, apart=True))
    return Fix(f"import `{module}` again", edits, safe=False)


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


def _imports(var: Var, module: str, through_parent: bool, below: list[str], file: File) -> Iterator[str]:
    """The statements that bind ``var`` to the module, with what was loaded ``below`` it."""
    if through_parent:
        yield f"import {module}"
        return
    if module == var[1]:
        aliases = [each.node for each in file.changes_of(var, Bind) if isinstance(each.statement, ast.Import)]
        dotted = {each.name for each in aliases if isinstance(each, ast.alias) and each.asname is None}
        explicit = any(getattr(each, "asname", None) == module for each in aliases)
        loaded = sorted({*below, *(each for each in dotted if each.startswith(module + "."))})
        yield from (f"import {each}" for each in loaded or [f"{module} as {module}" if explicit else module])
    else:
        yield f"import {module} as {var[1]}"


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
    return InsertBefore(anchor(body[1] if documented else body[0], file.lines), f"{word} {var[1]}")
