"""UNL102 stale-submodule: A removed submodule comes back old, through the attribute of its parent.

## What it does
Reports `from pkg import sub` that runs after `'pkg.sub'` left `sys.modules` while `pkg` stayed and its
attribute `sub` was not deleted.

## Why is this bad?
An imported submodule is held by three things: `sys.modules`, the name that imported it, and the attribute
of its parent package. `from pkg import sub` looks at the attribute first: it gives the old module,
executes nothing, and leaves the entry absent. `import pkg.sub as sub` imports again.

## Example
```python
import sys
from pkg import sub

sub.f()
del sys.modules["pkg.sub"]
from pkg import sub

sub.f()
```

## Use instead
```python
import sys
from pkg import sub

sub.f()
del sys.modules["pkg.sub"]
import pkg.sub as sub

sub.f()
```

## Clean
The parent goes as well:
```python
import sys

for name in ("pkg", "pkg.sub"):
    sys.modules.pop(name, None)
from pkg import sub

sub.f()
```
The attribute is deleted:
```python
import sys
import pkg.sub

del sys.modules["pkg.sub"]
del pkg.sub
from pkg import sub

sub.f()
```

## Fix safety
Safe: the import does what it says, gives the module that an import gives, and binds the same name. Only this
file is concerned: whoever else holds the old module keeps it. `from . import sub` becomes
`sub = importlib.import_module(".sub", __package__)`.

Not offered where the import also runs when nothing was removed, where it takes other names that are not
certainly submodules, for the standard library and for extensions like numpy.

## References
SEMANTICS HU-09 and table A in 0.2, measured in U30a to U30o, U38 and U96.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from flake8_unload.aftermath import in_same_run
from flake8_unload.attributes import attribute_gone
from flake8_unload.call_order import may_precede
from flake8_unload.events import Call, Event, Import, Unload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.unload_imports import by_its_own_name
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends, either
from flake8_unload.presence import attribute_renewed, gone, may_return, removes
from flake8_unload.registry import rule
from flake8_unload.scopes import Scope


@rule("UNL102", "stale-submodule", fix="safe")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """A from-import of the parent serves the removed submodule again."""
    for key in unload.keys.exact if unload.keys.known else ():
        parent, _, leaf = key.rpartition(".")
        if not parent or _parent_goes(unload, parent, file) or attribute_gone(unload, key, file):
            continue
        if (start := gone(unload, key, file)) is None:
            continue
        for event in in_same_run(file, start, _renews(key, parent, file)):
            if isinstance(event, Import) and event.module == parent and leaf in event.names:
                yield Hazard(
                    event.node,
                    f"`{leaf}` is the old module removed above; write `import {key} as {leaf}`",
                    partial(by_its_own_name, event, unload, file),
                )


def _renews(key: str, parent: str, file: File) -> Ends:
    """The submodule or the attribute of its parent is a new one from here, or the parent goes as well."""
    renewed = either(may_return(key, file), attribute_renewed(key, file))

    def ends(event: Event, inside: frozenset[Scope] = frozenset()) -> bool:
        if isinstance(event, Import) and event.module == parent:
            return False
        if isinstance(event, Call) and (called := file.functions_of(event)):
            within = partial(ends, inside=inside.union(called))
            steps = (each for inner in set(called) - inside for each in file.flow_of(inner).events)
            return any(map(within, filter(None, steps)))
        return renewed(event) or removes(event, parent)

    return ends


def _parent_goes(unload: Unload, parent: str, file: File) -> bool:
    """The parent may have gone before, by code of the same run: its new copy has no old attribute."""
    return any(removes(each, parent) and may_precede(file, each, unload) for each in file.events(Unload))
