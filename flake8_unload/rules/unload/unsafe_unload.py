"""UNL107 unsafe-unload: A module leaves sys.modules that the process cannot do without, or cannot load twice.

## What it does
Reports `sys.modules.clear()` without an `update` after it, the removal of `__name__` while the module is
being imported, of `'__main__'`, `sys`, `builtins`, of standard modules with state of the whole process,
and of extension modules that cannot be loaded twice, when nothing is put back.

## Why is this bad?
The import that is under way ends in `KeyError`; pickle, dataclasses and multiprocessing look `__main__` up;
a second `threading` does not know the running threads; a second `logging` has no handlers; numpy refuses
to be loaded again. An extension module is never really unloaded: its classes split into two sets.

## Example
```python
import sys

sys.modules.clear()
```

## Use instead
```python
import sys

before = set(sys.modules)
import m

for name in set(sys.modules) - before:
    del sys.modules[name]
```

## Clean
Cleared and filled again:
```python
import sys

saved = dict(sys.modules)
sys.modules.clear()
sys.modules.update(saved)
```
A module replaces its own entry:
```python
import sys
import types

sys.modules[__name__] = types.ModuleType(__name__)
```

## References
SEMANTICS HU-07, HU-13, HU-14, HU-19 and HU-20, measured in U08, U50, U51, U70 to U79.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Unload
from flake8_unload.findings import Hazard
from flake8_unload.importtime import under_main_guard
from flake8_unload.isolation import is_isolated
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule

_CORE = frozenset({"sys", "builtins", "importlib", "importlib._bootstrap", "_frozen_importlib"})
_STATEFUL = {
    "threading": "a second copy does not know the running threads",  # U72
    "logging": "a second copy has no loggers and handlers",  # U73
    "asyncio": "a second copy has exceptions and loops of its own",  # U79c
    "multiprocessing": "a second copy does not know the running processes",
    "re": "a second copy has error and flag classes of its own",  # U79b
    "decimal": "a second copy loses the context",  # U75
    "os": "a second copy has an `environ` of its own",  # U74
}
_EXTENSIONS = frozenset(
    """
    numpy pandas scipy torch tensorflow cv2 PyQt5 PyQt6 PySide2 PySide6 bpy _decimal
    _socket _ctypes _sqlite3""".split()
)


@rule("UNL107", "unsafe-unload")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """What goes cannot be had back."""
    if is_isolated(unload, file):
        return
    if unload.spelling in ("clear", "popitem"):
        yield Hazard(
            unload.node, f"`sys.modules.{unload.spelling}` removes modules the process needs; name keys"
        )
    elif _is_own_name(unload) and file.at_module_level(unload):
        if under_main_guard(unload.node, file):
            yield Hazard(unload.node, "`__main__` is looked up by pickle and others; keep its entry")
        else:
            yield Hazard(
                unload.node, "`__name__` is removed during its own import, a KeyError; keep its entry"
            )
    elif not under_main_guard(unload.node, file):
        yield from _by_name(unload)


def _is_own_name(unload: Unload) -> bool:
    return isinstance(unload.key, ast.Name) and unload.key.id == "__name__"


def _by_name(unload: Unload) -> Iterator[Hazard]:
    for key in unload.keys.exact if unload.keys.known else ():
        if key == "__main__":
            yield Hazard(unload.node, "`__main__` is looked up by pickle and others; keep its entry")
        elif key in _CORE:
            yield Hazard(unload.node, f"`{key}` cannot be imported again complete; keep its entry")
        elif key in _STATEFUL:
            yield Hazard(unload.node, f"`{key}` holds process state: {_STATEFUL[key]}; keep its entry")
        elif key in _EXTENSIONS:
            yield Hazard(unload.node, f"`{key}` is an extension that cannot be loaded twice; keep its entry")
