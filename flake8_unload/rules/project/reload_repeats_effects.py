"""UNL405 reload-repeats-effects: A reload repeats what the module does to the process when it is imported.

## What it does
Reports a reload or an unload of a module whose import starts a thread or process, attaches a log handler or
replaces a hook of the process, or opens a raw descriptor, and undoes none of it.

## Why is this bad?
A reload undoes nothing of what the module did outside of itself. Each one adds another thread that runs old
code over new globals, another handler that writes every line once more, another wrapper around a hook.

## Example
```python
# file: worker.py
import threading


def loop():
    threading.Event().wait(60)


threading.Thread(target=loop, daemon=True).start()


# file: host.py
import importlib

import worker


def refresh():
    importlib.reload(worker)
```

## Use instead
```python
# file: worker.py
import threading


def loop():
    threading.Event().wait(60)


def start():
    threading.Thread(target=loop, daemon=True).start()


# file: host.py
import importlib

import worker


def refresh():
    importlib.reload(worker)
```

## References
SEMANTICS HR-12, HR-13 and HS-09, measured in R15, R18, R19, R20 and S17 to S20.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_unload.findings import Hazard
from flake8_unload.project.linked import Project
from flake8_unload.project.sites import place_of, statement
from flake8_unload.registry import rule

_AGAIN = {
    "UNL303": "starts another thread or process",
    "UNL304": "attaches another log handler",
    "UNL306": "replaces a hook of the process once more",
}


@rule("UNL405", "reload-repeats-effects")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """Modules that an act executes again, and what their import does to the process."""
    seen: set[tuple[str, str]] = set()
    for rehearsal in project.in_turn():
        for step in rehearsal.steps:
            path = rehearsal.paths.get(step.module, "")
            if step.kind != "reload" or not step.places or not path.endswith(".py"):
                continue
            for finding in project.effects(path):
                if finding.code in _AGAIN and (path, finding.code) not in seen:
                    seen.add((path, finding.code))
                    at, line = place_of(step, rehearsal)
                    where = f"{project.shown(path)}:{finding.line}"
                    text = (
                        f"this reload of `{step.module.rpartition('.')[2]}` {_AGAIN[finding.code]} ({where})"
                    )
                    yield at, Hazard(statement(project, at, line), f"{text}; undo the last one first")
