"""UNL403 missing-from-reload-list: A module stays out of a list of reloads that its siblings are in.

## What it does
Reports a list of reloads, once for every module of the same package that is not in it and keeps names, base
classes or defaults of modules that are.

## Why is this bad?
Such lists are kept by hand. The module that was added last is forgotten, and from then on a reload gives a
mixture: new siblings beside one that still works with the old classes. The message names the module and the
place where it takes what is old.

## Example
```python
# file: shapes/__init__.py
# file: shapes/base.py
class Shape:
    pass


# file: shapes/circle.py
from shapes.base import Shape


class Circle(Shape):
    pass


# file: shapes/square.py
from shapes.base import Shape


class Square(Shape):
    pass


# file: reloader.py
import importlib

import shapes.base
import shapes.circle
import shapes.square


def refresh():
    importlib.reload(shapes.base)
    importlib.reload(shapes.circle)
```

## Use instead
```python
# file: shapes/__init__.py
# file: shapes/base.py
class Shape:
    pass


# file: shapes/circle.py
from shapes.base import Shape


class Circle(Shape):
    pass


# file: shapes/square.py
from shapes.base import Shape


class Square(Shape):
    pass


# file: reloader.py
import importlib

import shapes.base
import shapes.circle
import shapes.square


def refresh():
    importlib.reload(shapes.base)
    importlib.reload(shapes.circle)
    importlib.reload(shapes.square)
```

## Clean
A sibling that takes nothing from the modules in the list may stay out of it:
```python
# file: shapes/__init__.py
# file: shapes/base.py
class Shape:
    pass


# file: shapes/circle.py
from shapes.base import Shape


class Circle(Shape):
    pass


# file: shapes/colours.py
RED = "red"


# file: reloader.py
import importlib

import shapes.base
import shapes.circle
import shapes.colours


def refresh():
    importlib.reload(shapes.base)
    importlib.reload(shapes.circle)
    return shapes.colours.RED
```

## References
SEMANTICS HR-06; of nineteen projects that were really run, ten kept old objects after their own reload.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from flake8_unload.findings import Hazard
from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.sites import Site, place_of, sites, statement
from flake8_unload.registry import rule

_SIBLINGS = 2  # modules of one package that make a list


@rule("UNL403", "missing-from-reload-list")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """Siblings of the reloaded modules that are not executed again."""
    seen: set[tuple[str, int, str]] = set()
    for rehearsal in project.rehearsals:
        if project.layout.space(rehearsal.act.path) in project.open_spaces:
            continue
        lists = Counter(each.module.rpartition(".")[0] for each in _listed(rehearsal))
        absent: dict[str, Site] = {}
        for site in sites(project, rehearsal, again=False):
            if lists[site.module.rpartition(".")[0]] >= _SIBLINGS and site.path != rehearsal.act.path:
                absent.setdefault(site.module, site)
        for module, site in absent.items():
            path, line = _start(rehearsal, module.rpartition(".")[0])
            if (path, line, module) not in seen:
                seen.add((path, line, module))
                yield path, Hazard(statement(project, path, line), _message(module, site, project))


def _listed(rehearsal: Rehearsal) -> list:  # type: ignore[type-arg]
    steps = {each.module: each for each in rehearsal.steps if each.kind == "reload" and each.places}
    return list(steps.values())


def _start(rehearsal: Rehearsal, package: str) -> tuple[str, int]:
    """The first reload of a module of the package."""
    first = next(each for each in _listed(rehearsal) if each.module.rpartition(".")[0] == package)
    return place_of(first, rehearsal)


def _message(module: str, site: Site, project: Project) -> str:
    leaf, worst = module.rpartition(".")[2], site.worst
    where = f"{project.shown(site.path)}:{site.line}"
    return (
        f"`{leaf}` is not among these reloads and keeps `{worst.old.name}` of before them ({where}); add it"
    )
