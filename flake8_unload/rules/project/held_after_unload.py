"""UNL404 held-after-unload: A module leaves sys.modules while other files still hold it or names of it.

## What it does
Reports a removal from `sys.modules` that the project does not follow by an import, with the files that hold
the module, or functions and classes of it, from import time on.

## Why is this bad?
The removal is meant to release the module. As long as one name anywhere refers to the module, or to one
function of it, its globals stay: connections, files, threads, caches. The next import makes a second copy.

## Example
```python
# file: feature.py
def run():
    return "old"


# file: menu.py
from feature import run


def click():
    return run()


# file: host.py
import sys

import menu


def disable():
    del sys.modules["feature"]
```

## Use instead
```python
# file: feature.py
def run():
    return "old"


# file: menu.py
def click():
    from feature import run

    return run()


# file: host.py
import sys

import feature
import menu


def disable():
    global feature
    del sys.modules["feature"]
    del feature
```

## Clean
The module is imported again at once; who still holds the old one is the matter of UNL401:
```python
# file: feature.py
def run():
    return "old"


# file: host.py
import importlib
import sys


def refresh():
    sys.modules.pop("feature", None)
    return importlib.import_module("feature")
```

## References
SEMANTICS 0.1 and HU-01, measured in U03, U40, U41, U45 and S70.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from flake8_unload.findings import Hazard
from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.sites import place_of, statement
from flake8_unload.project.stale import Stale
from flake8_unload.registry import rule

_SHOWN = 2  # holders that a message names


@rule("UNL404", "held-after-unload")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """What is gone at the end of an act, and who has it still."""
    seen: set[tuple[str, int, str]] = set()
    for rehearsal in project.in_turn():
        for module, holders in _held(rehearsal, project).items():
            steps = [each for each in rehearsal.steps if each.kind == "unload" and each.module == module]
            if not steps or not steps[-1].certain:
                continue
            path, line = place_of(steps[-1], rehearsal)
            if (path, line, module) not in seen:
                seen.add((path, line, module))
                yield path, Hazard(statement(project, path, line), _message(module, holders, project))


def _held(rehearsal: Rehearsal, project: Project) -> dict[str, list[Stale]]:
    found: dict[str, list[Stale]] = defaultdict(list)
    for each in rehearsal.stale:
        foreign = each.path != rehearsal.act.path and each.path.endswith(".py") and each.line > 0
        foreign = foreign and not project.is_test(each.path)
        if each.gone and foreign and each.what in ("module", "class", "function"):
            found[each.old.module].append(each)
    return found


def _message(module: str, holders: list[Stale], project: Project) -> str:
    places = sorted({f"{project.shown(each.path)}:{each.line}" for each in holders})
    shown = ", ".join(places[:_SHOWN]) + (f" and {len(places) - _SHOWN} more" if len(places) > _SHOWN else "")
    leaf = module.rpartition(".")[2]
    return f"`{leaf}` is not released by this: {shown} still hold{'s' if len(places) == 1 else ''} it"
