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
from pathlib import Path

LOG = open(Path(__file__).with_name("app.log"), "w")


def note(text):
    LOG.write(text)
```

## Use instead
```python
import functools
from pathlib import Path


@functools.cache
def get_log():
    return open(Path(__file__).with_name("app.log"), "w")


def __getattr__(name):
    if name == "LOG":
        return get_log()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def note(text):
    get_log().write(text)
```
The module `__getattr__` serves those who still say `app.LOG` or `from app import LOG`; a private name
needs none.

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

## Fix safety
Unsafe. The object is made at the first use instead of at import: a missing file or server shows there, and a
relative path that only the fix cannot see counts from the folder of that time. Two threads that use it for
the first time at once may make two, since `functools.cache` is no lock. `dir()` and `vars()` of the module do
not list the name any more, and who puts another object in its place (`app.LOG = fake`) no longer reaches
the functions of the module. Nothing closes the object before it is dropped, as before.

`NAME` becomes a cached `get_name()`, `_name` becomes `_get_name()`, and every use a call; a public name is
served to other modules by `__getattr__`. A private file that is opened for reading and read to its end, by
one function that neither returns it nor gives it away, becomes a context manager `_open_name()` instead,
since what a cached function gives is used up after the first call.

Not offered where that would not be the same:
- the name is bound in another way than by one assignment of its own at the top level: `global`, `del`,
  tuples, chains, conditions, several assignments;
- it is used at import: by another statement, default, decorator, class body, or a function, property or
  operator that import time runs, since it would be opened there; or nothing uses it, so that it would never
  be opened: a port or file that is held as a lock;
- a use closes it (`with`, `close()`) or reads it to its end: the cached object would stay so;
- it belongs to the thread that opens it (SQLite without `check_same_thread=False`, shelves, windows), or the
  file uses threads;
- it must exist before child processes start: `multiprocessing`, `os.fork`;
- what is opened depends on the time: a relative path, the environment, a name that changes, a call of a
  function that is not known;
- the name is in `__all__`, stands in an f-string, an annotation, a doctest or as a text, may be looked up by
  `globals()` or `eval`, is patched or replaced by another file of the project, or is private and taken by
  one, or one takes or lists all names of the module (`import *`, `vars`); `get_name`, `__getattr__` or a
  submodule of that name exist already (a `__getattr__` of the shape above gets one more branch);
- a function that runs at exit or in an unload hook uses it, and would open it for that;
- it belongs to an event loop, or is an iterator: caching helps neither;
- nothing gives it back anyway: raw descriptors, `mkdtemp`.

Uses in class bodies and defaults of their own are UNL302.

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
from flake8_unload.fixes.accessor import on_first_use
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.release import SUBMITS, is_released, is_switched


@rule("UNL301", "module-level-resource", fix="unsafe")
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
        yield Hazard(opened.node, _message(opened), lambda: on_first_use(opened, file))


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
