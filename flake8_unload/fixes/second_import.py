"""What keeps other linters off an import that has to stand where it stands. Knows no rule.

They move an import up (E402), or take the second of two equal ones away (F811): a call of `import_module`
is no such import, and a comment is for where there must be one.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable

from flake8_unload.disk import replaces_itself
from flake8_unload.events import Var
from flake8_unload.fixes.mentions import Use, is_immediate, uses_of
from flake8_unload.lifecycle import File, namespace_guard
from flake8_unload.scopes import Scope

_HIGH = (ast.Import, ast.ImportFrom, ast.If, ast.With, ast.Try, getattr(ast, "TryStar", ast.Try))


def called_again(
    function: str, module: str, var: Var, place: ast.stmt, block: Scope, file: File, *, replaced: bool = False
) -> str:
    """`m = importlib.import_module("m")` behind ``place``, or in its stead where it is ``replaced``.

    Where nothing has used the name since its import, `m.__name__` does: that first import is needed, too.
    """
    if not is_double(var, place, block, file, replaced=replaced):
        return f'{var[1]} = {function}("{module}")'
    source = file.place.source_of(module)
    if source and replaces_itself(source):
        return f'{var[1]} = {function}("{module}"){comment(["F811"])}'
    return f"{var[1]} = {function}({var[1]}.__name__)"


def marked(code: str, var: Var, place: ast.stmt, block: Scope, file: File) -> str:
    """Imports that are put behind ``place`` to bind ``var``, each with the comment that it needs."""
    codes = ["F811"] if is_double(var, place, block, file) else []
    mark = comment(codes) if _stands_high(place, file) else noqa(place, codes)
    return "\n".join(line + mark for line in code.split("\n"))


def needs_import(place: ast.stmt, file: File) -> bool:
    """Imports follow that are in place, as long as nothing but imports stands above them."""
    body = file.tree.body
    below = body[body.index(place) + 1 :] if place in body else []
    return _stands_high(place, file) and any(isinstance(each, (ast.Import, ast.ImportFrom)) for each in below)


def noqa(place: ast.stmt, codes: Iterable[str]) -> str:
    """The comment for an import behind ``place``; E402 is about what stands at the margin only."""
    return comment([*(["E402"] if place.col_offset == 0 else []), *codes])


def comment(codes: Iterable[str]) -> str:
    """`# noqa` with codes, behind a line; nothing for none."""
    return f"  # noqa: {listed}" if (listed := ", ".join(codes)) else ""


def _stands_high(place: ast.stmt, file: File) -> bool:
    """Only imports and blocks that try or ask something stand above, which E402 lets pass."""
    body = file.tree.body
    above = body[: body.index(place) + 1] if place in body else []
    return bool(above) and all(isinstance(each, _HIGH) or _is_text(each) for each in above)


def _is_text(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def is_double(var: Var, place: ast.stmt, block: Scope, file: File, *, replaced: bool = False) -> bool:
    """The code around ``place`` has imported the name already, and not used it since.

    ``replaced``: what ``place`` itself does goes.
    """
    own = file.block_of(block)
    if var[0] is not own:
        return False
    statements = [
        each.statement for each in var[0].bindings.get(var[1], ()) if isinstance(each.node, ast.alias)
    ]
    above = [each for each in statements if each is not None and _place(each) < _place(place)]
    if not above or _is_other_branch(above[-1], file):
        return False
    inside = set(ast.walk(place)) if replaced else set()
    uses = [use for use in uses_of(var, file) if use.node not in inside]
    return not any(is_between(above[-1], use, place, own, file) for use in uses)


def is_between(start: ast.stmt, use: Use, place: ast.stmt, block: Scope, file: File) -> bool:
    """Behind the import, up to the end of ``place``, and not in code that runs later."""
    end = place.end_lineno or place.lineno, place.end_col_offset or 0
    return _place(start) < _place(use.node) < end and is_immediate(use, block, file)


def _place(node: ast.stmt | ast.Name) -> tuple[int, int]:
    return node.lineno, node.col_offset


def _is_other_branch(statement: ast.stmt, file: File) -> bool:
    """`if "m" in locals(): … else: import m`."""
    return any(
        isinstance(around, ast.If) and namespace_guard(around.test) is not None
        for around in file.ancestors(statement)
    )
