"""An act leaves no trace in the world that the next one gets: it is as freshly imported."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import pytest

from flake8_unload.project.facts import facts_of
from flake8_unload.project.layout import Layout
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.stage import Stage
from flake8_unload.project.steps import Clock
from flake8_unload.project.values import Function, Module, Thing
from flake8_unload.project.world import World
from tests.oracle.exploring import explored
from tests.oracle.project import Project
from tests.oracle.regressions import REGRESSIONS
from tests.oracle.scripts import projects
from tests.project.test_cases import projects as cases
from tests.project.trees import files

ROOT = "/project"
FEW = 100


Trees = dict[str, ast.Module]


def parsed(tree: dict[str, str]) -> Iterator[tuple[str, ast.Module]]:
    """The files that can be parsed."""
    for path, text in tree.items():
        with suppress(SyntaxError):
            yield f"{ROOT}/{path}", ast.parse(text)


def laid_out(tree: dict[str, str], trees: Trees) -> Layout:
    """Which file is which module."""
    lines = {path: tree[path.removeprefix(f"{ROOT}/")].splitlines(keepends=True) for path in trees}
    return Layout(ROOT, {path: facts_of(each, lines[path]) for path, each in trees.items()})


def rehearsed(tree: dict[str, str], trees: Trees) -> list[Rehearsal]:
    """All acts of all files; those of one part of the project in one world."""
    layout = laid_out(tree, trees)
    found: list[Rehearsal] = []
    for space in dict.fromkeys(map(layout.space, trees)):
        inside = [path for path in trees if layout.space(path) is space]
        stage = Stage(space, inside, trees.get)
        for path in inside:
            found += stage.rehearsals(path)
    return found


def compare(tree: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> list[Rehearsal]:
    """The acts give the same in worlds of their own and in one that is as it was after each of them."""
    trees = dict(parsed(tree))
    with monkeypatch.context() as patch:
        patch.setattr(Stage, "_imported", _imported_anew)
        expected = rehearsed(tree, trees)
    with monkeypatch.context() as patch:
        patch.setattr(World, "trying", _trying_with_a_check)
        assert rehearsed(tree, trees) == expected
    return expected


_imported, _trying = Stage._imported, World.trying


def _imported_anew(self: Stage) -> World:
    self.close()
    return _imported(self)


@contextmanager
def _trying_with_a_check(self: World) -> Iterator[None]:
    before = state(self)
    with _trying(self):
        yield
    assert state(self) == before


def state(world: World) -> dict[int, object]:
    """Everything that can be reached, by its id: what it is now, things in it by their ids."""
    found: dict[int, object] = {0: {name: _told(each) for name, each in vars(world).items()}}
    pending = [part for each in vars(world).values() for part in _parts(each)]
    while pending:
        each = pending.pop()
        if id(each) not in found:
            found[id(each)] = _told(each)
            pending += _parts(each)
    return found


def _parts(each: object) -> list[object]:
    match each:
        case dict():
            return [*each, *each.values()]
        case list() | tuple() | set():
            return [*each]
        case Thing():
            return [getattr(each, name) for name in Thing.__slots__]
        case Module() | Function() | Clock():
            return [getattr(each, name) for name in each.__slots__]
    return []


def _told(each: object) -> object:
    if isinstance(each, (Thing, Module, Function)):
        return [_inside(part) for part in _parts(each)]
    return _inside(each)


def _inside(part: object) -> object:
    if isinstance(part, (dict, list, tuple, set, Clock)):
        inside = [_inside(each) for each in _parts(part)]
        return type(part), sorted(inside, key=repr) if isinstance(part, set) else inside
    return part if isinstance(part, (str, int, bytes)) else id(part)


@pytest.mark.parametrize(("title", "text"), list(cases()), ids=lambda each: each[:60].split("\n")[0])
def test_the_acts_of_a_case_do_not_see_each_other(
    title: str, text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(files(text), monkeypatch)


def test_the_acts_of_generated_projects_do_not_see_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def agree(project: Project, figures: Counter[str]) -> None:
        figures["acts"] += len(compare(project.files, monkeypatch))

    assert explored(projects(), FEW, agree)["acts"] > FEW / 2


@pytest.mark.parametrize("title", REGRESSIONS)
def test_the_acts_of_projects_that_once_disagreed_do_not_see_each_other(
    title: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(Project.parsed(REGRESSIONS[title]).files, monkeypatch)
