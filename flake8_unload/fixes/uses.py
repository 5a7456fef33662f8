"""The uses of a global that is to become a call: which of them would mean something else. Knows no edits."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from flake8_unload import factories
from flake8_unload.events import Read, Var
from flake8_unload.fixes.by_text import why_by_text
from flake8_unload.fixes.early import run_by_import
from flake8_unload.fixes.mentions import is_annotation, uses_of
from flake8_unload.importtime import under_main_guard
from flake8_unload.lifecycle import File
from flake8_unload.release import cleaners
from flake8_unload.scopes import Kind, Scope

USED_UP = "is read to its end or closed by a use, and cached it stays so"
"""What a context manager helps, and caching does not."""

_CONSUMERS = frozenset(
    f"builtins.{each}" for each in "list set tuple dict sorted sum max min frozenset any all next".split()
)
_LOADERS = frozenset(
    """
    json.load pickle.load marshal.load tomllib.load tomli.load yaml.load yaml.safe_load plistlib.load
    csv.reader csv.DictReader xml.etree.ElementTree.parse numpy.load numpy.loadtxt""".split()
)
_LAZY = frozenset({"csv.reader", "csv.DictReader", "numpy.load", "builtins.next"})
_READS = frozenset({"read", "readlines"})


def why_not_called(var: Var, reads: Sequence[Read], file: File) -> str | None:
    """Why the reads of a global cannot become calls; None where they can."""
    name = var[1]
    if any(each.var[0].kind is Kind.CLASS for each in file.events_naming(name, Read) if each.var[1] == name):
        return f"a class body binds `{name}` too, and may read this one first"
    early, ending = run_by_import(file), set(cleaners(file))
    for read in reads:
        block = file.block(read)
        if block is file.bindings.module:
            if not under_main_guard(read.node, file):
                return f"`{name}` is used at import, which would open it there"
        elif early & set(_around(block)):
            return f"`{block.name}` uses it and runs at import, which would open it there"
        elif ending & set(_around(block)):
            return f"`{block.name}` uses it at exit or unload, and would open it for that"
        if _in_text(read, file):
            return f"`{name}` is used in an f-string"
    return _unread(var, reads, file) or why_by_text(name, file)


def _unread(var: Var, reads: Sequence[Read], file: File) -> str | None:
    """Places that name the global and read nothing: they would name nothing."""
    known = {each.node for each in reads}
    for use in uses_of(var, file):
        if use.node not in known:
            if is_annotation(use.node, file):
                return f"`{var[1]}` is used in an annotation"
            return f"`{var[1]}` is named in code that is never reached"
    return None


def _around(scope: Scope | None) -> Iterator[Scope]:
    while scope is not None:
        yield scope
        scope = scope.parent


def _in_text(read: Read, file: File) -> bool:
    """Before Python 3.12 no position in an f-string can be trusted, and `{x=}` prints its own source."""
    return any(isinstance(each, ast.JoinedStr) for each in file.ancestors(read.node))


# -- used up -------------------------------------------------------------------------------------
def used_up(reads: Iterable[Read], file: File) -> bool:
    """Some read closes what the global holds, or reads it to its end."""
    return any(is_closing(each, file) or is_exhausting(each, file) for each in reads)


def is_closing(read: Read, file: File) -> bool:
    """`x.close()`, `os.close(x)`, `with x:`, `with closing(x):`."""
    parent = file.parents.get(read.node)
    match parent:
        case ast.Attribute(attr=attr):
            return attr in factories.CLOSERS
        case ast.withitem():
            return True
        case ast.Call(func=ast.Attribute(attr=attr) | ast.Name(id=attr)) if parent.func is not read.node:
            return attr in factories.CLOSERS or attr in ("closing", "enter_context")
    return False


def is_exhausting(read: Read, file: File) -> bool:
    """`for line in x`, `x.read()`, `json.load(x)`; not where the block around goes back by `seek`."""
    if any(_is_seek(other, read, file) for other in file.reads_of(read.var)):
        return False
    parent = file.parents.get(read.node)
    match parent:
        case ast.For() | ast.comprehension():
            return parent.iter is read.node
        case ast.Attribute(attr=attr):
            call = file.parents.get(parent)
            return attr in _READS and isinstance(call, ast.Call) and not call.args and not call.keywords
        case ast.Call(func=func, args=[first, *_]) if first is read.node:
            return file.names.resolve(func, read.block) in _CONSUMERS | _LOADERS
    return False


def is_lazy(read: Read, file: File) -> bool:
    """It is given to something that reads from it later."""
    parent = file.parents.get(read.node)
    return isinstance(parent, ast.Call) and file.names.resolve(parent.func, read.block) in _LAZY


def _is_seek(other: Read, read: Read, file: File) -> bool:
    parent = file.parents.get(other.node)
    return file.block(other) is file.block(read) and getattr(parent, "attr", "") == "seek"
