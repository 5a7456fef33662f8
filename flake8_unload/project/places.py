"""Where a project reloads modules itself: stretches of statements. Knows no rule and no output."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.steps import Step
from flake8_unload.project.values import Place, Unprovable

_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_PARTS = (ast.Assign, ast.AnnAssign, ast.Import, ast.ImportFrom, ast.Pass, ast.Continue, ast.Break, ast.Raise)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Statements of one suite, from line ``first`` to ``last`` of ``path``, that reload ``modules``.

    ``function`` is empty in a module body; ``act`` is what executes them. ``others`` are lines of calls
    like theirs that reload nothing that is known, ``more`` those of statements among them, or in their loops
    and tests, that do something else. ``cut`` are the lines to take out of a loop that has to stay for these.
    """

    path: str
    function: str
    first: int
    last: int
    modules: tuple[str, ...]
    others: tuple[int, ...]
    more: tuple[int, ...]
    act: Rehearsal
    cut: tuple[int, int] | None = None


def acts_on(project: Project, paths: Sequence[str]) -> list[Rehearsal]:
    """What the project itself does to the modules of some files, or may do."""
    found: list[Rehearsal] = []
    for path in _acting_with(project, paths) if paths else ():
        with suppress(Unprovable, RecursionError):
            found += project.staging.stage(path).rehearsals(path)
    return found


def stretches(project: Project, acts: Sequence[Rehearsal], wanted: Iterable[str]) -> list[Stretch]:
    """Those that reload some of the ``wanted`` modules, the ones that reload most of them first."""
    names = set(wanted)
    outermost = {(step.module, step.places[0]) for step in _reloads(acts)}
    groups: dict[tuple[str, str], dict[int, list[str]]] = {}
    doing: dict[tuple[str, str], Rehearsal] = {}
    for act in acts:
        for step in _reloads([act]):
            path, line = _written(project, step, outermost)
            function = _function(project.tree(path), line)
            there = groups.setdefault((path, function), {}).setdefault(line, [])
            if step.module not in there:
                there.append(step.module)
            known = doing.setdefault((path, function), act)
            if known.act.path != path and act.act.path == path:
                doing[path, function] = act
    found: list[Stretch] = []
    for (path, function), lines in groups.items():
        modules = tuple(dict.fromkeys(each for _, inside in sorted(lines.items()) for each in inside))
        if names & set(modules):
            found += _stretch(project, path, function, lines, modules, doing[path, function])
    return sorted(found, key=lambda each: (-len(names & set(each.modules)), each.path, each.first))


def _reloads(acts: Iterable[Rehearsal]) -> Iterator[Step]:
    return (step for act in acts for step in act.steps if step.kind == "reload" and step.places)


def _written(project: Project, step: Step, outermost: set[tuple[str, Place]]) -> Place:
    """The innermost call that is an act by itself: a function that is called by another one, say.

    What is called without arguments says nothing of modules: then what it calls.
    """
    depth = max(n for n, place in enumerate(step.places) if (step.module, place) in outermost)
    while depth + 1 < len(step.places) and _is_bare(project, *step.places[depth]):
        depth += 1
    return step.places[depth]


def _is_bare(project: Project, path: str, line: int) -> bool:
    tree = project.tree(path)
    calls = [each for each in ast.walk(tree) if isinstance(each, ast.Call)] if tree is not None else []
    here = [each for each in calls if each.lineno == line]
    return bool(here) and not any(each.args or each.keywords for each in here)


