"""UNL106 sys-modules-changed-during-iteration: Entries go while sys.modules itself is being iterated.

## What it does
Reports a loop over `sys.modules`, a view of it or a lazy iterator over it, whose body removes entries and
then goes on to the next round.

## Why is this bad?
`RuntimeError: dictionary changed size during iteration`, even when the last key is the one that goes.

## Example
```python
import sys

for name in sys.modules:
    if name.startswith("m"):
        del sys.modules[name]
```

## Use instead
```python
import sys

for name in list(sys.modules):
    if name.startswith("m"):
        del sys.modules[name]
```

## Clean
The loop ends with the removal:
```python
import sys

for name in sys.modules:
    if name == "m":
        del sys.modules[name]
        break
```
Only looking:
```python
import sys

for name, module in sys.modules.items():
    print(name, module)
```

## Fix safety
Safe: the loop sees the same entries, in the same order. Not offered where the loop removes other keys than
its own by `del` or `pop(k)`: with the copy, a key may be gone before its round comes (U67).

## References
SEMANTICS HU-08, measured in U13 to U15 and U67.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.edits import Fix, Refusal, Replace, anchor
from flake8_unload.events import SysModulesLoop, Unload
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach
from flake8_unload.registry import rule


@rule("UNL106", "sys-modules-changed-during-iteration", fix="safe")
def check(loop: SysModulesLoop, file: File) -> Iterator[Hazard]:
    """A removal inside the loop is followed by another round."""
    for unload in file.events(Unload):
        if _goes_on(loop, unload, file):
            yield Hazard(
                loop.source,
                "`sys.modules` changes size while iterated; iterate over `list(...)` of it",
                lambda: _copied(loop, file),
            )
            return


def _goes_on(loop: SysModulesLoop, unload: Unload, file: File) -> bool:
    if isinstance(loop.node, ast.comprehension):
        return file.parents.get(loop.node) in list(file.ancestors(unload.node))
    if file.block(unload) is not file.block(loop) or loop.node not in list(file.ancestors(unload.node)):
        return False
    flow = file.flow(loop)
    return can_reach(flow, unload.step, flow.successors[loop.step][0])


def _copied(loop: SysModulesLoop, file: File) -> Fix | Refusal:
    """`list(...)` around what is iterated; keys other than the loop's own may be gone by their round."""
    if file.names.candidates(ast.Name("list", ast.Load()), loop.block) != {"builtins.list"}:
        return Refusal("`list` is another name here")
    whole = file.parents[loop.node] if isinstance(loop.node, ast.comprehension) else loop.node
    if any(
        not unload.lenient and not _is_own_key(unload, loop) and whole in file.ancestors(unload.node)
        for unload in file.events(Unload)
    ):
        return Refusal("the loop removes other keys than its own, which fails once they are gone")
    at = anchor(_innermost(loop.source, loop, file), file.lines)
    return Fix("iterate over a copy", (Replace(at, "list(__0__)", (at,)),))


def _innermost(source: ast.expr, loop: SysModulesLoop, file: File) -> ast.expr:
    """What a generator expression, `enumerate` or `filter` walks over."""
    match source:
        case ast.GeneratorExp(generators=[first, *_]):
            return _innermost(first.iter, loop, file)
        case ast.Call(func=func, args=[inner, *_]) if _is_builtin(func, "enumerate", loop, file):
            return _innermost(inner, loop, file)
        case ast.Call(func=func, args=[_, inner]) if _is_builtin(func, "filter", loop, file):
            return _innermost(inner, loop, file)
    return source


def _is_builtin(func: ast.expr, name: str, loop: SysModulesLoop, file: File) -> bool:
    return file.names.resolve(func, loop.block) == f"builtins.{name}"


def _is_own_key(unload: Unload, loop: SysModulesLoop) -> bool:
    return unload.loop is loop.node and isinstance(unload.key, ast.Name)
