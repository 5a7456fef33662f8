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

from flake8_unload.aftermath import in_same_run, reads_after
from flake8_unload.call_order import comes_before, coming_first
from flake8_unload.events import Bind, Forget, Read, Unload
from flake8_unload.findings import Hazard
from flake8_unload.held import module_of
from flake8_unload.lifecycle import File
from flake8_unload.paths import changes_or_calls, reaching
from flake8_unload.presence import removes
from flake8_unload.registry import rule
from flake8_unload.rules.unload.unload_key_error import certainly_fails
from flake8_unload.surroundings import failure_expected


@rule("UNL109", "use-after-unload")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """The name is gone on every path to the read."""
    if not unload.keys.known:
        return
    for forget in file.events_of(file.block(unload), Forget):
        if not _goes_with_module(forget, unload, file):
            continue
        if _is_never_come_to(forget, file):
            continue
        for read in _misses(forget, file):
            if not failure_expected(read.node, file, NameError) and not _is_key(read, file):
                yield Hazard(
                    read.node, f"`{read.node.id}` was deleted with its module; import it again first"
                )


def _misses(forget: Forget, file: File) -> Iterator[Read]:
    """The reads that find no name; of those in functions that run later, not where one ran before.

    The first of them on each path: that fails, and nothing comes to the next one.
    """
    at_once = set(in_same_run(file, forget, changes_or_calls(file, forget.var, deleted=True)))
    for read in coming_first(file, forget, list(reads_after(file, forget, forget.var, deleted=True))):
        block = file.block(read)
        calls = file.calls_of(block) if block is not file.block(forget) else []
        if read in at_once or not any(comes_before(file, call, forget) for call in calls):
            yield read


def _is_never_come_to(forget: Forget, file: File) -> bool:
    """`del sys.modules["m"], m` where the first of them fails."""
    return any(
        unload.statement is forget.statement and unload.step < forget.step and certainly_fails(unload, file)
        for unload in file.events_of(file.block(forget), Unload)
    )


def _goes_with_module(forget: Forget, unload: Unload, file: File) -> bool:
    """What the name was bound to is what the removal removes."""
    binds = (each for each in reaching(file, forget, forget.var) if isinstance(each, Bind))
    return any(removes(unload, module) for each in binds if (module := module_of(file, each)))


def _is_key(read: Read, file: File) -> bool:
    """`m.__name__` as the key of a removal is UNL104's."""
    for unload in file.events(Unload):
        if unload.key is not None and any(each is read.node for each in ast.walk(unload.key)):
            return True
    return False
