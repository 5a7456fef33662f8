"""The uses of a global that is to become a call: which of them would mean something else. Knows no edits."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_unload import factories
from flake8_unload.events import Call, Read, Var
from flake8_unload.importtime import entered, under_main_guard
from flake8_unload.lifecycle import File
from flake8_unload.release import cleaners
from flake8_unload.scopes import Kind, Scope

USED_UP = "is read to its end or closed by a use, and cached it stays so"
"""What a context manager helps, and caching does not."""

_LOOKS_UP = frozenset({"eval", "exec", "globals"})
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
_IMPORT_METHODS = frozenset({"__init__", "__new__", "__post_init__", "__call__", "__enter__"})
_AT_CREATION = frozenset({"__init_subclass__", "__set_name__", "__class_getitem__", "__prepare__"})


def why_not_called(var: Var, reads: Iterable[Read], file: File) -> str | None:
    """Why the reads of a global cannot become calls; None where they can."""
    name = var[1]
    if any(each.var[0].kind is Kind.CLASS for each in file.events_naming(name, Read) if each.var[1] == name):
        return f"a class body binds `{name}` too, and may read this one first"
    early, ending = _run_by_import(file), set(cleaners(file))
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
    return _by_text(name, file)


def _around(scope: Scope | None) -> Iterator[Scope]:
    while scope is not None:
        yield scope
        scope = scope.parent


def _in_text(read: Read, file: File) -> bool:
    """Before Python 3.12 no position in an f-string can be trusted, and `{x=}` prints its own source."""
    return any(isinstance(each, ast.JoinedStr) for each in file.ancestors(read.node))


# -- at import -----------------------------------------------------------------------------------
def _run_by_import(file: File) -> set[Scope]:
    """The functions of this file that import time calls, directly or through others, as far as names tell."""
    found: set[Scope] = set()
    pending = [file.bindings.module]
    while pending:
        for call in file.events_of(pending.pop(), Call):
            if not under_main_guard(call.node, file):
                new = set(_called(call, file)) - found
                found |= new
                pending += new
    methods = {each for each in file.blocks if each.name in _AT_CREATION}
    return found | methods


def _called(call: Call, file: File) -> Iterator[Scope]:
    """What a call may run: a function by its name, a class, or any method of that name."""
    inner = entered(call, file)
    if inner is not None:
        yield inner
    function = file.function_of(call)
    if function is not None:
        yield function
    match call.node.func:
        case ast.Attribute(attr=attr) if call.name is None or call.name.startswith("<"):
            yield from (each for each in _methods(file) if each.name == attr)
        case ast.Name() if (call.name or "").startswith("<"):
            yield from (each for each in _methods(file) if each.name in _IMPORT_METHODS)


def _methods(file: File) -> Iterator[Scope]:
    return (each for each in file.blocks if each.parent is not None and each.parent.kind is Kind.CLASS)


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


# -- by its text ---------------------------------------------------------------------------------
def _by_text(name: str, file: File) -> str | None:
    """Something in this file may look the global up by its name, or under its module's name."""
    module = file.bindings.module
    own = (file.place.module or "", "sys.modules.__name__")
    for node in ast.walk(file.tree):
        match node:
            case ast.Call(func=ast.Name(id="vars" | "locals"), args=[]) if not _in_function(node, file):
                return "`vars()` or `locals()` may look the name up by its text"
            case ast.Call(func=ast.Name() | ast.Attribute() as func) if _looks_up(func, file):
                return f"`{ast.unparse(func)}` may look the name up by its text"
            case ast.Constant(value=str(text)) if _names_it(node, text, name, file):
                return f"the text {text!r} may stand for the name"
            case ast.Attribute(value=value, attr=attr) if attr == name and file.place.module:
                if file.names.resolve(value, module) in own:
                    return f"`{ast.unparse(node)}` is used beside it"
    return None


def _looks_up(func: ast.Name | ast.Attribute, file: File) -> bool:
    name = func.id if isinstance(func, ast.Name) else func.attr
    return name in _LOOKS_UP and file.names.resolve(func, file.bindings.module) == f"builtins.{name}"


def _in_function(node: ast.AST, file: File) -> bool:
    functions = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
    return any(isinstance(each, functions) for each in file.ancestors(node))


def _names_it(node: ast.Constant, text: str, name: str, file: File) -> bool:
    """`"x"` as an argument or key, and `"module.x"`."""
    if text == name:
        return isinstance(file.parents.get(node), (ast.Call, ast.Subscript, ast.keyword, ast.Tuple, ast.List))
    tail = (file.place.module or "").rpartition(".")[2]
    return bool(tail) and text.endswith(f"{tail}.{name}")
