"""UNL208 reload-has-no-effect: The reload does nothing, or harms the whole process.

## What it does
Reports the reload of `sys`, `builtins` and extension modules (nothing is executed again), of standard modules
whose second execution splits their classes or loses their state, and a bare `reload(m)` of a module that
replaces itself in `sys.modules`, found on disk.

## Why is this bad?
An extension module keeps its types and what was patched into it. A second execution of `logging` forgets all
loggers and handlers, one of `codecs`, `enum` or `re` makes a second set of classes while everybody holds the
first. A module that replaces itself returns a new object, and the name keeps the old one.

## Example
```python
import importlib
import sys

importlib.reload(sys)
```

## Use instead
```python
import sys

sys.setrecursionlimit(sys.getrecursionlimit())
```

## Clean
A module of the project:
```python
import importlib
import m

importlib.reload(m)
m.f()
```
The Python 2 incantation behind a version test:
```python
import sys

if sys.version_info[0] < 3:
    reload(sys)
    sys.setdefaultencoding("utf-8")
```

## Fix safety
Safe: `m = reload(m)` for a module that replaces itself; nothing but the name changes. Not offered in a
function or class where the name is bound outside of it. The other reloads are to be dropped by hand:
whether their side effects are wanted, only a person knows.

## References
SEMANTICS HR-09, measured in R52, R57a to R57c, R58 and R64.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.aftermath import is_exported, reads_after
from flake8_unload.disk import replaces_itself
from flake8_unload.events import Reload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.reload_calls import result_kept
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.rules.reload.removed_api import has_fallback
from flake8_unload.surroundings import is_under_test

_NOTHING = frozenset(
    """
    sys builtins time math itertools marshal gc errno array binascii zlib select fcntl mmap _thread _socket
    _ctypes _sqlite3 _decimal _datetime _collections _functools _io _ssl numpy""".split()
)
_HARMS = {
    "logging": "forgets all loggers and handlers",
    "enum": "makes a second set of classes",
    "re": "makes a second set of classes",
    "codecs": "makes a second set of classes",
    "threading": "does not know the running threads",
    "abc": "makes a second set of classes",
    "collections": "makes a second set of classes",
    "decimal": "makes a second set of classes",
    "importlib._bootstrap": "breaks the import system",
    "os": "makes a second `environ`",
}


@rule("UNL208", "reload-has-no-effect", fix="safe")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """What is reloaded cannot be."""
    if has_fallback(reload.node, file) or is_under_test(reload.node, file):
        return
    for module in reload.targets:
        if module in _NOTHING:
            yield Hazard(reload.node, f"`{module}` is not executed again by a reload; drop the reload")
        elif module in _HARMS:
            yield Hazard(reload.node, f"`{module}` {_HARMS[module]} when reloaded; drop the reload")
        elif isinstance(reload.statement, ast.Expr) and reload.statement.value is reload.node:
            source = file.place.source_of(module)
            if not source or not isinstance(reload.argument, ast.Name) or not replaces_itself(source):
                continue
            if _is_used_after(reload, reload.argument, file):
                name = reload.argument.id
                yield Hazard(
                    reload.node,
                    f"`{name}` keeps the replaced object; write `{name} = reload({name})`",
                    partial(result_kept, reload, name, file),
                )


def _is_used_after(reload: Reload, name: ast.Name, file: File) -> bool:
    """What the name holds is used or exported after the reload; the entry in `sys.modules` is the new one."""
    home = file.bindings.lookup(name.id, reload.block)
    if home is None:
        return False
    var = (home, name.id)
    return any(reads_after(file, reload, var)) or is_exported(file, reload, var)
