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

## Fix safety
Safe: what changes is that the removal works. An alias becomes the name in its import statement, a module
object its `__name__`; a test for the same wrong key around the removal goes along; `del m` moves behind
the removal that needs `m`.

Not offered where the removed module is used, where the error is expected, where other statements stand
between the deletion and the removal, or the deletion removes entries as well, for the standard library
and for extensions like numpy, and where a name that holds the module is used afterwards (that would be
UNL101).

## References
SEMANTICS HU-04, measured in U05 and U24.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.call_order import coming_first
from flake8_unload.events import Bind, Forget, Import, Put, Read, Unload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.unload_keys import by_attribute, named, reordered
from flake8_unload.lifecycle import File
from flake8_unload.paths import reaching
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected


@rule("UNL104", "wrong-unload-key", fix="safe")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """The key names no module."""
    key = unload.key
    if isinstance(key, ast.Name) and (modules := _modules(unload, key, file)):
        yield Hazard(
            unload.node,
            f"`{key.id}` is a module object, no key; write `{key.id}.__name__`",
            partial(by_attribute, unload, key, modules, file),
        )
    elif isinstance(key, ast.Attribute) and key.attr == "__name__" and isinstance(key.value, ast.Name):
        if (forget := _deletion(key.value, file)) and not failure_expected(unload.node, file, NameError):
            yield Hazard(
                unload.node,
                f"`{key.value.id}` is deleted before its `__name__` is read; swap the order",
                partial(reordered, unload, key.value, forget, file),
            )
        elif file.names.resolve(key.value, unload.block) == "os.path":
            yield Hazard(
                unload.node,
                f"`{key.value.id}.__name__` is not 'os.path' but its real name; use the literal",
                partial(named, unload, key, "os.path", file),
            )
    elif isinstance(key, ast.Constant) and isinstance(key.value, str):
        module = _aliased_module(key.value, file)
        if module:
            yield Hazard(
                unload.node,
                f"`{key.value}` is an alias here, no key of `sys.modules`; write '{module}'",
                partial(named, unload, key, module, file),
            )


def _modules(unload: Unload, key: ast.Name, file: File) -> set[str]:
    """The modules that the key may be; none where it may be anything else."""
    home = file.bindings.lookup(key.id, unload.block)
    found = reaching(file, unload, (home, key.id)) if home else []
    names: set[str] = set()
    for each in found:
        if not (isinstance(each, Bind) and isinstance(each.statement, ast.Import) and each.imported):
            return set()
        names.add(each.imported)
    return names


def _deletion(name: ast.Name, file: File) -> Forget | None:
    """The `del` that certainly comes before this read of the name; one of them where there are several."""
    for read in file.events_naming(name.id, Read):
        if read.node is name and (forget := _forgotten(read, file)) and _comes_to(read, forget, file):
            return forget
    return None


def _forgotten(read: Read, file: File) -> Forget | None:
    """One of the deletions of a name, if nothing else comes before the read."""
    found = reaching(file, read, read.var)
    deletions = [each for each in found if isinstance(each, Forget)]
    return deletions[0] if deletions and len(deletions) == len(found) else None


def _comes_to(read: Read, forget: Forget, file: File) -> bool:
    """No other read, which fails as well, stands in front of this one on every path."""
    block = file.block(read)
    reads = [each for each in file.events_of(block, Read) if each.var == read.var and _forgotten(each, file)]
    return read in coming_first(file, forget, reads)


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
