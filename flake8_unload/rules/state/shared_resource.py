"""UNL302 shared-resource: The import opens a resource inside a class body, default, decorator or container.

## What it does
Reports a resource that is opened at import and kept where no name of the module closes it: in a class
body, a default argument, a decorator's argument, or a list, tuple, set or dict.

## Why is this bad?
It has all the trouble of a module-level resource (UNL301), and nobody can see it: every instance and
every call shares the one handle, and a reload keeps the old class, with its open file, until the
garbage collector runs.

## Example
```python
class Journal:
    stream = open("app.log", "w")

    def note(self, text):
        self.stream.write(text)
```

## Use instead
```python
class Journal:
    def __init__(self):
        self.stream = open("app.log", "w")

    def note(self, text):
        self.stream.write(text)

    def close(self):
        self.stream.close()
```

## Clean
A default that opens nothing until it is called:
```python
import functools


def note(text, opener=functools.partial(open, "app.log", "w")):
    with opener() as stream:
        stream.write(text)
```
Class bodies hold locks and names as they like:
```python
import threading


class Journal:
    lock = threading.Lock()
    path = "app.log"
```

A pool that nobody gives work to holds no thread:
```python
from concurrent.futures import ThreadPoolExecutor


class Jobs:
    pool = ThreadPoolExecutor()
```

## References
SEMANTICS HS-03, measured in S47, S48 and S96.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload import factories
from flake8_unload.events import Opened
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.release import SUBMITS, is_released, is_switched

_PLACES = {
    "class": "class body",
    "default": "default argument",
    "decorator": "decorator argument",
    "container": "container",
}


@rule("UNL302", "shared-resource")
def check(opened: Opened, file: File) -> Iterator[Hazard]:
    """What the import opened is kept where it cannot be closed by name."""
    place = _PLACES.get(opened.holder)
    if place is None or opened.through or not _is_open(opened, file):
        return
    if is_switched(opened.node, file) or (opened.var is not None and is_released(opened, opened.var, file)):
        return
    yield Hazard(
        opened.node, f"`{opened.noun}` is opened at import and shared by this {place}; open it per use"
    )


def _is_open(opened: Opened, file: File) -> bool:
    """True for what the call opens at once, and for a pool of a class that gets work and no end."""
    if opened.kind == factories.POOL and opened.holder == "class" and opened.var is not None:
        used = {
            node.attr
            for node in ast.walk(file.tree)
            if isinstance(node, ast.Attribute) and getattr(node.value, "attr", None) == opened.var[1]
        }
        return bool(used & SUBMITS) and not used & factories.CLOSERS
    return opened.kind in (factories.EAGER, factories.LOOP_BOUND)
