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
from collections.abc import Iterable, Iterator, Sequence

from flake8_unload.events import Read
from flake8_unload.factories import UNLOAD_HOOKS
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.project.linked import Project
from flake8_unload.project.sites import place_of, statement
from flake8_unload.registry import rule
from flake8_unload.surroundings import last_name

_EMPTY = frozenset(
    {"dict", "list", "set", "defaultdict", "OrderedDict", "deque", "WeakKeyDictionary", "WeakValueDictionary"}
)
_LOCKS = frozenset({"Lock", "RLock", "Semaphore", "BoundedSemaphore", "Condition"})
_LOAD_HOOKS = frozenset({"register", "setup", "plugin_loaded", "load_ipython_extension", "initializePlugin"})
_TAKES_BACK = ("unregister", "unload", "teardown", "shutdown")  # how a function that a hook calls is named
_CODE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
_FILLS = frozenset({"append", "add", "update", "setdefault", "extend", "insert", "appendleft"})


@rule("UNL406", "state-lost-on-reload")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """State of the modules that an act executes again."""
    seen: set[str] = set()
    for rehearsal in project.in_turn():
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
    return last_name(value.func) if isinstance(value, ast.Call) else ""


def _is_empty(value: ast.expr) -> bool:
    match value:
        case ast.Dict(keys=[]) | ast.List(elts=[]):
            return True
        case ast.Call(args=[] | [ast.Name()]):
            return _called(value) in _EMPTY
    return False


def _is_filled(name: str, file: File, project: Project) -> bool:
    """By a function that the next import does not call again, and not taken back by an unload hook."""
    reads = list(_reads(name, file))
    functions = {file.block(read).name for read in reads if _fills(read, file)}
    if functions <= {*_called_at_import(file), *_run_by(_LOAD_HOOKS, file, project)}:
        return False
    if all(_runs_at_import(each, file, project) for each in functions):
        return False
    emptied = {file.block(read).name for read in reads if _empties(read, file)}
    hooks = UNLOAD_HOOKS | set(file.settings.hooks)
    taken_back = {each for each in emptied if each.startswith(_TAKES_BACK)}
    if taken_back or not emptied.isdisjoint({*hooks, *_run_by(hooks, file, project)}):
        return False
    if any(_empties_it(each, name) for each in _hooks_of_others(hooks, file, project)):
        return False
    return not any(_cuts(read, file) for read in reads)


def _called_at_import(file: File) -> set[str]:
    """The functions that the module body calls, and those that these call."""
    functions = {each.name: each for each in file.tree.body if isinstance(each, ast.FunctionDef)}
    functions |= {each.name: each for node in file.tree.body for each in _defined_in(node)}
    found = set(_calls([each for each in file.tree.body if not isinstance(each, _CODE)], into=False))
    pending = list(found)
    while pending:
        function = functions.get(pending.pop())
        more = set(_calls([function])) - found if function else set()
        found |= more
        pending += more
    return found


def _defined_in(node: ast.stmt) -> Iterator[ast.FunctionDef]:
    """The functions in blocks of a module body, as those for one platform."""
    if not isinstance(node, _CODE):
        yield from (each for each in ast.walk(node) if isinstance(each, ast.FunctionDef))


def _run_by(hooks: Iterable[str], file: File, project: Project) -> Iterator[str]:
    """The functions that the hooks of this file, of its importers and of theirs call."""
    for path in _users(file, project):
        yield from _calls(list(_functions(path, hooks, project)))


def _functions(path: str, names: Iterable[str], project: Project) -> Iterator[ast.AST]:
    """The functions of these names at the top of a file."""
    tree = project.outline(path)
    for node in tree.body if tree else ():
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) and node.name in names:
            yield node


def _hooks_of_others(hooks: Iterable[str], file: File, project: Project) -> Iterator[ast.AST]:
    for path in _users(file, project):
        if path != file.filename:
            yield from _functions(path, hooks, project)


def _empties_it(function: ast.AST, name: str) -> bool:
    """`name.clear()` or `module.name.clear()`, or a loop over it."""
    for node in ast.walk(function):
        match node:
            case ast.Call(func=ast.Attribute(value=owner, attr="clear")) | ast.For(iter=owner):
                if name == getattr(owner, "id", getattr(owner, "attr", "")):
                    return True
    return False


def _users(file: File, project: Project) -> dict[str, None]:
    importers = project.graph(file.filename).importers
    near = importers.get(file.filename, set())
    return dict.fromkeys([file.filename, *near, *(each for one in near for each in importers.get(one, ()))])


def _calls(nodes: Sequence[ast.AST], *, into: bool = True) -> Iterator[str]:
    """The names that are called; ``into``: in functions inside, too."""
    pending = list(nodes)
    while pending:
        node = pending.pop()
        if isinstance(node, ast.Call):
            yield _called(node)
        pending += [each for each in ast.iter_child_nodes(node) if into or not isinstance(each, _CODE)]


def _empties(read: Read, file: File) -> bool:
    """`name.clear()`, or a loop over it, as one that removes from the host what was registered there."""
    node = file.parents.get(read.node)
    while isinstance(node, (ast.Attribute, ast.Call)):
        node = file.parents.get(node)
    return _method(read, file) == "clear" or isinstance(node, ast.For)


def _cuts(read: Read, file: File) -> bool:
    """`name[:] = …` or `del name[:]`: what is in it is in use for a while only."""
    parent = file.parents.get(read.node)
    whole = isinstance(parent, ast.Subscript) and isinstance(parent.slice, ast.Slice)
    return whole and not isinstance(getattr(parent, "ctx", None), ast.Load)


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
    return any(called.search(project.text(each)) for each in files)


def _takes(read: Read, file: File) -> bool:
    parent = file.parents.get(read.node)
    return isinstance(parent, ast.withitem) or (
        isinstance(parent, ast.Attribute) and parent.attr == "acquire"
    )
