"""UNL206 reload-order: A package is reloaded before the submodule it takes names from.

## What it does
Reports `reload(pkg)` that stands before `reload(pkg.sub)` in the same suite, or in the tuple or list of a
loop or `map`, when the package on disk imports names from that submodule. Where the package is not found on
disk, nothing is reported.

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
Two rounds:
```python
import importlib
import reexporting
import reexporting.sub

for _ in range(2):
    for module in (reexporting, reexporting.sub):
        importlib.reload(module)
```

## Fix safety
Safe: two reloads that follow each other change places, or two neighbours in the tuple or list of a loop
that does nothing but reload. Not offered where something stands between the two, where a reload is part
of a larger statement, and where the list of modules has other uses.

## References
SEMANTICS HR-06, measured in R07, R10, R31, R70 and R82.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.disk import definitions
from flake8_unload.events import Assign, Reload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.reload_order import swapped
from flake8_unload.fixes.suites import suite_of
from flake8_unload.lifecycle import File
from flake8_unload.module_expressions import looped_over
from flake8_unload.paths import can_reach
from flake8_unload.registry import rule


@rule("UNL206", "reload-order", fix="safe")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The package keeps the old names of a submodule that is reloaded after it."""
    if not reload.targets or _is_unordered(reload, file) or _has_second_pass(reload, file):
        return
    order = list(_in_order(reload, file))
    for package, following in _with_rest(order, len(reload.targets)):
        for module in following:
            if module.startswith(package + ".") and _takes_names(package, module, file):
                if package not in following[following.index(module) :] and not _mended(package, reload, file):
                    yield Hazard(
                        reload.node,
                        f"`{package}` takes names of `{module}`, reloaded after it; swap the two",
                        partial(swapped, reload, package, module, file),
                    )


def _mended(package: str, reload: Reload, file: File) -> bool:
    """`pkg.f = pkg.sub.f` afterwards: the names are given by hand."""
    flow = file.flow(reload)
    return any(
        (each.name or "").startswith(package + ".") and can_reach(flow, reload.step, each.step)
        for each in file.events_of(file.block(reload), Assign)
    )


def _in_order(reload: Reload, file: File) -> Iterator[str]:
    """What is reloaded by the call, and by later statements of the same suite, one after the other."""
    yield from reload.targets
    suite = suite_of(reload.statement, file)
    if reload.statement in suite:
        at = suite.index(reload.statement)
        for other in file.events(Reload):
            if (
                other is not reload
                and other.statement in suite[at:]
                and file.block(other) is file.block(reload)
            ):
                if other.statement is not reload.statement or can_reach(
                    file.flow(reload), reload.step, other.step
                ):
                    yield from other.targets


def _with_rest(order: list[str], count: int) -> Iterator[tuple[str, list[str]]]:
    """The first ``count`` modules, each with those that are reloaded after it."""
    for at in range(count):
        yield order[at], order[at + 1 :]


def _is_unordered(reload: Reload, file: File) -> bool:
    """A loop over a set: which module comes first is not known."""
    source = reload.argument
    if isinstance(source, ast.Name):
        source = looped_over(source, reload.block, file.names) or source
    if isinstance(source, ast.Name):
        home = file.bindings.lookup(source.id, reload.block)
        bindings = home.bindings.get(source.id, []) if home else []
        return any(isinstance(getattr(each.statement, "value", None), ast.Set) for each in bindings)
    return isinstance(source, ast.Set)


def _has_second_pass(reload: Reload, file: File) -> bool:
    """`for _ in range(2):` around the reloads: the second round mends what the first one left."""
    for around in file.ancestors(reload.node):
        if (
            isinstance(around, ast.For)
            and file.names.resolve(around.iter, reload.block) == "builtins.range()"
        ):
            return True
    return False


def _takes_names(package: str, module: str, file: File) -> bool:
    source = file.place.source_of(package)
    if source is None:
        return False
    relative = "import:." + module.removeprefix(package + ".")
    return any(
        what in (relative, f"import:{module}") and not file.place.is_submodule(module, name)
        for name, what in definitions(source).items()
    )
