"""UNL402 reload-order-across-files: A module is reloaded before one that it takes names from.

## What it does
Reports an import whose file is executed again, but before the module it takes names from; and the list of
reloads that does so, once. A loop that reloads in the order in which a folder lists its files is reported,
too: that order is nobody's.

## Why is this bad?
A reload executes a module against what the others hold at that moment. The one that comes too early takes the
old classes once more, and nothing executes it a third time. The right order is that of the imports: first
what others take names from. Two modules that import names of each other have no right order at all; one of
them should import the module instead.

## Example
```python
# file: shapes.py
class Shape:
    pass


# file: circles.py
from shapes import Shape


class Circle(Shape):
    pass


# file: reloader.py
import importlib

import circles
import shapes


def refresh():
    importlib.reload(circles)
    importlib.reload(shapes)
```

## Use instead
```python
# file: shapes.py
class Shape:
    pass


# file: circles.py
from shapes import Shape


class Circle(Shape):
    pass


# file: reloader.py
import importlib

import circles
import shapes


def refresh():
    importlib.reload(shapes)
    importlib.reload(circles)
```

## Clean
A module that is used as a module is looked up when it is used, in whatever order it was reloaded:
```python
# file: shapes.py
class Shape:
    pass


# file: circles.py
import shapes


def draw():
    return shapes.Shape()


# file: reloader.py
import importlib

import circles
import shapes


def refresh():
    importlib.reload(circles)
    importlib.reload(shapes)
```

## Fix safety
The reloads change places where they are bare statements of one suite. What stands in loops, lists or several
suites is for a person; `flake8-unload reload-order` prints the right order.

## References
SEMANTICS HR-06, measured in R06, R31, R70, R75 and R82.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_unload.findings import Hazard
from flake8_unload.fixes.order import sorted_reloads
from flake8_unload.project.folder_loops import says_where, texts
from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.sites import Site, meeting, place_of, sites, statement
from flake8_unload.project.sorting import in_cycle
from flake8_unload.project.stale import Stale
from flake8_unload.project.steps import Step
from flake8_unload.project.values import Place
from flake8_unload.registry import rule

_Early = tuple[Site, str, Place, Place]
"""What is executed too early, and before which module; where both are written."""


@rule("UNL402", "reload-order-across-files", fix="safe")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """What a reload takes from modules that are reloaded after it."""
    seen: set[Place] = set()
    for rehearsal in project.in_turn():
        early: dict[str, _Early] = {}
        for site in sites(project, rehearsal, again=True):
            late = _late(site, rehearsal, project)
            if late is None:
                continue
            steps = rehearsal.reload_of(site.module), rehearsal.reload_of(late)
            source = place_of(steps[1], rehearsal)
            cycle = _out_of_circle(site, late, rehearsal, project)
            if (site.path, site.line) not in seen:
                seen.add((site.path, site.line))
                yield (
                    site.path,
                    Hazard(
                        statement(project, site.path, site.line),
                        _at_import(site, late, source, cycle, project),
                    ),
                )
            met = None if cycle else meeting(*steps, rehearsal)
            if met is not None and (met[0] != met[1] or _is_spelled(steps[0])):
                first = early.setdefault(met[0][0], (site, late, *met))
                if met[0] < first[2]:
                    early[met[0][0]] = (site, late, *met)
        yield from _at_lists(list(early.values()), rehearsal, project, seen)
        yield from _at_loops(rehearsal, project, seen)


def _is_spelled(step: Step | None) -> bool:
    """The text that names the module is known: a list in one line, not a loop over what is loaded."""
    return step is not None and step.named is not None


def _late(site: Site, rehearsal: Rehearsal, project: Project) -> str | None:
    """The module that is reloaded too late: where the old thing is from, or a facade that it came through."""
    old, runs = site.worst.old, rehearsal.runs
    last = runs.get(old.module, 0)
    if _is_lent(site.worst, rehearsal, project):
        return None
    early, around = runs[site.module] < last, rehearsal.encloses(site.module, old.module)
    if early and not around:
        return old.module
    giver = next((each.giver for each in site.stale if each.giver), "")
    if giver:
        return giver if rehearsal.again(giver) and runs[site.module] < runs[giver] else None
    graph, origin = project.graph(site.path), rehearsal.paths.get(old.module, "")
    sources = _sources(site.worst, project)
    others = (each for each in rehearsal.stale if each.old == old and each.path in sources)
    if any(runs[each.module] < last for each in others):
        return None  # it came through that one, which is reported itself
    if early or rehearsal.encloses(old.module, site.module):
        return old.module
    facades = {each for each in sources if origin in graph.takes_from(each)}
    later = (each for each, run in runs.items() if run > runs[site.module])
    return next((each for each in later if rehearsal.paths[each] in facades), None)


def _is_lent(worst: Stale, rehearsal: Rehearsal, project: Project) -> bool:
    """It came, however far around, through a module that is not executed again: no order helps."""
    seen: set[Stale] = set()
    pending = [worst]
    while pending:
        stale = pending.pop()
        seen.add(stale)
        old, graph = stale.old, project.graph(stale.path)
        sources, origin = _sources(stale, project), rehearsal.paths.get(old.module, "")
        names = graph.names_from(stale.path, origin)
        if _is_handed_on(stale, rehearsal, project):
            return True
        if origin in sources and (not names or names & {old.name, "*"}):
            continue  # straight from where it was made
        for each in rehearsal.stale:
            if each.old == old and each.path in sources and each not in seen:
                if not rehearsal.again(each.module):
                    return True
                pending.append(each)
    return False


def _is_handed_on(stale: Stale, rehearsal: Rehearsal, project: Project) -> bool:
    """A module that no import statement names gave something, holds the same, and is not executed again."""
    shown = project.graph(stale.path).takes_from(stale.path)
    return any(
        each.old == stale.old
        and each.path not in shown
        and (stale.module, each.module) in rehearsal.takes
        and not rehearsal.again(each.module)
        for each in rehearsal.stale
    )


def _sources(stale: Stale, project: Project) -> set[str]:
    """The files that the old thing can come from: of the import that bound the name, else of all."""
    graph = project.graph(stale.path)
    return graph.sources_at(stale.path, stale.line) or set(graph.takes_from(stale.path))


def _at_import(site: Site, late: str, source: Place, cycle: str, project: Project) -> str:
    """``cycle``: what to do about a circle, if it is one."""
    worst = site.worst
    leaf = late.rpartition(".")[2]
    more = f" and {len(site.stale) - 1} more are" if len(site.stale) > 1 else " is"
    if cycle:
        what = f"{more} old" if worst.how == "name" else f" keeps an old `{worst.old.name}`"
        return f"`{worst.name}`{what} in any order of reloads, `{leaf}` imports this file; {cycle}"
    where = f"{project.shown(source[0])}:{source[1]}"
    if worst.how == "name":
        return f"`{worst.name}`{more} old, {where} reloads `{leaf}` after this file; reload it before"
    alike = sum(each.old == worst.old for each in site.stale) - 1
    keep = f" and {alike} more keep" if alike else " keeps"
    return f"`{worst.name}`{keep} an old `{worst.old.name}`, {where} reloads `{leaf}` later; reload it before"


def _out_of_circle(site: Site, late: str, rehearsal: Rehearsal, project: Project) -> str:
    """What to do about it where the late module needs this one first, too; else empty."""
    if not in_cycle(project, site.path, late, rehearsal):
        return ""
    names = project.graph(site.path).names_from(site.path, rehearsal.paths.get(late, ""))
    return "break the circle" if names == {""} else f"import `{late.rpartition('.')[2]}`"


def _at_lists(
    early: list[_Early], rehearsal: Rehearsal, project: Project, seen: set[Place]
) -> Iterator[tuple[str, Hazard]]:
    for site, late, own, source in early:
        if own in seen or project.is_test(own[0]):
            continue
        seen.add(own)
        here, later = site.module.rpartition(".")[2], late.rpartition(".")[2]
        name = site.worst.name if site.worst.giver else site.worst.old.name
        text = f"`{here}` is reloaded before `{later}` (line {source[1]}), which it takes `{name}` from"
        yield (
            own[0],
            Hazard(
                statement(project, *own),
                f"{text}; sort by dependency",
                lambda own=own: sorted_reloads(project, rehearsal, own),  # type: ignore[misc]
            ),
        )


def _at_loops(rehearsal: Rehearsal, project: Project, seen: set[Place]) -> Iterator[tuple[str, Hazard]]:
    for place in rehearsal.folder_loops:
        loop = statement(project, *place)
        inner = project.has_inner_imports(place[0], texts(loop))
        if place not in seen and inner and says_where(loop, project.tree(place[0])):
            seen.add(place)
            yield (
                place[0],
                Hazard(
                    loop,
                    "the reloads follow the order of a folder listing, not that of the imports; list them",
                ),
            )
