"""UNL907 registration-at-import: The import adds an entry to a registry of the process.

## What it does
Reports `atexit.register`, `codecs.register`, `warnings.filterwarnings`, `sys.path.insert`, `copyreg.pickle`
and their like while the module is imported. Off unless selected: for a module that is imported once and
stays, it is right.

## Why is this bad?
The registry outlives the module. A reload or a second copy registers once more, and what is registered
pins the old globals for the life of the process.

## Example
```python
import atexit


def goodbye():
    print("bye")


atexit.register(goodbye)
```

## Use instead
```python
import atexit


def goodbye():
    print("bye")


def main():
    atexit.register(goodbye)
```

## Clean
A registry of the project's own:
```python
HANDLERS = {}


def register(name):
    HANDLERS[name] = name


register("a")
```

Filters that are put back:
```python
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import m
```

## References
SEMANTICS HS-10, HU-17 and HR-12, measured in S44, U63 and R15.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Registered
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule


@rule("UNL907", "registration-at-import")
def check(registered: Registered, file: File) -> Iterator[Hazard]:
    """A reload would register it again."""
    if registered.name.startswith("warnings.") and _is_put_back(registered.node, file):
        return
    yield Hazard(
        registered.node, f"`{registered.name}` registers at import, and again on reload; call it in main"
    )


def _is_put_back(node: ast.AST, file: File) -> bool:
    """Inside `with warnings.catch_warnings():`."""
    return any(
        isinstance(around, ast.With) and any("catch_warnings" in ast.unparse(each) for each in around.items)
        for around in file.ancestors(node)
    )
