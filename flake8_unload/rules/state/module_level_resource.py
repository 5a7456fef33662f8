"""UNL301 module-level-resource: The import opens a resource and keeps it in a module global.

## What it does
Reports a file, descriptor, socket, connection, pool in use, event loop, memory map or temporary
directory that is opened while the module is imported and held in a module global, when nothing
closes it on the import path, in an unload hook or at exit.

## Why is this bad?
The import fails when the file or server is missing, and happens in every process that imports the
module: test collection, forked workers, command line help. A reload opens a second one: a file opened
with `"w"` is truncated under its old buffer, a fixed port is "already in use". Raw descriptors are
never given back. An asynchronous client belongs to the first event loop that uses it.

## Example
```python
LOG = open("app.log", "w")


def note(text):
    LOG.write(text)
```

## Use instead
```python
import functools


@functools.cache
def log():
    return open("app.log", "w")


def note(text):
    log().write(text)
```

## Clean
Closed on the import path:
```python
import sqlite3

connection = sqlite3.connect(":memory:")
VERSION = connection.execute("select sqlite_version()").fetchone()[0]
connection.close()
```
Closed at exit, or by a hook that the host calls:
```python
import atexit
import socket

channel = socket.socket()
atexit.register(channel.close)
journal = open("journal.txt", "a")


def plugin_unloaded():
    journal.close()
```
A lazy client opens nothing (see UNL903), a lock must stay at module level:
```python
import threading

import requests

session = requests.Session()
lock = threading.Lock()
```
Only a script run gets there:
```python
if __name__ == "__main__":
    log = open("app.log", "w")
```

## Options
`unload-extend-factories` and `unload-ignore-factories` take qualified names (`*` allowed) of calls that
open something, or that must never be reported; `unload-hooks` the names of functions that a host calls
before it drops a module.

## References
SEMANTICS HS-01, HS-04, HS-06 and HS-11, measured in S01 to S33, S71 to S74 and S94.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload import factories
from flake8_unload.events import Opened, Read
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.release import SUBMITS, is_released, is_switched


@rule("UNL301", "module-level-resource")
def check(opened: Opened, file: File) -> Iterator[Hazard]:
    """A module global holds what the import opened, and nothing closes it."""
    if opened.holder != "global" or opened.var is None or is_switched(opened.node, file):
        return
    if opened.kind == factories.POOL and not _in_use(opened, file):
        return
    if opened.kind not in (factories.EAGER, factories.POOL, factories.LOOP_BOUND, factories.HANDLER):
        return
    if _is_attached(opened, file):
        return  # UNL304 says so
    if not is_released(opened, opened.var, file):
        yield Hazard(opened.node, _message(opened))


def _in_use(opened: Opened, file: File) -> bool:
    """Some code of the file submits work to the pool."""
    for read in file.events(Read):
        parent = file.parents.get(read.node)
        if read.var != opened.var:
            continue
        if isinstance(parent, ast.Attribute) and parent.attr in SUBMITS:
            return True
        call = file.parents.get(parent) if isinstance(parent, ast.keyword) else parent
        if isinstance(call, ast.Call) and _is_given_work(call, parent, read, file):
            return True
    return False


def _is_given_work(call: ast.Call, parent: ast.AST | None, read: Read, file: File) -> bool:
    """`loop.run_in_executor(POOL, …)`, or a function of this file whose parameter gets the work."""
    if getattr(call.func, "attr", "") == "run_in_executor":
        return True
    name = (file.names.resolve(call.func, read.block) or "").removeprefix("<this file>.")
    for binding in file.bindings.module.bindings.get(name, ()):
        if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            named = binding.node.args.posonlyargs + binding.node.args.args
            given = dict(zip(call.args, (each.arg for each in named), strict=False))
            parameter = parent.arg if isinstance(parent, ast.keyword) else given.get(read.node)
            return any(
                isinstance(node, ast.Attribute)
                and node.attr in SUBMITS
                and isinstance(node.value, ast.Name)
                and node.value.id == parameter
                for node in ast.walk(binding.node)
            )
    return False


def _is_attached(opened: Opened, file: File) -> bool:
    """The handler is given to `addHandler` or `basicConfig`."""
    for read in file.events(Read):
        if read.var == opened.var:
            for around in file.ancestors(read.node):
                if isinstance(around, ast.Call) and _attaches(around):
                    return True
                if isinstance(around, ast.stmt):
                    break
    return False


def _attaches(call: ast.Call) -> bool:
    return getattr(call.func, "attr", getattr(call.func, "id", "")) in ("addHandler", "basicConfig")


def _message(opened: Opened) -> str:
    assert opened.var is not None
    name, noun = opened.var[1], opened.noun
    if opened.kind == factories.LOOP_BOUND:
        return f"`{name}` belongs to the first event loop that uses it; create it in that loop"
    article = "an" if noun[0] in "aeiou" else "a"
    if opened.through:
        what = f"{article} {noun} that `{opened.through}` opens at import"
        return f"`{name}` holds {what}; open it on first use"
    return f"`{name}` holds {article} {noun} opened at import; open it on first use"