def _stretch(
    project: Project,
    path: str,
    function: str,
    lines: dict[int, list[str]],
    modules: tuple[str, ...],
    act: Rehearsal,
) -> Iterator[Stretch]:
    tree = project.tree(path)
    suite = _suite(tree, set(lines)) if tree is not None else []
    acting = [each for each in suite if _holds(each, lines)]
    if not acting:
        return
    start, end = suite.index(acting[0]), suite.index(acting[-1])
    while end + 1 < len(suite) and _is_alike(suite[end + 1], acting[-1]):
        end += 1
    between = suite[start : end + 1]
    idle = [each for each in between if each not in acting]
    others = tuple(each.lineno for each in idle if any(_is_alike(each, one) for one in acting))
    inside = [line for each in acting for line in _more(each, lines)]
    results = [each.lineno for each in acting if isinstance(each, (ast.Return, ast.Assign, ast.AnnAssign))]
    more = sorted([*inside, *results, *(each.lineno for each in idle if each.lineno not in others)])
    first, last = between[0].lineno, between[-1].end_lineno or between[-1].lineno
    cut = _cut(acting[0], lines) if inside and len(between) == 1 else None
    yield Stretch(path, function, first, last, modules, others, tuple(more), act, cut)


def _cut(loop: ast.stmt, lines: Iterable[int]) -> tuple[int, int] | None:
    """The lines of the one statement of a loop that only reloads, if others are left in it."""
    if isinstance(loop, _LOOPS):
        acting = [each for each in loop.body if _holds(each, lines)]
        if len(acting) == 1 < len(loop.body) and not list(_more(acting[0], lines)):
            return acting[0].lineno, acting[0].end_lineno or acting[0].lineno
    return None


def _suite(tree: ast.Module, lines: set[int]) -> list[ast.stmt]:
    """The innermost suite that all of the lines are in, and no loop of the same function is around."""
    found: list[ast.stmt] = tree.body
    pending: list[tuple[ast.AST, bool]] = [(tree, False)]
    while pending:
        node, in_loop = pending.pop()
        in_loop = (in_loop or isinstance(node, _LOOPS)) and not isinstance(node, _FUNCTIONS)
        for suite in _suites(node):
            if all(any(_holds(each, [line]) for each in suite) for line in lines):
                own_line = suite[0].lineno > getattr(node, "lineno", 0)
                if not in_loop and own_line:
                    found = suite
                pending += [(each, in_loop) for each in suite]
        pending += [(each, in_loop) for each in getattr(node, "handlers", ())]
    return found


def _suites(node: ast.AST) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        suite = getattr(node, field, None)
        if isinstance(suite, list) and suite:
            yield suite


def _holds(statement: ast.stmt, lines: Iterable[int]) -> bool:
    end = statement.end_lineno or statement.lineno
    return any(statement.lineno <= each <= end for each in lines)


def _is_alike(statement: ast.stmt, other: ast.stmt) -> bool:
    """Calls of the same function."""
    match statement, other:
        case ast.Expr(value=ast.Call(func=one)), ast.Expr(value=ast.Call(func=two)):
            return ast.dump(one) == ast.dump(two)
    return False


def _more(statement: ast.stmt, lines: Iterable[int]) -> Iterator[int]:
    """The lines of calls in a loop or test that are no reloads."""
    for suite in _suites(statement):
        for each in suite:
            if any(True for _ in _suites(each)):
                yield from _more(each, lines)
            elif not _holds(each, lines) and not isinstance(each, _PARTS):
                yield each.lineno


def _function(tree: ast.Module | None, line: int) -> str:
    """The dotted name of the function that a line is in."""
    names: list[str] = []
    inside: Sequence[ast.stmt] = tree.body if tree is not None else ()
    while around := [each for each in inside if _holds(each, [line])]:
        if isinstance(around[-1], _FUNCTIONS):
            names.append(around[-1].name)
        inside = list(_inside(around[-1]))
    return ".".join(names)


def _inside(node: ast.AST) -> Iterator[ast.stmt]:
    for each in ast.iter_child_nodes(node):
        if isinstance(each, ast.stmt):
            yield each
        elif isinstance(each, (ast.ExceptHandler, ast.match_case)):
            yield from each.body


def _acting_with(project: Project, paths: Sequence[str]) -> list[str]:
    """The acting files that are in the package of some files, or import one of them."""
    graph, space = project.graph(paths[0]), project.layout.space(paths[0])
    package = space.name_of(paths[0]).partition(".")[0]
    near = [each for each in project.acting if project.layout.space(each) is space]
    return [
        each
        for each in near
        if space.name_of(each).partition(".")[0] == package or any(graph.reaches(each, one) for one in paths)
    ]
