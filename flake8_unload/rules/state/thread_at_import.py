"""UNL303 thread-or-process-at-import: The import starts a thread, process or background service.

## What it does
Reports a thread, timer, process, browser, scheduler or watcher that is started while the module is
imported and not waited for there; also one hop into a function or constructor of the same file.

## Why is this bad?
It runs against the globals of the module for ever: unloading does not stop it, a reload starts a second
one, a forked worker has none. A thread that imports the module again while it is being imported waits
for the import lock. `daemon=True` changes none of this.

## Example
```python
import threading
import time


def poll():
    while True:
        time.sleep(1)


worker = threading.Thread(target=poll, daemon=True)
worker.start()
```

## Use instead
```python
import threading
import time


def poll():
    while True:
        time.sleep(1)


def start():
    worker = threading.Thread(target=poll, daemon=True)
    worker.start()
    return worker
```

## Clean
A thread that is created but not started, and a process that is over when the import is:
```python
import subprocess
import sys
import threading

worker = threading.Thread(target=print)
child = subprocess.Popen([sys.executable, "-c", ""])
child.wait()
```
Stopped at exit, or by a hook that the host calls:
```python
import threading

timer = threading.Timer(60, print)
timer.start()


def plugin_unloaded():
    timer.cancel()
```

## References
SEMANTICS HS-09, measured in S17 to S20, U62 and R20.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Started
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.release import is_stopped, is_switched


@rule("UNL303", "thread-or-process-at-import")
def check(started: Started, file: File) -> Iterator[Hazard]:
    """Something runs on after the import is over."""
    if is_switched(started.node, file) or any(is_stopped(each, file) for each in _names(started, file)):
        return
    if started.through:
        yield Hazard(
            started.node, f"`{started.through}` starts a {started.noun} at import; call it from a function"
        )
    else:
        yield Hazard(started.node, f"`{started.noun}` is started at import; start it in a function")


def _names(started: Started, file: File) -> Iterator[str]:
    """The names of what is started: `worker.start()`, `child = Popen(…)`."""
    match started.node.func:
        case ast.Attribute(value=ast.Name(id=name)):
            yield name
    match file.parents.get(started.node):
        case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
            yield name
