"""The stage of some files serves others only where the import of those would do the same."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from flake8_unload.project.graph import Graph
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.stage import Stage
from tests.oracle.exploring import explored
from tests.oracle.project import Project
from tests.oracle.scripts import projects
from tests.project.test_taking_back import ROOT, laid_out, parsed

FEW = 40


def test_a_stage_that_serves_others_finds_what_theirs_finds() -> None:
    def agree(project: Project, figures: Counter[str]) -> None:
        trees = dict(parsed(project.files))
        layout = laid_out(project.files, trees)
        paths = [path for path in trees if layout.space(path) is layout.space(next(iter(trees)))]
        ways = [paths, paths[::-1], *map(list, combinations(paths, len(paths) - 1))]
        for first, second in combinations(ways, 2):
            stage = Stage(layout.space(first[0]), first, trees.get)
            stage.rehearsals(first[0])
            if stage.serves(second):
                other = Stage(layout.space(first[0]), second, trees.get)
                assert [stage.rehearsals(each) for each in paths] == [
                    other.rehearsals(each) for each in paths
                ]
            figures["served" if stage.serves(second) else "not served"] += 1

    figures = explored(projects(), FEW, agree)
    assert figures["served"] > FEW / 2
    assert figures["not served"] > FEW / 2


def test_what_an_act_is_not_about_need_not_be_imported() -> None:
    def agree(project: Project, figures: Counter[str]) -> None:
        files = {**_users(project), **project.files}
        trees = dict(parsed(files))
        layout = laid_out(files, trees)
        space = layout.space(f"{ROOT}/user0.py")
        paths = [path for path in trees if layout.space(path) is space]
        graph = Graph(layout, space, lambda _: False, lambda _: False)
        for path in paths:
            expected = Stage(space, paths, trees.get).rehearsals(path)
            steps = [each for one in expected for each in one.steps if each.kind != "import"]
            goals = {path, *filter(None, (space.find(each.module) for each in steps))}
            some = graph.concerned(goals, paths, lambda _: False)
            first = [each for each in paths if each in some]
            stage = Stage(space, first, trees.get, beside=[each for each in paths if each not in some])
            assert list(map(_told, stage.rehearsals(path))) == list(map(_told, expected))
            figures["left out"] += len(first) < len(paths) and any(each.stale for each in expected)

    assert explored(projects(), FEW, agree)["left out"] > 0


def _users(project: Project) -> dict[str, str]:
    """Files that nothing imports, each for one module of the project."""
    names = [path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in project.files]
    return {
        f"user{number}.py": f"import {name}\nfrom {name} import *\nclass User: pass\n"
        for number, name in enumerate(names)
    }


def _told(rehearsal: Rehearsal) -> tuple[object, ...]:
    """What rules go by, but for the numbers of executions."""
    steps = [(each.kind, each.module, each.places, each.named, each.certain) for each in rehearsal.steps]
    stale = {
        (each.module, each.name, each.line, each.how, each.old.module, each.old.name, each.gone, each.given)
        for each in rehearsal.stale
    }
    takes = {pair for pair in rehearsal.takes if rehearsal.again(pair[0])}
    return rehearsal.act, steps, stale, rehearsal.paths, rehearsal.renewed, rehearsal.open, takes
