"""What surrounds a statement: errors that are expected there, and whether it runs alone on its lines."""

from __future__ import annotations

import ast
import re

from flake8_unload.lifecycle import File

_EXPECTED = re.compile(r"\b(KeyError|LookupError|Exception|BaseException|raises|assertRaises\w*|suppress)\b")


def expects_key_error(node: ast.AST, file: File) -> bool:
    """A handler, `pytest.raises` or `suppress` around the node is waiting for the KeyError."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            return False
        if isinstance(around, ast.Try) and child in around.body:
            if any(each.type is None or _EXPECTED.search(ast.unparse(each.type)) for each in around.handlers):
                return True
        if isinstance(around, (ast.With, ast.AsyncWith)):
            if any(_EXPECTED.search(ast.unparse(each.context_expr)) for each in around.items):
                return True
        child = around
    return False


def has_comment(node: ast.stmt, file: File) -> bool:
    """A `#` somewhere between the first and the last line of a statement of several lines."""
    return any("#" in line for line in file.lines[node.lineno - 1 : (node.end_lineno or node.lineno) - 1])


def is_commented(node: ast.stmt, file: File) -> bool:
    """A `#` on one of the lines of a statement, or on the line above it."""
    above = file.lines[node.lineno - 2].strip() if node.lineno > 1 else ""
    lines = file.lines[node.lineno - 1 : node.end_lineno or node.lineno]
    return above.startswith("#") or any("#" in line for line in lines)
