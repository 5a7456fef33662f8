"""UNL906 reload-after-first-import: A module is reloaded right after it was imported.

## What it does
Reports `import m` followed by `reload(m)` with no test in between, and `reload(import_module("m"))`; not in
tests. Off unless selected: in notebooks and scripts the module may be loaded already, and then the reload has
a purpose.

## Why is this bad?
On the first import the module is executed twice: its side effects happen twice, and what the first
execution registered stays behind.

## Example
```python
import importlib
import m

importlib.reload(m)
```

## Use instead
```python
import m

m.f()
```

## Clean
A reload on demand:
```python
import importlib
import m


def refresh():
    importlib.reload(m)
```

A development run or switch, where the host has often loaded the module already:
```python
import importlib

if __name__ == "__main__":
    import m

    importlib.reload(m)
    m.f()
```

## References
SEMANTICS HR-16, measured in R23, R24 and R74.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from flake8_unload.events import Bind, Import, Reload
from flake8_unload.findings import Hazard
from flake8_unload.importtime import under_main_guard
from flake8_unload.lifecycle import File
from flake8_unload.paths import reaching_first
from flake8_unload.registry import rule
from flake8_unload.release import is_switched
from flake8_unload.scopes import Kind
from flake8_unload.scripts import is_test

_TESTS = (ast.If, ast.IfExp, ast.While, ast.Match, ast.ExceptHandler)


@rule("UNL906", "reload-after-first-import")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The import just before has executed the module already."""
    argument = reload.argument
    if under_main_guard(reload.node, file) or is_switched(reload.node, file) or _is_loaded(reload, file):
        return
    if is_test(file.filename, file.settings) and not file.settings.check_tests:
        return
    if isinstance(argument, ast.Call) and reload.targets and not _is_conditional(reload, (), file):
        yield Hazard(reload.node, f"`{reload.targets[0]}` is executed twice on first import; drop the reload")
    elif isinstance(argument, ast.Name) and _just_imported(argument.id, reload, file):
        yield Hazard(reload.node, f"`{argument.id}` is executed twice on first import; drop the reload")


def _is_loaded(reload: Reload, file: File) -> bool:
    """A function reloads what other code of the file imports, too: it is loaded by then."""
    block = file.block(reload)
    return block.kind is not Kind.MODULE and any(
        event.module in reload.targets and file.block(event) is not block for event in file.events(Import)
    )


def _just_imported(name: str, reload: Reload, file: File) -> bool:
    home = file.bindings.lookup(name, reload.block)
    if home is None or home is not file.block(reload):
        return False
    found = reaching_first(file, reload, (home, name))
    imports = [each.statement for each in found if isinstance(each, Bind) and each.imported is not None]
    return len(imports) == len(found) > 0 and not _is_conditional(reload, imports, file)


def _is_conditional(reload: Reload, imports: Sequence[ast.stmt | None], file: File) -> bool:
    """A test, of what an earlier run left or of anything else, stands between the import and the reload."""
    for around in file.ancestors(reload.node):
        if isinstance(around, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
        if isinstance(around, _TESTS):
            inside = set(ast.walk(around))
            if not any(each in inside for each in imports):
                return True
    return False
