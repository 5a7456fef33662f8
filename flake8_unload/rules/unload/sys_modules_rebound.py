"""UNL105 sys-modules-rebound: The name sys.modules is given another dict, which the interpreter ignores.

## What it does
Reports `sys.modules = …` and `del sys.modules`, also through aliases. Putting the very same dict back is
not reported.

## Why is this bad?
The `import` statement keeps the interpreter's own dict, while `importlib.import_module`, `reload` and
pickle look at the attribute: from then on there are two tables, and modules imported into one are missing
from the other.

## Example
```python
import sys

saved = sys.modules.copy()
import m

sys.modules = saved
```

## Use instead
```python
import sys

saved = sys.modules.copy()
import m

sys.modules.clear()
sys.modules.update(saved)
```

## Clean
Entries are changed, not the dict:
```python
import sys
import m

sys.modules["alias"] = m
sys.modules |= {"other": m}
```
The same object is put back:
```python
import sys

original = sys.modules
sys.modules = original
```

## Fix safety
Unsafe: for a moment the dict is empty, and other threads that import will see that. Every alias of the
dict sees the change, which is the point.

Not offered where the new value is not certainly a copy of `sys.modules` that was taken before (a mapping
of another kind, a copy that the same statement makes), where the same code rebinds `sys.modules` a second
time, which makes it one half of a pair, and for `del sys.modules`.

## References
SEMANTICS HU-06, measured in U09 to U11, U23, U98 and F66.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.events import Assign, Rebind
from flake8_unload.findings import Hazard
from flake8_unload.fixes.unload_rebound import in_place
from flake8_unload.lifecycle import File
from flake8_unload.names import assigned_value
from flake8_unload.registry import rule


@rule("UNL105", "sys-modules-rebound", fix="unsafe")
def check(rebind: Rebind, file: File) -> Iterator[Hazard]:
    """The attribute no longer names the dict that imports use."""
    origins = list(_origins(rebind, file)) if rebind.value is not None else []
    fix = partial(in_place, rebind, origins, file)
    if rebind.value is None:
        yield Hazard(
            rebind.node, "`sys.modules` is deleted but imports keep using it; remove entries instead", fix
        )
    elif any(_other_dict(each) or _is_new_object(each, rebind, file) for each in origins):
        yield Hazard(
            rebind.node, "`sys.modules` is rebound but imports use the old dict; change it in place", fix
        )


def _origins(rebind: Rebind, file: File) -> Iterator[ast.expr]:
    """What the new value was made by: itself, or what the name or attribute was given in this file."""
    value = rebind.value
    assert value is not None
    yield value
    if isinstance(value, ast.Name):
        home = file.bindings.lookup(value.id, rebind.block)
        for binding in home.bindings.get(value.id, ()) if home else ():
            if isinstance(binding.statement, (ast.Assign, ast.AnnAssign)):
                given = assigned_value(binding.statement, binding.node)
                if given is not None:
                    yield given
    elif isinstance(value, ast.Attribute):
        for assign in file.events(Assign):
            if assign.value is not None and ast.unparse(assign.target) == ast.unparse(value):
                yield assign.value


def _other_dict(value: ast.expr) -> bool:
    """Certainly another object than `sys.modules`: a copy, a display, a new mapping."""
    match value:
        case ast.Dict() | ast.DictComp():
            return True
        case ast.Call(func=ast.Attribute(attr="copy" | "deepcopy") | ast.Name(id="dict")):
            return True
        case ast.BinOp(op=ast.BitOr()):
            return True
    return False


def _is_new_object(value: ast.expr, rebind: Rebind, file: File) -> bool:
    """A call of a class, of this file or of one that its import leads to on disk."""
    if not isinstance(value, ast.Call):
        return False
    name = file.names.resolve(value.func, rebind.block) or ""
    parent, _, leaf = name.rpartition(".")
    if parent == "<this file>":
        bindings = file.bindings.module.bindings.get(leaf, ())
        return len(bindings) == 1 and isinstance(bindings[0].node, ast.ClassDef)
    return bool(parent) and file.place.definition(parent, leaf) == "class"
