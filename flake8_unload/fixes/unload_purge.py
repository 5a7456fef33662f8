"""The fix of UNL103: the package goes with everything below it."""

from __future__ import annotations

import ast

from flake8_unload.edits import Anchor, Fix, Refusal, ReplaceStatement, anchor
from flake8_unload.events import Unload
from flake8_unload.fixes.certain import expects_key_error
from flake8_unload.fixes.unload_limits import irreplaceable
from flake8_unload.lifecycle import File
from flake8_unload.module_expressions import is_modules
from flake8_unload.scopes import Kind

_NAMES = ("name", "key", "module_name")


def purged(unload: Unload, module: str, file: File) -> Fix | Refusal:
    """A loop over all keys of the package instead of the removal of one."""
    reason = irreplaceable(module, file)
    if reason:
        return Refusal(reason)
    statement = unload.statement
    if unload.loop is not None or statement is None:
        return Refusal("the keys come from a loop")
    if unload.kept or not _is_alone(unload):
        return Refusal("the removal is only a part of its statement")
    if not unload.lenient and expects_key_error(unload.node, file):
        return Refusal("the KeyError is expected, and would not come any more")
    name = _free_name(unload, file)
    if name is None:
        return Refusal("the names for the loop are taken")
    match unload.node:
        case ast.Subscript(value=modules):
            kept = [anchor(modules, file.lines)]
        case ast.Call(func=ast.Attribute(value=modules)) if is_modules(modules, unload.block, file.names):
            kept = [anchor(modules, file.lines)]
        case _:
            return Refusal("this spelling of the removal has no place for a loop")
    code = _loop(name, _key(unload.key, module, kept, file))
    return Fix(
        f"remove everything below `{module}`",
        (ReplaceStatement(anchor(statement, file.lines), code, tuple(kept)),),
        safe=False,
    )


def _is_alone(unload: Unload) -> bool:
    match unload.statement:
        case ast.Delete(targets=[target]):
            return target is unload.node
        case ast.Expr(value=value):
            return value is unload.node
    return False


def _key(key: ast.expr | None, module: str, kept: list[Anchor], file: File) -> tuple[str, str]:
    """The key and the prefix with its dot: a literal stays one, a name or attribute is used twice."""
    if isinstance(key, (ast.Name, ast.Attribute)):
        kept.append(anchor(key, file.lines))
        return "__1__", 'f"{__1__}."'
    return f'"{module}"', f'"{module}."'


def _loop(name: str, key: tuple[str, str]) -> str:
    exact, prefix = key
    return (
        f"for {name} in list(__0__):\n"
        f"    if {name} == {exact} or {name}.startswith({prefix}):\n"
        f"        del __0__[{name}]\n"
    )


def _free_name(unload: Unload, file: File) -> str | None:
    """A private one at the top level, where a loop leaves its name behind."""
    private = "_" if unload.block.kind in (Kind.MODULE, Kind.CLASS) else ""
    used = {each.id for each in ast.walk(file.tree) if isinstance(each, ast.Name)}
    return next((private + each for each in _NAMES if private + each not in used), None)
