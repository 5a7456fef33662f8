"""UNL204 reload-after-unload: A module is reloaded after its entry left sys.modules.

## What it does
Reports `reload(m)` that certainly comes after the removal of `m`, or of the package it is in, with nothing in
between that imports it again.

## Why is this bad?
`ImportError: module m not in sys.modules`, or `ImportError: parent 'pkg' not in sys.modules`. A reload
executes the module again by itself; the removal before it only breaks it.

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
m = importlib.import_module(m.__name__)
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

## Fix safety
Unsafe: a call that always raises becomes an import, which gives a new module. Whoever else holds the old
one keeps it, and the removal may be what should have gone instead. Not offered where the package of the
module is what is gone, where another name of this file holds the module, where the name is bound outside
of the function, and where the reload is part of an expression.

## References
SEMANTICS HR-08, measured in R51 and U66.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.aftermath import in_same_run, reads_after
from flake8_unload.attributes import attribute_of, attribute_reads
from flake8_unload.call_order import coming_first
from flake8_unload.events import Event, Put, Reload, Unload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.reload_calls import imported_anew
from flake8_unload.held import module_names
from flake8_unload.isolation import is_isolated, is_undone
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends
from flake8_unload.presence import gone, may_return, removes
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected


@rule("UNL204", "reload-after-unload", fix="unsafe")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The module, or the package it is in, is certainly absent."""
    if failure_expected(reload.node, file, ImportError):
        return
    for module in reload.targets:
        parent, _, leaf = module.rpartition(".")
        may_be_inside = parent and file.place.is_submodule(parent, leaf) is not False
        for absent in (module, parent) if may_be_inside else (module,):
            if _is_absent(absent, module, reload, file) or _is_of_old_copy(module, reload, file):
                yield Hazard(
                    reload.node,
                    f"`{absent}` left `sys.modules` before this reload; import it instead",
                    partial(imported_anew, reload, absent, module, file),
                )
                return


def _is_absent(absent: str, module: str, reload: Reload, file: File) -> bool:
    """A removal comes before the reload on every path, and nothing brings the entry back."""
    for unload in file.events(Unload):
        if removes(unload, absent) and (absent == module or not removes(unload, module)):
            if (start := gone(unload, absent, file)) is None:
                continue
            following = in_same_run(file, start, may_return(absent, file))
            failing = [each for each in following if isinstance(each, Reload) and module in each.targets]
            if reload in coming_first(file, start, failing) and not _is_put_back_before(unload, reload, file):
                return True
    return False


def _is_of_old_copy(module: str, reload: Reload, file: File) -> bool:
    """What is reloaded is still the copy that was removed, even if another one is there now."""
    if not isinstance(reload.argument, (ast.Name, ast.Attribute)):
        return False
    own = (file.block(reload), file.bindings.module)
    for unload in file.events(Unload):
        block = file.block(unload)
        if not removes(unload, module) or not (block in own or file.calls_of(block)):
            continue
        if is_isolated(unload, file):
            continue
        if (start := gone(unload, module, file)) is not None:
            if any(each is reload.argument for each in _still_old(start, unload, module, file)):
                return True
    return False


def _still_old(start: Event, unload: Unload, module: str, file: File) -> Iterator[ast.expr | None]:
    """The names and attributes that give the removed copy after ``start``."""
    for var, through_parent in module_names(file, unload, module):
        if through_parent:
            reads = attribute_reads(start, var, module, file)
            yield from (attribute_of(each, module, file) for each in reads)
        else:
            yield from (each.node for each in reads_after(file, start, var, _puts(module)))


def _puts(module: str) -> Ends:
    """Something is stored under the name of the module: it may be the old copy."""
    return lambda event: isinstance(event, Put) and event.key in (None, module)


def _is_put_back_before(unload: Unload, reload: Reload, file: File) -> bool:
    """The removal is undone: in another function, or by a `with` that the reload does not stand in."""
    if not is_undone(unload, file):
        return False
    return file.block(unload) is not file.block(reload) or any(
        isinstance(around, (ast.With, ast.AsyncWith)) and around not in file.ancestors(reload.node)
        for around in file.ancestors(unload.node)
    )
