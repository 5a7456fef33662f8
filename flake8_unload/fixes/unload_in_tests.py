"""A fix of UNL101 in test files: the tests that read the module import it, each for itself.

The function that removes it then needs no `global`. Knows events and edits.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.edits import DropImport, Edit, Fix, InsertAfter, InsertBefore, anchor
from flake8_unload.events import Unload, Var
from flake8_unload.fixes.by_text import in_doctest
from flake8_unload.fixes.certain import expects_key_error, is_commented
from flake8_unload.fixes.elsewhere import is_patched, is_taken
from flake8_unload.fixes.mentions import Use, uses_of
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope
from flake8_unload.surroundings import FUNCTIONS, Function, is_test_code, words

_LOOKS_UP = frozenset({"eval", "exec", "globals", "locals", "vars"})
_PAUSES = (ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFor, ast.AsyncWith)


def imported_by_readers(unload: Unload, var: Var, module: str, file: File) -> Fix | None:
    """Move the import into the tests, behind what they call to remove the module; None where that is no way.

    Tests are named by no other code. The removal must not mind that the module may not be loaded yet.
    """
    home, name = var
    imports = list(_imports(var, file))
    if home.kind is not Kind.MODULE or not imports or name in file.exported:
        return None
    removals = _removals(module, file)
    if not all(isinstance(each.block.node, FUNCTIONS) and _may_be_absent(each, file) for each in removals):
        return None
    if _is_named_otherwise(name, file):
        return None
    readers: dict[Function, list[Use]] = {}
    for use in uses_of(var, file):
        reader = _code_of(use.scope)
        if not isinstance(reader, FUNCTIONS) or not is_test_code(reader) or reader is unload.block.node:
            return None
        if name in use.scope.globals:
            return None
        readers.setdefault(reader, []).append(use)
    removing = _removing({each.block.name for each in removals}, file)
    lines = [each for statement in imports for each in _texts(statement, name)]
    edits: list[Edit] = [DropImport(anchor(each, file.lines), name, certain=True) for each in imports]
    for reader, uses in readers.items():
        at = _place(reader, uses, removing)
        if at is None:
            return None
        edits.append(_inserted("\n".join(lines), reader, at, file))
    return Fix(f"import `{module}` in the tests that read it", tuple(edits), safe=False) if readers else None


def _imports(var: Var, file: File) -> Iterator[ast.Import]:
    """The plain imports at the top level that bind the name; none where anything else does, too."""
    found = [each.statement for each in var[0].bindings.get(var[1], ())]
    statements = dict.fromkeys(each for each in found if isinstance(each, ast.Import))
    if len(statements) == len({*found}) and all(
        each in file.tree.body and not is_commented(each, file) for each in statements
    ):
        yield from statements


def _texts(statement: ast.Import, name: str) -> Iterator[str]:
    for alias in statement.names:
        if (alias.asname or alias.name.partition(".")[0]) == name:
            yield f"import {alias.name}" + (f" as {alias.asname}" if alias.asname else "")


def _removals(module: str, file: File) -> list[Unload]:
    """Every removal that may be one of the module."""
    top = module.partition(".")[0]
    return [
        each
        for each in file.events(Unload)
        if not each.keys.known or any(each.keys.removes(one) for one in (top, module))
    ]


def _may_be_absent(unload: Unload, file: File) -> bool:
    """The removal asks first whether there is an entry, or takes it that there is none."""
    if unload.lenient or expects_key_error(unload.node, file):
        return True
    asked = [unload.loop.iter] if unload.loop is not None else []
    parent = file.parents.get(unload.statement) if unload.statement else None
    asked += [parent.test] if isinstance(parent, ast.If) else []
    places = [
        each for node in asked for each in ast.walk(node) if isinstance(each, (ast.Name, ast.Attribute))
    ]
    return any(file.names.resolve(each, unload.block) == "sys.modules" for each in places)


def _is_named_otherwise(name: str, file: File) -> bool:
    """The global may be looked up by its name: by text, by a doctest, by another file."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Name(id=called) if called in _LOOKS_UP:
                return True
            case ast.Constant(value=str(text)) if in_doctest(text, name):
                return True
    return is_taken(file.filename, name) or is_patched(file.filename, name)


def _code_of(scope: Scope) -> ast.AST:
    """What runs the code of a scope as it comes to it."""
    while scope.kind is Kind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    return scope.node


def _removing(names: set[str], file: File) -> set[str]:
    """The functions that call, or name, one that removes the module: by their names."""
    functions = [each for each in ast.walk(file.tree) if isinstance(each, FUNCTIONS)]
    found: set[str] = set()
    while names - found:
        found |= names
        names = {each.name for each in functions if found & set(words(each))}
    return found


def _place(reader: Function, uses: list[Use], removing: set[str]) -> int | None:
    """The statement of the test in front of which the import belongs; None where a removal comes later."""
    wanted = {use.node for use in uses}
    at = next((at for at, each in enumerate(reader.body) if wanted & {*ast.walk(each)}), None)
    if at is None or any(isinstance(each, _PAUSES) for each in ast.walk(reader)):
        return None
    later = {name for each in reader.body[at:] for name in words(each)}
    return None if removing & later else at


def _inserted(code: str, reader: Function, at: int, file: File) -> Edit:
    if at:
        return InsertAfter(anchor(reader.body[at - 1], file.lines), code, apart=True)
    return InsertBefore(anchor(reader.body[at], file.lines), code)
