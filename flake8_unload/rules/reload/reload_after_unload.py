"""UNL204 reload-after-unload: A module is reloaded after its entry left sys.modules.

## What it does
Reports `reload(m)` that certainly comes after the removal of `m`, with nothing in between that imports it
again.

## Why is this bad?
`ImportError: module m not in sys.modules`. A reload executes the module again by itself; the removal before
it only breaks it.

## Example
```python
import importlib
import sys
import m

del sys.modules["m"]
importlib.reload(m)
```

## Use instead
```python
import importlib
import sys
import m

del sys.modules["m"]
m = importlib.import_module("m")
```

## Clean
Put back before the reload:
```python
import importlib
import sys
import m

saved = sys.modules.pop("m")
sys.modules["m"] = saved
importlib.reload(m)
```

## References
SEMANTICS HR-08, measured in R51 and U66.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_unload.events import Reload, Unload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.paths import after
from flake8_unload.presence import may_return, removes
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected


@rule("UNL204", "reload-after-unload")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The module is certainly absent."""
    if failure_expected(reload.node, file):
        return
    for module in reload.targets:
        for unload in file.events(Unload):
            if file.block(unload) is not file.block(reload) or not removes(unload, module):
                continue
            if reload in after(file.flow(unload), unload.step, may_return(module, file)).events:
                yield Hazard(
                    reload.node, f"`{module}` left `sys.modules` before this reload; import it instead"
                )
                return
