"""UNL111 no-module-in-sys-modules: A dict, a list or another value that is no module becomes an entry.

## What it does
Reports `sys.modules[k] = value` where the value is certainly a dict, list, tuple, set, string or number:
written out, built by `dict()` and the like, held by a name, or handed to a parameter by every call here.

## Why is this bad?
Python takes what it finds under the key: `import m` succeeds and binds the dict, so the error comes later
and somewhere else. `from m import f` says "unknown location", `import m.sub` says that `m` is not a package,
`find_spec("m")` raises `ValueError`, and classes of the real module can no longer be pickled. The usual cause
is a loop that puts modules back and stores the whole collection instead of the one module.

## Example
```python
import sys
import m

modules = {"m": m}
del sys.modules["m"], m
for name in modules:
    sys.modules[name] = modules
```

## Use instead
```python
import sys
import m

modules = {"m": m}
del sys.modules["m"], m
for name in modules:
    sys.modules[name] = modules[name]
```

## Clean
None keeps a module from being imported:
```python
import sys

sys.modules["m"] = None
```
Objects of a class, or a function, may well stand in for a module:
```python
import sys
from types import SimpleNamespace

sys.modules["m"] = SimpleNamespace(f=len)
```
A module that replaces itself, with whatever it likes:
```python
import sys

sys.modules[__name__] = {"f": len}
```
A mark that goes before anybody can import it:
```python
import sys

sys.modules["m"] = "under way"
del sys.modules["m"]
```
Tests may store what they like.

## References
SEMANTICS 0.2 (state C), and executed on CPython 3.10 to 3.13 by the example above.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Bind, Call, Event, Put, Read, Unload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.module_expressions import is_modules
from flake8_unload.paths import can_reach, reaching
from flake8_unload.registry import rule
from flake8_unload.scopes import Kind, Scope
from flake8_unload.scripts import is_test

_DEPTH = 4
_A_DICT, _A_STRING = "a dict", "a string"
_WRITTEN: dict[type[ast.expr], str] = {
    ast.Dict: _A_DICT,
    ast.DictComp: _A_DICT,
    ast.List: "a list",
    ast.ListComp: "a list",
    ast.Set: "a set",
    ast.SetComp: "a set",
    ast.Tuple: "a tuple",
    ast.GeneratorExp: "a generator",
    ast.JoinedStr: _A_STRING,
}
_BUILT = {
    "builtins.dict()": _A_DICT,
    "builtins.vars()": _A_DICT,
    "builtins.globals()": _A_DICT,
    "builtins.locals()": _A_DICT,
    "builtins.list()": "a list",
    "builtins.sorted()": "a list",
    "builtins.set()": "a set",
    "builtins.frozenset()": "a set",
    "builtins.tuple()": "a tuple",
    "builtins.str()": _A_STRING,
    "builtins.repr()": _A_STRING,
    "sys.modules.copy()": _A_DICT,
    "sys.modules": _A_DICT,
}
_OF_MODULE = {"__dict__": _A_DICT, "__name__": _A_STRING}


@rule("UNL111", "no-module-in-sys-modules")
def check(put: Put, file: File) -> Iterator[Hazard]:
    """What is stored is certainly no module."""
    if put.value is None or put.slot is None or _replaces_itself(put.slot):
        return
    if is_test(file.filename, file.settings) and not file.settings.check_tests:
        return
    if (what := _what(put.value, put, file)) and not _goes_again(put, file):
        yield Hazard(put.node, f"`{_short(put.value)}` is {what}, not a module; store the module itself")


def _what(value: ast.expr, at: Event, file: File, depth: int = _DEPTH) -> str | None:
    """What the expression certainly is when ``at`` happens; None for all that may be a module."""
    if depth == 0:
        return None
    match value:
        case ast.Constant(value=None):
            return None
        case ast.Constant(value=held):
            return _A_STRING if isinstance(held, str) else f"`{type(held).__name__}`"
        case ast.Attribute(attr=attr) if attr in _OF_MODULE:
            return _OF_MODULE[attr]
        case ast.Name():
            return _held(value, at, file, depth)
    if type(value) in _WRITTEN:
        return _WRITTEN[type(value)]
    if is_modules(value, at.block, file.names):
        return _A_DICT
    return _BUILT.get(file.names.resolve(value, at.block) or "")


def _held(name: ast.Name, at: Event, file: File, depth: int) -> str | None:
    """What every binding of the name that reaches ``at`` gives it; they must agree."""
    if is_modules(name, at.block, file.names):
        return _A_DICT
    home = file.bindings.lookup(name.id, at.block)
    if home is None or home.kind not in (Kind.MODULE, Kind.FUNCTION):
        return None
    found: set[str | None] = set()
    for each in reaching(file, at, (home, name.id)):
        if isinstance(each, Bind) and each.value is not None:
            found.add(_what(each.value, each, file, depth - 1))
        elif each is None and home.node is not file.tree:
            found.add(_given(name.id, home, file, depth))
        else:
            return None
    return found.pop() if len(found) == 1 else None


def _given(parameter: str, function: Scope, file: File, depth: int) -> str | None:
    """What every call in the file hands to a parameter of a function that is only ever called."""
    node = function.node
    if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)) or node.decorator_list:
        return None
    names = [each.arg for each in (*node.args.posonlyargs, *node.args.args)]
    calls = file.calls_of(function)
    if parameter not in names or not calls or not _only_called(function, file):
        return None
    index = names.index(parameter)
    given = {_argument(call, parameter, index, file, depth) for call in calls}
    return given.pop() if len(given) == 1 else None


def _argument(call: Call, parameter: str, index: int, file: File, depth: int) -> str | None:
    arguments = call.node.args
    if any(isinstance(each, ast.Starred) for each in arguments):
        return None
    by_name = [each.value for each in call.node.keywords if each.arg == parameter]
    value = arguments[index] if index < len(arguments) else next(iter(by_name), None)
    return _what(value, call, file, depth - 1) if value is not None else None


def _only_called(function: Scope, file: File) -> bool:
    """The function is handed to nobody who might call it with something else."""
    for read in file.events_naming(function.name, Read):
        if read.node.id == function.name:
            call = file.parents.get(read.node)
            if not isinstance(call, ast.Call) or call.func is not read.node:
                return False
    return function.name not in file.exported


def _replaces_itself(slot: ast.expr) -> bool:
    return isinstance(slot, ast.Name) and slot.id == "__name__"


def _goes_again(put: Put, file: File) -> bool:
    """The same entry is removed, or stored anew, further on: a mark, and no module for anybody."""
    assert put.slot is not None
    own = ast.unparse(put.slot)
    block, flow = file.block(put), file.flow(put)
    later = [(each, each.key) for each in file.events_of(block, Unload)]
    again = [(each, each.slot) for each in file.events_of(block, Put) if each is not put]
    return any(
        slot is not None and ast.unparse(slot) == own and can_reach(flow, put.step, each.step)
        for each, slot in (*later, *again)
    )


def _short(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 30 else text[:27] + "..."
