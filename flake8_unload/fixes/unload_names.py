"""The fix of UNL101: the module is imported again where it was removed, under every name it is read by.

A name that is read later cannot be deleted (FX-1), an attribute of the parent can where an import of it
follows. Knows events and edits.
"""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_unload.edits import Fix, InsertAfter, Refusal, anchor
from flake8_unload.events import Assign, Bind, ForgetAttribute, Import, Read, Reload, Unload, Var
from flake8_unload.fixes.reload_calls import TITLE_OF_RELOAD, imported_anew
from flake8_unload.fixes.suites import precedes
from flake8_unload.fixes.unload_again import imported_again
from flake8_unload.fixes.unload_imports import TITLE, by_its_own_name
from flake8_unload.fixes.unload_in_test import through_monkeypatch
from flake8_unload.fixes.unload_in_tests import imported_by_readers
from flake8_unload.fixes.unload_limits import irreplaceable
from flake8_unload.fixes.unload_order import is_suppressed, removal_goes_first
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach, reaching
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
    fix = fix or _by_reload(unload, module, reads, file)
    if fix is not None:
        return fix
    if _is_for_others(unload, var, reads, file):
        return through_monkeypatch(unload, file)
    return imported_by_readers(unload, var, module, file) or imported_again(
        unload, var, module, through_parent, reads, file
    )


def _is_uncertain(unload: Unload, var: Var, module: str, file: File) -> str | None:
    if is_under_test(unload.node, file) and not is_suppressed(unload.node, file):
        return "a failure is expected here"
    if _in_while(unload, file):
        return "a `while` loop is around the removal, which an import in it might keep going for ever"
    found = reaching(file, unload, var)
    if not all(isinstance(each, Bind) for each in found):
        return f"`{var[1]}` is bound on some paths only"
    if any(isinstance(each, Bind) and isinstance(each.value, ast.Constant) for each in found):
        return f"`{var[1]}` is None where the import of `{module}` fails"
    if not all(part.isidentifier() for part in module.split(".")):
        return f"no import statement can name `{module}`"
    if isinstance(unload.loop, ast.For) and _reads_any(unload.loop.orelse, var, file):
        return f"the `else` of its loop reads `{var[1]}`"
    line = _line_of_later_import(unload, var, module, file)
    return f"`{var[1]}` is imported again at line {line}; that import belongs here" if line else None


def _reads_any(statements: Sequence[ast.stmt], var: Var, file: File) -> bool:
    inside = {node for each in statements for node in ast.walk(each)}
    return any(each.node in inside for each in file.reads_of(var))


def _in_while(unload: Unload, file: File) -> bool:
    for around in file.ancestors(unload.node):
        if isinstance(around, (*FUNCTIONS, ast.Lambda)):
            return False
        if isinstance(around, ast.While):
            return True
    return False


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


def _by_reload(unload: Unload, module: str, reads: Sequence[Read], file: File) -> Fix | None:
    """A reload stands in front of every read: it becomes the import, with the very edits of UNL204."""
    for reload in file.events_of(file.block(unload), Reload):
        given = {*ast.walk(reload.node)}
        others = [each.node for each in reads if each.node not in given]
        statement = reload.statement
        if module in reload.targets and statement is not None and removal_goes_first(unload, statement, file):
            fix = imported_anew(reload, module, module, file)
            if isinstance(fix, Fix) and all(precedes(statement, each, file) for each in others):
                return Fix(TITLE_OF_RELOAD, fix.edits, fix.safe)
    return None


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
