"""The fix of UNL205: `importlib.reload` for a function that is gone, with the imports adjusted."""

from __future__ import annotations

import ast

from flake8_unload.edits import (
    DropImport,
    Edit,
    Fix,
    Refusal,
    Replace,
    ReplaceImport,
    ReplaceStatement,
    anchor,
)
from flake8_unload.events import Read, Reload
from flake8_unload.fixes.certain import is_commented
from flake8_unload.fixes.imports import module_at
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Binding, Scope

_TITLE = "use `importlib.reload`"


def through_importlib(reload: Reload, file: File) -> Fix | Refusal:
    """Another function in the call, or another import where the function is imported by name."""
    function, scope, binding = _named(reload, file)
    if binding and isinstance(binding.statement, ast.ImportFrom):
        return _imported_from(binding.statement, file)
    if not isinstance(function, ast.Attribute):
        if binding or not isinstance(function, ast.Name):
            return Refusal("the function comes from another place")
        return _called(function, scope, None, file)
    owner = _only_binding(function.value, scope, file)
    if isinstance(function.value, ast.Name):
        if owner is None or not isinstance(owner.statement, ast.Import):
            return Refusal(f"`{function.value.id}` is bound in more than one way")
        if not all(_is_reload(each, file) for each in _reads(owner, file)):
            return Refusal(f"`{owner.name}` is used for more than its `reload`")
    return _called(function, scope, owner, file)


def _named(reload: Reload, file: File) -> tuple[ast.expr, Scope, Binding | None]:
    """The expression that names the function, behind a name given to it; and what binds that one."""
    is_map = len(reload.node.args) == 2
    function, scope = reload.node.args[0] if is_map else reload.node.func, reload.block
    binding = _only_binding(function, scope, file)
    if binding and isinstance(binding.statement, ast.Assign):
        function, scope = binding.statement.value, binding.block
        binding = _only_binding(function, scope, file)
    return function, scope, binding


def _only_binding(node: ast.expr, scope: Scope, file: File) -> Binding | None:
    """What binds a name, if it is one thing."""
    if not isinstance(node, ast.Name):
        return None
    home = file.bindings.lookup(node.id, scope)
    found = home.bindings[node.id] if home else []
    return found[0] if len(found) == 1 else None


def _reads(binding: Binding, file: File) -> list[Read]:
    return list(file.reads_of((binding.scope, binding.name)))


def _is_reload(read: Read, file: File) -> bool:
    parent = file.parents.get(read.node)
    return isinstance(parent, ast.Attribute) and parent.attr == "reload"


def _called(function: ast.expr, scope: Scope, owner: Binding | None, file: File) -> Fix | Refusal:
    """`importlib.reload` in the place of ``function``, which comes from the module that ``owner`` imports."""
    spelling = module_at(file, function, scope, "importlib")
    if spelling is None:
        return Refusal("the name `importlib` is taken")
    new = Replace(anchor(function, file.lines), f"{spelling[0]}.reload")
    if owner is None or owner.statement is None:
        return Fix(_TITLE, (new, *spelling[1]))
    imported: Edit = ReplaceImport(anchor(owner.statement, file.lines), owner.name, "importlib")
    if not spelling[1]:
        if is_commented(owner.statement, file):
            return Refusal(f"a comment stands at the import of `{owner.name}`")
        alone = len(_reads(owner, file)) == 1
        imported = DropImport(anchor(owner.statement, file.lines), owner.name, certain=alone)
    return Fix(_TITLE, (new, imported))


def _imported_from(statement: ast.ImportFrom, file: File) -> Fix | Refusal:
    """`from importlib import reload`, under the same name."""
    if len(statement.names) > 1:
        return Refusal("other names are taken from `imp`, too")
    (alias,) = statement.names
    name = f"reload as {alias.asname}" if alias.asname else "reload"
    return Fix(_TITLE, (ReplaceStatement(anchor(statement, file.lines), f"from importlib import {name}"),))
