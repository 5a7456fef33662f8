"""The path that a call opens: absolute, or counted from the current folder? Knows names, no edits."""

from __future__ import annotations

import ast
import re
from enum import Enum, auto

from flake8_unload.lifecycle import File
from flake8_unload.names import assigned_value
from flake8_unload.scopes import Scope

_NOUNS = frozenset({"file", "database file", "memory map"})
_BY_NAME = frozenset(
    """
    sqlite3.connect sqlite3.Connection sqlite3.dbapi2.connect sqlite3.dbapi2.Connection duckdb.connect
    apsw.Connection pysqlite3.connect pysqlite2.dbapi2.connect sqlcipher3.dbapi2.connect""".split()
)
_NOT_BY_PATH = frozenset({"mmap.mmap", "os.fdopen"})
_KEYWORDS = ("file", "filename", "path", "name", "database", "fp")
_ABSOLUTE = re.compile(r"/|\\\\|~|[A-Za-z]:[\\/]|[a-z0-9+]+://|:memory:$|$")
_SAME = frozenset(
    "builtins.str os.fspath os.path.normpath os.path.dirname os.path.expanduser os.path.join".split()
)
_ANCHORED = frozenset("os.path.abspath os.path.realpath".split())
_FIXED = frozenset("tempfile.gettempdir pathlib.Path.home".split())
_CURRENT = frozenset("os.getcwd pathlib.Path.cwd".split())
_PATHS = frozenset("pathlib.Path pathlib.PurePath pathlib.PosixPath pathlib.WindowsPath".split())
_ANCHORING = frozenset({"absolute", "resolve"})
_ON_PATHS = frozenset(
    {"joinpath", "with_name", "with_suffix", "with_stem", "expanduser", "parent", "parents"}
)
_DEPTH = 8


class Counts(Enum):
    """Where a path counts from."""

    FROM_ROOT = auto()
    FROM_FOLDER = auto()
    UNKNOWN = auto()
    NOTHING = auto()  # it is no path


def path_argument(call: ast.Call, name: str, noun: str) -> ast.expr | None:
    """The expression of the path that a factory is given, or None for one that takes none."""
    if name in _NOT_BY_PATH or not (noun in _NOUNS or name in _BY_NAME):
        return None
    if isinstance(call.func, ast.Attribute) and name.startswith("pathlib."):
        return call.func.value
    if call.args:
        return call.args[0]
    return next((each.value for each in call.keywords if each.arg in _KEYWORDS), None)


def counts_from(
    path: ast.expr, scope: Scope, file: File, at_import: bool = False, depth: int = _DEPTH
) -> Counts:
    """Where ``path`` counts from when it is evaluated: at import, or at some time later."""
    if depth == 0:
        return Counts.UNKNOWN

    def base(inner: ast.expr) -> Counts:
        return counts_from(inner, scope, file, at_import, depth - 1)

    match path:
        case ast.Constant(value=str(text)):
            return Counts.FROM_ROOT if _ABSOLUTE.match(text) else Counts.FROM_FOLDER
        case ast.Constant(value=int()):
            return Counts.NOTHING
        case ast.JoinedStr(values=[ast.FormattedValue(value=inner), *_]):
            return base(inner)
        case ast.JoinedStr(values=[inner, *_]) | ast.BinOp(left=inner):
            return base(inner)
        case ast.Name(id="__file__"):
            return Counts.FROM_ROOT
        case ast.Name(id=name):
            return _of_name(name, scope, file, depth)
        case ast.Call(func=func, args=args):
            return _of_call(path, func, args, scope, file, at_import, depth)
        case ast.Attribute(value=inner, attr=attr) if attr in _ON_PATHS:
            return base(inner)
        case ast.Subscript(value=ast.Attribute(value=inner, attr="parents")):
            return base(inner)
    return Counts.UNKNOWN


def _of_name(name: str, scope: Scope, file: File, depth: int) -> Counts:
    """What a global was given once is as old as the import."""
    home = file.bindings.lookup(name, scope)
    bindings = home.bindings.get(name, []) if home is not None else []
    if home is not file.bindings.module or len(bindings) != 1:
        return Counts.UNKNOWN
    match bindings[0].statement:
        case ast.Assign() | ast.AnnAssign() as statement:
            value = assigned_value(statement, bindings[0].node)
            if value is not None:
                return counts_from(value, bindings[0].block, file, True, depth - 1)
    return Counts.UNKNOWN


def _of_call(
    call: ast.Call,
    func: ast.expr,
    args: list[ast.expr],
    scope: Scope,
    file: File,
    at_import: bool,
    depth: int,
) -> Counts:
    name = file.names.resolve(func, scope) or ""
    anchors = name in _ANCHORED or (isinstance(func, ast.Attribute) and func.attr in _ANCHORING)
    if anchors and at_import:
        return Counts.FROM_ROOT
    if name in _CURRENT:
        return Counts.FROM_ROOT if at_import else Counts.FROM_FOLDER
    if name in _FIXED:
        return Counts.FROM_ROOT
    if name in _PATHS and not args:
        return Counts.FROM_FOLDER
    if (name in _SAME or name in _ANCHORED or name in _PATHS) and args:
        return counts_from(args[0], scope, file, at_import, depth - 1)
    if isinstance(func, ast.Attribute) and (func.attr in _ON_PATHS or func.attr in (*_ANCHORING, "format")):
        return counts_from(func.value, scope, file, at_import, depth - 1)
    return Counts.UNKNOWN
