"""UNL205 removed-reload-api: A way to reload that is gone from Python 3 is used without a fallback.

## What it does
Reports the builtin `reload` (gone in 3.0), and `imp.reload` or `from imp import reload` (gone in 3.12), when
neither a `try` nor a version test around them offers another way.

## Why is this bad?
`NameError: name 'reload' is not defined`, or `ModuleNotFoundError: No module named 'imp'`. In a file that
reloads only while developing, this is noticed late.

## Example
```python
import m

reload(m)
```

## Use instead
```python
import importlib
import m

importlib.reload(m)
```

## Clean
A fallback:
```python
import m

try:
    reload
except NameError:
    from importlib import reload

reload(m)
```
A version test:
```python
import sys
import m

if sys.version_info[0] < 3:
    reload(m)
```
Only the name is old:
```python
import importlib as imp
import m

imp.reload(m)
```

## Fix safety
Safe: what is called is the same function. `import imp` becomes `import importlib`, unless the file has
that already, and `from imp import reload` becomes `from importlib import reload`. Not offered where `imp`
is used for more than its `reload`, or is bound in more than one way, where the name `importlib` stands
for something else, and where a comment would be lost with the import.

## References
SEMANTICS HR-10, measured in R28 and F63.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import partial

from flake8_unload.events import Reload
from flake8_unload.findings import Hazard
from flake8_unload.fixes.reload_function import through_importlib
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule
from flake8_unload.surroundings import is_under_test

_VERSION = re.compile(r"version|PY2|PY3|python2|python3|py2|py3|unicode|basestring|NameError|hasattr", re.I)
_OLDEST = (3, 10)  # Python that is supported
_MISSING = frozenset({"NameError", "ImportError", "ModuleNotFoundError", "AttributeError"})


@rule("UNL205", "removed-reload-api", fix="safe")
def check(reload: Reload, file: File) -> Iterator[Hazard]:
    """The function is not there on a current Python."""
    node = reload.node
    if len(reload.function) != 1 or has_fallback(node, file) or is_under_test(node, file):
        return
    if "builtins.reload" in reload.function:
        if not _defined_elsewhere(file):
            message = "`reload` is no builtin of Python 3; write `importlib.reload`"
            yield Hazard(reload.node, message, partial(through_importlib, reload, file))
    elif "imp.reload" in reload.function and not _import_has_fallback(file):
        message = "`imp` is gone in Python 3.12; write `importlib.reload`"
        yield Hazard(reload.node, message, partial(through_importlib, reload, file))


def under_version_test(node: ast.AST, file: File) -> bool:
    """Under a test of the Python version, or of what a version has, that keeps out a current Python."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, (ast.If, ast.IfExp)) and child is not around.test:
            held = child in around.body if isinstance(around, ast.If) else child is around.body
            if _VERSION.search(ast.unparse(around.test)) and not _lets_in(around.test, held):
                return True
        child = around
    return False


def _lets_in(test: ast.expr, held: bool) -> bool:
    """`sys.version_info >= (3, 0)` lets in every supported Python, as the other branch of `< (3,)` does."""
    match test:
        case ast.BoolOp(op=ast.And(), values=values) if held:
            return all(_lets_in(each, True) for each in values if _VERSION.search(ast.unparse(each)))
        case ast.Compare(
            left=ast.Attribute(attr="version_info"), ops=[operator], comparators=[ast.Tuple(elts=parts)]
        ):
            numbers = [getattr(each, "value", None) for each in parts]
            if not all(isinstance(each, int) for each in numbers) or numbers > [*_OLDEST, 0]:
                return False
            return isinstance(operator, (ast.GtE, ast.Gt) if held else (ast.Lt, ast.LtE))
        case ast.Compare(
            left=ast.Subscript(value=ast.Attribute(attr="version_info"), slice=ast.Constant(value=0))
            | ast.Attribute(value=ast.Attribute(attr="version_info"), attr="major"),
            ops=[operator],
            comparators=[ast.Constant(value=int(number))],
        ):
            return _major(operator, number) is held
    return False


def _major(operator: ast.cmpop, number: int) -> bool | None:
    """Whether Python 3 passes the test; None where that is not known."""
    match operator, number:
        case (ast.GtE() | ast.Eq(), 3) | (ast.Gt() | ast.NotEq(), 2):
            return True
        case (ast.Lt() | ast.NotEq(), 3) | (ast.LtE() | ast.Eq(), 2):
            return False
    return None


def has_fallback(node: ast.AST, file: File) -> bool:
    """A version test around or before it, or a `try` that expects the name or module to be missing."""
    if under_version_test(node, file):
        return True
    child = node
    for around in file.ancestors(node):
        if isinstance(around, ast.Try) and child in around.body and _expects_missing(around):
            return True
        if isinstance(around, ast.ExceptHandler) or _leaves_before(child, around):
            return True
        child = around
    return False


def _leaves_before(child: ast.AST, around: ast.AST) -> bool:
    """`if sys.version_info[0] >= 3: return` in front of it."""
    suite = getattr(around, "body", None)
    before = suite[: suite.index(child)] if isinstance(suite, list) and child in suite else []
    return any(
        isinstance(each, ast.If)
        and _VERSION.search(ast.unparse(each.test)) is not None
        and isinstance(each.body[-1], (ast.Return, ast.Raise, ast.Continue))
        for each in before
    )


def _expects_missing(node: ast.Try) -> bool:
    for handler in node.handlers:
        named = {part.id for part in ast.walk(handler.type or node) if isinstance(part, ast.Name)}
        offers = any("reload" in ast.unparse(statement) for statement in handler.body)
        silent = handler.type is None or named & {"Exception", "BaseException"}
        if offers or (silent and isinstance(handler.body[0], ast.Pass)):
            return True
        if named and named <= _MISSING:
            return True
    return False


def _defined_elsewhere(file: File) -> bool:
    """`builtins.reload = importlib.reload`, `setattr(builtins, "reload", …)`: put there by hand."""
    for node in ast.walk(file.tree):
        match node:
            case ast.Attribute(attr="reload", ctx=ast.Store()):
                return True
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant(value="reload"), *_]):
                return True
    return False


def _import_has_fallback(file: File) -> bool:
    """The import of `imp` itself stands under a version test or in a `try` with a way out."""
    for node in ast.walk(file.tree):
        if isinstance(node, ast.Import) and any(alias.name == "imp" for alias in node.names):
            if has_fallback(node, file):
                return True
        if isinstance(node, ast.ImportFrom) and node.module == "imp" and has_fallback(node, file):
            return True
    return False
