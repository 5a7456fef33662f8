"""The fix of UNL902: pytest's `monkeypatch` removes the entry and puts it back after the test."""

from __future__ import annotations

import ast
import re

from flake8_unload.edits import (
    AddParameter,
    Anchor,
    Edit,
    Fix,
    InsertAfter,
    Refusal,
    Replace,
    ReplaceStatement,
    anchor,
)
from flake8_unload.events import Unload
from flake8_unload.fixes.certain import expects_key_error
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope
from flake8_unload.surroundings import FUNCTIONS, Function, is_fixture

_FIXTURE = "monkeypatch"
_TITLE = "remove it with `monkeypatch`"
_WIDE = re.compile(r"scope\s*=\s*(?!['\"]function['\"])")
_Deletion = tuple[Edit, ...]


def through_monkeypatch(unload: Unload, file: File) -> Fix | Refusal:
    """`monkeypatch.delitem(sys.modules, key)`, with the fixture among the parameters of the test."""
    function = unload.block.node
    if not isinstance(function, FUNCTIONS):
        return Refusal("the removal is not in the code of a function itself")
    reason = _without_fixtures(function, unload.block, file)
    if reason:
        return Refusal(reason)
    if expects_key_error(unload.node, file):
        return Refusal("the KeyError is expected here")
    deleted = _deleted(unload, file)
    if deleted is None:
        return Refusal("the removal is only a part of its statement")
    asked = any(each.arg == _FIXTURE for each in _parameters(function))
    if not asked and unload.block.bindings.get(_FIXTURE):
        return Refusal("`monkeypatch` is another name here")
    added = () if asked else (AddParameter(anchor(function, file.lines), _FIXTURE),)
    return Fix(_TITLE, (*added, *deleted), safe=False)


def _without_fixtures(function: Function, scope: Scope, file: File) -> str | None:
    """Why pytest gives this function no fixture for the time of one test."""
    if is_fixture(function):
        wide = any(_WIDE.search(ast.unparse(each)) for each in function.decorator_list)
        return "the fixture lives longer than a test, `monkeypatch` does not" if wide else None
    if not function.name.startswith("test"):
        return "the function is no test and no fixture, and is given no `monkeypatch`"
    owner = scope.parent
    if owner is None or owner.kind is Kind.MODULE:
        return None
    if not isinstance(owner.node, ast.ClassDef):
        return "pytest does not collect a function inside a function"
    return "a `TestCase` is given no fixtures" if owner.node.bases else None


def _parameters(function: Function) -> list[ast.arg]:
    return [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]


def _deleted(unload: Unload, file: File) -> _Deletion | None:
    """The edits that put the fixture's call in the place of the removal; None where they cannot."""
    statement, key = unload.statement, unload.key
    if statement is None or key is None:
        return None
    match unload.node:
        case ast.Subscript(value=modules) if (
            isinstance(statement, ast.Delete) and len(statement.targets) == 1
        ):
            at, whole = anchor(statement, file.lines), True
        case ast.Call(func=ast.Attribute(value=modules)) as call if isinstance(statement, ast.Expr):
            at, whole = anchor(call, file.lines), False
            if statement.value is not call:
                return None
        case _:
            return None
    raising = ", raising=False" if unload.lenient else ""
    code = f"{_FIXTURE}.delitem(__0__, __1__{raising})"
    kept: tuple[Anchor, ...] = anchor(modules, file.lines), anchor(key, file.lines)
    edit: Edit = ReplaceStatement(at, code, kept) if whole else Replace(at, code, kept)
    return (*_attribute(unload, statement, file), edit)  # what is put beside it goes first


def _attribute(unload: Unload, statement: ast.stmt, file: File) -> _Deletion:
    """A submodule is held by its parent as well, which would keep the copy of the test (HU-22)."""
    key = unload.keys.exact[0] if len(unload.keys.exact) == 1 else ""
    if "." not in key or unload.loop is not None:
        return ()
    code = f'{_FIXTURE}.delattr("{key}", raising=False)'
    return (InsertAfter(anchor(statement, file.lines), code),)
