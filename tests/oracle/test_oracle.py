"""What a rehearsal calls old is what is old when the project is really run, name for name, on every Python.

`pytest tests/oracle -m slow -s` runs thousands of projects and prints figures; `ORACLE_SEED=7` others.
"""

from __future__ import annotations

from collections import Counter

import pytest

from tests.oracle.exploring import RUNNING, explored
from tests.oracle.observed import observing
from tests.oracle.project import Project
from tests.oracle.regressions import REGRESSIONS
from tests.oracle.scripts import projects
from tests.oracle.silences import FOLDER, MODULE, REASONS
from tests.oracle.verdict import Verdict, judge, rehearsed
from tests.pythons import PYTHONS

FEW, MANY = 60, 2800  # of these 2,000 and more can be run and are not there twice
HOWS = {"name", "base", "default", "item", "instance", "decorator"}


def compared(examples: int, versions: list[str]) -> Counter[str]:
    """Compare so many projects, on all of the Pythons; the figures."""

    def agree(project: Project, figures: Counter[str]) -> None:
        with observing(project, versions) as seen:
            rehearsal = rehearsed(project)
        for version in versions:
            verdict = Verdict(project, seen[version], rehearsal)
            if not verdict.ran:
                figures[f"{version}: raise, not compared"] += 1
                continue
            assert not verdict.false_alarms | verdict.missed_alarms, f"\nPython {version}\n{verdict}"
            old = verdict.seen[0].old
            figures.update(f"old, {held.how}" for held in old)
            figures.update(verdict.silences)
            figures.update({f"{version}: projects": 1, f"{version}: nothing old": not old})
            figures["gone"] += len(verdict.seen[0].gone)

    return explored(projects(), examples, agree)


def test_rehearsals_and_runs_agree() -> None:
    figures = compared(FEW, [RUNNING])
    assert figures["old, name"] > FEW / 2, "the generator no longer makes projects with old objects"


@pytest.mark.slow
def test_rehearsals_and_runs_agree_thousands_of_times() -> None:
    figures = compared(MANY, list(PYTHONS))
    for version in PYTHONS:
        assert figures[f"{version}: projects"] >= 2000
        assert figures[f"{version}: nothing old"] >= 200
    assert all(figures[f"old, {how}"] >= 20 for how in HOWS)
    assert figures["gone"] >= 100


@pytest.mark.parametrize("title", REGRESSIONS)
@pytest.mark.parametrize("version", PYTHONS)
def test_projects_that_once_disagreed(title: str, version: str) -> None:
    project = Project.parsed(REGRESSIONS[title])
    verdict = judge(project, version, rehearsed(project))
    assert verdict.ran, verdict.seen[0].place
    assert not verdict.false_alarms | verdict.missed_alarms, f"\n{verdict}"


EXCUSED = {
    FOLDER: """\
# --- pkg/__init__.py
# --- pkg/a.py
def f(): return 1
# --- k.py
from pkg.a import f
# --- driver.py
import importlib, k, os, sys
import pkg as walked
for name in [name[:-3] for name in os.listdir(list(walked.__path__)[0]) if name.endswith(".py")]:
    name = f"pkg.{name}"
    if name in sys.modules:
        importlib.reload(sys.modules[name])
# --- steps
(import, driver)
""",
    MODULE: """\
# --- pkg/__init__.py
class g: pass
# --- pkg/a.py
import pkg, typing
A = typing.Optional[pkg.g]
# --- pkg/b.py
import pkg
g = pkg
# --- k.py
from pkg.a import A
# --- driver.py
import importlib, k, pkg.b
pkg.g = pkg.b.g
importlib.reload(pkg.a)
# --- steps
(import, driver)
""",
}


@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_to_be_silent_excuses_something(reason: str) -> None:
    project = Project.parsed(EXCUSED[reason])
    newest = judge(project, list(PYTHONS)[-1], rehearsed(project))
    if not newest.ran:
        pytest.skip("needs a Python that takes a module for a type")
    assert set(newest.silences) == {reason}
    assert not newest.false_alarms | newest.missed_alarms
