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

from flake8_unload.aftermath import following, in_same_run
from flake8_unload.call_order import comes_before
from flake8_unload.events import Call, Event, Import, Unload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.unload_purge import purged
from flake8_unload.isolation import is_isolated
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends
from flake8_unload.presence import gone
from flake8_unload.registry import rule


@rule("UNL103", "orphaned-submodules", fix="unsafe")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """Submodules of a removed package are still there when it is imported again."""
    if not unload.keys.known or unload.spelling == "clear" or is_isolated(unload, file):
        return
    for key in unload.keys.exact:
        start = gone(unload, key, file)
        if start is None or not _comes_again(start, key, file, lambda _: False):
            continue
        loaded = sorted(
            {each for each in _submodules(key, file) if _is_orphaned(each, key, start, unload, file)}
        )
        if loaded:
            yield Hazard(
                unload.node,
                f"`{loaded[0]}` stays in `sys.modules` without its package; remove `{key}.*` too",
                partial(purged, unload, key, file),
            )


def _submodules(key: str, file: File) -> set[str]:
    """Modules below ``key`` that the file imports."""
    return {each for event in file.events(Import) for each in _loaded_by(event, key, file)}


def _loaded_by(event: Import, key: str, file: File) -> Iterator[str]:
    if event.module.startswith(key + "."):
        yield event.module
    elif event.module == key:
        for name in event.names:
            if file.place.is_submodule(key, name) and not _may_be_old(f"{key}.{name}", event, file):
                yield f"{key}.{name}"


def _may_be_old(module: str, event: Import, file: File) -> bool:
    """`from pkg import sub` after a removal of the submodule: the old one, which is not loaded any more."""
    unloads = (each for each in file.events(Unload) if not each.keys.known or each.keys.removes(module))
    return any(comes_before(file, each, event) for each in unloads)


def _is_orphaned(module: str, key: str, start: Event, unload: Unload, file: File) -> bool:
    """``module`` is loaded when ``unload`` comes, and still is when its package is imported again."""
    if unload.keys.removes(module):
        return False
    goes = _may_go(module, file)
    loads = (each for each in file.events(Import) if module in _loaded_by(each, key, file))
    onward = in_same_run if file.calls_of(file.block(unload)) else following
    return any(unload in onward(file, each, goes) for each in loads) and _comes_again(start, key, file, goes)


def _comes_again(start: Event, key: str, file: File, ends: Ends) -> bool:
    """The package is imported after ``start``, before one of ``ends``."""
    return any(
        isinstance(event, Import) and (event.module == key or event.module.startswith(key + "."))
        for event in in_same_run(file, start, ends)
    )


def _may_go(module: str, file: File) -> Ends:
    """An entry is removed that is, or may be, the one of ``module``; by a called function as well."""

    def removes(event: Event) -> bool:
        return isinstance(event, Unload) and (not event.keys.known or event.keys.removes(module))

    removers = {file.block(each) for each in file.events(Unload) if removes(each)} - {file.bindings.module}
    while more := {file.block(call) for each in removers for call in file.calls_of(each)} - removers:
        removers |= more
    return lambda event: removes(event) or (isinstance(event, Call) and file.function_of(event) in removers)
