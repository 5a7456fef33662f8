"""A global that one plain assignment binds, with its uses; or why it is none. Knows no edits."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

from flake8_unload.events import Opened, Read, Var
from flake8_unload.lifecycle import File

_TYPE_COMMENT = re.compile(r"#\s*type:\s*(?!ignore)")


@dataclass(frozen=True, slots=True)
class Global:
    """``docstring`` is the text below the assignment that documents the name."""

    var: Var
    statement: ast.Assign | ast.AnnAssign
    value: ast.expr
    annotation: ast.expr | None
    docstring: ast.Expr | None
    reads: tuple[Read, ...]

    @property
    def name(self) -> str:
        return self.var[1]


def assigned_once(opened: Opened, file: File) -> Global | str:
    """The global that holds what was opened, or why no function can stand for it."""
    assert opened.var is not None
    name, module = opened.var[1], file.bindings.module
    if any(name in each.globals for each in file.blocks):
        return f"a function declares `global {name}`"
    bindings = module.bindings.get(name, [])
    if opened.var[0] is not module or len(bindings) != 1:
        return f"`{name}` is bound or deleted more than once"
    statement, node = bindings[0].statement, bindings[0].node
    if not isinstance(statement, (ast.Assign, ast.AnnAssign)) or _targets(statement) != [node]:
        return f"`{name}` is not bound by an assignment of its own"
    if statement not in file.tree.body:
        return f"`{name}` is bound in a block, under a condition"
    value = statement.value
    if value is None or opened.node not in set(ast.walk(value)):
        return f"`{name}` is bound elsewhere"
    docstring = _docstring(statement, file)
    reason = _of_layout(statement, docstring, file)
    if reason:
        return reason
    return Global(
        opened.var, statement, value, _annotation(statement), docstring, tuple(file.reads_of(opened.var))
    )


def _targets(statement: ast.Assign | ast.AnnAssign) -> list[ast.expr]:
    return statement.targets if isinstance(statement, ast.Assign) else [statement.target]


def _docstring(statement: ast.stmt, file: File) -> ast.Expr | None:
    """A text right below, as documentation tools read it."""
    after = file.tree.body[file.tree.body.index(statement) + 1 :][:1]
    match after:
        case [ast.Expr(value=ast.Constant(value=str())) as text] if (
            text.lineno == (statement.end_lineno or 0) + 1
        ):
            return text
    return None


def _of_layout(statement: ast.stmt, docstring: ast.Expr | None, file: File) -> str | None:
    end = statement.end_lineno or statement.lineno
    beside = [each for each in file.tree.body if each is not statement]
    if any(each.lineno <= end and (each.end_lineno or 0) >= statement.lineno for each in beside):
        return "other statements stand on the same line"
    if docstring is not None and docstring.end_lineno != docstring.lineno:
        return "a text of several lines documents the name"
    if _TYPE_COMMENT.search(file.lines[end - 1]):
        return "a type comment stands behind it"
    return None


def _annotation(statement: ast.Assign | ast.AnnAssign) -> ast.expr | None:
    """What the function returns: the annotation, without `Final` around it."""
    match statement:
        case ast.AnnAssign(annotation=ast.Subscript(value=outer, slice=inner)) if _is_final(outer):
            return inner
        case ast.AnnAssign(annotation=annotation) if not _is_final(annotation):
            return annotation
    return None


def _is_final(node: ast.expr) -> bool:
    return getattr(node, "attr", getattr(node, "id", "")) in ("Final", "ClassVar")
