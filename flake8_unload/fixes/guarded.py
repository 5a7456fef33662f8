"""The fix of UNL304: a run of statements that attach handlers, under `if not logger.handlers:`."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.edits import Fix, Refusal, Surround, anchor
from flake8_unload.events import HandlerAdded
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind

_ROOTS: tuple[list[str], ...] = (["root"], [""], [])


def guarded(added: HandlerAdded, file: File) -> Fix | Refusal:
    """Attach the handlers only to a logger that has none; with them goes what makes them."""
    receiver = getattr(added.node.func, "value", None)
    reason = _of_call(added, receiver, file)
    if reason:
        return Refusal(reason)
    assert isinstance(receiver, ast.expr)
    suite, at = _suite(added.node, file)
    logger = ast.unparse(receiver)
    run = _run(suite, at, logger)
    if isinstance(run, str):
        return Refusal(run)
    reason = _of_others(suite[run.start : run.stop], logger, added, file)
    if reason:
        return Refusal(reason)
    first, last = suite[run.start], suite[run.stop - 1]
    segment = ast.get_source_segment("".join(file.lines), receiver) or logger
    header = f"if not {segment}.handlers:"
    return Fix(
        "attach it only to a logger without handlers",
        (Surround(anchor(first, file.lines), anchor(last, file.lines), header),),
        safe=False,
    )


def _of_call(added: HandlerAdded, receiver: ast.expr | None, file: File) -> str | None:
    if added.through is not None:
        return f"`{added.through}` attaches the handler"
    if added.handler == "loguru.FileSink":
        return "a logger of loguru cannot be asked for its sinks; `logger.remove()` above drops them"
    if getattr(added.node.func, "attr", "") != "addHandler":
        return "`basicConfig` does nothing the second time; what it opens belongs into `main()`"
    name = file.names.resolve(receiver, added.block)
    if name == "logging.root" or (name == "logging.getLogger()" and _is_root(receiver, added, file)):
        return "any module may have given the root logger a handler"
    if receiver is None or name != "logging.getLogger()" or receiver.lineno != receiver.end_lineno:
        return "the logger is not provable"
    if any(isinstance(each, ast.NamedExpr) for each in ast.walk(receiver)):
        return "the logger is bound in the same statement"
    if not isinstance(file.parents.get(added.node), ast.Expr):
        return "the call is part of a larger statement"
    if file.block(added).kind is not Kind.MODULE or added.block.kind is not Kind.MODULE:
        return "the handler is attached in a class body"
    return None


def _is_root(receiver: ast.expr | None, added: HandlerAdded, file: File) -> bool:
    """`getLogger()`, also by way of a name."""
    node = receiver
    if isinstance(node, ast.Name):
        bindings = file.bindings.module.bindings.get(node.id, [])
        node = getattr(bindings[0].statement, "value", None) if bindings else None
    return isinstance(node, ast.Call) and [file.names.text(each, added.block) for each in node.args] in _ROOTS


# -- the run of statements -------------------------------------------------------------------------
def _suite(node: ast.AST, file: File) -> tuple[list[ast.stmt], int]:
    """The statements around the one that ``node`` is part of, and its place among them."""
    around = [node, *file.ancestors(node)]
    at = next(index for index, each in enumerate(around) if isinstance(each, ast.stmt))
    statement, parent = around[at], around[at + 1]
    for name in ("body", "orelse", "finalbody"):
        suite = getattr(parent, name, None) or []
        if statement in suite:
            return suite, suite.index(statement)
    return [statement], 0  # type: ignore[list-item]


def _run(suite: list[ast.stmt], at: int, logger: str) -> range | str:
    """The neighbours that attach a handler to the same logger, and those above that make the handlers."""
    stop = at + 1
    while stop < len(suite) and _is_of_run(suite, stop, logger):
        stop += 1
    while not _adds(suite[stop - 1], logger):
        stop -= 1
    start = at
    while start and (_adds(suite[start - 1], logger) or _makes(suite[start - 1], suite[start:stop])):
        start -= 1
    lines = [each.lineno for each in suite[start : stop + 1]]
    return "other statements stand on the same line" if len(set(lines)) < len(lines) else range(start, stop)


def _is_of_run(suite: list[ast.stmt], index: int, logger: str) -> bool:
    """It attaches a handler, or makes or sets up one that is attached further below."""
    rest = suite[index + 1 :]
    return _adds(suite[index], logger) or any(
        _adds(each, logger) and _makes(suite[index], suite[index + 1 : index + 2 + number])
        for number, each in enumerate(rest[:6])
    )


def _adds(statement: ast.stmt, logger: str) -> bool:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=receiver, attr="addHandler"))):
            return ast.unparse(receiver) == logger
    return False


def _makes(statement: ast.stmt, below: list[ast.stmt]) -> bool:
    """`handler = …`, `handler.setLevel(…)` or `formatter = …` for a handler that is attached below."""
    wanted = {name for each in below for name in (*_attached(each), *_given(each))}
    match statement:
        case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call()):
            return name in wanted
        case ast.Expr(value=ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=attr))):
            return name in wanted and attr.startswith(("set", "add"))
    return False


def _attached(statement: ast.stmt) -> Iterator[str]:
    match statement:
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="addHandler"), args=[ast.Name(id=name)])):
            yield name


def _given(statement: ast.stmt) -> Iterator[str]:
    """What a handler is set up with."""
    match statement:
        case ast.Expr(
            value=ast.Call(func=ast.Attribute(attr="setFormatter" | "addFilter"), args=[ast.Name(id=name)])
        ):
            yield name


# -- what stays outside ----------------------------------------------------------------------------
def _of_others(run: list[ast.stmt], logger: str, added: HandlerAdded, file: File) -> str | None:
    """Handlers that the logger gets elsewhere, and names that the run binds for others."""
    inside = {node for each in run for node in ast.walk(each)}
    handlers = {name for each in run for name in _attached(each)}
    bound = {
        name for each in run if isinstance(each, ast.Assign) for name in [getattr(each.targets[0], "id", "")]
    }
    for name in handlers - bound:
        return f"`{name}` is made elsewhere, and would be made by a reload all the same"
    for node in ast.walk(file.tree):
        if node in inside:
            continue
        if isinstance(node, ast.Name) and node.id in bound:
            return f"`{node.id}` is used elsewhere"
        if (
            isinstance(node, ast.Attribute)
            and node.attr == "addHandler"
            and _same(node.value, logger, added, file)
        ):
            return "the logger gets a handler elsewhere in this file"
    return None


def _same(receiver: ast.expr, logger: str, added: HandlerAdded, file: File) -> bool:
    """The same expression, or by another spelling the same logger: then the guard would see its handler."""
    if ast.unparse(receiver) == logger:
        return True
    return file.names.resolve(receiver, added.block) == "logging.getLogger()" and _name_of(
        receiver, file
    ) == _name_of(added.node.func.value, file)  # type: ignore[attr-defined]


def _name_of(receiver: ast.expr, file: File) -> str | None:
    """The name that the logger has, as it is written."""
    node: ast.AST | None = receiver
    if isinstance(node, ast.Name):
        bindings = file.bindings.module.bindings.get(node.id, [])
        node = getattr(bindings[0].statement, "value", None) if len(bindings) == 1 else None
    return ast.unparse(node.args[0]) if isinstance(node, ast.Call) and node.args else None
