"""UNL203 reload-not-a-module: The argument of reload is certainly no module.

## What it does
Reports `reload` of a string, number, None, a function or class of this file, a name that a from-import
of the same module leaves unbound, or one of the standard library's namesakes (`from pprint import pprint`).

## Why is this bad?
`TypeError: reload() argument must be a module`, or, for functions and classes, which have a `__name__`, the
misleading `ImportError: module f not in sys.modules`.

## Example
```python
import importlib
import m

importlib.reload("m")
```

## Use instead
```python
import importlib
import sys
import m

importlib.reload(sys.modules["m"])
```

## Clean
A submodule imported by name is a module:
```python
import importlib
from pkg import sub

importlib.reload(sub)
sub.f()
```
Another object's method:
```python
class Page:
    def reload(self, name):
        return name


Page().reload("m")
```

## References
SEMANTICS HR-07, measured in R50, R50b, R61 and R63.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Reload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected

_NAMESAKES = frozenset(
    """
    pprint.pprint datetime.datetime copy.copy glob.glob time.time array.array bisect.bisect dis.dis
    fnmatch.fnmatch getpass.getpass queue.Queue select.select shelve.Shelf socket.socket struct.Struct
    traceback.print_exc calendar.calendar decimal.Decimal types.ModuleType tempfile.mkdtemp reprlib.repr
    timeit.timeit random.random secrets.choice warnings.warn code.interact cmd.Cmd
    inspect.signature""".split()
)


@rule("UNL203", "reload-not-a-module")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The call raises TypeError, ImportError or NameError."""
    argument = reload.argument
    if argument is None or failure_expected(reload.node, file):
        return
    what = _what(argument, reload, file)
    if what:
        yield Hazard(reload.node, f"`{_short(argument)}` is {what}, not a module; reload the module itself")


def _what(argument: ast.expr, reload: Reload, file: File) -> str | None:
    match argument:
        case ast.Constant(value=str()) | ast.JoinedStr():
            return "a string"
        case ast.Constant():
            return "a constant"
        case ast.Attribute(attr="__name__"):
            return "a string"
        case ast.Dict() | ast.Set() | ast.Lambda():
            return "a value"
        case ast.Name() | ast.Attribute():
            name = file.names.resolve(argument, reload.block) or ""
            if name in _NAMESAKES:
                return f"an object of the module `{name.partition('.')[0]}`"
            if name.startswith("<this file>.") and name.count(".") == 1:
                return "defined in this file"
            parent, _, leaf = name.rpartition(".")
            if file.place.definition(parent, leaf) in ("class", "function"):
                return f"a {file.place.definition(parent, leaf)} of `{parent}`"
            if isinstance(argument, ast.Name) and _unbound(argument.id, reload, file):
                return "bound by no import"
    return None


def _unbound(name: str, reload: Reload, file: File) -> bool:
    """`from m import f; reload(m)`: nothing in the file binds `m`, and the file shows that it is a module."""
    module = file.bindings.module
    if file.bindings.lookup(name, reload.block) is not None or module.star_imports:
        return False
    if f"builtins.{name}" == (file.names.resolve(reload.argument, reload.block) or ""):
        return False
    sources = {
        statement.module
        for bindings in module.bindings.values()
        for binding in bindings
        if isinstance(statement := binding.statement, ast.ImportFrom)
    }
    return name in sources and not file.guarded_by_namespace


def _short(node: ast.expr) -> str:
    text = ast.unparse(node)
    return text if len(text) <= 30 else text[:27] + "..."
