"""What comes of a change of the reloads: a rehearsal with it. Knows no output, and writes nothing."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.sites import meeting
from flake8_unload.project.stale import Stale
from flake8_unload.project.values import Unprovable

_MOST = 12  # changes of one project


@dataclass(frozen=True, slots=True)
class Move:
    """At ``line`` of ``path``, ``before`` has to stand before ``module``, which takes ``name`` of it.

    ``now`` is the line that it stands on; ``result`` is the code of the list afterwards, empty where they are
    statements.
    """

    path: str
    line: int
    now: int
    module: str
    before: str
    name: str
    result: str


def rehearsed(project: Project, act: Rehearsal, changed: Mapping[str, ast.Module]) -> Rehearsal | None:
    """The same act with changed files; None where it cannot be followed."""
    stage = project.staging.stage_with(act.act.path, changed)
    try:
        found = [each for each in stage.rehearsals(act.act.path) if each.act.function == act.act.function]
        return max(found, key=lambda each: len(each.renewed), default=None)
    except (Unprovable, RecursionError):
        return None
    finally:
        stage.close()


def old_after(project: Project, rehearsal: Rehearsal, names: Set[str]) -> tuple[Stale, ...]:
    """What holds old objects of the modules ``names`` at its end."""
    return old_of(project, rehearsal.stale, names)


def old_of(project: Project, stale: Iterable[Stale], names: Set[str]) -> tuple[Stale, ...]:
    """What of it is about the modules ``names``, and a statement of a file that is imported took."""
    return tuple(
        each
        for each in stale
        if each.old.module in names
        and each.what != "module"
        and each.line > 0
        and not each.given
        and each.path.endswith(".py")
        and not project.is_test(each.path)
        and not project.is_script(each.path)
    )


def moves(project: Project, act: Rehearsal, names: Set[str]) -> tuple[list[Move], Rehearsal]:
    """What to put before what in the lists of the project, and the act with that done."""
    changed: dict[str, ast.Module] = {}
    found: list[Move] = []
    old = old_after(project, act, names)
    while old and len(found) < _MOST:
        move = next(_moves(project, act, old, changed), None)
        if move is None:
            break
        found.append(move)
        after = rehearsed(project, act, changed)
        if after is None:
            break
        act, old = after, old_after(project, after, names)
    return found, act


def _moves(
    project: Project, act: Rehearsal, old: Sequence[Stale], changed: dict[str, ast.Module]
) -> Iterator[Move]:
    """The first one that can be made, done to the ``changed`` files."""
    for each in old:
        steps = act.reload_of(each.module), act.reload_of(each.old.module)
        places = meeting(*steps, act)
        if places is None or steps[0] is None or steps[1] is None or steps[0].run > steps[1].run:
            continue
        (path, first), (_, second) = places
        tree = copy.deepcopy(changed.get(path) or project.tree(path))
        items = _swapped(tree, (each.module, first), (each.old.module, second)) if tree is not None else None
        if tree is not None and items is not None:
            changed[path] = tree
            result = "" if isinstance(items[0], ast.stmt) else f"[{', '.join(map(ast.unparse, items))}]"
            yield Move(path, first, second, each.module, each.old.module, each.old.name, result)


def _swapped(tree: ast.Module, one: tuple[str, int], two: tuple[str, int]) -> list[ast.AST] | None:
    """The list of nodes in which the second is put before the first, if there is one."""
    for node in ast.walk(tree):
        for field in ("elts", "body", "orelse", "finalbody"):
            items = getattr(node, field, None)
            if not isinstance(items, list):
                continue
            places = [
                next((n for n, x in enumerate(items) if _stands_for(x, *each)), -1) for each in (one, two)
            ]
            if -1 < places[0] < places[1]:
                items.insert(places[0], items.pop(places[1]))
                return items
    return None


def _stands_for(node: ast.AST, module: str, line: int) -> bool:
    last = module.rpartition(".")[2]
    match node:
        case ast.Constant(value=str(text)):
            return node.lineno == line and text.rpartition(".")[2] == last
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return node.lineno == line and name == last
        case ast.Expr(value=ast.Call()):
            return node.lineno == line
    return False
