"""UNL401 stale-import-of-reloaded-module: A name imported here is old once another file reloads its module.

## What it does
Reports an import at the top of a file, and a base class, default or table built from it, when another file of
the project reloads the module it comes from and nothing executes this file again.

## Why is this bad?
A reload executes one module again. Every file that took names from it keeps what it took: `isinstance` and
`except` compare with a class that nobody makes instances of any more, a subclass keeps its old base, a
function runs old code over new globals. Nothing raises; the change that was reloaded is just not there.

## Example
```python
# file: settings.py
class Limits:
    size = 10


# file: workers.py
from settings import Limits


def size():
    return Limits.size


# file: reloader.py
import importlib

import settings
import workers


def refresh():
    importlib.reload(settings)
    return workers.size()
```

## Use instead
```python
# file: settings.py
class Limits:
    size = 10


# file: workers.py
import settings


def size():
    return settings.Limits.size


# file: reloader.py
import importlib

import settings
import workers


def refresh():
    importlib.reload(settings)
    return workers.size()
```

## Clean
The file is executed again, after the module it takes names from:
```python
# file: settings.py
class Limits:
    size = 10


# file: workers.py
from settings import Limits


def size():
    return Limits.size


# file: reloader.py
import importlib

import settings
import workers


def refresh():
    importlib.reload(settings)
    importlib.reload(workers)
```
Names that stand only in annotations, that nothing reads later, or that the module merely passes on from one
that is not reloaded are left alone, and so are tests, scripts and files that may be executed again otherwise.

## Fix safety
The fix imports the module instead and spells every use through it. It is unsafe: whoever patches or looks up
the name in this file finds it no more. It is refused where a use would stay old (a base class, a default),
where another file takes the name from this one, and where the name of the module is taken.

## References
SEMANTICS HR-01, HR-02 and HR-05, measured in R02, R03, R06 and R79.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flake8_unload.findings import Hazard
from flake8_unload.fixes.qualified_import import qualified_import
from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.sites import Site, place_of, sites, statement
from flake8_unload.registry import rule

_NAME = {
    "class": ("is the class of before", "are the ones of before"),
    "function": ("keeps its old code after", "keep their old code after"),
    "value": ("keeps its value of before", "keep their values of before"),
}
_KEPT = {
    "base": "a base class",
    "default": "a default",
    "item": "something",
    "decorator": "a decorator",
    "instance": "the class",
    "alias": "a class",
}


@rule("UNL401", "stale-import-of-reloaded-module", fix="unsafe")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """Files that no act executes again hold what it reloads."""
    seen: set[tuple[str, int]] = set()
    for rehearsal in project.in_turn():
        if project.is_open(rehearsal):
            continue
        found = list(sites(project, rehearsal, again=False))
        for site in found:
            if site.worst.how == "decorator" and _is_early_elsewhere(site, project):
                continue
            if (site.path, site.line) not in seen and site.path != rehearsal.act.path:
                seen.add((site.path, site.line))
                node = statement(project, site.path, site.line)
                beside = [each for each in found if each.path == site.path]
                fix = partial(qualified_import, project, site, beside)
                yield site.path, Hazard(node, message(site, rehearsal, project), fix)


def _is_early_elsewhere(site: Site, project: Project) -> bool:
    """Another act does execute the file again, before the module of the decorator: a matter of UNL402."""
    worst = site.worst
    here = worst.module, worst.name, worst.old.module, worst.old.name
    return any(
        here == (each.module, each.name, each.old.module, each.old.name) and other.again(worst.module)
        for other in project.rehearsals
        for each in other.stale
    )


def message(site: Site, rehearsal: Rehearsal, project: Project) -> str:
    """What is old, since where, and how to spell it instead."""
    worst = site.worst
    path, line = place_of(rehearsal.reload_of(worst.old.module), rehearsal)
    where = f"the reload at {project.shown(path)}:{line}"
    spelled = f"{worst.old.module.rpartition('.')[2]}.{worst.old.name}"
    more = f" and {len(site.stale) - 1} more" if len(site.stale) > 1 else ""
    if worst.how == "name":
        return f"`{worst.name}`{more} {_NAME[worst.what][bool(more)]} {where}; use `{spelled}`"
    return f"`{worst.name}`{more} keep{'' if more else 's'} {_KEPT[worst.how]} of before {where}: `{spelled}`"
