"""UNL906 reload-after-first-import: A module is reloaded right after it was imported.

## What it does
Reports `import m` directly followed by `reload(m)`, and `reload(import_module("m"))`. Off unless selected: in
notebooks, scripts and tests the module may be loaded already, and then the reload has a purpose.

## Why is this bad?
On the first import the module is executed twice: its side effects happen twice, and what the first
execution registered stays behind.

## Example
```python
import importlib
import m

importlib.reload(m)
```

## Use instead
```python
import m

m.f()
```

## Clean
A reload on demand:
```python
import importlib
import m


def refresh():
    importlib.reload(m)
```

A development run or switch, where the host has often loaded the module already:
```python
import importlib

if __name__ == "__main__":
    import m

    importlib.reload(m)
    m.f()
```

## References
SEMANTICS HR-16, measured in R23, R24 and R74.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Bind, Import, Reload
from flake8_unload.findings import Hazard
from flake8_unload.importtime import under_main_guard
from flake8_unload.lifecycle import File
from flake8_unload.paths import reaching_first
from flake8_unload.registry import rule
from flake8_unload.release import is_switched
from flake8_unload.scopes import Kind


@rule("UNL906", "reload-after-first-import")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The import just before has executed the module already."""
    argument = reload.argument
    if under_main_guard(reload.node, file) or is_switched(reload.node, file) or _is_loaded(reload, file):
        return
    if isinstance(argument, ast.Call) and reload.targets:
        yield Hazard(reload.node, f"`{reload.targets[0]}` is executed twice on first import; drop the reload")
    elif isinstance(argument, ast.Name) and _just_imported(argument.id, reload, file):
        yield Hazard(reload.node, f"`{argument.id}` is executed twice on first import; drop the reload")


def _is_loaded(reload: Reload, file: File) -> bool:
    """A function reloads what other code of the file imports, too: it is loaded by then."""
    block = file.block(reload)
    return block.kind is not Kind.MODULE and any(
        event.module in reload.targets and file.block(event) is not block for event in file.events(Import)
    )


def _just_imported(name: str, reload: Reload, file: File) -> bool:
    home = file.bindings.lookup(name, reload.block)
    if home is None or home is not file.block(reload):
        return False
    found = reaching_first(file, reload, (home, name))
    return bool(found) and all(isinstance(each, Bind) and each.imported is not None for each in found)
