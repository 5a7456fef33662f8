"""Which expressions stand for `sys.modules`, walk over it, or name the modules to reload. Knows no order."""

from __future__ import annotations

import ast

from flake8_unload.names import RELOADERS, Names
from flake8_unload.scopes import Scope

_LAZY = frozenset({"builtins.filter", "builtins.map", "builtins.enumerate", "builtins.iter"})
_MODULES = frozenset({"sys.modules"})


def is_modules(node: ast.expr, scope: Scope, names: Names) -> bool:
    """True for `sys.modules` in any spelling, certainly."""
    return names.candidates(node, scope) == _MODULES


def walks_modules(source: ast.expr, scope: Scope, names: Names) -> bool:
    """True for the dict itself, a view of it, or a lazy iterator over either."""
    match source:
        case ast.Call(func=ast.Attribute(value=owner, attr="keys" | "values" | "items"), args=[]):
            return is_modules(owner, scope, names)
        case ast.Call(func=func, args=arguments) if arguments:
            return names.resolve(func, scope) in _LAZY and walks_modules(arguments[-1], scope, names)
        case ast.GeneratorExp(generators=[first, *_]):
            return walks_modules(first.iter, scope, names)
    return is_modules(source, scope, names)


def reload_targets(argument: ast.expr | None, scope: Scope, names: Names) -> tuple[str, ...]:
    """The qualified names of what is reloaded: one module, or those of a literal or of a loop over it."""
    if isinstance(argument, ast.Name):
        home = names.bindings.lookup(argument.id, scope)
        bindings = home.bindings.get(argument.id, []) if home else []
        if len(bindings) == 1 and isinstance(bindings[0].statement, ast.For):
            if bindings[0].statement.target is bindings[0].node:
                return _modules_in(bindings[0].statement.iter, scope, names)
    if isinstance(argument, (ast.Tuple, ast.List)) or names.items(argument, scope):
        return _modules_in(argument, scope, names)
    if isinstance(argument, ast.Subscript) and is_modules(argument.value, scope, names):
        return tuple(names.texts(argument.slice, scope))
    found = names.resolve(argument, scope)
    return (found,) if found and _module_like(found) else ()


def maps_reload(node: ast.Call, scope: Scope, names: Names) -> bool:
    """True for the arguments of `map(reload, modules)`."""
    return len(node.args) == 2 and names.candidates(node.args[0], scope) <= RELOADERS


def _modules_in(items: ast.expr | None, scope: Scope, names: Names) -> tuple[str, ...]:
    found = (names.resolve(item, scope) for item in names.items(items, scope))
    return tuple(each for each in found if each and _module_like(each))


def _module_like(name: str) -> bool:
    return not name.endswith(")") and not name.startswith(("<", "builtins."))
