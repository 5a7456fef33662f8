"""A context manager for a private file that one function reads to its end. Knows edits, no libcst."""

from __future__ import annotations

import ast
import builtins
import keyword

from flake8_unload.edits import Fix, ReplaceStatement, Surround, anchor
from flake8_unload.events import Opened, Read
from flake8_unload.fixes import uses
from flake8_unload.fixes.globals import Global
from flake8_unload.fixes.imports import module_at
from flake8_unload.lifecycle import File

_OPENERS = frozenset(
    "builtins.open io.open codecs.open gzip.open bz2.open lzma.open tokenize.open pathlib.Path().open".split()
)
_READING = frozenset({"r", "rt", "tr", "rb", "br"})
_METHODS = frozenset({"read", "readlines", "readline", "seek", "tell"})


def per_use(found: Global, opened: Opened, file: File) -> Fix | None:
    """Open the file anew for each call of the one function that uses it; None where that is not the same."""
    function = _only_function(found, file)
    if not found.name.startswith("_") or not _is_read_only(opened, found, file) or function is None:
        return None
    if found.annotation is not None or found.docstring is not None:
        return None
    if not all(_stays_inside(each, file) for each in found.reads):
        return None
    inner = [each for each in function.body if any(_holds(each, read) for read in found.reads)]
    manager, local = f"_open_{found.name.strip('_').lower()}", _local(found.name)
    contextlib = module_at(file, found.statement, file.bindings.module, "contextlib")
    if contextlib is None or file.bindings.lookup(manager, file.bindings.scope_of(function)):
        return None
    body = f"    with __0__ as {local}:\n        yield {local}"
    code = f"@{contextlib[0]}.contextmanager\ndef {manager}():\n{body}"
    lines = file.lines
    definition = ReplaceStatement(anchor(found.statement, lines), code, (anchor(found.value, lines),))
    header = f"with {manager}() as {found.name}:"
    run = Surround(anchor(inner[0], lines), anchor(inner[-1], lines), header)
    title = f"open it for each use, by a context manager `{manager}()`; failures count from there"
    return Fix(title, (*contextlib[1], definition, run), safe=False)


def _only_function(found: Global, file: File) -> ast.FunctionDef | None:
    """The one plain function whose own code has all of the uses."""
    blocks = {file.block(each) for each in found.reads}
    node = blocks.pop().node if len(blocks) == 1 else None
    if not isinstance(node, ast.FunctionDef) or node.body[0].lineno == node.lineno:
        return None
    if any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in ast.walk(node)):
        return None
    return node


def _is_read_only(opened: Opened, found: Global, file: File) -> bool:
    """The whole value is a call that opens a file for reading, so a second one finds the same."""
    name = file.names.resolve(opened.node.func, opened.block) or ""
    if name not in _OPENERS or found.value is not opened.node:
        return False
    at = 0 if name.startswith("pathlib.") else 1
    modes = [*opened.node.args[at : at + 1], *(k.value for k in opened.node.keywords if k.arg == "mode")]
    return all(isinstance(each, ast.Constant) and each.value in _READING for each in modes)


def _stays_inside(read: Read, file: File) -> bool:
    """The file itself goes nowhere: a method that reads, a loop, or a call that takes all of it at once."""
    parent = file.parents.get(read.node)
    match parent:
        case ast.Attribute(attr=attr):
            return attr in _METHODS and isinstance(file.parents.get(parent), ast.Call)
        case ast.comprehension():
            return not isinstance(file.parents.get(parent), ast.GeneratorExp)
    return uses.is_exhausting(read, file) and not uses.is_lazy(read, file)


def _holds(statement: ast.stmt, read: Read) -> bool:
    return any(each is read.node for each in ast.walk(statement))


def _local(name: str) -> str:
    plain = name.strip("_").lower()
    taken = keyword.iskeyword(plain) or hasattr(builtins, plain) or not plain.isidentifier()
    return "stream" if taken else plain
