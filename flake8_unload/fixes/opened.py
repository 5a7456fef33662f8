"""The fix of UNL305: `Path.read_text` where that is the same, else `with` around the statement."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.edits import Edit, Enclose, Fix, Refusal, Replace, anchor
from flake8_unload.events import Opened
from flake8_unload.fixes.imports import name_at
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind

_OPENS = frozenset({"builtins.open", "io.open"})
_LAZY = frozenset({"numpy.load"})  # its result reads from the file later
_CONSUMERS = frozenset(
    f"builtins.{each}" for each in "list set tuple dict sorted sum max min frozenset any all".split()
)
_TEXTS = frozenset(
    """
    os.path.join() os.path.dirname() os.path.abspath() os.path.realpath() os.path.normpath()
    os.path.expanduser() pathlib.Path() builtins.str()""".split()
)
_OF_PATHS = frozenset("joinpath with_name with_suffix with_stem expanduser resolve absolute".split())
_READERS = {"": "read_text", "r": "read_text", "rt": "read_text", "rb": "read_bytes", "br": "read_bytes"}
_NAMES = ("_file", "_stream", "_opened_file")
_Place = tuple[ast.stmt, list[ast.AST]]


def closed(opened: Opened, file: File) -> Fix | Refusal:
    """Read the file through `Path`, or close it with `with`."""
    if opened.through is not None:
        return Refusal(f"the file is opened in `{opened.through}`")
    return _through_path(opened, file) or _with(opened, file)


# -- Path --------------------------------------------------------------------------------------
def _through_path(opened: Opened, file: File) -> Fix | None:
    """`open(p).read()` as `Path(p).read_text()`: the same text for a path that is certainly one."""
    attribute = file.parents.get(opened.node)
    read = file.parents.get(attribute) if attribute else None
    match attribute, read:
        case ast.Attribute(attr="read"), ast.Call(args=[], keywords=[]):
            pass
        case _:
            return None
    assert isinstance(read, ast.Call)
    method, keywords = _reader(opened.node)
    if method is None or file.names.resolve(opened.node.func, opened.block) not in _OPENS:
        return None
    path = opened.node.args[0]
    edits: tuple[Edit, ...] = ()
    if _is_object(path, opened, file):
        code = "(__0__)" if isinstance(path, ast.BinOp) else "__0__"
    elif _is_path(path, opened, file) and (
        spelling := name_at(file, opened.node, opened.block, "pathlib", "Path")
    ):
        name, edits = spelling
        code = f"{name}(__0__)"
    else:
        return None
    given = ", ".join(f"{keyword.arg}=__{number}__" for number, keyword in enumerate(keywords, 1))
    kept = [anchor(path, file.lines), *(anchor(each.value, file.lines) for each in keywords)]
    new = Replace(anchor(read, file.lines), f"{code}.{method}({given})", tuple(kept))
    return Fix(f"use `Path.{method}`", (new, *edits))


def _reader(call: ast.Call) -> tuple[str | None, list[ast.keyword]]:
    """The method of `Path` that reads as this call of `open` does, and the keywords that it takes as well."""
    mode: ast.expr = ast.Constant("")
    match call.args:
        case [_]:
            pass
        case [_, given]:
            mode = given
        case _:
            return None, []
    keywords = [each for each in call.keywords if each.arg != "mode"]
    modes = [each.value for each in call.keywords if each.arg == "mode"]
    mode = modes[0] if modes else mode
    method = _READERS.get(str(mode.value)) if isinstance(mode, ast.Constant) else None
    allowed = ("encoding", "errors") if method == "read_text" else ()
    return (method, keywords) if all(each.arg in allowed for each in keywords) else (None, [])


def _is_object(path: ast.expr, opened: Opened, file: File) -> bool:
    """Certainly a `Path`, as one that is made of another by `/`, `parent` or a method."""
    match path:
        case ast.BinOp(op=ast.Div(), left=inner):
            return _is_object(inner, opened, file)
        case ast.Attribute(value=inner, attr="parent"):
            return _is_object(inner, opened, file)
        case ast.Call(func=ast.Attribute(value=inner, attr=attr)) if attr in _OF_PATHS:
            return _is_object(inner, opened, file)
    return file.names.resolve(path, opened.block) == "pathlib.Path()"


def _is_path(path: ast.expr, opened: Opened, file: File) -> bool:
    """Certainly a text or a path object, and no file descriptor."""
    match path:
        case ast.JoinedStr():
            return True
        case ast.Constant(value=value):
            return isinstance(value, str)
        case ast.BinOp(op=ast.Div()):
            return True
        case ast.BinOp(op=ast.Add() | ast.Mod(), left=left, right=right):
            return _is_path(left, opened, file) or (
                isinstance(path.op, ast.Add) and _is_path(right, opened, file)
            )
        case ast.Name(id="__file__"):
            return True
    if file.names.text(path, opened.block) is not None:
        return True
    return file.names.resolve(path, opened.block) in _TEXTS


# -- with --------------------------------------------------------------------------------------
def _with(opened: Opened, file: File) -> Fix | Refusal:
    """`with open(p) as _file:` around the statement that uses the file up."""
    if opened.block.kind is Kind.CLASS:
        return Refusal("a `with` statement would give the class one more attribute")
    place = _place(opened, file)
    if isinstance(place, str):
        return Refusal(place)
    statement, around = place
    reason = _is_late(opened, around, file) or _is_reordered(opened, statement, around)
    if reason:
        return Refusal(reason)
    name = _free_name(statement, file)
    if name is None:
        return Refusal("the names for the file are taken")
    at, expression = anchor(statement, file.lines), anchor(opened.node, file.lines)
    return Fix("use a `with` statement", (Enclose(at, expression, name),))


def _place(opened: Opened, file: File) -> _Place | str:
    """The statement to enclose, and the expressions between it and the call; or why there is none."""
    around: list[ast.AST] = []
    child: ast.AST = opened.node
    for each in file.ancestors(opened.node):
        match each:
            case ast.stmt():
                simple = isinstance(each, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Assert))
                if simple or (isinstance(each, ast.For) and each.iter is child):
                    return each, around
                return "a `with` statement would have to stand around a whole block"
            case ast.IfExp(test=test) if child is not test:
                return "the file is opened only under a condition"
            case ast.BoolOp(values=[first, *_]) if child is not first:
                return "the file is opened only under a condition"
            case ast.Lambda():
                return "the file is opened when the lambda is called"
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                if child is not each.generators[0]:
                    return "the file is opened in every round of a comprehension"
        around.append(each)
        child = each
    return "the file is opened outside of a statement"


def _is_late(opened: Opened, around: list[ast.AST], file: File) -> str | None:
    """Something reads from the file when the statement is over."""
    for each, outer in zip(around, [*around[1:], None], strict=False):
        if isinstance(each, ast.GeneratorExp):
            consumed = isinstance(outer, ast.Call) and (
                file.names.resolve(outer.func, opened.block) in _CONSUMERS
                or (isinstance(outer.func, ast.Attribute) and outer.func.attr == "join")
            )
            if not consumed:
                return "a generator would read from the closed file"
        if isinstance(each, ast.Call) and file.names.resolve(each.func, opened.block) in _LAZY:
            return "the result reads from the file later"
    return None


def _is_reordered(opened: Opened, statement: ast.stmt, around: list[ast.AST]) -> str | None:
    """A call in front of the `open` would come after it; what a comprehension does comes after it anyway."""
    if isinstance(statement, ast.For):
        return None
    rounds = [each for each in around if hasattr(each, "generators")]
    inside = set(ast.walk(rounds[-1] if rounds else opened.node))
    start = opened.node.lineno, opened.node.col_offset
    for each in ast.walk(statement):
        if isinstance(each, (ast.Call, ast.Await, ast.NamedExpr)) and each not in inside:
            if _end(each) <= start:
                return "another call in the statement comes before the file is opened"
    return None


def _end(node: ast.expr) -> tuple[int, int]:
    return node.end_lineno or 0, node.end_col_offset or 0


def _free_name(statement: ast.stmt, file: File) -> str | None:
    """A private name that nothing else uses, or only `with` statements in front of this one."""
    for name in _NAMES:
        nodes = [each for each in _names(file) if each.id == name]
        bindings = file.bindings.module.bindings.get(name, [])
        streams = all(isinstance(each.statement, ast.With) for each in bindings)
        within = any(each.statement in list(file.ancestors(statement)) for each in bindings)
        if not nodes or (bindings and streams and not within):
            return name
    return None


def _names(file: File) -> Iterator[ast.Name]:
    return (each for each in ast.walk(file.tree) if isinstance(each, ast.Name))
