"""What a module does to its host or process whenever it is executed. Knows no order and no output."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from flake8_unload.project.layout import Space
from flake8_unload.project.linked import Project
from flake8_unload.project.order import Reordered
from flake8_unload.scripts import is_main_guard

_EFFECTS = ("UNL303", "UNL304", "UNL306", "UNL907")  # threads, handlers, hooks, entries in registries
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@dataclass(frozen=True, slots=True)
class Repeat:
    """At ``line`` the import-time code of a module calls ``name``, as it is written there; ``what`` is its
    dotted name from the module that it is imported of, ``sets`` is true for an assignment."""

    name: str
    what: str
    line: int
    sets: bool = False


def repeats(project: Project, path: str) -> tuple[Repeat, ...]:
    """Calls of a host or library that are statements of their own, and effects on the process."""
    tree = project.tree(path)
    if tree is None:
        return ()
    found = {each.line: each for each in _calls(tree, project.layout.space(path))}
    for each in project.effects(path):
        if each.code in _EFFECTS and each.line not in found:
            found |= {one.line: one for one in _at(tree, each.line)}
    return tuple(each for _, each in sorted(found.items()))


def put_last(
    project: Project, order: Sequence[Reordered], acting: Mapping[str, Sequence[Repeat]]
) -> list[Reordered]:
    """The same order, but what acts comes last, if none of the others imports it: a failure harms nobody."""
    moved = {each.path for each in order if each.path in acting and not each.circle}
    stay = [each.path for each in order if each.path not in moved]
    while stay:
        taken = {each for each in moved for other in stay if project.graph(other).reaches(other, each)}
        moved, stay = moved - taken, sorted(taken)
    return sorted(order, key=lambda each: each.path in moved)


def _calls(tree: ast.Module, space: Space) -> Iterator[Repeat]:
    body = list(_executed(tree.body))
    foreign = dict(_foreign(body, space))
    functions = {each.name: each for each in tree.body if isinstance(each, ast.FunctionDef)}
    for each in body:
        match each:
            case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name in functions:
                yield from _of(_executed(functions[name].body), foreign)
            case _:
                yield from _of([each], foreign)


def _of(body: Iterable[ast.stmt], foreign: Mapping[str, str]) -> Iterator[Repeat]:
    for each in body:
        match each:
            case ast.Expr(value=ast.Call(func=func) as call):
                name = _dotted(func)
                root, dot, rest = name.partition(".")
                if root in foreign:
                    yield Repeat(name, f"{foreign[root]}{dot}{rest}", call.lineno)


def _executed(body: Iterable[ast.stmt]) -> Iterator[ast.stmt]:
    """The statements of a body and of the blocks in it; no main guard, no function, no class."""
    for each in body:
        if isinstance(each, ast.If) and is_main_guard(each.test):
            yield from _executed(each.orelse)
            continue
        yield each
        if not isinstance(each, _SCOPES):
            for field in ("body", "orelse", "finalbody"):
                yield from _executed(getattr(each, field, ()))
            for handler in getattr(each, "handlers", ()):
                yield from _executed(handler.body)


def _foreign(body: Iterable[ast.stmt], space: Space) -> Iterator[tuple[str, str]]:
    """The names of what comes from no file of the project and not from the standard library."""
    for each in body:
        match each:
            case ast.Import(names=names):
                for alias in names:
                    top = alias.name.partition(".")[0]
                    if _is_foreign(top, space):
                        yield alias.asname or top, alias.name if alias.asname else top
            case ast.ImportFrom(module=str(module), names=names, level=0):
                if _is_foreign(module.partition(".")[0], space):
                    yield from ((alias.asname or alias.name, f"{module}.{alias.name}") for alias in names)


def _is_foreign(top: str, space: Space) -> bool:
    return top not in sys.stdlib_module_names and space.find(top) is None


def _at(tree: ast.Module, line: int) -> Iterator[Repeat]:
    """What stands on a line: the innermost statement, or a decorator."""
    for each in ast.walk(tree):
        match each:
            case ast.Expr(value=ast.Call(func=func)) if each.lineno <= line <= (each.end_lineno or 0):
                yield Repeat(name := _dotted(func), name, line)
            case ast.Assign(targets=[ast.Attribute() as target, *_]) if each.lineno == line:
                yield Repeat(name := _dotted(target), name, line, sets=True)
            case ast.FunctionDef() | ast.ClassDef():
                for one in each.decorator_list:
                    if one.lineno == line:
                        name = _dotted(one.func if isinstance(one, ast.Call) else one)
                        yield Repeat(name, name, line)


def _dotted(node: ast.expr) -> str:
    """`a.b(…).c`, as it is written but for the arguments."""
    match node:
        case ast.Name(id=name):
            return name
        case ast.Attribute(value=value, attr=name):
            return f"{_dotted(value)}.{name}"
        case ast.Call(func=func):
            return f"{_dotted(func)}(…)"
    return "…"
