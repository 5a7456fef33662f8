"""What the fixes of project rules make of a generated project. Knows no rule but by its code."""

from __future__ import annotations

import ast
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from flake8_unload.edits import Fix
from flake8_unload.repair.apply import apply
from flake8_unload.settings import Settings
from tests.oracle.project import Project, dotted
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
