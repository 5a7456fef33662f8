"""UNL207 reload-guard-mismatch: The guard of a reload asks for another name than the one it reloads.

## What it does
Reports `if "a" in locals(): reload(b)` when `b` is bound only in the other branch or later, and a marker
that is imported before the very block that asks for it; and a name in such a block that nothing in the file
binds (`if "tools" in locals(): reload(tolos)`).

## Why is this bad?
The idiom of Blender add-ons tells a second execution from the first by a name that the first one left behind.
When the guard is true although the reloaded names are not there yet, the reload ends in `NameError`.

## Example
```python
import importlib

import m

if "m" in locals():
    importlib.reload(n)
else:
    import n
n.f()
```

## Use instead
```python
import importlib

if "n" in locals():
    importlib.reload(n)
else:
    import n
n.f()
```

## Clean
The marker is imported after the block:
```python
if "m" in locals():
    import importlib

    importlib.reload(n)
else:
    import n

import m

m.f()
n.f()
```
A guard for each module:
```python
import m
import importlib

if "n" in locals():
    importlib.reload(n)
if "m" in locals():
    importlib.reload(m)
import n
```

## Fix safety
Unsafe: what was meant is a guess. The guard asks for the reloaded name; or, where nothing binds that
name, the reload takes the imported one that it looks like. Not offered where the guard asks for more than
one thing, where its name would be bound by an import above it, so that it held on the first run, too, and
where no imported name, or more than one, looks like it.

## References
SEMANTICS HR-18, measured in R25, R25b and R71.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from flake8_unload.events import Bind, Reload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.reload_order import guarded_by, named_rightly
from flake8_unload.lifecycle import File, namespace_guard
from flake8_unload.module_expressions import looped_over
from flake8_unload.paths import reaching_first
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected, is_under_test

_WRITES_NAMESPACE = re.compile(r"\b(?:globals|locals|vars)\(\)(?:\[|\.update|\.setdefault)|\bexec\(|__dict__")


@rule("UNL207", "reload-guard-mismatch", fix="unsafe")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """On some execution the guard is true and the reloaded name is unbound."""
    guards = list(_guards(reload, file))
    if not guards or not file.at_module_level(reload):
        return
    expected = failure_expected(reload.node, file, Exception)
    markers = {name for guard in guards for name in _names(guard.test)}
    for name in _reloaded_names(reload, file):
        home = file.bindings.lookup(name, reload.block)
        never = next((each for each in guards if _never_asks_for(name, each, file)), None)
        if name in markers and (home is None or never is None):
            continue
        if home is None:
            if not _may_be_there(name, file) and not (expected and _expects_unbound(reload.node, file)):
                yield Hazard(
                    reload.node,
                    f"`{name}` is bound nowhere in this file; name the imported module",
                    partial(named_rightly, reload, file),
                )
        elif expected:
            continue
        elif home is file.bindings.module and never is not None:
            yield Hazard(
                reload.node,
                f'`{name}` is never reloaded, since nothing binds "{_marker(never)}"; guard by "{name}"',
                partial(guarded_by, name, never, file),
            )
        elif home is file.bindings.module and _unbound_on_first_run(name, guards, reload, file):
            marker = _marker(guards[0])
            yield Hazard(
                reload.node,
                f'`{name}` is unbound here on the first run; guard by "{name}", not "{marker}"',
                partial(guarded_by, name, guards[0], file),
            )


def _guards(reload: Reload, file: File) -> Iterator[ast.If]:
    """The tests for a name of an earlier run that must hold for the reload, innermost first."""
    child: ast.AST = reload.node
    for around in file.ancestors(reload.node):
        if isinstance(around, ast.If) and namespace_guard(around.test) is not None:
            if child in (around.orelse if _is_inverted(around.test) else around.body):
                yield around
        child = around


def _is_inverted(test: ast.expr) -> bool:
    """`"m" not in locals()`, `not "m" in locals()`."""
    match test:
        case ast.BoolOp(values=[first, *_]):
            return _is_inverted(first)
        case ast.UnaryOp(operand=operand):
            return not _is_inverted(operand)
    return isinstance(test, ast.Compare) and isinstance(test.ops[0], ast.NotIn)


def _marker(guard: ast.If) -> str:
    return namespace_guard(guard.test) or ""


def _names(test: ast.expr) -> Iterator[str]:
    """Every name that the test asks for."""
    for node in ast.walk(test):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _reloaded_names(reload: Reload, file: File) -> Iterator[str]:
    """The names that are read for the reload: its argument, or the modules that a loop walks over."""
    argument = reload.argument
    if isinstance(argument, ast.Name):
        source = looped_over(argument, reload.block, file.names)
        if not isinstance(source, (ast.Tuple, ast.List)):
            yield argument.id
            return
        argument = source
    for item in argument.elts if isinstance(argument, (ast.Tuple, ast.List)) else ():
        if isinstance(item, ast.Name):
            yield item.id


def _never_asks_for(name: str, guard: ast.If, file: File) -> bool:
    """It asks for another name, which never is there."""
    return name not in _names(guard.test) and _is_bound_nowhere(guard, file)


def _is_bound_nowhere(guard: ast.If, file: File) -> bool:
    """The one name that the guard asks for never is in the namespace; an import puts submodules there."""
    marker = _marker(guard)
    return (
        isinstance(guard.test, ast.Compare)
        and marker not in file.bindings.module.bindings
        and not marker.startswith("__")
        and not _may_be_there(marker, file)
    )


def _may_be_there(name: str, file: File) -> bool:
    """A submodule of this package, which any import of it puts there; or names are written as text."""
    submodule = file.place.is_package and file.place.is_submodule(".", name) is not False
    return submodule or _may_be_bound_elsewhere(file)


def _expects_unbound(node: ast.AST, file: File) -> bool:
    """A test for failures, or a `try` that has something else to say about a name than about any error."""
    return is_under_test(node, file) or any(
        "NameError" in ast.unparse(handler.type or ast.Name("NameError"))
        for around in file.ancestors(node)
        if isinstance(around, ast.Try)
        for handler in around.handlers
    )


def _may_be_bound_elsewhere(file: File) -> bool:
    """A star import, or names that are written into the namespace as text."""
    return bool(file.bindings.module.star_imports) or any(map(_WRITES_NAMESPACE.search, file.lines))


def _unbound_on_first_run(name: str, guards: list[ast.If], reload: Reload, file: File) -> bool:
    """Every marker is there on the first run, and the name is not."""
    if not all(_bound_on_first_run(_marker(guard), guard, file) for guard in guards):
        return False
    found = reaching_first(file, reload, (file.bindings.module, name))
    return not any(isinstance(each, Bind) for each in found)


def _bound_on_first_run(marker: str, guard: ast.If, file: File) -> bool:
    """The marker is bound before the guard by an unconditional statement of the module body."""
    body = file.tree.body
    before = body[: body.index(guard)] if guard in body else []
    return any(
        binding.statement in before or binding.node in before
        for binding in file.bindings.module.bindings.get(marker, ())
    )
