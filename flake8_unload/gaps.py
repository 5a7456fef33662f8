"""Is a replaced attribute a shim, for what some Python, platform or release lacks? Knows no rule."""

from __future__ import annotations

import ast

from flake8_unload.events import HookReplaced
from flake8_unload.lifecycle import File
from flake8_unload.replaced import is_read, runs_at_import

_OLDEST = [3, 10]  # Python that is supported


def fills_a_gap(replaced: HookReplaced, file: File) -> bool:
    """Under a version test, `hasattr` or an `except`: a shim for something that is missing.

    A `try` or a question about the platform around `signal.signal` only says that some lack the signal. What
    is read in the same branch is not missing: then a question about the version, or a module that may be
    missing, is no reason.
    """
    child: ast.AST = replaced.node
    for around in file.ancestors(replaced.node):
        if isinstance(around, ast.ExceptHandler):
            return True
        if replaced.name == "signal.signal":
            if isinstance(around, ast.If) and not _asks_for_platform(around.test):
                return True
        elif isinstance(around, (ast.If, ast.Try)) and _may_lack(around, child, replaced, file):
            return True
        child = around
    return False


def _may_lack(around: ast.If | ast.Try, child: ast.AST, replaced: HookReplaced, file: File) -> bool:
    suite = _suite(around, child)
    if isinstance(around, ast.If) and (not _asks_for_version(around.test) or _is_dead(around, suite)):
        return True
    return not _read_in(suite, replaced, file)


def _is_dead(around: ast.If, suite: list[ast.stmt]) -> bool:
    """`if sys.version_info < (3, 10)`, alone or with more: no Python that is supported gets there."""
    tests = around.test.values if isinstance(around.test, ast.BoolOp) else [around.test]
    either = isinstance(around.test, ast.BoolOp) and isinstance(around.test.op, ast.Or)
    return suite is around.body and not either and any(map(_is_for_older, tests))


def _is_for_older(test: ast.expr) -> bool:
    match test:
        case ast.Compare(
            left=ast.Attribute(attr="version_info"), ops=[ast.Lt()], comparators=[ast.Tuple(elts=parts)]
        ):
            values = (getattr(each, "value", None) for each in parts)
            return [each for each in values if isinstance(each, int)][:2] <= _OLDEST
    return False


def _suite(around: ast.If | ast.Try, child: ast.AST) -> list[ast.stmt]:
    """The branch that ``child`` stands in."""
    return next((each for each in (around.body, around.orelse) if child in each), [])


def _read_in(suite: list[ast.stmt], replaced: HookReplaced, file: File) -> bool:
    return any(
        is_read(node, replaced.name, file) and runs_at_import(node, replaced.through, file)
        for statement in suite
        for node in ast.walk(statement)
    )


def _asks_for_version(test: ast.expr) -> bool:
    return _asks_for_platform(test) or "version" in ast.unparse(test)


def _asks_for_platform(test: ast.expr) -> bool:
    text = ast.unparse(test)
    return any(word in text for word in (".platform", "os.name", "platform.system", "hasattr(signal,"))
