"""UNL304 handler-added-at-import: The import attaches a logging handler.

## What it does
Reports `addHandler` (and `basicConfig(filename=…)`) at import, directly or through a function of the same
file, when neither a guard nor an unload hook keeps the handler from piling up. `StreamHandler` counts: it
holds no file, but every reload prints each record once more. `NullHandler` never counts.

## Why is this bad?
The logger outlives the module. Each reload, and each second copy of the module, attaches one more handler:
every line is logged twice, three times, and each file handler holds its file open until the process ends.

## Example
```python
import logging

log = logging.getLogger("app")
log.addHandler(logging.FileHandler("app.log"))
```

## Use instead
```python
import logging

log = logging.getLogger("app")
if not log.handlers:
    log.addHandler(logging.FileHandler("app.log"))
```

## Clean
A library's silent default:
```python
import logging

logging.getLogger("app").addHandler(logging.NullHandler())
```
The old handlers are removed first:
```python
import logging

log = logging.getLogger("app")
for handler in list(log.handlers):
    log.removeHandler(handler)
log.addHandler(logging.FileHandler("app.log"))
```
Configured by the program, not by the import:
```python
import logging


def main():
    logging.basicConfig(filename="app.log")
```

## Fix safety
Unsafe: `if not log.handlers:` also keeps out a handler that another module gave the logger first. The guard
stands around the statements that make, set up and attach the handlers of one logger, together. Not offered
for the root logger, which any module may have given a handler, for a logger that gets handlers in another
place of the file, where a handler is used elsewhere too, in functions and class bodies, and for
`basicConfig`, which has this guard.

## References
SEMANTICS HS-05 and HR-12, measured in S22 to S24 and R19.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.events import Assign, HandlerAdded
from flake8_unload.findings import Hazard
from flake8_unload.fixes.guarded import guarded
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.release import is_switched
from flake8_unload.surroundings import last_name

_GUARDS = ("handlers", "hasHandlers", "getLogger", "in globals()", "in locals()", "root")


@rule("UNL304", "handler-added-at-import", fix="unsafe")
def check(added: HandlerAdded, file: File) -> Iterator[Hazard]:
    """A handler is attached once more by every execution of the module."""
    if is_switched(added.node, file) or _guarded(added.node, file) or _removes_handlers(file):
        return
    name = added.handler.rpartition(".")[2]
    where = f" by `{added.through}`" if added.through else ""
    message = f"`{name}` is attached at import{where} and again by a reload; guard it"
    if file.names.resolve(added.node.func, added.block) == "logging.basicConfig":
        message = f"`{name}` is given to `basicConfig` at import; configure logging in main"
    yield Hazard(added.node, message, lambda: guarded(added, file))


def _guarded(node: ast.AST, file: File) -> bool:
    for around in file.ancestors(node):
        if isinstance(around, ast.If) and any(word in ast.unparse(around.test) for word in _GUARDS):
            return True
    return False


def _removes_handlers(file: File) -> bool:
    """Somewhere in the file handlers are taken off again; not one that an object has made for itself."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Attribute(attr="removeHandler"):
                if not _removes_own(file.parents.get(node), file):
                    return True
            case ast.Call(
                func=ast.Attribute(value=ast.Attribute(attr="handlers"), attr="clear" | "remove" | "pop")
            ):
                return True
            case ast.Assign(targets=[ast.Attribute(attr="handlers")]) | ast.Delete():
                if "handlers" in ast.unparse(node):
                    return True
            case ast.keyword(arg="force", value=ast.Constant(value=True)):
                return True
    return False


def _removes_own(call: ast.AST | None, file: File) -> bool:
    """`log.removeHandler(self.handler)`, where `self.handler = FileHandler(…)`."""
    match call:
        case ast.Call(args=[ast.Attribute(value=ast.Name(id="self"), attr=attr)]):
            made = [each for each in file.events(Assign) if each.target.attr == attr]
            return bool(made) and all(_is_new_handler(each) for each in made)
    return False


def _is_new_handler(assign: Assign) -> bool:
    func = assign.value.func if isinstance(assign.value, ast.Call) else None
    return last_name(func).endswith("Handler")
