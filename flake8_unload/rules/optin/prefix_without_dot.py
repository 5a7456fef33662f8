"""UNL905 prefix-without-dot: A loop removes modules of other packages whose names only look alike.

## What it does
Reports a loop that removes entries of `sys.modules` by `key.startswith("pkg")`, or by `"pkg" in key`, where
the text has no dot at its end. Off unless selected: where no other package is called like that, nothing
happens today.

## Why is this bad?
A text is not a package. `"pkg"` is the beginning of `pkgutil`, `"re"` that of `reprlib`, and `"os"` is inside
of `posixpath`: those go as well, and come back as second copies with a state of their own.

## Example
```python
import sys

for name in list(sys.modules):
    if name.startswith("pkg"):  # `pkgutil`, too
        del sys.modules[name]
```

## Use instead
```python
import sys

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]
```

## Clean
The part before the first dot is compared:
```python
import sys

for name in list(sys.modules):
    if name.partition(".")[0] == "pkg":
        del sys.modules[name]
```
A family of modules, by an underscore:
```python
import sys

for name in list(sys.modules):
    if name.startswith("pkg_"):
        del sys.modules[name]
```
A second test leaves the others out:
```python
import sys

for name in list(sys.modules):
    if name.startswith("pkg") and name not in ("pkgutil", "pkg_resources"):
        del sys.modules[name]
```
What was removed is put back:
```python
import sys

saved = {name: module for name, module in sys.modules.items() if name.startswith("pkg")}
for name in saved:
    del sys.modules[name]
sys.modules.update(saved)
```

## References
SEMANTICS HU-12, measured in U25.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Unload
from flake8_unload.findings import Hazard
from flake8_unload.isolation import is_restored
from flake8_unload.lifecycle import File
from flake8_unload.names import assigned_value
from flake8_unload.registry import rule
from flake8_unload.rounds import key_tests
from flake8_unload.scopes import Scope

Given = dict[str, ast.expr]
"""The names of generators, with what they run over."""


@rule("UNL905", "prefix-without-dot")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """A test on the keys accepts names that are longer than the package's."""
    tests = key_tests(unload.key, unload.node, unload.loop, unload.block, file.names, file.parents)
    # A second test is one that leaves the other packages out.
    if tests is None or len(tests) != 1 or is_restored(unload, file):
        return
    key, test = tests[0]
    for part, given in _alternatives(test):
        text = _open_ended(part, key, given, unload.block, file)
        if text is not None:
            # A test that was turned round (`if "pkg" not in key: continue`) is not in the file.
            anchor = part if part in file.parents else next(ast.iter_child_nodes(part))
            yield Hazard(anchor, f"`{text}` matches longer names, too; test for it alone and with its dot")


def _alternatives(test: ast.expr, given: Given | None = None) -> Iterator[tuple[ast.expr, Given]]:
    """The parts of `a or b` and of `any(a or b for p in …)`, with the items that `p` is given."""
    given = given or {}
    match test:
        case ast.BoolOp(op=ast.Or(), values=values):
            for each in values:
                yield from _alternatives(each, given)
        case ast.Call(func=ast.Name(id="any"), args=[ast.GeneratorExp(elt=inner, generators=[generator])]):
            if isinstance(generator.target, ast.Name) and not generator.ifs:
                yield from _alternatives(inner, {**given, generator.target.id: generator.iter})
        case _:
            yield test, given


def _open_ended(test: ast.expr, key: str, given: Given, scope: Scope, file: File) -> str | None:
    """The first text of a test that other packages match as well, by their names alone."""
    match test:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr="startswith"), args=[wanted]):
            pass
        case ast.Compare(left=wanted, ops=[ast.In()], comparators=[ast.Name(id=owner)]):
            if owner == key and isinstance(wanted, ast.Name) and _is_any_text(wanted, given, scope, file):
                return wanted.id
        case _:
            return None
    if owner != key:
        return None
    if isinstance(wanted, ast.Name):
        wanted = given.get(wanted.id, wanted)
    endings = (_ending(each, scope, file) for each in file.names.items(wanted, scope) or [wanted])
    return next((ending for ending in endings if ending and _is_open(ending)), None)


def _is_any_text(wanted: ast.Name, given: Given, scope: Scope, file: File) -> bool:
    """A text that is not known here, and would be found anywhere in a name."""
    return wanted.id not in given and _ending(wanted, scope, file) is None


def _ending(wanted: ast.expr, scope: Scope, file: File) -> str | None:
    """The text, or as much of its end as is known."""
    for text in file.names.texts(wanted, scope):
        return text
    match wanted:
        case ast.Name(id="__name__" | "__package__" as name):
            return name.strip("_")
        case ast.JoinedStr(values=[*_, ast.FormattedValue(value=last) | last]):
            return (_ending(last, scope, file) or "").removeprefix(".")
        case ast.BinOp(op=ast.Add(), right=last):
            return (_ending(last, scope, file) or "").removeprefix(".")
        case ast.Name(id=name):
            value = _assigned(name, scope, file)
            return _ending(value, scope, file) if value is not None else None
    return None


def _assigned(name: str, scope: Scope, file: File) -> ast.expr | None:
    """What a name is given by its one assignment; it may be deleted when it is no longer needed."""
    home = file.bindings.lookup(name, scope)
    found = [each for each in home.bindings.get(name, ()) if not _is_deletion(each.node)] if home else []
    if len(found) != 1 or not isinstance(found[0].statement, (ast.Assign, ast.AnnAssign)):
        return None
    value = assigned_value(found[0].statement, found[0].node)
    return None if isinstance(value, ast.Name) else value


def _is_deletion(node: ast.AST) -> bool:
    return isinstance(getattr(node, "ctx", None), ast.Del)


def _is_open(ending: str) -> bool:
    """No dot and no underscore at either end: those are there to say where a name ends, or begins."""
    return all(part.isidentifier() for part in ending.split(".")) and ending == ending.strip("_")
