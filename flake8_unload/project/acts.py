"""Which code of a file is an act: functions that reload or unload, a module body that a host runs again.

By their text and by what names hold in a world where the file is imported. Executes nothing.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_unload.project.acting import changes_modules
from flake8_unload.project.code_names import nodes
from flake8_unload.project.layout import Space
from flake8_unload.project.values import Module, Thing
from flake8_unload.project.worth import guards
from flake8_unload.scripts import is_main_guard


def acting_functions(module: Module) -> Iterator[tuple[str, Thing]]:
    """Those that act, functions by name and methods by dotted name."""
    known: dict[tuple[Thing, int], bool] = {}
    yield from ((name, each) for name, each in _functions(module) if changes_modules(each, known))


def _functions(module: Module) -> Iterator[tuple[str, Thing]]:
    """Functions by name and methods by dotted name, those that the module itself defines."""
    for name, thing in module.names.items():
        if thing.kind == "function" and thing.data.module is module:
            if getattr(thing.data.node, "name", "") == name:
                yield name, thing
        elif thing.kind == "class" and thing.place is not None and thing.place[0] == module.path:
            for attr, method in thing.data.items():
                if method.kind == "function" and getattr(method.data.node, "name", "") == attr:
                    yield f"{name}.{attr}", method


def asks(tree: ast.Module, space: Space) -> bool:
    """The module body itself looks at what is loaded.

    Not only at itself, or at what another name says, or whether a foreign module is there, which nothing
    that is executed decides.
    """
    taken = {alias.name for each in tree.body if isinstance(each, ast.ImportFrom) for alias in each.names}
    for statement in tree.body:
        match statement:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                continue
            case ast.If(test=test) if is_main_guard(test):
                continue
        named = []
        for node in nodes(statement):
            match node:
                case ast.Subscript(value=owner, slice=ast.Name(id="__name__") | ast.Attribute()):
                    named.append(owner)
                case ast.Compare(left=ast.Constant(value=str(key)), comparators=[owner]) if (
                    space.find(space.canonical(key).partition(".")[0]) is None
                ):
                    named.append(owner)
                case ast.Name(id="modules") if "modules" in taken:
                    return True
                case ast.Attribute(value=ast.Name(), attr="modules") if node not in named:
                    return True
    return False


def runs_again(module: Module, space: Space, tree: ast.Module | None) -> bool:
    """A module body that acts, and that a host executes again: it asks for what an earlier run left."""
    if tree is None or not _acts(tree.body, module):
        return False
    if space.is_hosted:
        return module.path in space.host_files()
    return "." not in module.name and any(guards(node) and _acts([node], module) for node in tree.body)


def _acts(body: Sequence[ast.stmt], module: Module) -> bool:
    names = {"reload", "modules", "import_module"}
    names |= {name for name, thing in module.names.items() if thing.kind == "function"}
    pending: list[ast.AST] = list(body)
    while pending:
        node = pending.pop()
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            continue
        match node:
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name in names:
                return True
            case ast.Attribute(attr="modules") if not isinstance(node.ctx, ast.Load):
                return True
            case ast.Subscript(value=ast.Attribute(attr="modules"), ctx=ast.Del()):
                return True
        pending.extend(ast.iter_child_nodes(node))
    return False
