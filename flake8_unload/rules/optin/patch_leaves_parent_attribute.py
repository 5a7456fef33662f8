"""UNL904 patch-leaves-parent-attribute: A patch of a submodule's entry forgets the attribute of its parent.

## What it does
Reports `monkeypatch.setitem(sys.modules, "pkg.sub", …)`, `monkeypatch.delitem` and
`patch.dict(sys.modules, …)` for a submodule that is imported while the patch holds, where neither `pkg` nor
its attribute `sub` is patched. Off unless selected.

## Why is this bad?
An imported submodule is an entry of `sys.modules` and an attribute of its parent package. The import of a
removed submodule sets the attribute to a new copy, and the end of the patch puts back the entry alone: from
then on `from pkg import sub` gives the leaked copy, and `from pkg.sub import f` the original. A fake entry is
not seen at all by `from pkg import sub` and `import pkg.sub as sub`, which take the attribute.

## Example
```python
import sys
from unittest import mock

import pkg.sub


def test_fresh():
    with mock.patch.dict(sys.modules):
        del sys.modules["pkg.sub"]
        import pkg.sub as fresh

        assert fresh.f()
```

## Use instead
```python
import sys
from unittest import mock

import pkg.sub


def test_fresh():
    with mock.patch.dict(sys.modules), mock.patch.object(pkg, "sub", pkg.sub):
        del sys.modules["pkg.sub"]
        import pkg.sub as fresh

        assert fresh.f()
```

## Clean
The attribute goes with the entry:
```python
import sys


def test_fresh(monkeypatch):
    monkeypatch.delitem(sys.modules, "pkg.sub")
    monkeypatch.delattr("pkg.sub")
    import pkg.sub as fresh

    assert fresh.f()
```
The parent is replaced as well:
```python
import sys
from unittest import mock


def test_fake():
    fake = mock.MagicMock()
    with mock.patch.dict(sys.modules, {"pkg": fake, "pkg.sub": fake.sub}):
        from pkg import sub

        assert sub is fake.sub
```
Names that are taken from the fake itself:
```python
import sys
from unittest import mock

import pkg.sub


def test_fake():
    with mock.patch.dict(sys.modules, {"pkg.sub": mock.MagicMock()}):
        from pkg.sub import f

        assert f()
```

## References
SEMANTICS HU-22 and tables C and D in 0.2, measured in U36, U81, U82, U85, U86 and F67.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import TypeVar

from flake8_unload.events import Assign, Call, Event, ForgetAttribute, Import, Put, Unload
from flake8_unload.findings import Hazard
from flake8_unload.isolation import is_modules
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach
from flake8_unload.registry import rule
from flake8_unload.surroundings import FUNCTIONS, neighbours

E = TypeVar("E", bound=Event)
Patched = dict[str, ast.expr | None]
"""The keys that a patch is about, with what is put there; None where the entry is removed."""


@rule("UNL904", "patch-leaves-parent-attribute")
def check(call: Call, file: File) -> Iterator[Hazard]:
    """What the import system finds at the parent is another module than the entry."""
    for key, value in _patched(call, file).items():
        parent = key.rpartition(".")[0]
        if parent and _is_used(key, value, call, file) and not _is_handled(key, parent, call, file):
            yield Hazard(
                call.node, f"`{key}` is an attribute of its parent as well; patch both, or the parent, too"
            )


# -- what is patched ---------------------------------------------------------------------------
def _patched(call: Call, file: File) -> Patched:
    """The keys of a patch of `sys.modules`; those that are removed while it holds are its keys as well."""
    match call.node:
        case ast.Call(func=ast.Attribute(attr="setitem" | "delitem"), args=[mapping, key, *value]):
            text = file.names.text(key, call.block) if is_modules(mapping, call, file) else None
            return {text: value[0] if value else None} if text else {}
        case ast.Call(func=ast.Attribute(value=patch, attr="dict"), args=[mapping, *values]):
            if ast.unparse(patch).endswith("patch") and is_modules(mapping, call, file):
                values += [each.value for each in call.node.keywords if each.arg == "values"]
                return _removed(call, file) | _given(values, call, file)
    return {}


def _removed(call: Call, file: File) -> Patched:
    """What is taken out while the patch holds, to be imported again."""
    imports = list(_during(call, file, Import))
    found: Patched = {}
    for unload in _during(call, file, Unload):
        later = [each for each in imports if can_reach(file.flow(unload), unload.step, each.step)]
        for key in unload.keys.exact if unload.keys.known else ():
            if any(_loads(each, key) for each in later):
                found[key] = None
    return found


def _given(values: list[ast.expr], call: Call, file: File) -> Patched:
    found: Patched = {}
    for each in values:
        if isinstance(each, ast.Dict):
            for key, value in zip(each.keys, each.values, strict=True):
                text = file.names.text(key, call.block)
                if text is not None:
                    found[text] = value
    return found


def _during(call: Call, file: File, kind: type[E]) -> Iterator[E]:
    """The events of one type while the patch holds: in its block, its function, or after it."""
    around = file.parents.get(call.node)
    if isinstance(around, FUNCTIONS):
        yield from file.events_of(file.bindings.scope_of(around), kind)
        return
    events = file.events_of(file.block(call), kind)
    block = file.parents.get(around) if isinstance(around, ast.withitem) else None
    for event in events:
        if block is None or block in file.ancestors(event.node):
            if can_reach(file.flow(call), call.step, event.step):
                yield event


# -- who asks the parent -----------------------------------------------------------------------
def _is_used(key: str, value: ast.expr | None, call: Call, file: File) -> bool:
    """The parent's attribute is set anew by an import, or taken for what is patched."""
    imports = [each for each in _during(call, file, Import) if not _is_to_fail(each, file)]
    if value is None:
        return any(_loads(event, key) for event in imports)
    asked = [event for event in imports if _takes_attribute(event, key, value)]
    return bool(asked) and _is_loaded(key, call, file)


