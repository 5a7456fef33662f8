"""Which expressions stand for `sys.modules`, walk over it, or name the modules to reload. Knows no order."""

from __future__ import annotations

import ast

from flake8_unload.events import Reload
from flake8_unload.names import Names
from flake8_unload.scopes import Kind, Scope

_LAZY = frozenset({"builtins.filter", "builtins.map", "builtins.enumerate", "builtins.iter"})
_MODULES = frozenset({"sys.modules"})
_IMPORTERS = frozenset({"importlib.import_module"})
_WRITES = frozenset({"update", "setdefault", "pop", "clear", "__setitem__", "__delitem__"})


def is_modules(node: ast.expr, scope: Scope, names: Names) -> bool:
    """True for `sys.modules` in any spelling, certainly."""
    return names.candidates(node, scope) == _MODULES


def is_namespace(node: ast.expr, scope: Scope, names: Names) -> bool:
    """True for the globals of this file as a dict: `globals()`, `sys.modules[__name__].__dict__` …"""
    match node:
        case ast.Call(func=ast.Name() as func, args=[], keywords=[]):
            called = names.resolve(func, scope)
            here = scope.kind is Kind.MODULE
            return called == "builtins.globals" or (here and called in ("builtins.vars", "builtins.locals"))
        case ast.Attribute(value=owner, attr="__dict__"):
            return _is_this_module(owner, scope, names)
        case ast.Name():
            return names.resolve(node, scope) == "builtins.globals()"
    return False


def _is_this_module(node: ast.expr, scope: Scope, names: Names) -> bool:
    match node:
        case ast.Subscript(value=value, slice=ast.Name(id="__name__")):
            return is_modules(value, scope, names)
    return False


def executes_again(reload: Reload, names: Names) -> bool:
    """The reload is of this very file: all that its body binds is bound anew, if nothing else comes after."""
    if reload.prefixes:
        return False  # the package comes first, and takes the old names of its submodules
    argument = reload.argument
    here = argument is not None and _is_this_module(argument, reload.block, names)
    return here or (names.module is not None and reload.targets == (names.module,))


def written_globals(call: ast.Call, scope: Scope, names: Names) -> str | None:
    """The global that a call binds or deletes as text; empty where not provable; None for other calls."""
    match call:
        case ast.Call(func=ast.Attribute(value=owner, attr=attr), args=args) if attr in _WRITES:
            if is_namespace(owner, scope, names):
                return names.text(args[0], scope) or "" if args and attr != "update" else ""
        case ast.Call(func=ast.Name(id="setattr" | "delattr"), args=[owner, name, *_]):
            return names.text(name, scope) or "" if _is_this_module(owner, scope, names) else None
        case ast.Call(func=ast.Name(id="exec" | "execfile"), args=[_, *rest]):
            return "" if not rest or is_namespace(rest[0], scope, names) else None
    return None


def walks_modules(source: ast.expr, scope: Scope, names: Names) -> bool:
    """True for the dict itself, a view of it, or a lazy iterator over either."""
    match source:
        case ast.Call(func=ast.Attribute(value=owner, attr="keys" | "values" | "items"), args=[]):
            return is_modules(owner, scope, names)
        case ast.Call(func=func, args=arguments) if arguments:
            return names.resolve(func, scope) in _LAZY and walks_modules(arguments[-1], scope, names)
        case ast.GeneratorExp(generators=[first, *_]):
            return walks_modules(first.iter, scope, names)
        case ast.Name() if not is_modules(source, scope, names):
            view = _only_value(source, scope, names)
            return isinstance(view, ast.Call) and not view.args and walks_modules(view, scope, names)
    return is_modules(source, scope, names)


def _only_value(name: ast.Name, scope: Scope, names: Names) -> ast.expr | None:
    """What the one assignment of a name of this block gives it."""
    bindings = scope.bindings.get(name.id, [])
    match [each.statement for each in bindings]:
        case [ast.Assign(targets=[ast.Name()], value=value)]:
            return value
    return None


def reload_targets(argument: ast.expr | None, scope: Scope, names: Names) -> tuple[str, ...]:
    """The qualified names of what is reloaded: one module, or those of a literal or of a loop over it."""
    if isinstance(argument, ast.Name):
        items = looped_over(argument, scope, names)
        if items is not None:
            return _modules_in(items, scope, names)
    if isinstance(argument, (ast.Tuple, ast.List)) or names.items(argument, scope):
        return _modules_in(argument, scope, names)
    found = names.resolve(argument, scope)
    return (found,) if found and _module_like(found) else ()


def looped_over(name: ast.Name, scope: Scope, names: Names) -> ast.expr | None:
    """What the one loop that binds ``name`` walks over."""
    home = names.bindings.lookup(name.id, scope)
    bindings = home.bindings.get(name.id, []) if home else []
    if home is None or len(bindings) != 1:
        return None
    statement, node = bindings[0].statement, bindings[0].node
    rounds = getattr(home.node, "generators", [statement] if isinstance(statement, ast.For) else [])
    return next((each.iter for each in rounds if each.target is node), None)


def reload_key(argument: ast.expr | None, scope: Scope, names: Names) -> ast.expr | None:
    """The key under which the argument is looked up or imported: `sys.modules[k]`, `import_module(k)`."""
    match argument:
        case ast.Subscript(value=value, slice=key) if is_modules(value, scope, names):
            return key
        case ast.Call(func=func, args=[key]) if names.candidates(func, scope) <= _IMPORTERS:
            return key
        case ast.Name(id=name):
            home = names.bindings.lookup(name, scope)
            bindings = home.bindings.get(name, []) if home else []
            if len(bindings) != 1:
                return None
            match bindings[0].statement:
                case ast.Assign(value=(ast.Subscript() | ast.Call()) as value):
                    return reload_key(value, scope, names)
                case ast.For(target=ast.Tuple(elts=[ast.Name() as key, ast.Name(id=second)])) if (
                    second == name
                ):
                    return key
    return None


def _modules_in(items: ast.expr | None, scope: Scope, names: Names) -> tuple[str, ...]:
    found = (names.resolve(item, scope) for item in names.items(items, scope))
    return tuple(each for each in found if each and _module_like(each))


def _module_like(name: str) -> bool:
    return not name.endswith(")") and not name.startswith(("<", "builtins."))
