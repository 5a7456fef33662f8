"""The `__getattr__` of a module (PEP 562) that serves names which are no globals any more.

Knows libcst and one edit.
"""

from __future__ import annotations

import libcst as cst

from flake8_unload.edits import ServeName
from flake8_unload.repair.statements import Statement, parsed

NAME = "__getattr__"
_BRANCH = """\
if name == "{name}":
    return {code}
"""
_FUNCTION = """\
def __getattr__({signature}:
    if name == "{name}":
        return {code}
    raise AttributeError(f"module {{__name__!r}} has no attribute {{name!r}}")
"""


def serving(module: cst.Module, wanted: ServeName) -> cst.Module:
    """The module with a `__getattr__` that serves one name more; it stands behind what it calls."""
    body: list[Statement] = list(module.body)
    names = [each.name.value if isinstance(each, cst.FunctionDef) else "" for each in body]
    called = wanted.code.partition("(")[0]
    if NAME in names:
        at = names.index(NAME)
        (branch,) = parsed(_BRANCH.format(name=wanted.name, code=wanted.code), module)
        body[at] = _with_branch(cst.ensure_type(body[at], cst.FunctionDef), branch)
        if names[at + 1 : at + 2] == [called]:
            body[at : at + 2] = body[at + 1], body[at]
        return module.with_changes(body=body)
    signature = "name: str) -> Any" if wanted.typed else "name)"
    new = parsed(_FUNCTION.format(signature=signature, name=wanted.name, code=wanted.code), module)
    at = names.index(called) + 1 if called in names else len(body)
    return module.with_changes(body=[*body[:at], *new, *body[at:]])


def _with_branch(function: cst.FunctionDef, branch: Statement) -> cst.FunctionDef:
    """The new branch goes in front of the `raise` at the end."""
    block = cst.ensure_type(function.body, cst.IndentedBlock)
    *branches, last = block.body
    return function.with_changes(body=block.with_changes(body=[*branches, branch, last]))