def _is_to_fail(event: Import, file: File) -> bool:
    """`with pytest.raises(ImportError): import pkg.sub`."""
    blocks = (each for each in file.ancestors(event.node) if isinstance(each, ast.With))
    return any("raises" in ast.unparse(item.context_expr).lower() for each in blocks for item in each.items)


def _loads(event: Import, key: str) -> bool:
    return event.module == key or event.module.startswith(key + ".")


def _takes_attribute(event: Import, key: str, value: ast.expr) -> bool:
    """`from pkg import sub` or, unless the entry stops it, `import pkg.sub`."""
    parent, _, leaf = key.rpartition(".")
    if event.module == parent:
        return leaf in event.names
    stops = isinstance(value, ast.Constant) and value.value is None
    return isinstance(event.node, ast.Import) and event.module == key and not stops


def _is_loaded(key: str, call: Call, file: File) -> bool:
    """The real submodule is certainly imported before the patch."""
    parent, _, leaf = key.rpartition(".")
    for event in file.events(Import):
        own = file.block(event) is file.block(call) and not can_reach(file.flow(call), call.step, event.step)
        if own or file.parents.get(event.node) is file.tree:
            named = event.module == parent and leaf in event.names
            if _loads(event, key) or (named and file.place.is_submodule(parent, leaf)):
                return True
    return False


# -- who looks after the attribute -------------------------------------------------------------
def _is_handled(key: str, parent: str, call: Call, file: File) -> bool:
    near = {file.block(call), *neighbours(call, file)}
    if any(_names_attribute(each, key, file) for each in file.events_in(near, Call)):
        return True
    if any(parent in _patched(each, file) for each in file.events_in(near, Call)):
        return True
    if any(not each.keys.known or each.keys.removes(parent) for each in file.events_in(near, Unload)):
        return True
    if any(each.key in (None, parent) for each in file.events_in(near, Put)):
        return True
    return any(each.name in (None, key) for each in file.events_in(near, ForgetAttribute)) or any(
        each.name == key for each in file.events_in(near, Assign)
    )


def _names_attribute(call: Call, key: str, file: File) -> bool:
    """`delattr("pkg.sub")`, `setattr(pkg, "sub", …)`, `patch("pkg.sub")`, `patch.object(pkg, "sub", …)`."""
    if isinstance(call.node.func, ast.Attribute) and call.node.func.attr in ("setitem", "delitem", "dict"):
        return False
    match call.node.args:
        case [owner, name, *_] if file.names.resolve(owner, call.block) == key.rpartition(".")[0]:
            return file.names.text(name, call.block) == key.rpartition(".")[2]
        case [name, *_]:
            return file.names.text(name, call.block) == key
    return False
