"""Hypothesis strategies for whole projects: a package, and a script that reloads or unloads it."""

from __future__ import annotations

from hypothesis import strategies as st

from tests.oracle import shapes, unloads
from tests.oracle.driver import Scribe
from tests.oracle.packages import packages
from tests.oracle.project import Project

_SHAPES = (
    *(shapes.statements,) * 4,
    *(shapes.modules_loop,) * 4,
    *(shapes.names_loop,) * 3,
    *(shapes.prefix_loop,) * 3,
    *(shapes.helper,) * 2,
    *(shapes.guards,) * 2,
    shapes.names_in_locals,
    shapes.folder_loop,
    *(unloads.sys_modules_loop,) * 4,
    *(unloads.purge,) * 3,
    *(unloads.remove,) * 2,
)
_MARKERS = 12  # one project in so many


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Any project, with a script."""
    scribe = Scribe(draw, draw(packages()))
    if scribe.chance(_MARKERS):
        found = unloads.marker(scribe)
        if found is not None:
            return found
    driver = scribe.driver()
    scribe.pick(_SHAPES)(scribe, driver)
    return scribe.assembled(driver)


@st.composite
def qualifiable_projects(draw: st.DrawFn) -> Project:
    """A project that reloads some modules, whose names others use in functions."""
    scribe = Scribe(draw, draw(packages(late=True)))
    driver = scribe.driver()
    sources = [each for module in scribe.modules.values() for each in module.sources]
    driver.targets = scribe.some(sorted(set(sources)), 1, 2) or driver.targets
    scribe.pick([shapes.bare_statements, shapes.modules_loop, shapes.names_loop])(scribe, driver)
    driver.need(*[f"import {name}" for name in scribe.modules])  # so that all are known to be loaded
    return scribe.assembled(driver)


@st.composite
def sortable_projects(draw: st.DrawFn) -> Project:
    """A project whose reloads are bare statements of one suite."""
    scribe = Scribe(draw, draw(packages()))
    driver = scribe.driver()
    if not scribe.chance(4):  # what takes names comes before what they are from, and nothing is left out
        driver.targets = [
            name for name in reversed(scribe.modules) if not scribe.chance(12)
        ] or driver.targets
        driver.targets.sort(key=lambda name: not scribe.modules[name].sources)
    shapes.bare_statements(scribe, driver)
    return scribe.assembled(driver)
