"""UNL306 process-hook-replaced-at-import: The import replaces a hook of the process or a foreign attribute.

## What it does
Reports `sys.excepthook = …`, `signal.signal(…)`, `ssl._create_default_https_context = …`, a standard stream
that is wrapped or replaced by an object of a class of this file, and a function, method or class of another
module that is replaced by one of this file, while the module is imported and never put back; also through
`setattr`, and a class or function of the standard library by one of another package. An attribute counts as
replaced, not added, when the import also reads its old value, or the file imports it by its name, when it is
a special method such as `__init__`, when the standard library defines it, when the name of the new value says
so (`patched_load` for `load`), or when `lambda *args, **kwargs: None` silences it. `SIG_DFL` and `SIG_IGN`
count for `SIGINT` and `SIGTERM`: then nobody gets a `KeyboardInterrupt` any more.

## Why is this bad?
The change reaches every user of the process, survives the unloading of the module and pins its globals.
Off the main thread `signal.signal` raises `ValueError`. A replacement that calls the old value through a
module global calls itself for ever after a reload, because the global then holds the replacement.

## Example
```python
import json

_dumps = json.dumps


def dumps(value):
    return _dumps(value)


json.dumps = dumps
```

## Use instead
```python
import json


def dumps(value):
    return json.dumps(value)
```

## Clean
Installed by a call, not by the import:
```python
import sys


def report(kind, value, traceback):
    print(kind)


def install():
    sys.excepthook = report
```
Put back at once, or by the unload hook:
```python
import sys


def report(kind, value, traceback):
    print(kind)


_previous = sys.excepthook
sys.excepthook = report


def unregister():
    sys.excepthook = _previous
```
A missing name is filled in:
```python
import os


def getuid():
    return 0


if not hasattr(os, "getuid"):
    os.getuid = getuid
```
An option of a library is set:
```python
import decimal

decimal.DefaultContext.prec = 12
```

## References
SEMANTICS HR-13 and 0.1, measured in R18, R18b, R18c and U62.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload import library
from flake8_unload.events import Assign, Call, HookReplaced, Var
from flake8_unload.findings import Hazard
from flake8_unload.gaps import fills_a_gap
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.release import is_switched
from flake8_unload.replaced import existed, inside_call, is_new_stream, target_of
from flake8_unload.scopes import Kind

_HOOKS = frozenset(
    """
    sys.excepthook sys.displayhook sys.unraisablehook sys.breakpointhook threading.excepthook
    ssl._create_default_https_context builtins.__import__ builtins.print builtins.open builtins.input
    logging.raiseExceptions warnings.showwarning warnings.formatwarning""".split()
)
_HERE = "<this file>."
_DEFAULTS = ("signal.SIG_DFL", "signal.SIG_IGN", "signal.default_int_handler")
_STOPS = ("signal.SIGINT", "signal.SIGTERM")


@rule("UNL306", "process-hook-replaced-at-import")
def check(replaced: HookReplaced, file: File) -> Iterator[Hazard]:
    """Something foreign is replaced by something of this module, for good."""
    disarms = _disarms(replaced, file)
    if is_switched(replaced.node, file) or (fills_a_gap(replaced, file) and not disarms):
        return
    if replaced.name == "signal.signal":
        if not _restores_default(replaced, file):
            yield Hazard(
                replaced.node, "`signal.signal` replaces a handler at import; call it from a function"
            )
        return
    stream = is_new_stream(replaced, file)
    if not (stream or replaced.name in _HOOKS or _foreign(replaced, file)) or _put_back(replaced, file):
        return
    if not (disarms or _ours(replaced, file) or stream):
        return
    if replaced.through:
        yield Hazard(
            replaced.node, f"`{replaced.through}` replaces `{replaced.name}` at import; call it in main"
        )
    elif _recurses(replaced, file):
        yield Hazard(
            replaced.node, f"`{replaced.name}` wraps itself for ever after a reload; wrap it in a function"
        )
    else:
        yield Hazard(replaced.node, f"`{replaced.name}` is replaced at import; replace it in a function")


def _restores_default(replaced: HookReplaced, file: File) -> bool:
    """The value is the one of the interpreter, or of the system: then Ctrl-C is nobody's any more."""
    name = file.names.resolve(replaced.value, replaced.block)
    if name in _DEFAULTS:
        which = (
            replaced.node.args[0] if isinstance(replaced.node, ast.Call) and not replaced.through else None
        )
        return name == _DEFAULTS[2] or file.names.resolve(which, replaced.block) not in _STOPS
    hooks = file.settings.hooks
    for call in file.events(Call):
        node = call.block.node
        if call.name != "signal.signal" or file.at_module_level(call):
            continue
        if replaced.value not in call.node.args and _is_same_signal(call.node, replaced):
            if getattr(node, "name", "") in hooks or len(call.node.args) == 2:
                return True  # some function of the file puts handlers back, or installs them itself
    return False


