"""The fixes of UNL203, UNL204 and UNL208: the module itself, an import, or the result kept."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.edits import Anchor, DropImport, Fix, Refusal, Replace, ReplaceStatement, anchor
from flake8_unload.events import Reload, Unload
from flake8_unload.fixes.imports import Spelling, module_at, name_at
from flake8_unload.fixes.second_import import comment, has_own_name, is_double
from flake8_unload.fixes.suites import home_of, imported_before
from flake8_unload.held import module_names
from flake8_unload.lifecycle import File

TITLE_OF_RELOAD = "import the module again"
_UNCERTAIN = "which module is meant is not certain"


# -- UNL203 ------------------------------------------------------------------------------------
def by_entry(reload: Reload, given: list[ast.expr], file: File) -> Fix | Refusal:
    """`reload(sys.modules[k])` for a name that is a text, or that nothing binds."""
    argument = reload.argument
    assert argument is not None
    at, own = anchor(argument, file.lines), False
    modules = [list(file.names.texts(each, reload.block)) for each in given]
    code = "__0__"
    kept: tuple[Anchor, ...] = (at,)
    match argument:
        case _ if len(reload.node.args) == 2:
            return Refusal("`map` hands the texts over")
        case ast.Name(id="__name__"):
            own = True
        case ast.Name(id=name) if file.bindings.lookup(name, reload.block) is None:
            modules, code, kept = [[name]], f'"{name}"', ()
    if own and file.at_module_level(reload):
        return Refusal("the module would be executed again before it is done")
    if not own and not (modules and all(modules)):
        return Refusal(_UNCERTAIN)
    reason = None if own else _may_be_absent([each for found in modules for each in found], reload, file)
    if reason:
        return Refusal(reason)
    if isinstance(argument, ast.Attribute) and argument.attr == "__name__":
        value = anchor(argument.value, file.lines)
        return Fix("reload the module itself", (Replace(at, "__0__", (value,)),))
    spelling = _sys_modules(reload, file)
    if spelling is None:
        return Refusal("the name `sys` is taken")
    new = Replace(at, f"{spelling[0]}[{code}]", kept)
    return Fix("reload the entry of `sys.modules`", (new, *spelling[1]))


def _may_be_absent(modules: list[str], reload: Reload, file: File) -> str | None:
    """Why one of the modules may have no entry when it is to be reloaded."""
    for module in modules:
        if not imported_before(module, reload.node, file):
            return f"`{module}` may not be imported before"
        if any(not each.keys.known or each.keys.removes(module) for each in file.events(Unload)):
            return f"`{module}` may have left `sys.modules`"
    return None


def _sys_modules(reload: Reload, file: File) -> Spelling | None:
    """`modules` where the file has that name, else `sys.modules`."""
    found = name_at(file, reload.node, reload.block, "sys", "modules")
    if found and not found[1]:
        return found
    owner = module_at(file, reload.node, reload.block, "sys")
    return (f"{owner[0]}.modules", owner[1]) if owner else None


# -- UNL204 ------------------------------------------------------------------------------------
def imported_anew(reload: Reload, absent: str, module: str, file: File) -> Fix | Refusal:
    """`m = importlib.import_module("m")` in the place of the reload."""
    statement = reload.statement
    if absent != module:
        return Refusal(f"an import would give the old `{module}`, since only `{absent}` is gone")
    if len(reload.targets) > 1:
        return Refusal("the call reloads several modules")
    if not isinstance(statement, (ast.Expr, ast.Assign)) or statement.value is not reload.node:
        return Refusal("the reload is part of an expression")
    function = name_at(file, reload.node, reload.block, "importlib", "import_module")
    if function is None:
        return Refusal("the name `import_module` is taken")
    targets = statement.targets if isinstance(statement, ast.Assign) else []
    bound = {each.id for each in targets if isinstance(each, ast.Name)}
    held = [var for var, below in module_names(file, reload, module) if not below and var[1] not in bound]
    if len(held) > (not targets):
        return Refusal(f"`{held[-1][1]}` would go on to hold the module that was removed")
    key, kept = _key(reload.argument, module, file)
    code = f"{function[0]}({key})"
    if targets:
        new: Replace | ReplaceStatement = Replace(anchor(reload.node, file.lines), code, kept)
    else:
        for scope, name in held:
            if home_of(name, reload.block, file) is not scope:
                return Refusal(f"`{name}` is bound outside of this function")
            unused = not kept and is_double((scope, name), statement, reload.block, file, replaced=True)
            code = f"{name} = {code}{comment(['F811'] * unused)}"
        new = ReplaceStatement(anchor(statement, file.lines), code, kept)
    return Fix(TITLE_OF_RELOAD, (new, *function[1], *_unneeded(reload, file)), safe=False)


def _key(argument: ast.expr | None, module: str, file: File) -> tuple[str, tuple[Anchor, ...]]:
    """`m.__name__`, as `reload` has it: to linters the name stays in use; else the name as text."""
    if isinstance(argument, (ast.Name, ast.Attribute)) and has_own_name(module, file):
        return "__0__.__name__", (anchor(argument, file.lines),)
    return f'"{module}"', ()


def _unneeded(reload: Reload, file: File) -> Iterator[DropImport]:
    """`from importlib import reload`, if this was its only call."""
    name = getattr(reload.node.func, "id", "")
    home = file.bindings.lookup(name, reload.block)
    for each in home.bindings[name] if home else ():
        if isinstance(each.statement, ast.ImportFrom):
            yield DropImport(anchor(each.statement, file.lines), name)


# -- UNL208 ------------------------------------------------------------------------------------
def result_kept(reload: Reload, name: str, file: File) -> Fix | Refusal:
    """`m = reload(m)`."""
    assert reload.statement is not None
    if home_of(name, reload.block, file) is not file.bindings.lookup(name, reload.block):
        return Refusal(f"`{name}` is bound outside; an assignment here would make another name of it")
    kept = (anchor(reload.node, file.lines),)
    new = ReplaceStatement(anchor(reload.statement, file.lines), f"{name} = __0__", kept)
    return Fix("keep what the reload returns", (new,))
