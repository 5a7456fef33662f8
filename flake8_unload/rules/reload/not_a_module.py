"""UNL203 reload-not-a-module: The argument of reload is certainly no module.

## What it does
Reports `reload` of a string (also one out of a loop or `map`), number, None, sequence, `sys.modules` itself,
a function or class of this file or of a module on disk, an instance of a class of this file, a name that a
from-import of the same module leaves unbound, or one of the standard library's namesakes
(`from pprint import pprint`).

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

## Fix safety
Safe: a call that always raises reloads the module that it names, `sys.modules["m"]`, or `m` for
`m.__name__`. Only where an import of that module certainly ran before and nothing in the file removes it.
Not offered for objects that are no text, where which module is meant is not certain.

## References
SEMANTICS HR-07, measured in R50, R50b, R61 and R63.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.events import Reload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.reload_calls import by_entry
from flake8_unload.lifecycle import File
from flake8_unload.module_expressions import is_modules, looped_over
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


@rule("UNL203", "reload-not-a-module", fix="safe")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The call raises TypeError, ImportError or NameError."""
    argument = reload.argument
    if argument is None or failure_expected(reload.node, file, Exception):
        return
    what = _what(argument, reload, file)
    if what:
        yield Hazard(
            reload.node,
            f"`{_short(argument)}` is {what}, not a module; reload the module itself",
            partial(by_entry, reload, _given(argument, reload, file), file),
        )


def _what(argument: ast.expr, reload: Reload, file: File) -> str | None:
    names, block = file.names, reload.block
    given = _given(argument, reload, file)
    if given and all(any(names.texts(each, block)) for each in given):
        return "a string"
    match argument:
        case ast.JoinedStr() | ast.Attribute(attr="__name__") | ast.Constant(value=str()):
            return "a string"
        case ast.Constant() | ast.Dict() | ast.Set() | ast.Lambda():
            return "a value"
        case ast.Tuple() | ast.List() if not _is_map(reload, file):
            return "a sequence"
        case ast.Name(id="__name__") if file.bindings.lookup("__name__", block) is None:
            return "a string"
    if is_modules(argument, block, names):
        return "a dict"
    return _what_it_names(argument, reload, file)


def _given(argument: ast.expr, reload: Reload, file: File) -> list[ast.expr]:
    """What the function gets in turn, in a loop or from `map`."""
    if _is_map(reload, file):
        return file.names.items(argument, reload.block)
    if isinstance(argument, ast.Name):
        source = looped_over(argument, reload.block, file.names)
        return file.names.items(source, reload.block) if source is not None else [argument]
    return [argument]


def _is_map(reload: Reload, file: File) -> bool:
    return file.names.resolve(reload.node.func, reload.block) == "builtins.map"


def _what_it_names(argument: ast.expr, reload: Reload, file: File) -> str | None:
    name = file.names.resolve(argument, reload.block) or ""
    if name in _NAMESAKES:
        return f"an object of the module `{name.partition('.')[0]}`"
    if name == "builtins.str()":
        return "a string"
    if name.startswith("<this file>."):
        if name.count(".") == 1 and not name.endswith(")"):
            return "defined in this file"
        return "an instance" if _is_plain_class(name.removeprefix("<this file>."), file) else None
    parent, _, leaf = name.rpartition(".")
    if parent and file.place.definition(parent, leaf) in ("class", "function"):
        return None if file.place.is_submodule(parent, leaf) else f"defined in `{parent}`"
    if isinstance(argument, ast.Name) and _unbound(argument.id, reload, file):
        return "bound by no import"
    return None


def _is_plain_class(call: str, file: File) -> bool:
    """`Thing()` of a class here without bases, so that an instance cannot be a module."""
    for binding in file.bindings.module.bindings.get(call.removesuffix("()"), ()):
        node = binding.node
        if not isinstance(node, ast.ClassDef) or node.bases or node.keywords or node.decorator_list:
            return False
    return call.endswith("()")


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
