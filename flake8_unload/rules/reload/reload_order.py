"""UNL206 reload-order: A package is reloaded before the submodule it takes names from.

## What it does
Reports `reload(pkg)` that stands before `reload(pkg.sub)` in the same suite, when the package on disk
imports names from that submodule. Where the package is not found on disk, nothing is reported.

## Why is this bad?
A reload is shallow. `reload(pkg)` executes `from .sub import f` while `pkg.sub` is still the old one; the
later `reload(pkg.sub)` does not reach the name in `pkg`. Submodules first, then what uses them.

## Example
```python
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting)
importlib.reload(reexporting.sub)
```

## Use instead
```python
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting.sub)
importlib.reload(reexporting)
```

## Clean
The package is reloaded once more at the end:
```python
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting)
importlib.reload(reexporting.sub)
importlib.reload(reexporting)
```

## References
SEMANTICS HR-06, measured in R07, R10, R31, R70 and R82.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.disk import definitions
from flake8_unload.events import Reload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach
from flake8_unload.registry import rule


@rule("UNL206", "reload-order")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The package keeps the old names of a submodule that is reloaded after it."""
    if len(reload.targets) != 1:
        return
    (package,) = reload.targets
    for other in _later(reload, file):
        (module,) = other.targets
        if module.startswith(package + ".") and _takes_names(package, module, file):
            if not any(again.targets == (package,) for again in _later(other, file)):
                yield Hazard(
                    reload.node, f"`{package}` takes names of `{module}`, reloaded after it; swap the two"
                )


def _later(reload: Reload, file: File) -> Iterator[Reload]:
    """Reloads of one module in the same suite, after this one."""
    suite = file.parents.get(reload.statement) if isinstance(reload.statement, ast.stmt) else None
    flow = file.flow(reload)
    for other in file.events(Reload):
        if other is reload or len(other.targets) != 1 or file.block(other) is not file.block(reload):
            continue
        same = isinstance(other.statement, ast.stmt) and file.parents.get(other.statement) is suite
        if same and can_reach(flow, reload.step, other.step) and not can_reach(flow, other.step, reload.step):
            yield other


def _takes_names(package: str, module: str, file: File) -> bool:
    source = file.place.source_of(package)
    if source is None:
        return False
    relative = "import:." + module.removeprefix(package + ".")
    return any(what in (relative, f"import:{module}") for what in definitions(source).values())
