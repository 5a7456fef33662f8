"""The default fix of UNL201: the names are taken from the module after its reload."""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from flake8_unload.disk import definitions
from flake8_unload.edits import DropImport, Edit, Fix, InsertAfter, Refusal, anchor
from flake8_unload.events import Import, Reload, Var
from flake8_unload.fixes.certain import has_comment, is_commented
from flake8_unload.fixes.mentions import uses_of
from flake8_unload.fixes.reload_kept import keeper
from flake8_unload.fixes.reload_taken import Taken, spelled, stands_beside, taken
from flake8_unload.fixes.second_import import is_between, is_double, noqa
from flake8_unload.fixes.suites import home_of, precedes, suite_of
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind

_TITLE = "import after the reload"
_WIDTH = 79


def taken_again(reload: Reload, module: str, var: Var, stale: Sequence[Var], file: File) -> Fix | Refusal:
    """One import of all stale names of the module that allow it, if ``var`` is one of them."""
    reason = _unfit(reload)
    if reason:
        return Refusal(reason)
    found = {each: _allowed(each, module, reload, stale, file) for each in stale}
    own = found[var]
    if isinstance(own, str):
        return Refusal(own)
    names = [each for each in found.values() if isinstance(each, Taken)]
    names.sort(key=lambda each: (each.alias.lineno, each.alias.col_offset))
    moved = _movable(names, module, reload, file)
    edits: list[Edit] = [
        DropImport(anchor(each.statements[0], file.lines), each.var[1], certain=True) for each in moved
    ]
    double = any(each not in moved and _is_double(each, reload, file) for each in names)
    code = _statement(names, reload, ["F811"] * double)
    return Fix(_TITLE, (*edits, _inserted(code, reload, file)))


def _unfit(reload: Reload) -> str | None:
    """Why nothing can be put behind this reload."""
    statement = reload.statement
    if len(reload.targets) != 1 or reload.prefixes or len(reload.node.args) == 2:
        return "the call reloads several modules"
    if not isinstance(statement, (ast.Expr, ast.Assign, ast.AnnAssign)) or statement.value is not reload.node:
        return "the reload is part of an expression"
    return None


def _allowed(var: Var, module: str, reload: Reload, stale: Sequence[Var], file: File) -> Taken | str:
    if home_of(var[1], reload.block, file) is not var[0]:
        return f"`{var[1]}` is bound outside, where an import here does not reach it"
    if any(name == var[1] and scope is not var[0] for scope, name in stale):
        return f"`{var[1]}` is bound outside, too, where an import here does not reach it"
    return taken(var, module, reload, file)


# -- the statement -----------------------------------------------------------------------------
def _statement(names: Sequence[Taken], reload: Reload, codes: list[str]) -> str:
    """The import, in one line or in several."""
    assert reload.statement is not None
    comment = noqa(reload.statement, codes)
    listed = [each.as_imported for each in names]
    head = f"from {spelled(names[0].statements[0])} import "
    if reload.statement.col_offset + len(head) + len(", ".join(listed)) <= _WIDTH:
        return head + ", ".join(listed) + comment
    return f"{head}({comment}\n" + "".join(f"    {each},\n" for each in listed) + ")"


def _inserted(code: str, reload: Reload, file: File) -> InsertAfter:
    """Behind the reload; a blank line keeps imports of a module apart from what is below."""
    assert reload.statement is not None
    suite = suite_of(reload.statement, file)
    below = suite[suite.index(reload.statement) + 1 :][:1]
    imports = any(isinstance(each, (ast.Import, ast.ImportFrom)) for each in below)
    return InsertAfter(anchor(reload.statement, file.lines), code, apart=not imports)


def _is_double(name: Taken, reload: Reload, file: File) -> bool:
    assert reload.statement is not None
    return is_double(name.var, reload.statement, reload.block, file)


# -- in the place of the first import ----------------------------------------------------------
def _movable(names: Sequence[Taken], module: str, reload: Reload, file: File) -> list[Taken]:
    """The names whose first import can go: nothing happens between it and the reload."""
    found = [
        each
        for each in names
        if len(each.statements) == 1
        and stands_beside(each.statements[0], reload, file)
        and _is_double(each, reload, file)
        and _nothing_happens(each.statements[0], module, reload, file)
    ]
    return [each for each in found if _can_go(each.statements[0], found, module, reload, file)]


