"""UNL201 stale-from-import: A name imported from a module is still the old object after its reload.

## What it does
Reports a reload of `m` when names taken by `from m import f` (or `*`) before it are used or
exported after it, and are not imported again in between.

## Why is this bad?
A reload executes the module again in the same namespace; it does not touch the names that other
code took from it. Classes, exceptions and constants stay the old ones: `isinstance` and `except`
stop matching. A function keeps its old code while it reads the new globals, which is worse to debug.

## Example
```python
import importlib
import m
from m import f

importlib.reload(m)
f()  # the old code
```

## Use instead
```python
import importlib
import m
from m import f

importlib.reload(m)
from m import f

f()
```

## Clean
A qualified use is looked up at every call:
```python
import importlib
import m

importlib.reload(m)
m.f()
```
A submodule that is imported by name is a module, and is reloaded in place:
```python
import importlib
from pkg import sub

importlib.reload(sub)
sub.f()
```
The import runs after the reload:
```python
import importlib
import m

importlib.reload(m)
from m import f

f()
```

## References
SEMANTICS HR-01 and HR-03, measured in R02, R04, R05, R09 and R80.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_unload.events import Reload
from flake8_unload.findings import Hazard
from flake8_unload.held import taken_names
from flake8_unload.lifecycle import File
from flake8_unload.paths import reads_after
from flake8_unload.registry import rule


@rule("UNL201", "stale-from-import")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """Names taken from the reloaded module survive it and are used."""
    for module in reload.targets:
        for var, attribute in taken_names(file, reload, module):
            if file.place.is_submodule(module, attribute):
                continue
            if any(True for _ in reads_after(file, reload, var)):
                yield Hazard(reload.node, f"`{var[1]}` is still the old one after this reload; import it again")
