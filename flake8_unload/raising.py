"""Which events may fail, so that an exception leaves a `try` before they take effect. Knows no order."""

from __future__ import annotations

import ast

from flake8_unload.events import Bind, Event, Forget

_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def may_fail(event: Event) -> bool:
    """Everything but a plain name that gets or loses a value which is there already."""
    if isinstance(event, Forget):
        return False
    return not (isinstance(event, Bind) and _is_plain(event))


def _is_plain(bind: Bind) -> bool:
    """Not a target in a tuple, of a loop or of a `with`, nor a name that a from-import looks up."""
    match bind.statement:
        case ast.Assign(targets=targets):
            return bind.node in targets
        case ast.AnnAssign(target=target):
            return bind.node is target
        case ast.Import():
            return True
    return isinstance(bind.node, _DEFINITIONS)
