"""UNL406 state-lost-on-reload: A cache, registry or lock starts anew whenever the project reloads its module.

## What it does
Reports an empty container or a lock at the top of a module that the project reloads, when functions of the
module fill or take it, and nothing keeps it over the reload.

## Why is this bad?
A reload binds the name to a new, empty object. What was cached or registered is lost, while other files may
still fill the old one. A new lock is free although somebody holds the old one: two threads get inside.

## Example
```python
# file: plugins.py
COMMANDS = {}


def register(name, function):
    COMMANDS[name] = function


# file: host.py
import importlib

import plugins


def refresh():
    importlib.reload(plugins)
```

## Use instead
```python
# file: plugins.py
try:
    COMMANDS
except NameError:
    COMMANDS = {}


def register(name, function):
    COMMANDS[name] = function


# file: host.py
import importlib

import plugins


def refresh():
    importlib.reload(plugins)
```

## Clean
A table that nothing changes is made anew with the module, as it should be:
```python
# file: plugins.py
COMMANDS = {}


def find(name):
    return COMMANDS.get(name)


# file: host.py
import importlib

import plugins


def refresh():
    importlib.reload(plugins)
```

## References
SEMANTICS HR-14, measured in R15, R16 and R17.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload.events import Read
from flake8_unload.factories import UNLOAD_HOOKS
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.project.linked import Project
from flake8_unload.project.sites import place_of, statement
from flake8_unload.registry import rule

_EMPTY = frozenset(
    {"dict", "list", "set", "defaultdict", "OrderedDict", "deque", "WeakKeyDictionary", "WeakValueDictionary"}
)
_LOCKS = frozenset({"Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition"})
_FILLS = frozenset({"append", "add", "update", "setdefault", "extend", "insert", "appendleft"})


@rule("UNL406", "state-lost-on-reload")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """State of the modules that an act executes again."""
    seen: set[str] = set()
    for rehearsal in project.rehearsals:
        for step in rehearsal.steps:
            path = rehearsal.paths.get(step.module, "")
            if step.kind != "reload" or not step.places or path in seen or not path.endswith(".py"):
                continue
            seen.add(path)
            if path in project.layout.space(path).host_files():
                continue  # the host executes it again at every change, whatever the project does
            at, line = place_of(step, rehearsal)
            found = list(_state(project.file(path), project))
            for node, name, what in found[:1]:
                more = f" and {len(found) - 1} more here are" if len(found) > 1 else " is"
                text = f"`{name}`{more} {what} at every reload ({project.shown(at)}:{line})"
                yield path, Hazard(statement(project, path, node.lineno), f"{text}; keep the one of before")


def _state(file: File, project: Project) -> Iterator[tuple[ast.stmt, str, str]]:
    for node in file.tree.body:
        match node:
            case (
                ast.Assign(targets=[ast.Name(id=name)], value=value)
                | ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value)
            ):
                if len(file.bindings.module.bindings.get(name, ())) == 1:
                    if _called(value) in _LOCKS and any(_takes(read, file) for read in _reads(name, file)):
                        yield node, name, "a new lock, free whoever holds the old one,"
                    elif _is_empty(value) and _is_filled(name, file, project):
                        yield node, name, "empty again"


def _reads(name: str, file: File) -> Iterator[Read]:
    """The reads of a global by functions."""
    module = file.bindings.module
    for read in file.events_naming(name, Read):
        if read.var == (module, name) and file.block(read) is not module:
            yield read


def _called(value: ast.expr) -> str:
    if not isinstance(value, ast.Call):
        return ""
    return value.func.attr if isinstance(value.func, ast.Attribute) else getattr(value.func, "id", "")


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(args=[] | [ast.Name()]):
            return _called(value) in _EMPTY
    return False


def _is_filled(name: str, file: File, project: Project) -> bool:
    """By a function that the next import does not call again, and not emptied by an unload hook."""
    reads = list(_reads(name, file))
    hooks = set(_run_by_hooks(file))
    if any(_method(read, file) == "clear" and file.block(read).name in hooks for read in reads):
        return False
    functions = {file.block(read).name for read in reads if _fills(read, file)}
    return any(not _runs_at_import(each, file, project) for each in functions)


def _run_by_hooks(file: File) -> Iterator[str]:
    """The unload hooks of a file and the functions that they call."""
    hooks = UNLOAD_HOOKS | set(file.settings.hooks)
    yield from hooks
    for node in file.tree.body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in hooks:
            yield from (_called(each) for each in ast.walk(node) if isinstance(each, ast.Call))


def _fills(read: Read, file: File) -> bool:
    """`name[key] = …`, `name.append(…)`."""
    parent = file.parents.get(read.node)
    stores = isinstance(parent, ast.Subscript) and isinstance(parent.ctx, ast.Store)
    return stores or _method(read, file) in _FILLS


def _method(read: Read, file: File) -> str:
    parent = file.parents.get(read.node)
    return parent.attr if isinstance(parent, ast.Attribute) else ""


def _runs_at_import(function: str, file: File, project: Project) -> bool:
    """Here or in a file that imports this one: as a decorator, or by a call in the first column."""
    called = re.compile(rf"^(?:[ \t]*@)?(?:\w+\.)*{re.escape(function)}\b(?!\s*=)", re.M)
    files = (file.filename, *project.graph(file.filename).importers.get(file.filename, ()))
    return any(called.search(line) for each in files for line in project.lines(each))


def _takes(read: Read, file: File) -> bool:
    parent = file.parents.get(read.node)
    return isinstance(parent, ast.withitem) or (
        isinstance(parent, ast.Attribute) and parent.attr == "acquire"
    )