def _is_same_signal(call: ast.Call, replaced: HookReplaced) -> bool:
    """The two may be about one signal: only two different ones that are written out are not."""
    here = replaced.node.args[:1] if isinstance(replaced.node, ast.Call) and not replaced.through else []
    pair = [*here, *call.args[:1]]
    written = len(pair) == 2 and all(isinstance(each, ast.Attribute) for each in pair)
    return not written or ast.unparse(pair[0]) == ast.unparse(pair[1])


def _foreign(replaced: HookReplaced, file: File) -> bool:
    """An attribute of something that an import of this file bound, other than this package's own."""
    target = target_of(replaced.node)
    if target is None or not existed(replaced, target[1], file):
        return False
    root = target[0]
    while isinstance(root, ast.Attribute):
        root = root.value
    name = replaced.name
    if not isinstance(root, ast.Name) or name.startswith((_HERE, "builtins.", ".")) or "()" in name:
        return False
    own = (file.place.package or file.place.module or "").partition(".")[0]
    return not own or name.partition(".")[0] != own


def _ours(replaced: HookReplaced, file: File) -> bool:
    """The new value is a function or class of this file, or made of one or of the old value.

    A hook of the process may be given any other, and the standard library one of another package.
    """
    value = inside_call(replaced, file)
    if isinstance(value, ast.Lambda):
        return True
    code, name = library.is_code(replaced.name), file.names.resolve(value, replaced.block) or ""
    if value is not replaced.value and name == replaced.name:
        return code
    if not name.startswith(_HERE):
        return (replaced.name in _HOOKS or code) and _is_other(replaced, name)
    own, _, method = name.removeprefix(_HERE).partition(".")
    if "()" in name or (method and replaced.name not in _HOOKS):
        return False
    return not method or any(
        isinstance(each.node, ast.ClassDef) for each in file.bindings.module.bindings.get(own, ())
    )


def _is_other(replaced: HookReplaced, name: str) -> bool:
    """Neither an option, nor what the module of the hook itself offers: `sys.__excepthook__`."""
    owner = replaced.name.partition(".")[0]
    known = isinstance(replaced.value, (ast.Name, ast.Attribute)) and (replaced.name in _HOOKS or "." in name)
    return known and not name.startswith((f"{owner}.", f"_{owner}.", "builtins."))


def _disarms(replaced: HookReplaced, file: File) -> bool:
    """Certificates are no longer verified, in the whole process."""
    return file.names.resolve(replaced.value, replaced.block) == "ssl._create_unverified_context"


def _put_back(replaced: HookReplaced, file: File) -> bool:
    """By another assignment, or at exit by the function that replaces it: `atexit.register(swap, old)`."""
    return any(
        each.name == replaced.name and each.value is not replaced.value for each in file.events(Assign)
    ) or any(
        isinstance(node, ast.Name) and node.id == replaced.through
        for call in file.events(Call)
        if call.name == "atexit.register"
        for node in ast.walk(call.node)
    )


def _recurses(replaced: HookReplaced, file: File) -> bool:
    """The replacement reads the old value through a global that the module body takes anew each time."""
    name = (file.names.resolve(replaced.value, replaced.block) or "").removeprefix(_HERE)
    for binding in file.bindings.module.bindings.get(name, ()):
        if isinstance(binding.node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            used = {each.id for each in ast.walk(binding.node) if isinstance(each, ast.Name)}
            return any(_holds(var, replaced.name, file) for var in _globals(used, file))
    return False


def _globals(used: set[str], file: File) -> Iterator[Var]:
    module = file.bindings.module
    assert module.kind is Kind.MODULE
    return ((module, name) for name in used if name in module.bindings)


def _holds(var: Var, name: str, file: File) -> bool:
    for binding in var[0].bindings[var[1]]:
        if isinstance(binding.statement, ast.Assign):
            return file.names.resolve(binding.statement.value, binding.block) == name
    return False
