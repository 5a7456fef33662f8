"""UNL104 wrong-unload-key: The key of the removal is not the name of the module.

## What it does
Reports a removal from `sys.modules` whose key is a module object, a local alias of the module, or is
computed from a name that is already deleted.

## Why is this bad?
`sys.modules` is keyed by dotted names. With a module object `del` raises `KeyError` and `pop(m, None)`
silently does nothing; so does an alias. `del m, sys.modules[m.__name__]` is evaluated from left to right
and ends in `NameError`.

## Example
```python
import sys
import m as mm

sys.modules.pop("mm", None)
```

## Use instead
```python
import sys
import m as mm

sys.modules.pop("m", None)
```

## Clean
The other order works:
```python
import sys
import m

del sys.modules[m.__name__], m
```
A stub under a name of its own:
```python
import sys
import m as mm

sys.modules["mm"] = mm
sys.modules.pop("mm", None)
```

## References
SEMANTICS HU-04, measured in U05 and U24.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Bind, Forget, Import, Put, Read, Unload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.paths import reaching
from flake8_unload.registry import rule


@rule("UNL104", "wrong-unload-key")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """The key names no module."""
    key = unload.key
    if isinstance(key, ast.Name) and _is_module(unload, key, file):
        yield Hazard(unload.node, f"`{key.id}` is a module object, no key; write `{key.id}.__name__`")
    elif isinstance(key, ast.Attribute) and key.attr == "__name__" and isinstance(key.value, ast.Name):
        if _is_deleted(key.value, file):
            yield Hazard(
                unload.node, f"`{key.value.id}` is deleted before its `__name__` is read; swap the order"
            )
        elif file.names.resolve(key.value, unload.block) == "os.path":
            yield Hazard(
                unload.node, f"`{key.value.id}.__name__` is not 'os.path' but its real name; use the literal"
            )
    elif isinstance(key, ast.Constant) and isinstance(key.value, str):
        module = _aliased_module(key.value, file)
        if module:
            yield Hazard(
                unload.node, f"`{key.value}` is an alias here, no key of `sys.modules`; write '{module}'"
            )


def _is_module(unload: Unload, key: ast.Name, file: File) -> bool:
    home = file.bindings.lookup(key.id, unload.block)
    if home is None:
        return False
    found = reaching(file, unload, (home, key.id))
    return bool(found) and all(
        isinstance(each, Bind) and isinstance(each.statement, ast.Import) for each in found
    )


def _is_deleted(name: ast.Name, file: File) -> bool:
    reads = [read for read in file.events_naming(name.id, Read) if read.node is name]
    for read in reads:
        found = reaching(file, read, read.var)
        if found and all(isinstance(each, Forget) for each in found):
            return True
    return False


def _aliased_module(key: str, file: File) -> str | None:
    """The module that ``key`` is only an alias of, in the whole file."""
    modules = set()
    for bind in file.events_naming(key, Bind):
        if bind.var[1] == key:
            if not isinstance(bind.node, ast.alias) or bind.node.asname != key or bind.source is not None:
                return None
            modules.add(bind.node.name)
    if len(modules) != 1 or key in modules:
        return None
    known = any(event.module.partition(".")[0] == key for event in file.events(Import))
    put = any(event.key in (None, key) for event in file.events(Put))
    return modules.pop() if not known and not put else None
