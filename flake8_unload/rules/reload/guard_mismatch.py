"""UNL207 reload-guard-mismatch: The guard of a reload asks for another name than the one it reloads.

## What it does
Reports `if "a" in locals(): reload(b)` when `b` is bound only in the other branch or later, and a marker
that is imported before the very block that asks for it.

## Why is this bad?
The idiom of Blender add-ons tells a second execution from the first by a name that the first one left behind.
When the guard is true although the reloaded names are not there yet, the reload ends in `NameError`.

## Example
```python
import importlib

import m

if "m" in locals():
    importlib.reload(n)
else:
    import n
n.f()
```

## Use instead
```python
import importlib

if "n" in locals():
    importlib.reload(n)
else:
    import n
n.f()
```

## Clean
The marker is imported after the block:
```python
if "m" in locals():
    import importlib

    importlib.reload(n)
else:
    import n

import m

m.f()
n.f()
```
A guard for each module:
```python
import m
import importlib

if "n" in locals():
    importlib.reload(n)
if "m" in locals():
    importlib.reload(m)
import n
```

## References
SEMANTICS HR-18, measured in R25, R25b and R71.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Bind, Reload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File, namespace_guard
from flake8_unload.paths import reaching_first
from flake8_unload.registry import rule


@rule("UNL207", "reload-guard-mismatch")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """On the first execution the guard is true and the reloaded name is unbound."""
    name = reload.argument.id if isinstance(reload.argument, ast.Name) else None
    guard = _guard(reload, file)
    if name is None or guard is None or not file.at_module_level(reload):
        return
    marker = namespace_guard(guard.test)
    assert marker is not None
    if marker == name or not _bound_on_first_run(marker, guard, file):
        return
    home = file.bindings.lookup(name, reload.block)
    if home is file.bindings.module and not any(
        _binds(each, name) for each in reaching_first(file, reload, (home, name))
    ):
        yield Hazard(
            reload.node, f'`{name}` is unbound here on the first run; guard by "{name}", not "{marker}"'
        )


def _guard(reload: Reload, file: File) -> ast.If | None:
    child: ast.AST = reload.node
    for around in file.ancestors(reload.node):
        if isinstance(around, ast.If) and child in around.body and namespace_guard(around.test) is not None:
            return around
        child = around
    return None


def _bound_on_first_run(marker: str, guard: ast.If, file: File) -> bool:
    """The marker is bound before the guard by an unconditional statement of the module body."""
    body = file.tree.body
    if guard not in body:
        return False
    for statement in body[: body.index(guard)]:
        if isinstance(statement, (ast.Import, ast.ImportFrom)):
            if any((alias.asname or alias.name.partition(".")[0]) == marker for alias in statement.names):
                return True
    return False


def _binds(bind: Bind | object | None, name: str) -> bool:
    return isinstance(bind, Bind) and bind.var[1] == name
