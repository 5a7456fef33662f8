"""The fix of UNL105: the interpreter's own dict gets the entries, instead of the attribute another dict."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from flake8_unload.edits import Fix, Refusal, ReplaceStatement, anchor
from flake8_unload.events import Rebind
from flake8_unload.lifecycle import File


def in_place(rebind: Rebind, origins: Sequence[ast.expr], file: File) -> Fix | Refusal:
    """`sys.modules.clear()` and `.update(saved)`. ``origins``: what ``saved`` was made by."""
    value, statement = rebind.value, rebind.statement
    if value is None:
        return Refusal("what is deleted cannot be put in place")
    if any(each is not rebind and file.block(each) is file.block(rebind) for each in file.events(Rebind)):
        return Refusal("it is one half of a pair: the same code rebinds `sys.modules` once more")
    if not isinstance(value, (ast.Name, ast.Attribute)):
        return Refusal("the new dict is made in the same statement, and may need what `clear` removes")
    made = [each for each in origins if each is not value]
    if not made or not all(_is_copy(each, rebind, file) for each in made):
        return Refusal(f"`{ast.unparse(value)}` is not certainly a copy of `sys.modules`")
    if not (isinstance(statement, ast.Assign) and statement.targets == [rebind.node]):
        return Refusal("the same statement assigns more than `sys.modules`")
    kept = anchor(statement.targets[0], file.lines), anchor(value, file.lines)
    code = "__0__.clear()\n__0__.update(__1__)"
    return Fix(
        "change the dict in place", (ReplaceStatement(anchor(statement, file.lines), code, kept),), safe=False
    )


def _is_copy(value: ast.expr, rebind: Rebind, file: File) -> bool:
    """`sys.modules.copy()`, `dict(sys.modules)`, `copy.copy(sys.modules)`, `{**sys.modules}`."""
    match value:
        case (
            ast.Call(func=ast.Attribute(attr="copy"), args=[source])
            | ast.Call(func=ast.Attribute(value=source, attr="copy"), args=[])
            | ast.Call(func=ast.Name(id="dict"), args=[source], keywords=[])
            | ast.Dict(keys=[None], values=[source])
        ):
            return file.names.resolve(source, rebind.block) == "sys.modules"
    return False
