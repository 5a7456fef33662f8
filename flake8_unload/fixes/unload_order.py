"""Where a removal stands: what runs only behind it, and where new code can follow it. Knows no edits."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from flake8_unload.events import Unload
from flake8_unload.fixes.suites import precedes, suite_of
from flake8_unload.lifecycle import File

_SIMPLE = (ast.Delete, ast.Expr, ast.Assign, ast.AnnAssign)
_TRIES = (ast.Try, getattr(ast, "TryStar", ast.Try))
_MAINTENANCE = frozenset({"importlib.invalidate_caches", "gc.collect"})


def following(statement: ast.stmt, file: File) -> list[ast.stmt]:
    """The statements behind one in the same suite."""
    suite = suite_of(statement, file)
    return suite[suite.index(statement) + 1 :] if suite else []


def removal_goes_first(unload: Unload, node: ast.AST, file: File) -> bool:
    """Whoever comes to ``node`` has come by the removal, or had nothing to remove."""
    at: ast.AST | None = unload.statement
    while isinstance(at, ast.stmt):
        if precedes(at, node, file):
            return True
        parent = file.parents[at]
        match parent:
            case ast.For():
                passes = parent is unload.loop
            case ast.If(test=test, orelse=[]):
                passes = _asks_for_entry(test, unload, file) or unload.loop in [*file.ancestors(parent)]
            case _:
                passes = isinstance(parent, (*_TRIES, ast.With)) and at in parent.body
        at = parent if passes else None
    return False


def _asks_for_entry(test: ast.expr, unload: Unload, file: File) -> bool:
    match test:
        case ast.Compare(ops=[ast.In()], comparators=[modules]):
            return file.names.resolve(modules, unload.block) == "sys.modules"
    return False


def behind(unload: Unload, reads: Collection[ast.AST], file: File) -> ast.stmt | None:
    """The statement behind which the module can be imported again; None where the removal is no statement.

    That is the removal, or the loop over its keys, or a `try` that takes its failure; then whatever goes
    with it: more removals, imports. Nothing in between has one of the ``reads``.
    """
    whole = unload.loop if isinstance(unload.loop, ast.For) else unload.statement
    if not isinstance(whole, (*_SIMPLE, ast.For)) or (unload.kept and not _is_dropped(unload, file)):
        return None
    at: ast.stmt = whole
    for outer in _blocks_around(whole, file):
        if _has_one(outer, reads):
            break
        at = outer if _takes_failure(outer) else at
    for each in following(at, file):
        if _has_one(each, reads) or not _goes_with_it(each, unload, file):
            break
        at = each
    return at


def _blocks_around(statement: ast.stmt, file: File) -> Iterator[ast.stmt]:
    """The `with` and `try` statements that have it in their first suite, innermost first."""
    inner, outer = statement, file.parents[statement]
    while isinstance(outer, (*_TRIES, ast.With)) and inner in outer.body:
        yield outer
        inner, outer = outer, file.parents[outer]


def _is_dropped(unload: Unload, file: File) -> bool:
    """`_ = sys.modules.pop("m", None)`, or a comprehension of such removals."""
    parent = file.parents[unload.node]
    return isinstance(parent, (ast.Assign, ast.ListComp))


def is_suppressed(node: ast.AST, file: File) -> bool:
    """`with contextlib.suppress(…)` stands around the node."""
    return any(isinstance(each, ast.With) and _takes_failure(each) for each in file.ancestors(node))


def _takes_failure(outer: ast.AST) -> bool:
    if isinstance(outer, ast.With):
        return any("suppress" in ast.unparse(each.context_expr) for each in outer.items)
    return isinstance(outer, _TRIES) and bool(outer.handlers)


def _has_one(node: ast.AST, wanted: Collection[ast.AST]) -> bool:
    return any(each in wanted for each in ast.walk(node))


def _goes_with_it(statement: ast.stmt, unload: Unload, file: File) -> bool:
    match statement:
        case ast.Import() | ast.ImportFrom():
            return True
        case ast.Assign(value=ast.Call(func=func)) | ast.Expr(value=ast.Call(func=func)) if (
            file.names.resolve(func, unload.block) == "importlib.import_module"
        ):
            return True
        case ast.Expr(value=ast.Call(func=func)) if file.names.resolve(func, unload.block) in _MAINTENANCE:
            return True
        case ast.Expr() | ast.Delete() | ast.For():
            return statement in _removing(unload, file)
    return False


def _removing(unload: Unload, file: File) -> Iterator[ast.AST]:
    """The statements of the same code that remove entries, and the loops over their keys."""
    for each in file.events_of(file.block(unload), Unload):
        if each.statement is not None:
            yield each.loop if isinstance(each.loop, ast.For) else each.statement
