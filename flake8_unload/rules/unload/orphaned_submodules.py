"""UNL103 orphaned-submodules: A package leaves sys.modules and its loaded submodules stay.

## What it does
Reports the removal of a package, without the submodules that this file imports, when the package or one
of the submodules is imported again afterwards.

## Why is this bad?
The next `import pkg` makes a new package without the attribute `sub`, because the old `pkg.sub` is still
in `sys.modules` and is not imported again: `pkg.sub` raises `AttributeError`, even right after
`import pkg.sub`. Several packages of the standard library cannot even be imported again this way.

## Example
```python
import sys
import pkg.sub

pkg.sub.f()
del sys.modules["pkg"]
import pkg.sub

pkg.sub.f()  # AttributeError
```

## Use instead
```python
import sys
import pkg.sub

pkg.sub.f()
for _name in list(sys.modules):
    if _name == "pkg" or _name.startswith("pkg."):
        del sys.modules[_name]
import pkg.sub

pkg.sub.f()
```

## Clean
A module without submodules:
```python
import sys
import m

m.f()
del sys.modules["m"]
import m

m.f()
```

## Fix safety
Unsafe: everything below the package goes as well and is executed again at its next import, and a package
that is not loaded raises no `KeyError` any more. The loop has a private name at the top level, where it
would stay.

Not offered where the key comes from a loop, where the removal is only a part of its statement, where the
`KeyError` is expected, for the standard library, and for extensions like numpy, which cannot be loaded
twice.

## References
SEMANTICS HU-10 and table B in 0.2, measured in U31a to U31l, U33 and U70b.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flake8_unload.events import Import, Unload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.unload_purge import purged
from flake8_unload.isolation import is_isolated
from flake8_unload.lifecycle import File
from flake8_unload.paths import after, comes_before
from flake8_unload.presence import gone
from flake8_unload.registry import rule


@rule("UNL103", "orphaned-submodules", fix="unsafe")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """Submodules of a removed package are still there when it is imported again."""
    if not unload.keys.known or unload.spelling == "clear" or is_isolated(unload, file):
        return
    for key in unload.keys.exact:
        if not _imported_again(unload, key, file) or _others_go(unload, key, file):
            continue
        loaded = sorted({each for each in _submodules(unload, key, file) if not unload.keys.removes(each)})
        if loaded:
            yield Hazard(
                unload.node,
                f"`{loaded[0]}` stays in `sys.modules` without its package; remove `{key}.*` too",
                partial(purged, unload, key, file),
            )


def _submodules(unload: Unload, key: str, file: File) -> Iterator[str]:
    """Modules below ``key`` that were imported before the removal."""
    for event in file.events(Import):
        if not event.module.startswith(key + ".") or not comes_before(file, event, unload):
            continue
        yield event.module


def _others_go(unload: Unload, key: str, file: File) -> bool:
    """Another removal of the same code takes submodules away, or takes what is not provable."""
    block = file.block(unload)
    for other in file.events(Unload):
        if other is unload or file.block(other) is not block:
            continue
        if not other.keys.known or any(
            each.startswith(key + ".") for each in (*other.keys.exact, *other.keys.prefixes)
        ):
            return True
    return False


def _imported_again(unload: Unload, key: str, file: File) -> bool:
    if (start := gone(unload, key, file)) is None:
        return False
    following = after(file.flow(start), start.step, lambda _: False).events
    return any(
        isinstance(event, Import) and (event.module == key or event.module.startswith(key + "."))
        for event in following
    )
