"""The stage of some files serves others only where the import of those would do the same."""

from __future__ import annotations

from collections import Counter
from itertools import combinations

from flake8_unload.project.rehearsal import Stage
from tests.oracle.exploring import explored
from tests.oracle.project import Project
from tests.oracle.scripts import projects
from tests.project.test_taking_back import laid_out, parsed

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
