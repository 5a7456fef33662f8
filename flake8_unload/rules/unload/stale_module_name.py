"""UNL101 stale-module-name: A module leaves sys.modules while a name stays bound to it.

## What it does
Reports a removal from `sys.modules` after which a name that was bound to the removed module is
still bound and is read later.

## Why is this bad?
`sys.modules` is only a cache; the name is a strong reference. The old module stays alive with all
its state, and the next `import` executes the file again: from then on there are two copies, with
two sets of classes, locks, caches and connections.

## Example
```python
import sys
import m

del sys.modules["m"]
m.f()  # the old copy
```

## Use instead
```python
import sys
import m

del sys.modules["m"]
import m  # a fresh copy, under the same name

m.f()
```

## Clean
The fresh-import idiom through `importlib`:
```python
import importlib
import sys
import m

sys.modules.pop("m", None)
m = importlib.import_module("m")
m.f()
```
A name that goes away with the entry:
```python
import sys
import m

m.f()
del sys.modules["m"], m
```
The removed module is kept to be put back:
```python
import sys
import m

saved = sys.modules.pop("m")
sys.modules["m"] = saved
m.f()
```
A function-local name that dies at once:
```python
import sys

def forget():
    import m
    m.f()
    del sys.modules["m"]
```

## References
SEMANTICS HU-01, measured in U01, U20, U40 and S70.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Read, Unload, Var
from flake8_unload.findings import Hazard
from flake8_unload.held import compares, module_names, removed_modules
from flake8_unload.isolation import is_isolated
from flake8_unload.lifecycle import File
from flake8_unload.paths import reads_after
from flake8_unload.presence import attribute_renewed
from flake8_unload.registry import rule

_HARMLESS = frozenset({"__name__", "__file__", "__spec__", "__path__", "__dict__", "__loader__", "__package__"})


@rule("UNL101", "stale-module-name")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """A name outlives the entry of its module and is read again."""
    if not unload.keys.known or is_isolated(unload, file):
        return
    reported: set[Var] = set()
    for module in removed_modules(file, unload):
        for var, through_parent in module_names(file, unload, module):
            if var not in reported and _read_later(unload, var, module if through_parent else None, file):
                reported.add(var)
                name = module if through_parent else var[1]
                yield Hazard(unload.node, f"`{name}` still holds the module removed here; delete or import it again")


def _read_later(unload: Unload, var: Var, dotted: str | None, file: File) -> bool:
    if dotted is None:
        reads = list(reads_after(file, unload, var))
    else:
        found = reads_after(file, unload, var, attribute_renewed(dotted, file))
        reads = [read for read in found if _spells(read, dotted, file)]
    if any(compares(read, file) for read in reads):
        return False  # the old copy is kept to be compared with the new one
    return any(not _only_identifies(read, file) for read in reads)


def _spells(read: Read, dotted: str, file: File) -> bool:
    """True when the read goes on to the attribute that is the removed submodule."""
    node: ast.AST = read.node
    for part in dotted.split(".")[1:]:
        node = file.parents.get(node, node)
        if not (isinstance(node, ast.Attribute) and node.attr == part):
            return False
    return isinstance(getattr(node, "ctx", None), ast.Load)


def _only_identifies(read: Read, file: File) -> bool:
    """`m.__name__` and its like, an argument of `reload`: no use of what the old copy holds."""
    parent = file.parents.get(read.node)
    if isinstance(parent, ast.Call) and read.node in parent.args:
        name = parent.func.attr if isinstance(parent.func, ast.Attribute) else getattr(parent.func, "id", "")
        return name in ("reload", "reload_module", "id")
    return isinstance(parent, ast.Attribute) and parent.attr in _HARMLESS
