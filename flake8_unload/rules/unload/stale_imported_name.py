"""UNL110 stale-imported-name: A name taken from a module is used after the module was unloaded.

## What it does
Reports a removal of `m` from `sys.modules` when a name taken by `from m import f` before it is used after
it, and is not imported again in between.

## Why is this bad?
The function or class keeps all globals of the old copy alive and works on them, while everybody who imports
`m` from now on gets a new copy: two caches, two locks, two sets of classes that `isinstance` and `except`
do not match.

## Example
```python
import sys
from m import f

del sys.modules["m"]
import m

f()  # the old copy
m.f()
```

## Use instead
```python
import sys
from m import f

del sys.modules["m"]
import m
from m import f

f()
m.f()
```

## Clean
The removal is undone:
```python
import sys
from m import f

saved = sys.modules.pop("m")
sys.modules["m"] = saved
f()
```
The old object is compared with the new one:
```python
import sys
from m import C

del sys.modules["m"]
import m

print(C is m.C)
```

## References
SEMANTICS 0.1 and HU-16, measured in U40, U45, U53 and U56.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_unload.aftermath import reads_after
from flake8_unload.events import Unload
from flake8_unload.findings import Hazard
from flake8_unload.held import compares, is_object, removed_modules, taken_names
from flake8_unload.isolation import is_isolated
from flake8_unload.lifecycle import File
from flake8_unload.presence import gone
from flake8_unload.registry import rule


@rule("UNL110", "stale-imported-name")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """A name of the old copy is used after the entry is gone."""
    if not unload.keys.known or is_isolated(unload, file):
        return
    for module in removed_modules(file, unload):
        if (start := gone(unload, module, file)) is None:
            continue
        for var, attribute in taken_names(file, unload, module):
            reads = list(reads_after(file, start, var))
            if (
                not reads
                or file.place.is_submodule(module, attribute)
                or any(compares(read, file) for read in reads)
            ):
                continue
            if any(is_object(read, file) for read in reads):
                yield Hazard(
                    unload.node, f"`{var[1]}` is of the copy removed here and used later; import it again"
                )
