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
from tests.oracle.silences import FOLDER, VERSION
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
            elsewhere = tuple(seen[each][0] for each in versions if each != version)
            verdict = Verdict(project, seen[version], rehearsal, elsewhere)
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
    assert figures[VERSION] <= FEW / 10


@pytest.mark.parametrize("title", REGRESSIONS)
@pytest.mark.parametrize("version", PYTHONS)
def test_projects_that_once_disagreed(title: str, version: str) -> None:
    project = Project.parsed(REGRESSIONS[title])
    verdict = judge(project, version, rehearsed(project))
    assert verdict.ran, verdict.seen[0].place
    assert not verdict.false_alarms | verdict.missed_alarms, f"\n{verdict}"


LOOPS = """\
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
"""
DIFFERS = """\
# --- pkg/__init__.py
class g: pass
# --- pkg/a.py
import pkg, typing
A = typing.Optional[pkg.g]
# --- k.py
from pkg.a import A
# --- driver.py
import importlib, k, pkg
pkg.g = pkg
try:
    importlib.reload(pkg.a)
except TypeError:
    pass
# --- steps
(import, driver)
"""


def test_a_loop_over_a_folder_may_stay_untold() -> None:
    project = Project.parsed(LOOPS)
    verdict = judge(project, RUNNING, rehearsed(project))
    assert set(verdict.silences) == {FOLDER}
    assert not verdict.false_alarms | verdict.missed_alarms


@pytest.mark.skipif(len(PYTHONS) < 2 or "3.10" not in PYTHONS, reason="needs Python 3.10 and a later one")
def test_what_is_not_so_on_every_python_may_stay_untold() -> None:
    project = Project.parsed(DIFFERS)
    oldest, newest = (judge(project, each, rehearsed(project)) for each in ("3.10", max(PYTHONS)))
    assert newest.missed_alarms and not oldest.false_alarms | oldest.missed_alarms
    verdict = Verdict(project, newest.seen, newest.rehearsal, oldest.seen)
    assert set(verdict.silences) == {VERSION}
    assert not verdict.false_alarms | verdict.missed_alarms
