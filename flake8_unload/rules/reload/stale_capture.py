"""UNL202 stale-capture: A base class, table or alias taken from a module survives its reload.

## What it does
Reports a reload of `m` when something of `m` was captured before it, survives it, and is used later: as a
base class, default argument, decorator, class attribute, entry of a table, alias or instance.

## Why is this bad?
A reload makes new classes and functions; what was evaluated before keeps the old ones. A subclass keeps the
old base, a default argument the old sentinel, a table the old functions.

## Example
```python
import importlib
import m

TABLE = {"f": m.f}
importlib.reload(m)
TABLE["f"]()  # the old function
```

## Use instead
```python
import importlib
import m

TABLE = {"f": lambda: m.f()}
importlib.reload(m)
TABLE["f"]()
```

## Clean
An attribute that is looked up when it is needed:
```python
import importlib
import m


def call(name="f"):
    return getattr(m, name)()


importlib.reload(m)
call()
```
The old version is kept on purpose, to be compared or put back:
```python
import importlib
import m

original = m.f
importlib.reload(m)
m.f = original
m.f()
```
Taken again after the reload:
```python
import importlib
import m

limit = m.X
importlib.reload(m)
limit = m.X
print(limit)
```

## References
SEMANTICS HR-02 and HR-05, measured in R03, F24 and F25.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from flake8_unload.aftermath import outlives, reads_after
from flake8_unload.call_order import comes_before
from flake8_unload.captures import definition_takes, is_filled, put_in, takes
from flake8_unload.events import Assign, Bind, Call, Define, Event, Forget, Import, Read, Reload, Var
from flake8_unload.findings import Hazard
from flake8_unload.held import compares, is_global, reloaded_modules
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach, reaching
from flake8_unload.presence import loads
from flake8_unload.registry import rule
from flake8_unload.scopes import Kind

_HOMES = (Kind.MODULE, Kind.FUNCTION)
_KEPT = re.compile(r"old|orig|prev|saved|before|backup|first|initial|stale|real_|_real|cached", re.I)


@rule("UNL202", "stale-capture")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """What was taken from the module outlives its reload."""
    for module in reloaded_modules(file, reload):
        told: set[Var] = set()
        for event, var, how in _captures(module, file):
            if var in told:
                continue
            if comes_before(file, event, reload) and _survives(event, var, module, reload, file):
                told.add(var)
                yield Hazard(
                    reload.node, f"`{var[1]}` {how} of before this reload; take it from `{module}` again"
                )


def _captures(module: str, file: File) -> Iterator[tuple[Event, Var, str]]:
    for bind in file.events(Bind):
        if bind.value is None or _KEPT.search(bind.var[1]):
            continue
        if bind.var[0].kind in _HOMES and takes(bind.value, module, bind.block, file):
            yield bind, bind.var, "holds an object"
    for read in file.events(Read):
        if read.var[0].kind is Kind.MODULE and file.at_module_level(read) and not _KEPT.search(read.var[1]):
            if any(takes(each, module, read.block, file) for each in put_in(read.node, file)):
                yield read, read.var, "holds an object"
    for define in file.events(Define):
        if define.block.kind not in _HOMES:
            continue
        how = definition_takes(define.node, module, define.block, file)
        if how:
            yield define, (define.block, define.node.name), how


def _survives(event: Event, var: Var, module: str, reload: Reload, file: File) -> bool:
    if not _holds(event, var, module, reload, file) or _put_back(var, file):
        return False
    reads = list(reads_after(file, reload, var))
    if any(compares(read, file) or is_filled(read.node, file) for read in reads):
        return False
    if not is_global(var) and _is_taken_anew(module, reload, file):
        return False
    if isinstance(event, Define) and is_global(var) and not file.at_module_level(reload):
        if not var[1].startswith("_"):
            return outlives(file, reload, var)  # a public class or function is there for others to use
    return bool(reads) or (var[1] in file.exported and outlives(file, reload, var))


def _holds(event: Event, var: Var, module: str, reload: Reload, file: File) -> bool:
    """Whichever way the reload is come to, the name has what ``event`` took, or is not bound yet."""
    found = [each for each in reaching(file, reload, var) if each is not None]
    if isinstance(event, Read):  # something is put into what the name is bound to
        origin = reaching(file, event, var)
        return bool(found) and all(each in origin for each in found)
    return any(_same(each, event) for each in found) and all(
        _same(each, event) or _also_takes(each, module, file) for each in found
    )


def _is_taken_anew(module: str, reload: Reload, file: File) -> bool:
    """The function uses the new objects as well: it keeps the old ones to be compared with them."""
    block, flow = file.block(reload), file.flow(reload)
    uses: list[Event] = [each for each in file.events_of(block, Import) if loads(each, module)]
    for read in file.events_of(block, Read):
        used = file.parents.get(read.node)
        if isinstance(used, ast.Attribute):
            name = file.names.resolve(used, read.block) or ""
            uses += [read] if name.startswith(module + ".") else []
    return any(can_reach(flow, reload.step, each.step) for each in uses)


def _same(bind: Bind | Forget, event: Event) -> bool:
    return bind is event or bind.node is event.node


def _also_takes(bind: Bind | Forget, module: str, file: File) -> bool:
    """Another binding of the name, by which it holds an object of the same module."""
    if not isinstance(bind, Bind):
        return False
    if isinstance(bind.node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        return definition_takes(bind.node, module, bind.block, file) is not None
    return bind.source == module or takes(bind.value, module, bind.block, file)


def _put_back(var: Var, file: File) -> bool:
    """`m.f = original`, `setattr(m, "f", original)`: the captured object is kept to be put back."""
    if any(isinstance(each.value, ast.Name) and each.value.id == var[1] for each in file.events(Assign)):
        return True
    for call in file.events(Call):
        if getattr(call.node.func, "attr", getattr(call.node.func, "id", "")) in ("setattr", "setitem"):
            if any(isinstance(each, ast.Name) and each.id == var[1] for each in call.node.args[2:]):
                return True
    return False
