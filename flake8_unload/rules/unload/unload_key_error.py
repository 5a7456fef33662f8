"""UNL108 unload-key-error: A removal that fails, or that hides the error before it.

## What it does
Reports `finally: del sys.modules[k]` around the import of `k`, and a second removal of a key that certainly
went before.

## Why is this bad?
A failed import has already taken its entry away: the `KeyError` of the `finally` replaces the exception that
mattered. A second `del` of the same key raises at once.

## Example
```python
import sys

try:
    import broken
finally:
    del sys.modules["broken"]
```

## Use instead
```python
import sys

try:
    import broken
finally:
    sys.modules.pop("broken", None)
```

## Clean
Imported again in between:
```python
import sys
import m

del sys.modules["m"]
import m

del sys.modules["m"]
import m
```
The error is expected:
```python
import sys
import m

del sys.modules["m"], m
try:
    del sys.modules["m"]
except KeyError:
    print("gone")
```

## Fix safety
Safe: a missing key raises nothing any more, which is the hazard itself; everything else stays. Not offered
where the `KeyError` is expected (`except KeyError`, `pytest.raises`), where the removed module is used, where
the key needs a name that is deleted, and where the same `del` has other targets.

## References
SEMANTICS HU-05, measured in U05, U06 and U64.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from flake8_unload.aftermath import in_same_run
from flake8_unload.call_order import always_before, comes_before, coming_first
from flake8_unload.edits import AddArgument, Fix, Refusal, Replace, ReplaceStatement, anchor
from flake8_unload.events import Call, Forget, Import, Read, Reload, Unload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.certain import expects_key_error
from flake8_unload.lifecycle import File
from flake8_unload.paths import reaching
from flake8_unload.presence import gone, loads, may_return, removes
from flake8_unload.registry import rule
from flake8_unload.surroundings import failure_expected


@rule("UNL108", "unload-key-error", fix="safe")
def check(unload: Unload, file: File) -> Iterator[Hazard]:
    """The key may be gone already, or certainly is."""
    if unload.spelling == "clear" or not unload.keys.known:
        return
    if (key := _only_key(unload)) and not unload.lenient and _hides_failed_import(unload, key, file):
        yield Hazard(
            unload.node,
            f"`{key}` is gone if its import failed, and KeyError hides why; use `pop(k, None)`",
            lambda: _lenient(unload, file),
        )
    for event, key in _repeated(unload, file):
        yield Hazard(
            event.node,
            f"`{key}` was removed before, so this raises KeyError; use `pop(k, None)`",
            partial(_lenient, event, file),
        )


def certainly_fails(unload: Unload, file: File) -> bool:
    """On every path another removal has taken the entry before, and nothing has brought it back."""
    others = [each for each in file.events(Unload) if each.keys.known and each.spelling != "clear"]
    firsts = [each for each in others if any(event is unload for event, _ in _repeated(each, file))]
    return bool(firsts) and always_before(file, firsts, unload)


def _only_key(unload: Unload) -> str | None:
    keys = unload.keys
    return keys.exact[0] if keys.known and len(keys.exact) == 1 and not keys.prefixes else None


def _repeated(unload: Unload, file: File) -> Iterator[tuple[Unload, str]]:
    """The removals of a key that ``unload`` has certainly removed, with nothing that brings it back.

    In its own block, in those that call it, and in functions of this file that are called after it: there an
    error would be seen to be expected. Not behind a reload of the module, which fails before.
    """
    strict: dict[str, list[Unload]] = {}
    for each in file.events(Unload):
        key = _only_key(each)
        if key and each is not unload and not each.lenient and removes(unload, key):
            if each.loop is None and not _guarded(each, unload, file):
                strict.setdefault(key, []).append(each)
    for key, events in strict.items():
        if (start := gone(unload, key, file)) is not None:
            following = dict.fromkeys(in_same_run(file, start, may_return(key, file)))
            failing = [each for each in following if isinstance(each, Reload) and key in each.targets]
            for each in events:
                if each in following and _is_open(each, unload, file):
                    if not failing or each in coming_first(file, start, [*failing, each]):
                        yield each, key


def _hides_failed_import(unload: Unload, key: str, file: File) -> bool:
    child: ast.AST = unload.node
    for around in file.ancestors(unload.node):
        if isinstance(around, ast.If) or (
            isinstance(around, ast.Try) and child in around.body and around.handlers
        ):
            return False
        if isinstance(around, ast.Try) and child in around.finalbody:
            return (
                _imports(around.body, key, file)
                and not around.handlers
                and not _loaded_before(around, key, file)
            )
        child = around
    return False


def _imports(body: list[ast.stmt], key: str, file: File) -> bool:
    inside = {id(node) for statement in body for node in ast.walk(statement)}
    return any(
        id(event.node) in inside and event.module and loads(event, key) for event in file.events(Import)
    )


def _loaded_before(around: ast.Try, key: str, file: File) -> bool:
    inside = {id(node) for node in ast.walk(around)}
    first = next((event for event in file.events(Import) if id(event.node) in inside), None)
    return first is None or any(
        id(event.node) not in inside
        and event.module
        and loads(event, key)
        and comes_before(file, event, first)
        for event in file.events(Import)
    )


def _is_open(second: Unload, first: Unload, file: File) -> bool:
    """No call of the function that ``second`` is in takes its failure."""
    block = file.block(second)
    if block is file.block(first):
        return True
    return not any(_guarded(call, first, file) for call in file.calls_of(block))


def _guarded(second: Unload | Call, first: Unload, file: File) -> bool:
    """Its failure is expected, or a condition or `with` only around ``second`` may have seen to the entry."""
    if failure_expected(second.node, file, KeyError):
        return True
    shared = set(file.ancestors(first.node))
    around = (each for each in file.ancestors(second.node) if each not in shared)
    return any(isinstance(each, (ast.If, ast.With, ast.AsyncWith)) for each in around)


def _lenient(unload: Unload, file: File) -> Fix | Refusal:
    """`pop(k, None)` in any spelling of the removal."""
    if expects_key_error(unload.node, file):
        return Refusal("the KeyError is expected, so nothing would come of it any more")
    if unload.kept:
        return Refusal("the removed module is used, and would be None")
    if name := _deleted_name(unload, file):
        return Refusal(f"the key needs `{name}`, which may be deleted by then")
    title = "use `pop(k, None)`"
    match unload.node, unload.statement, unload.key:
        case ast.Subscript(value=modules), ast.Delete(targets=[_]) as statement, ast.expr() as key:
            kept = anchor(modules, file.lines), anchor(key, file.lines)
            at = anchor(statement, file.lines)
            return Fix(title, (ReplaceStatement(at, "__0__.pop(__1__, None)", kept),))
        case ast.Subscript(), _, _:
            return Refusal("the same `del` has other targets")
        case ast.Call(func=ast.Attribute(attr="pop"), args=[_], keywords=[]) as call, _, _:
            return Fix(title, (AddArgument(anchor(call, file.lines), "None"),))
        case ast.Call(func=ast.Attribute(value=modules), args=[key], keywords=[]) as call, _, _:
            kept = anchor(modules, file.lines), anchor(key, file.lines)
            return Fix(title, (Replace(anchor(call, file.lines), "__0__.pop(__1__, None)", kept),))
    return Refusal("this spelling of the removal has no lenient form")


def _deleted_name(unload: Unload, file: File) -> str | None:
    """A name that the key is computed from, and that may not be bound any more."""
    nodes = set(ast.walk(unload.key)) if unload.key else set()
    for read in file.events_of(file.block(unload), Read):
        if read.node in nodes:
            found = reaching(file, read, read.var)
            if any(isinstance(each, Forget) for each in found):
                return read.node.id
    return None
