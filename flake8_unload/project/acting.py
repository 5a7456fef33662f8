"""Which functions of a project act on modules, by their text and by whom they call. Executes nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TYPE_CHECKING

from flake8_unload.project.code_names import RELOADERS, REMOVERS, Names, names_of, nodes
from flake8_unload.project.once import once, once_for
from flake8_unload.project.values import UNKNOWN, Function, Module, Thing, needed_to_act

if TYPE_CHECKING:
    from flake8_unload.project.frame import Frame

RELOADS = frozenset(
    """
    importlib.reload imp.reload builtins.reload __builtin__.reload six.moves.reload_module six.moves.reload
    importlib.util.reload past.builtins.reload IPython.lib.deepreload.reload""".split()
)
_ACTING = frozenset({"reload", "import_module", "__import__", "exec_module"})
_SHORT = 40  # statements of a function
_LASTING = (ast.AsyncFunctionDef, ast.Yield, ast.YieldFrom, ast.While)
ACTING_DEPTH = 3  # calls from a function to one that acts


def may_act(function: Thing, frame: Frame, depth: int = ACTING_DEPTH) -> bool:
    """True when the function names something that reloads or unloads, or calls another one that does."""
    if function.kind != "function":
        return False
    known = frame.world.acting
    if function not in known:
        names = names_of(function.data.node)
        named = names.has(_ACTING) or _names_loaded(names, function) or _calls_reload(function)
        if not named and depth:
            known[function] = False  # a function that calls itself
            named = any(may_act(each, frame, depth - 1) for each in callees(function))
        if not named and depth < ACTING_DEPTH:
            known.pop(function, None)
            return False  # one that starts here may get further
        known[function] = named
    return known[function]


def changes_modules(function: Thing, known: dict[tuple[Thing, int], bool], depth: int = ACTING_DEPTH) -> bool:
    """True when the function reloads or unloads something, or calls another one that does.

    ``known`` is what was found for others, in the same world.
    """
    if function.kind != "function":
        return False
    if (function, depth) not in known:
        names = names_of(function.data.node)
        itself = names.has(RELOADERS) or _calls_reload(function)
        itself = itself or (takes_out(names) and _names_loaded(names, function))
        known[function, depth] = itself or (
            depth > 0
            and any(
                each is not function and changes_modules(each, known, depth - 1) for each in callees(function)
            )
        )
    return known[function, depth]


def takes_out(names: Names) -> bool:
    """Something is taken out of something."""
    return names.removes or not REMOVERS.isdisjoint(names.other)


def _names_loaded(names: Names, function: Thing) -> bool:
    """It names `sys.modules`, as its module calls it."""
    globals_ = function.data.module.names
    systems = {each for each in names.owners if _is_foreign(globals_.get(each), "sys")}
    return names.has_loaded(systems, {each for each in names.variables if _is_table(globals_.get(each))})


def _is_foreign(thing: Thing | None, name: str) -> bool:
    return thing is not None and thing.kind == "foreign" and bool(thing.data == name)


def _is_table(thing: Thing | None) -> bool:
    return thing is not None and thing.kind == "modules"


def _calls_reload(function: Thing) -> bool:
    """A call in it reaches a reload function of a library, whatever the name."""
    found = (_static(func, function.data) for func in names_of(function.data.node).called)
    return any(each is not None and each.kind == "foreign" and each.data in RELOADS for each in found)


@once
def is_short(node: ast.AST) -> bool:
    """A function that can be followed for what it gives: it ends soon, and a call of it executes it."""
    statements = 0
    for each in nodes(node):
        statements += isinstance(each, ast.stmt)
        if statements > _SHORT or isinstance(each, _LASTING):
            return False
    return True


@once
def gives_back(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> bool:
    """True for a decorator that returns nothing but what it is given: one that registers it, say."""
    names = [*node.args.posonlyargs, *node.args.args]
    if not names or isinstance(node, ast.AsyncFunctionDef):
        return False
    given = names[0].arg
    if isinstance(node, ast.Lambda):
        return isinstance(node.body, ast.Name) and node.body.id == given
    returns = 0
    pending: list[ast.AST] = list(node.body)
    while pending:
        each = pending.pop()
        match each:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                if name == given:
                    return False
                continue
            case ast.Name(id=name, ctx=ast.Store()) if name == given:
                return False
            case ast.Return(value=ast.Name(id=name)) if name == given:
                returns += 1
            case ast.Return() | ast.Yield() | ast.YieldFrom():
                return False
        pending.extend(ast.iter_child_nodes(each))
    return returns > 0


@once_for
def factory_gives_back(node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) -> bool | None:
    """Whether the decorators that a function makes give back what they are given; None if not known."""
    if not isinstance(node, ast.FunctionDef):
        return None
    inner = {each.name: each for each in node.body if isinstance(each, ast.FunctionDef)}
    given = [each.value for each in node.body if isinstance(each, ast.Return)]
    made = [each if isinstance(each, ast.Lambda) else inner.get(getattr(each, "id", "")) for each in given]
    known = [gives_back(each) for each in made if each is not None]
    return all(known) if known and len(known) == len(made) else None


def callees(function: Thing) -> Iterator[Thing]:
    """The functions that a function of the project calls, as far as their names tell."""
    code: Function = function.data
    for func in names_of(code.node).called:
        found = _static(func, code)
        if found is not None and found.kind == "function":
            yield found
        elif isinstance(func, ast.Attribute) and getattr(func.value, "id", "") in ("self", "cls"):
            yield from _methods(func.attr, code)


def _methods(name: str, code: Function) -> Iterator[Thing]:
    """The methods of this name of the classes of the module: one of them is called through `self`."""
    for thing in code.module.names.values():
        if thing.kind == "class" and thing.data.get(name, UNKNOWN).kind == "function":
            yield thing.data[name]


def _static(node: ast.expr, code: Function) -> Thing | None:
    """What a dotted name holds now, without executing anything."""
    match node:
        case ast.Name(id=name):
            found = next((each[name] for each in (*code.outer, code.module.names) if name in each), None)
            return needed_to_act(found) if found is not None else None
        case ast.Attribute(value=owner, attr=name):
            held = _static(owner, code)
            if held is not None and held.kind == "module":
                return _of_module(name, held.data)
            return held.data.get(name) if held is not None and held.kind == "class" else None
    return None


def _of_module(name: str, module: Module) -> Thing | None:
    if name not in module.names and module.later is not None:
        return needed_to_act(module.later(name))
    return module.names.get(name)
