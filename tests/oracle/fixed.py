"""What the fixes of project rules make of a generated project. Knows no rule but by its code."""

from __future__ import annotations

import ast
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from flake8_unload.edits import Fix
from flake8_unload.repair.apply import apply
from flake8_unload.settings import Settings
from tests.oracle.observed import Held, Observation
from tests.oracle.project import LENT, Project, dotted
from tests.project.trees import project_findings


def fixed(project: Project, code: str, folder: Path) -> Project | None:
    """The project with all fixes of a rule; None where it offers none."""
    fixes: dict[str, list[Fix]] = defaultdict(list)
    for path, each in project_findings(folder, project.files, Settings(fixes=True)):
        if each.code == code and isinstance(each.fix, Fix):
            fixes[path].append(each.fix)
    if not fixes:
        return None
    files = {path: apply(project.files[path], found).after for path, found in fixes.items()}
    return replace(project, files={**project.files, **files})


def left_over(project: Project, seen: Observation) -> set[Held]:
    """Old things of reloaded modules in reloaded modules, unless they are handed on by one that is not.

    Nor by one whose `__getattr__` keeps what it gives: a reload leaves that where it is, as it does what a
    module has set in another one. Nor what a module that is executed twice behind another puts into it twice.
    """
    reloaded = {name for name, count in Counter(seen.executed).items() if count > 1}
    given = {
        (dotted(path), name) for path, source in project.files.items() for name in _set_elsewhere(source)
    }
    keeping = {
        (held.origin, held.attribute)
        for held in seen.old
        if held.name.startswith(LENT)
        or any(held.name == name and not _runs_before(giver, held, seen.executed) for giver, name in given)
    }
    between = {(held.origin, held.attribute) for held in seen.old if held.module not in reloaded} | keeping
    return {
        held
        for held in seen.old
        if {held.module, held.origin} <= reloaded
        and (held.origin, held.attribute) not in between
        and not (held.how == "item" and _runs_behind(held, seen.executed) > 1)
    }


def _set_elsewhere(source: str) -> Iterator[str]:
    """The names that a module sets in others, or in classes."""
    for each in ast.walk(ast.parse(source)):
        match each:
            case ast.Attribute(attr=name, ctx=ast.Store()):
                yield name
            case ast.Subscript(ast.Call(ast.Name("vars")), ast.Constant(str(name)), ast.Store()):
                yield name
            case ast.Call(ast.Name("setattr"), [_, ast.Constant(str(name)), _]):
                yield name


def _runs_before(module: str, held: Held, executed: tuple[str, ...]) -> bool:
    """The last execution of a module was before that of the one that holds something."""
    return module != held.module and executed[::-1].index(module) > executed[::-1].index(held.module)


def _runs_behind(held: Held, executed: tuple[str, ...]) -> int:
    """How often the module of the old thing was executed after the one that holds it."""
    last = len(executed) - executed[::-1].index(held.module)
    return executed[last:].count(held.origin)


def asked(project: Project) -> Project:
    """At the end every module keeps what its functions without arguments give."""
    steps = tuple(
        ("keep", dotted(path), each.name)
        for path, source in project.files.items()
        for each in _plain_functions(source)
    )
    return replace(project, steps=project.steps + steps)


def changed_functions(before: Project, after: Project) -> set[tuple[str, str]]:
    """The functions that a fix has changed: their module, and the name of what they give there."""
    return {
        (dotted(path), f"kept_{each.name}")
        for path, source in after.files.items()
        for each in _plain_functions(source)
        if ast.unparse(each) not in {ast.unparse(old) for old in _plain_functions(before.files[path])}
    }


def _plain_functions(source: str) -> list[ast.FunctionDef]:
    """Functions that only return something, and are what their name stands for at the end."""
    body = ast.parse(source).body
    last = {name: each for each in body for name in _bound(each)}
    return [
        each
        for each in body
        if isinstance(each, ast.FunctionDef)
        and last[each.name] is each
        and not each.args.args + each.decorator_list  # type: ignore[operator]
        and isinstance(each.body[0], ast.Return)
    ]


def _bound(statement: ast.stmt) -> set[str]:
    """The names that a statement of a module body binds, definitions and assignments."""
    if isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return {statement.name}
    stored = (each for each in ast.walk(statement) if isinstance(each, ast.Name))
    return {each.id for each in stored if isinstance(each.ctx, ast.Store)}
