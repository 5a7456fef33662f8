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
m.f()  # the old copy?
```

## Use instead
```python
import importlib
import sys
import m

del sys.modules["m"]
m = importlib.import_module(m.__name__)
m.f()  # the old copy?
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

## Fix safety
`del m` would be the other half of the unload, but what is reported here is read or exported later:
deleting the name would turn a stale use into a `NameError`. So the fix gives the later reads a module to
work on:

- **Unsafe: the module is imported again** behind the removal (`m = importlib.import_module("m")`, which no
  linter takes for an import out of place; with `global m` where a function removes a module of the file).
  It is executed once more, and the reads get the new copy: whoever wanted the old one must keep it under
  another name. Where tests alone read the name, and a function that can do without the entry removes it, each
  test imports the module for itself. In a pytest test or fixture whose removal hits the other tests only,
  `monkeypatch.delitem` removes and restores the entry.
- **Safe: a submodule that the file takes again by `from pkg import sub`** in front of every read. That
  import gets the attribute of the parent, which is the old module; it becomes `import pkg.sub as sub`,
  or, where it takes other names as well, `del pkg.sub` goes behind the removal.

Not offered where the name is bound on some paths only, or is None where the import fails; where an import
that comes too late follows already; in a `while` loop, which an import might keep going; where submodules
of a package stay loaded that are read through it; where the removal is a part of another statement, stands
in a class body or lambda, or is expected to fail; for the standard library, for extensions like numpy, and
for `__main__`. Nothing is reported, and so nothing is changed, where the name is not read again, is local
and dies, is imported again in time, or where the entry is put back.

## References
SEMANTICS HU-01, measured in U01, U20, U40 and S70.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.aftermath import in_same_run, is_exported, is_local, reads_after
from flake8_unload.attributes import attribute_of, attribute_reads
from flake8_unload.call_order import coming_first
from flake8_unload.events import Event, Import, Read, Reload, Unload, Var
from flake8_unload.findings import Hazard
from flake8_unload.fixes.unload_names import renewed
from flake8_unload.held import compares, module_names, removed_modules
from flake8_unload.isolation import is_isolated
from flake8_unload.lifecycle import File
from flake8_unload.presence import gone, may_return
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected, last_name

_HARMLESS = frozenset(
    {"__name__", "__file__", "__spec__", "__path__", "__dict__", "__loader__", "__package__"}
)


@rule("UNL101", "stale-module-name", fix="safe")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """A name outlives the entry of its module and is read again."""
    if not unload.keys.known or is_isolated(unload, file):
        return
    reported: set[Var] = set()
    for module in removed_modules(file, unload):
        if not _is_module(module, unload, file) or (start := gone(unload, module, file)) is None:
            continue
        for var, through_parent in module_names(file, unload, module):
            reads = _reads(start, var, module, through_parent, file)
            reached = _reached(reads, start, module, file)
            if var not in reported and _outlives(start, var, module, through_parent, reached, file):
                reported.add(var)
                name = module if through_parent else var[1]
                yield Hazard(
                    unload.node,
                    f"`{name}` still holds the module removed here; delete or import it again",
                    partial(renewed, unload, var, module, through_parent, reads, file),
                )


def _is_module(module: str, unload: Unload, file: File) -> bool:
    """A key names it, an import loads it, or it is on disk; a prefix fits the name of `g = pkg.sub.f`, too.

    What was captured is UNL202's, and that is about reloads.
    """
    if module in unload.keys.exact:
        return True
    parent, _, leaf = module.rpartition(".")
    imported = (each.module for each in file.events(Import))
    return file.place.is_submodule(parent, leaf) is True or any(
        each == module or each.startswith(module + ".") for each in imported
    )


def _reads(start: Event, var: Var, module: str, through_parent: bool, file: File) -> list[Read]:
    if through_parent:
        return list(attribute_reads(start, var, module, file))
    return list(reads_after(file, start, var))


def _reached(reads: list[Read], start: Event, module: str, file: File) -> list[Read]:
    """Without those that only come after a reload that fails, as the module is not there, and may fail."""
    reloads = (_reload_of(each, file) for each in reads)
    failing = [each for each in reloads if each and _fails_as_expected(each, module, start, file)]
    if not failing:
        return reads
    return [each for each in reads if each in coming_first(file, start, [*failing, each])]


def _fails_as_expected(reload: Reload, module: str, start: Event, file: File) -> bool:
    absent = module in reload.targets and _is_absent_at(reload, module, start, file)
    return absent and failure_expected(reload.node, file, ImportError)


def _outlives(
    start: Event, var: Var, module: str, through_parent: bool, reads: list[Read], file: File
) -> bool:
    if any(compares(read, file) for read in reads):
        return False  # the old copy is kept to be compared with the new one
    if any(not _only_identifies(read, start, module, through_parent, file) for read in reads):
        return True
    return not through_parent and is_exported(file, start, var, unlisted=False)


def _only_identifies(read: Read, start: Event, module: str, through_parent: bool, file: File) -> bool:
    """No use of what the old copy holds: `m.__name__`, `if m`, `reload(m)`, a private copy returned."""
    node = (attribute_of(read, module, file) if through_parent else None) or read.node
    parent = file.parents.get(node)
    reload = _reload_of(read, file)
    if reload and reload.argument is read.node:
        return bool(reload.targets or reload.prefixes)  # UNL204 tells that, where it knows what is reloaded
    if reload and _is_absent(module, reload, start, file):
        return True
    match parent:
        case ast.Call(func=func) if node in parent.args:
            return last_name(func) in ("reload", "reload_module", "id")
        case ast.Attribute(attr=attr):
            return attr in _HARMLESS
        case ast.Compare() | ast.BoolOp() | ast.If() | ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Return() | ast.Yield():
            return is_local(read.var)
    return False


def _reload_of(read: Read, file: File) -> Reload | None:
    """The reload in whose argument the name is read."""
    for reload in file.events(Reload):
        if reload.argument is not None and any(each is read.node for each in ast.walk(reload.argument)):
            return reload
    return None


def _is_absent(module: str, reload: Reload, start: Event, file: File) -> bool:
    """The module or its package is not there when the reload comes, which UNL204 tells."""
    return module in reload.targets or _is_absent_at(reload, module, start, file)


def _is_absent_at(reload: Reload, module: str, start: Event, file: File) -> bool:
    return reload in in_same_run(file, start, may_return(module, file))
