"""The fix of UNL102: the submodule is imported by its own name, which asks `sys.modules` first."""

from __future__ import annotations

import ast

from flake8_unload.edits import Edit, Fix, Refusal, ReplaceStatement, anchor
from flake8_unload.events import Import, Unload
from flake8_unload.fixes.imports import module_at
from flake8_unload.fixes.second_import import comment, is_double
from flake8_unload.fixes.suites import home_of
from flake8_unload.fixes.unload_limits import irreplaceable
from flake8_unload.fixes.unload_order import removal_goes_first
from flake8_unload.lifecycle import File

TITLE = "import the submodule by its own name"


def by_its_own_name(event: Import, unload: Unload, file: File) -> Fix | Refusal:
    """`import pkg.sub as sub` for `from pkg import sub`, `import_module` for `from . import sub`."""
    statement = event.node
    if not isinstance(statement, ast.ImportFrom):
        return Refusal("this is no from-import")
    reason = irreplaceable(event.module, file) if not statement.level else None
    if reason:
        return Refusal(reason)
    if not removal_goes_first(unload, statement, file):
        return Refusal("the import also runs where nothing was removed")
    if not all(_is_module(event, alias.name, unload, file) for alias in statement.names):
        return Refusal("the other names of the import may be no submodules")
    found = _relative(event, statement, file) if statement.level else (_absolute(event, statement, file), ())
    if found is None:
        return Refusal("`importlib` is another name here")
    code, edits = found
    return Fix(TITLE, (ReplaceStatement(anchor(statement, file.lines), code), *edits))


def _is_module(event: Import, name: str, unload: Unload, file: File) -> bool:
    module = f"{event.module}.{name}"
    return unload.keys.removes(module) or file.place.is_submodule(event.module, name) is True


def _absolute(event: Import, statement: ast.ImportFrom, file: File) -> str:
    return "\n".join(_by_name(event, alias, statement, file) for alias in statement.names)


def _by_name(event: Import, alias: ast.alias, statement: ast.ImportFrom, file: File) -> str:
    name = alias.asname or alias.name
    code, home = f"import {event.module}.{alias.name} as {name}", home_of(name, event.block, file)
    double = home is not None and is_double((home, name), statement, event.block, file)
    return code + comment(["F811"] * double)  # where it stands, an import stood before: no E402


def _relative(event: Import, statement: ast.ImportFrom, file: File) -> tuple[str, tuple[Edit, ...]] | None:
    found = module_at(file, statement, event.block, "importlib")
    if found is None:
        return None
    importlib, edits = found
    parent = "." * statement.level + (f"{statement.module}." if statement.module else "")
    lines = [
        f'{alias.asname or alias.name} = {importlib}.import_module("{parent}{alias.name}", __package__)'
        for alias in statement.names
    ]
    return "\n".join(lines), edits
