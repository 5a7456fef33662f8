"""From a call to its event: a reload, a removal, an import, or a call of something else. Knows no order."""

from __future__ import annotations

import ast
from collections import ChainMap
from collections.abc import Mapping

from flake8_unload import events as ev
from flake8_unload.indirect_calls import consumer, through_partial
from flake8_unload.keys import mapped_keys, removal_keys
from flake8_unload.module_expressions import is_modules, reload_key, reload_targets
from flake8_unload.names import RELOADERS, Candidates, Names, first_argument
from flake8_unload.scopes import Scope

_REMOVERS = frozenset({"pop", "popitem", "clear", "__delitem__"})
_FUNCTIONS = {"operator.delitem": "__delitem__"} | {f"builtins.dict.{name}": name for name in _REMOVERS}
"""Removals that are given `sys.modules` as their first argument, by the method they are."""
_MAPPED = frozenset({"sys.modules.pop", "sys.modules.__delitem__"})
_PUT_ONE = frozenset({"setdefault", "__setitem__"})
_PUTTERS = _PUT_ONE | {"update", "__ior__"}
_IMPORTERS = frozenset({"importlib.import_module", "builtins.__import__", "importlib.__import__"})

Parents = Mapping[ast.AST, ast.AST]


def call_event(node: ast.Call, scope: Scope, names: Names, parents: Parents) -> ev.Event:
    """What happens when the call is made, after its arguments were evaluated."""
    if whole := through_partial(node, scope, names):
        around: Parents = ChainMap({whole: parents[node]}, parents)  # type: ignore[arg-type]
        found = _event(whole, scope, names, around)
        if not isinstance(found, ev.Call):
            found.node = node
            return found
    return _event(node, scope, names, parents)


def _event(node: ast.Call, scope: Scope, names: Names, parents: Parents) -> ev.Event:
    called = names.candidates(node.func, scope)
    name = next(iter(called)) if len(called) == 1 else None
    argument = first_argument(node.args, node.keywords, "module")
    if called and called <= RELOADERS:
        return _reload(node, called, argument, scope, names, parents)
    if (
        name
        and name.startswith("sys.modules.")
        and (method := name.removeprefix("sys.modules.")).isidentifier()
    ):
        return _on_modules(node, method, argument, scope, names, parents)
    if name in _FUNCTIONS and node.args and is_modules(node.args[0], scope, names):
        return _by_function(node, _FUNCTIONS[name], scope, names, parents)
    if name == "builtins.map" and len(node.args) > 1:
        return _map(node, scope, names, parents) or ev.Call(node, scope, name)
    if name in ("builtins.setattr", "builtins.delattr") and _names_modules(node, scope, names):
        value = node.args[2] if len(node.args) == 3 else None
        return ev.Rebind(node, scope, value, _statement(node, parents))
    if name == "builtins.delattr" and len(node.args) == 2:
        owner, leaf = names.resolve(node.args[0], scope), names.text(node.args[1], scope)
        return ev.ForgetAttribute(node, scope, f"{owner}.{leaf}" if owner and leaf else None)
    if name in _IMPORTERS:
        return _import(node, scope, names)
    return ev.Call(node, scope, name)


def _map(node: ast.Call, scope: Scope, names: Names, parents: Parents) -> ev.Event | None:
    """`map(reload, modules)`, and `map(sys.modules.pop, keys)` where something walks over it."""
    function, items = names.candidates(node.args[0], scope), node.args[1]
    if function <= RELOADERS and len(node.args) == 2:
        targets = reload_targets(items, scope, names)
        return ev.Reload(node, scope, function, items, targets, _statement(node, parents))
    if not function <= _MAPPED or (around := consumer(node, scope, names, parents)) is None:
        return None
    keys = mapped_keys(items, scope, names, parents)
    kept = not isinstance(around, (ast.For, ast.comprehension)) and not isinstance(
        parents.get(around), ast.Expr
    )
    lenient = len(node.args) > 2
    return ev.Unload(node, scope, "pop", None, keys, lenient, kept, _statement(node, parents))


def _names_modules(node: ast.Call, scope: Scope, names: Names) -> bool:
    """`setattr(sys, "modules", …)`, `delattr(sys, "modules")`."""
    if not 2 <= len(node.args) <= 3:
        return False
    return names.resolve(node.args[0], scope) == "sys" and names.text(node.args[1], scope) == "modules"


def _reload(
    node: ast.Call,
    called: Candidates,
    argument: ast.expr | None,
    scope: Scope,
    names: Names,
    parents: Parents,
) -> ev.Reload:
    """The reload of what the argument is, or of the entries that a loop picks out of `sys.modules`."""
    targets = reload_targets(argument, scope, names)
    key = reload_key(argument, scope, names) if not targets else None
    keys = removal_keys(key, node, scope, names, parents)[0]
    if keys.known:
        targets = keys.exact
    return ev.Reload(node, scope, called, argument, targets, _statement(node, parents), keys.prefixes)


def _import(node: ast.Call, scope: Scope, names: Names) -> ev.Import:
    text = names.text(first_argument(node.args, node.keywords, "name"), scope) or ""
    return ev.Import(node, scope, names.absolute(text) if text.startswith(".") else text)


def _on_modules(
    node: ast.Call, method: str, argument: ast.expr | None, scope: Scope, names: Names, parents: Parents
) -> ev.Event:
    """A method of `sys.modules`."""
    if method in _REMOVERS:
        kept = not isinstance(parents.get(node), ast.Expr) and method != "clear"
        lenient = method == "clear" or len(node.args) + len(node.keywords) > 1
        return unload(node, method, argument, scope, names, parents, lenient=lenient, kept=kept)
    if method in _PUTTERS:
        value = node.args[1] if len(node.args) == 2 and method in _PUT_ONE else None
        key = names.text(argument, scope) if method != "update" else None
        return ev.Put(node, scope, key, argument if value is not None else None, value)
    return ev.Call(node, scope, f"sys.modules.{method}")


def _by_function(node: ast.Call, method: str, scope: Scope, names: Names, parents: Parents) -> ev.Unload:
    """`operator.delitem(sys.modules, k)`, `dict.pop(sys.modules, k)`."""
    key = node.args[1] if len(node.args) > 1 else None
    kept = not isinstance(parents.get(node), ast.Expr) and method != "clear"
    lenient = method == "clear" or len(node.args) > 2
    return unload(node, method, key, scope, names, parents, lenient=lenient, kept=kept)


def unload(
    node: ast.AST,
    spelling: str,
    key: ast.expr | None,
    scope: Scope,
    names: Names,
    parents: Parents,
    *,
    lenient: bool = False,
    kept: bool = False,
) -> ev.Unload:
    """The removal of ``key``. ``lenient``: a missing key is no error; ``kept``: the module goes somewhere."""
    keys, loop = removal_keys(key, node, scope, names, parents)
    return ev.Unload(node, scope, spelling, key, keys, lenient, kept, _statement(node, parents), loop)


def _statement(node: ast.AST, parents: Parents) -> ast.stmt | None:
    at: ast.AST | None = node
    while at is not None and not isinstance(at, ast.stmt):
        at = parents.get(at)
    return at
