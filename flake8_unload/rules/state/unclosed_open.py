"""UNL305 unclosed-open-at-import: A file is opened at import, used up in one expression and never closed.

## What it does
Reports `open(path).read()`, `json.load(open(path))`, `for line in open(path)` and their like while the
module is imported.

## Why is this bad?
CPython closes the file when the last reference goes, with a `ResourceWarning`, which is an error under
`-W error`; other implementations close it at some later time, and Windows will not replace it until
then.

## Example
```python
VERSION = open("VERSION").read().strip()
```

## Use instead
```python
from pathlib import Path

VERSION = Path("VERSION").read_text().strip()
```

## Clean
A with statement:
```python
import json

with open("config.json") as _stream:
    CONFIG = json.load(_stream)
```

## Fix safety
Safe: the same bytes are read at the same time. `open(path).read()` becomes `Path(path).read_text()` or
`read_bytes()` where the path is certainly one (a file descriptor is none) and the other arguments mean the
same to both; anything else is put into `with open(…) as _file:`. Not offered where the file is opened under
a condition, where something would read from it after it was closed, where another call comes first in the
same statement, and in class bodies and default arguments.

## References
SEMANTICS HS-02, measured in S39, S40 and F62.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload import factories
from flake8_unload.events import Opened
from flake8_unload.findings import Hazard
from flake8_unload.fixes.opened import closed
from flake8_unload.holders import WRAPPERS
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule

_USES_UP = frozenset(
    """
    json.load pickle.load marshal.load tomllib.load tomli.load toml.load yaml.load yaml.safe_load
    yaml.full_load plistlib.load builtins.list builtins.set builtins.tuple builtins.dict builtins.sorted
    builtins.len builtins.sum builtins.max builtins.min builtins.frozenset builtins.any builtins.all
    xml.etree.ElementTree.parse simplejson.load numpy.load numpy.loadtxt builtins.next""".split()
)
_PASSES_ON = WRAPPERS | {"builtins.enumerate", "builtins.zip", "builtins.map", "builtins.filter"}
_READS = frozenset({"read", "readlines", "readline", "write", "writelines"})


@rule("UNL305", "unclosed-open-at-import", fix="safe")
def check(opened: Opened, file: File) -> Iterator[Hazard]:
    """The file object is gone after the expression, and nobody closed it."""
    if opened.noun == "file" and opened.kind == factories.EAGER and _used_up(opened, file):
        yield Hazard(
            opened.node,
            "`open` at import is never closed; use `with` or `Path.read_text`",
            lambda: closed(opened, file),
        )


def _used_up(opened: Opened, file: File) -> bool:
    node: ast.AST = opened.node
    parent = file.parents.get(node)
    while isinstance(parent, ast.Call) and file.names.resolve(parent.func, opened.block) in _PASSES_ON:
        node, parent = parent, file.parents.get(parent)
    match parent:
        case ast.Attribute(attr=attr):
            return attr in _READS and isinstance(file.parents.get(parent), ast.Call)
        case ast.For() | ast.comprehension():
            return parent.iter is node
        case ast.Call(func=func):
            name = file.names.resolve(func, opened.block)
            joins = (
                isinstance(func, ast.Attribute)
                and func.attr == "join"
                and isinstance(func.value, ast.Constant)
            )
            return node is not func and (name in _USES_UP or joins)
    return False
