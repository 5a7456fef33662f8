"""After a fix of UNL402 or UNL401 nothing is old that the fix was for, nor anything new."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.oracle.exploring import RUNNING, explored
from tests.oracle.fixed import asked, changed_functions, fixed
from tests.oracle.observed import Observation, observed
from tests.oracle.project import Project
from tests.oracle.regressions import SORTED
from tests.oracle.scripts import qualifiable_projects, sortable_projects
from tests.pythons import PYTHONS

FEW, MANY = 40, 1000


def _fixed(project: Project, code: str, versions: list[str], figures: Counter[str]) -> Project | None:
    """The fixed project; None for one that cannot be run, or has no fix."""
    if any(observed(project, versions[0], each).error for each in project.environments):
        return None
    figures["projects"] += 1
    with TemporaryDirectory(dir=os.environ.get("ORACLE_FOLDER")) as folder:
        after = fixed(project, code, Path(folder))
    figures["fixed"] += after is not None
    return after


def compared(
    project: Project, after: Project, version: str, figures: Counter[str]
) -> list[tuple[Observation, Observation, str]]:
    """Each run before and after the fix, and what to say of it; something was old that is not any more."""
    runs = []
    for given in project.environments:
        old = observed(project, version, given, closely=True)
        new = observed(after, version, given, closely=True)
        assert not new.error or old.error, f"\n{project}\n{after}\n{new.place}"
        said = f"\n{project}\n# --- fixed\n{after}\n# executed: {' '.join(new.executed)}\n"
        worse = new.old - old.outdated
        assert not worse, said + "\n".join(map(str, worse))
        figures[f"{version}: no longer old"] += len(old.old - new.old)
        runs.append((old, new, said))
    assert any(old.old - new.old for old, new, _ in runs), said
    return runs


def _helped_by_sorting(project: Project, versions: list[str], figures: Counter[str]) -> bool:
    """Sort the reloads of a project, if there is a fix, and run it."""
    after = _fixed(project, "UNL402", versions, figures)
    for version in versions if after else ():
        assert after
        for _, new, said in compared(project, after, version, figures):
            assert not new.early, said + "\n".join(map(str, new.early))
    return after is not None


def sorted_and_run(examples: int, versions: list[str]) -> Counter[str]:
    """Sort the reloads of so many projects and run them; the figures."""

    def helps(project: Project, figures: Counter[str]) -> None:
        _helped_by_sorting(project, versions, figures)

    return explored(sortable_projects(), examples, helps)


def qualified_and_run(examples: int, versions: list[str]) -> Counter[str]:
    """Import modules in the place of names in so many projects and run them; the figures."""

    def helps(project: Project, figures: Counter[str]) -> None:
        project = asked(project)
        after = _fixed(project, "UNL401", versions, figures)
        for version in versions if after else ():
            assert after
            functions = changed_functions(project, after)
            for _, new, said in compared(project, after, version, figures):
                left = {held for held in new.old if (held.module, held.name) in functions}
                assert not left, said + "\n".join(map(str, left))
            figures[f"{version}: functions that give the new"] += len(functions)

    return explored(qualifiable_projects(), examples, helps)


def test_sorted_reloads_leave_nothing_old() -> None:
    assert sorted_and_run(FEW, [RUNNING])["fixed"]


def test_qualified_imports_leave_nothing_old() -> None:
    figures = qualified_and_run(FEW, [RUNNING])
    assert figures[f"{RUNNING}: functions that give the new"]


@pytest.mark.parametrize("title", SORTED)
@pytest.mark.parametrize("version", PYTHONS)
def test_projects_that_sorted_reloads_once_left_something_in(title: str, version: str) -> None:
    assert _helped_by_sorting(Project.parsed(SORTED[title]), [version], Counter())


@pytest.mark.slow
def test_sorted_reloads_leave_nothing_old_hundreds_of_times() -> None:
    assert sorted_and_run(MANY, list(PYTHONS))["fixed"] >= 100


@pytest.mark.slow
def test_qualified_imports_leave_nothing_old_many_times() -> None:
    figures = qualified_and_run(MANY, list(PYTHONS))
    assert figures["fixed"] >= 50
    assert all(figures[f"{version}: functions that give the new"] >= 50 for version in PYTHONS)
