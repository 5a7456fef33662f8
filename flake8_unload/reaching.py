"""What a name was bound or deleted by last, on each path to a step of a flow. Knows one flow, and no rule."""

from __future__ import annotations

from collections.abc import Callable

from flake8_unload.events import Bind, Call, Forget, Var
from flake8_unload.flow import ENTRY, EXIT, Flow

Changes = list[Bind | Forget | None]
"""The last changes of a name; None stands for "not changed here yet"."""


def last_changes(
    flow: Flow, step: int, var: Var, called: Callable[[Call], Changes] | None = None, first: bool = False
) -> Changes:
    """The last changes of ``var`` before ``step``.

    ``called``: what a call may change it by. ``first``: in the first execution of a flow that starts again.
    """
    found: Changes = []
    seen: set[int] = set()
    pending = list(flow.predecessors[step])
    if step == EXIT and not pending:
        return found
    while pending:
        at = pending.pop()
        if at in seen:
            continue
        seen.add(at)
        event = flow.events[at]
        if isinstance(event, (Bind, Forget)) and event.var == var:
            found.append(event)
            continue
        if called is not None and isinstance(event, Call):
            changed = called(event)
            found += [each for each in changed if each is not None]
            if None not in changed:
                continue
        if at == ENTRY:
            found.append(None)
            if first:
                continue
        pending.extend(flow.predecessors[at])
    return found
