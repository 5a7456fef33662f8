"""The fix of UNL402: reloads that are bare statements of one suite, in the order of their imports."""

from __future__ import annotations

import ast

from flake8_unload.edits import Edit, Fix, Refusal, ReplaceStatement, anchor
from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.sorting import import_order
from flake8_unload.project.values import Place


def sorted_reloads(project: Project, rehearsal: Rehearsal, at: Place) -> Fix | Refusal:
    """Put the reloads of the suite at a place in the order of their dependencies."""
    file = project.file(at[0])
    body = _suite(file.tree, at[1])
    modules = {each.places[0][1]: each.module for each in rehearsal.steps if _is_bare(each.places, at[0])}
    reloads = [each for each in body if each.lineno in modules and _is_call(each)]
    if len(reloads) < 2:
        return Refusal("the reloads are no bare statements of one suite")
    first, last = body.index(reloads[0]), body.index(reloads[-1])
    if body[first : last + 1] != reloads:
        return Refusal("something stands between the reloads")
    if any("#" in line for line in file.lines[reloads[0].lineno - 1 : reloads[-1].end_lineno]):
        return Refusal("the reloads have comments, whose place is for a person")
    order = import_order(project, [modules[each.lineno] for each in reloads], rehearsal)
    by_module = {modules[each.lineno]: each for each in reloads}
    if order is None or len(by_module) < len(reloads):
        return Refusal("the modules import each other in a circle, or twice")
    wanted = [by_module[each] for each in order]
    edits: list[Edit] = [
        ReplaceStatement(anchor(old, file.lines), "__0__", (anchor(_call(new), file.lines),))
        for old, new in zip(reloads, wanted, strict=True)
        if old is not new
    ]
    if not edits:
        return Refusal("these reloads are in order; what is out of order stands elsewhere")
    return Fix("sort the reloads by what imports what", tuple(edits))


def _is_bare(places: tuple[Place, ...], path: str) -> bool:
    return len(places) == 1 and places[0][0] == path


def _is_call(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)


def _call(node: ast.stmt) -> ast.expr:
    assert isinstance(node, ast.Expr)
    return node.value


def _suite(tree: ast.Module, line: int) -> list[ast.stmt]:
    """The statements around and beside the one that starts on a line."""
    found: list[ast.stmt] = []
    for node in ast.walk(tree):
        for field in ("body", "orelse", "finalbody"):
            body = getattr(node, field, None)
            if isinstance(body, list) and any(getattr(each, "lineno", 0) == line for each in body):
                found = body
    return found
