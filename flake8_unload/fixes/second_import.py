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


def called_again(function: str, module: str, var: Var, place: ast.stmt, block: Scope, file: File) -> str:
    """`m = importlib.import_module("m")` behind ``place``.

    Where nothing else uses what the first import bound, `m.__name__` does: linters see that it is needed.
    """
    if not is_double(var, place, block, file) and not _is_only_used_here(var, place, block, file):
        return f'{var[1]} = {function}("{module}")'
    if has_own_name(module, file):
        return f"{var[1]} = {function}({var[1]}.__name__)"
    return f'{var[1]} = {function}("{module}"){comment(["F811"])}'


def has_own_name(module: str, file: File) -> bool:
    """The module has the `__name__` that it is imported by; what it puts in its own place may have none."""
    source = file.place.source_of(module)
    return not (source and replaces_itself(source))


def _is_only_used_here(var: Var, place: ast.stmt, block: Scope, file: File) -> bool:
    """A function that is to bind the name anew is the only one to use it, behind ``place``."""
    own = file.block_of(block)
    end = place.end_lineno or place.lineno
    return var[0] is not own and all(
        is_immediate(use, own, file) and use.node.lineno > end for use in uses_of(var, file)
    )


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