def _can_go(
    statement: ast.ImportFrom, found: Sequence[Taken], module: str, reload: Reload, file: File
) -> bool:
    """Nothing is lost with these names of the statement: no comment, nor the first import of the module."""
    if len(statement.names) > sum(each.statements[0] is statement for each in found):
        return not has_comment(statement, file)
    return not is_commented(statement, file) and _loaded_otherwise(statement, module, reload, file)


def _nothing_happens(statement: ast.stmt, module: str, reload: Reload, file: File) -> bool:
    """Only imports of the standard library and of the module itself, functions and constants in between."""
    if not isinstance(file.parents.get(statement), (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef)):
        return False
    suite = suite_of(statement, file)
    assert reload.statement is not None
    between = suite[suite.index(statement) + 1 : suite.index(reload.statement)]
    return all(_is_inert(each, module, file) for each in between)


def _is_inert(statement: ast.stmt, module: str, file: File) -> bool:
    match statement:
        case ast.Import(names=names):
            return all(_is_known(each.name, module) for each in names)
        case ast.ImportFrom():
            return _is_known(file.names.source(statement), module)
        case ast.FunctionDef(decorator_list=[], args=ast.arguments(defaults=[], kw_defaults=[])):
            return True
        case ast.ClassDef(decorator_list=[], bases=[], keywords=[], body=body):
            return all(_is_inert(each, module, file) for each in body)
        case ast.Assign(
            targets=[ast.Name()], value=ast.Lambda(args=ast.arguments(defaults=[], kw_defaults=[]))
        ):
            return True
        case ast.Assign(targets=[ast.Name()], value=ast.List(elts=parts) | ast.Tuple(elts=parts)):
            return all(isinstance(each, ast.Constant) for each in parts)
        case ast.Assign(targets=[ast.Name()], value=ast.Constant()) | ast.Global() | ast.Pass():
            return True
        case ast.Expr(value=ast.Constant()):
            return True
    return False


def _is_known(name: str, module: str) -> bool:
    return name.partition(".")[0] in sys.stdlib_module_names or f"{module}.".startswith(f"{name}.")


def _loaded_otherwise(statement: ast.stmt, module: str, reload: Reload, file: File) -> bool:
    """Another import statement that certainly runs before the reload loads the module."""
    return any(
        event.node is not statement
        and isinstance(event.node, ast.stmt)
        and _loads(event, module)
        and precedes(event.node, reload.node, file)
        for event in file.events(Import)
    )


def _loads(event: Import, module: str) -> bool:
    """What is reloaded is a module, so that a from-import of it loads it."""
    if event.module == module or event.module.startswith(module + "."):
        return True
    package = event.module if event.module != "." else ""
    return any(f"{package}.{name}" == module for name in event.names)


# -- star imports ------------------------------------------------------------------------------
def star_taken_again(reload: Reload, module: str, names: Sequence[str], file: File) -> Fix | Refusal:
    """`from m import *` once more; ``names`` are those of the module that the file uses."""
    reason = _unfit(reload)
    if reason:
        return Refusal(reason)
    if reload.block.kind is not Kind.MODULE:
        return Refusal("a star import can stand only at the top level")
    scope = file.bindings.module
    starred = [each for each in scope.star_imports if file.names.source(each) == module]
    if not any(precedes(each, reload.node, file) for each in starred):
        return Refusal(f"`{module}` is imported only under a condition")
    source = file.place.source_of(module)
    if source is None:
        return Refusal("what a star import would overwrite is not known")
    for name, what in definitions(source).items():
        if name in scope.bindings and not name.startswith("_") and what != "module":
            return Refusal(f"a star import would overwrite `{name}` of this file")
    for name in names:
        kept = keeper((scope, name), reload, file)
        if kept:
            return Refusal(kept)
    assert reload.statement is not None
    used = [use for name in names for use in uses_of((scope, name), file)]
    double = not any(is_between(starred[-1], use, reload.statement, scope, file) for use in used)
    code = f"from {spelled(starred[0])} import *{noqa(reload.statement, ['F403', *['F811'] * double])}"
    return Fix(_TITLE, (_inserted(code, reload, file),))
