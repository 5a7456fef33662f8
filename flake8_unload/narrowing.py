"""Which modules a reload is given where a name is bound to several, by what it was bound to last.

`names` knows no order, so such a name is none of them to it. Knows one flow, and no rule.
"""

from __future__ import annotations

import ast

from flake8_unload.events import Bind, Reload, Var
from flake8_unload.flow import Flow
from flake8_unload.names import Names
from flake8_unload.reaching import last_changes
from flake8_unload.scopes import Scope


def narrow(reload: Reload, flow: Flow, names: Names) -> None:
    """Give ``reload`` the targets that it does not have yet and that are certain after all."""
    if not reload.prefixes and isinstance(reload.argument, ast.Name):
        found = _modules(reload.argument, reload.step, reload.block, flow, names)
        if len(found) > len(reload.targets):
            reload.targets = found


def _modules(name: ast.Name, step: int, scope: Scope, flow: Flow, names: Names) -> tuple[str, ...]:
    """The module that ``name`` is at ``step``, or those of the tuple that a loop gives it in turn."""
    home = names.bindings.lookup(name.id, scope)
    if home is None or not _changes_in(home, name.id, scope):
        return ()
    found = [_bound_to(each, flow, names) for each in _binds((home, name.id), step, flow)]
    return found[0] if found and all(each == found[0] for each in found) else ()


def _changes_in(home: Scope, name: str, scope: Scope) -> bool:
    """The code of ``scope`` alone binds the name."""
    return home is scope and all(each.block is scope for each in home.bindings.get(name, ()))


def _binds(var: Var, step: int, flow: Flow) -> list[Bind]:
    found = last_changes(flow, step, var)
    return [each for each in found if isinstance(each, Bind)]


def _bound_to(bind: Bind, flow: Flow, names: Names) -> tuple[str, ...]:
    """Nothing where it is not provable."""
    if bind.imported is not None and bind.source is None:
        return (bind.imported,)
    match bind.statement:
        case ast.Assign(value=(ast.Name() | ast.Attribute() | ast.Call()) as value) if bind.value is value:
            module = names.resolve(value, bind.block)
            return (module,) if module and not module.startswith("<") and not module.endswith(")") else ()
        case ast.For(target=target, iter=items) if target is bind.node:
            return _each_of(names.items(items, bind.block), bind, flow, names)
    return ()


def _each_of(items: list[ast.expr], bind: Bind, flow: Flow, names: Names) -> tuple[str, ...]:
    """The modules of a literal, in its order; nothing if one of them is not provable."""
    found: list[str] = []
    for item in items:
        module = names.resolve(item, bind.block)
        if module is None and isinstance(item, ast.Name):
            (module, *_) = _modules(item, bind.step, bind.block, flow, names) or (None,)
        if module is None or module.startswith(("<", "builtins.")):
            return ()
        found.append(module)
    return tuple(found)
