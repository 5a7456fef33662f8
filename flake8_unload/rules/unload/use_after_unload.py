"""UNL109 use-after-unload: A name is read after it was deleted together with its module.

## What it does
Reports a read of a name that certainly comes after `del name`, where the name held a module whose entry
the same code removes, with nothing that binds the name again in between.

## Why is this bad?
`NameError`, or `UnboundLocalError` in a function.

## Example
```python
import sys
import m

del sys.modules["m"], m
m.f()
```

## Use instead
```python
import sys
import m

del sys.modules["m"], m
import m

m.f()
```

## Clean
The name is deleted on another branch:
```python
import sys
import m

if len(sys.argv) > 99:
    del sys.modules["m"], m
else:
    m.f()
```
The error is expected:
```python
import sys
import m

del sys.modules["m"], m
try:
    m.f()
except NameError:
    print("gone")
```

## References
SEMANTICS HU-03, measured in U02, U16 and U17.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Bind, Forget, Read, Unload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.paths import after, changes_or_calls, reaching
from flake8_unload.presence import removes
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected


@rule("UNL109", "use-after-unload")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """The name is gone on every path to the read."""
    if not unload.keys.known:
        return
    for forget in file.events_of(file.block(unload), Forget):
        if not _goes_with_module(forget, unload, file):
            continue
        ends = changes_or_calls(file, forget.var)
        for event in after(file.flow(forget), forget.step, ends).events:
            if isinstance(event, Read) and event.var == forget.var and not failure_expected(event.node, file):
                if not _is_key(event, file):
                    yield Hazard(
                        event.node, f"`{event.node.id}` was deleted with its module; import it again first"
                    )


def _goes_with_module(forget: Forget, unload: Unload, file: File) -> bool:
    """What the name was bound to is what the removal removes."""
    found = reaching(file, forget, forget.var)
    return any(isinstance(each, Bind) and each.imported and removes(unload, each.imported) for each in found)


def _is_key(read: Read, file: File) -> bool:
    """`m.__name__` as the key of a removal is UNL104's."""
    for unload in file.events(Unload):
        if unload.key is not None and any(each is read.node for each in ast.walk(unload.key)):
            return True
    return False
