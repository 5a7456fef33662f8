"""Which expressions and definitions hold an object of a module: tables, instances, bases. Knows no order."""

from __future__ import annotations

import ast

from flake8_unload.lifecycle import File
from flake8_unload.scopes import Scope

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_BOXES = frozenset({"functools.partial", "builtins.dict", "builtins.list", "builtins.tuple", "builtins.set"})
_FILLS = frozenset({"append", "add", "insert", "extend", "update", "setdefault", "clear", "pop", "remove"})


def takes(value: ast.expr | None, module: str, scope: Scope, file: File) -> bool:
    """The value is, or holds, an object of the module: `m.f`, `[m.f]`, `m.C()`, `partial(m.f)`."""
    match value:
        case ast.Attribute(value=ast.Call() as made):
            return takes(made, module, scope, file)  # the method of an instance
        case ast.Attribute():
            return _is_own(value, module, scope, file)
        case ast.Name():
            return _is_own(value, module, scope, file, certain=True)
        case ast.Dict(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return any(takes(each, module, scope, file) for each in parts)
        case ast.IfExp(body=body, orelse=orelse):
            return takes(body, module, scope, file) or takes(orelse, module, scope, file)
        case ast.Call(func=func, args=args, keywords=keywords):
            if isinstance(func, (ast.Attribute, ast.Name)) and _is_own(func, module, scope, file):
                name = (file.names.resolve(func, scope) or "").rpartition(".")[2]
                return name.lstrip("_")[:1].isupper()  # an instance; a function may return anything
            if file.names.resolve(func, scope) in _BOXES:
                return any(takes(each, module, scope, file) for each in [*args, *(k.value for k in keywords)])
    return False


def _is_own(
    expr: ast.Attribute | ast.Name, module: str, scope: Scope, file: File, certain: bool = False
) -> bool:
    """A name of the module that is no module itself, and is not passed on from another one.

    ``certain``: the disk must say so, since the use does not show it.
    """
    parent, _, leaf = (file.names.resolve(expr, scope) or "").rpartition(".")
    if parent != module or leaf.startswith("__"):
        return False
    submodule = file.place.is_submodule(module, leaf)
    defined = file.place.definition(module, leaf) or ""
    if submodule or defined == "module" or defined.startswith("import:"):
        return False
    return submodule is False or not certain


def definition_takes(node: Definition, module: str, scope: Scope, file: File) -> str | None:
    """What a class or function that the code of ``scope`` defines has of the module, in words, or None."""
    if isinstance(node, ast.ClassDef):
        if any(_serves(each, module, scope, file) for each in node.bases):
            return "has a base class"
        if found := _body_takes(node, module, file):
            return found
    return _signature_takes(node, module, scope, file)


def _serves(expr: ast.expr, module: str, scope: Scope, file: File) -> bool:
    """A base class or decorator: its use shows that it is no module."""
    called = expr.func if isinstance(expr, ast.Call) else expr
    return isinstance(called, (ast.Attribute, ast.Name)) and _is_own(called, module, scope, file)


def _body_takes(node: ast.ClassDef, module: str, file: File) -> str | None:
    scope = file.bindings.scope_of(node)
    for each in node.body:
        if isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if found := _signature_takes(each, module, scope, file):
                return found.replace("has a", "has a method with a")
        elif isinstance(each, (ast.Assign, ast.AnnAssign)) and takes(each.value, module, scope, file):
            return "has an attribute"
    return None


def _signature_takes(node: Definition, module: str, scope: Scope, file: File) -> str | None:
    if not isinstance(node, ast.ClassDef):
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        if any(takes(each, module, scope, file) for each in defaults):
            return "has a default argument"
    if any(_serves(each, module, scope, file) for each in node.decorator_list):
        return "has a decorator"
    return None


def put_in(node: ast.Name, file: File) -> list[ast.expr]:
    """What is put into the container at this read of its name: `TABLE[k] = v`, `HOOKS.append(v)`."""
    parent = file.parents.get(node)
    outer = file.parents.get(parent) if parent is not None else None
    match parent, outer:
        case ast.Subscript(ctx=ast.Store()), ast.Assign(value=value):
            return [value]
        case ast.Attribute(attr=attr), ast.Call(args=args) if attr in _FILLS:
            return args
    return []


def is_filled(node: ast.Name, file: File) -> bool:
    """The container or class changes at this read of its name."""
    parent = file.parents.get(node)
    match parent:
        case ast.Subscript(ctx=ast.Store() | ast.Del()):
            return True
        case ast.Attribute(ctx=ast.Store()):
            return True
        case ast.Attribute(attr=attr):
            outer = file.parents.get(parent)
            return attr in _FILLS and isinstance(outer, ast.Call) and outer.func is parent
    return False
