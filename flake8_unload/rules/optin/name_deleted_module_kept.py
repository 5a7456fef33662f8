"""UNL901 name-deleted-module-kept: The name of a module is deleted to get rid of the module, which stays.

## What it does
Reports `del m` where the next steps show that the module was to go with its name: `import m` again, or
`gc.collect()`, while the entry in `sys.modules` stays. Off unless selected: `del os, sys` alone, to keep a
namespace clean, is right and never reported.

## Why is this bad?
`del` takes one reference away. `sys.modules` has another, so nothing is freed, and the second import finds
the old module: it executes nothing and gives back all its state.

## Example
```python
import m

m.X = 1
del m
import m  # executes nothing, `m.X` is still 1
```

## Use instead
```python
import sys
import m

m.X = 1
del sys.modules["m"], m
import m
```

## Clean
A clean namespace:
```python
import os

HOME = os.path.expanduser("~")
del os
```
Another module under the same name:
```python
import m

m.f()
del m
import n as m

m.f()
```
The point is that the module stays:
```python
import m

first = m
del m
import m

assert m is first
```

## References
SEMANTICS HU-02, measured in U02, U21 and U69.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload.aftermath import reads_after
from flake8_unload.events import Bind, Call, Event, Forget, Import, Put, Rebind, Reload, Unload
from flake8_unload.findings import Hazard
from flake8_unload.held import compares
from flake8_unload.lifecycle import File
from flake8_unload.paths import after, changes, either, reaching
from flake8_unload.registry import rule

_STEPS = (ast.Expr, ast.Assert, ast.Assign, ast.AugAssign, ast.Delete, ast.Import, ast.ImportFrom, ast.Pass)
_FEW = 6
_REMOVERS = re.compile(r"modules|unload|unimport|purge|reload|forget|fresh|reset|clear|clean", re.I)


@rule("UNL901", "name-deleted-module-kept")
def check(forget: Forget, file: File) -> Iterator[Hazard]:
    """What comes next takes the module for gone."""
    module = _module_of(forget, file)
    if module is None or _may_go(module, file):
        return
    if _is_collected(forget, file) or _is_imported_again(forget, module, file):
        name = forget.var[1]
        yield Hazard(forget.node, f"`{name}` is only a name, '{module}' stays loaded; remove its entry, too")


def _module_of(forget: Forget, file: File) -> str | None:
    """The module that the name certainly stands for."""
    found = reaching(file, forget, forget.var)
    modules = {_module(each, file) if isinstance(each, Bind) else None for each in found}
    return modules.pop() if len(modules) == 1 else None


def _module(bind: Bind, file: File) -> str | None:
    """The module that an import executes for the name: `pkg.sub` for `import pkg.sub`, which binds `pkg`."""
    if isinstance(bind.node, ast.alias):
        if bind.source is None:
            return bind.node.name
        return bind.imported if file.place.is_submodule(bind.source, bind.node.name) else None
    for event in file.events_of(file.block(bind), Import) if isinstance(bind.value, ast.Call) else ():
        if event.node is bind.value:
            return event.module or None
    return None


def _may_go(module: str, file: File) -> bool:
    """Something in this file removes the entry, stores another one, or executes the module again."""
    removals = file.events(Unload)
    if any(not each.keys.known or each.keys.removes(module) for each in removals):
        return True
    if any(each.key in (None, module) for each in file.events(Put)) or file.events(Rebind):
        return True
    return any(not each.targets or module in each.targets for each in file.events(Reload))


def _is_imported_again(forget: Forget, module: str, file: File) -> bool:
    ends = either(changes(forget.var), lambda event: _may_remove(event, module))
    for event in after(file.flow(forget), forget.step, ends).events:
        if isinstance(event, Bind) and event.var == forget.var and _module(event, file) == module:
            return _soon(forget, event, file) and not _is_compared(event, file)
    return False


def _may_remove(event: Event, module: str) -> bool:
    """A call that is about the module, or is called like something that removes modules."""
    if not isinstance(event, Call):
        return False
    return bool(_REMOVERS.search(ast.unparse(event.node.func))) or repr(module) in ast.unparse(event.node)


def _is_compared(bind: Bind, file: File) -> bool:
    return any(compares(read, file) for read in reads_after(file, bind, bind.var))


def _soon(forget: Forget, bind: Bind, file: File) -> bool:
    """The import is one of the next steps of the same suite: no definitions, no sections in between."""
    suite = _suite(forget.statement, file)
    if suite is None or bind.statement not in suite:
        return False
    start, end = suite.index(forget.statement), suite.index(bind.statement)
    between = suite[start + 1 : end] if end > start else suite[start + 1 :] + suite[:end]
    return len(between) <= _FEW and all(isinstance(each, _STEPS) for each in between)


def _suite(statement: ast.stmt, file: File) -> list[ast.stmt] | None:
    parent = file.parents.get(statement)
    for field in ("body", "orelse", "finalbody"):
        suite = getattr(parent, field, None)
        if isinstance(suite, list) and statement in suite:
            return suite
    return None


def _is_collected(forget: Forget, file: File) -> bool:
    """`del m` is followed at once by `gc.collect()`, and no other `del` can be meant."""
    suite = _suite(forget.statement, file)
    assert isinstance(forget.statement, ast.Delete)
    if suite is None or len(forget.statement.targets) != 1:
        return False
    at = suite.index(forget.statement)
    if at and isinstance(suite[at - 1], ast.Delete):
        return False
    match suite[at + 1 : at + 2]:
        case [ast.Expr(value=ast.Call(func=func))]:
            return file.names.resolve(func, forget.block) == "gc.collect"
    return False
