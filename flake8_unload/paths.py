"""Questions about order on the paths of one block: what was bound when, and what is still so afterwards.

"After" means: on every path from the event to there. Where paths disagree the answer is no. `aftermath`
follows what leaves the block.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

from flake8_unload.events import Bind, Call, Event, Forget, Import, Read, Reload, Unload, Var, WriteNamespace
from flake8_unload.flow import EXIT, Flow
from flake8_unload.lifecycle import File
from flake8_unload.reaching import Changes, last_changes
from flake8_unload.scopes import Kind, Scope

E = TypeVar("E", bound=Event)
Ends = Callable[[Event], bool]
_USES = (Read, Import, Reload, Unload)


def reaching(file: File, event: Event, var: Var) -> Changes:
    """What ``var`` may be bound by just before ``event``; None stands for "not bound here yet".

    For a name of an outer scope: its bindings at the end of that scope, and where that scope calls the
    function.
    """
    block = file.block(event)
    home = _flow_scope(var[0])
    elsewhere = [each for each in file.changes_of(var, Bind) if file.block(each) is not home]
    if home is block:
        changing = {file.block(each) for each in (*elsewhere, *file.changes_of(var, Forget))} - {home}
        called = partial(_changed_by_call, file, var, changing) if changing else None
        return last_changes(file.flow_of(block), event.step, var, called)
    own = last_changes(file.flow_of(block), event.step, var)
    if own and None not in own:
        return own
    steps = [call.step for call in file.calls_of(block) if file.block(call) is home]
    found = [each for step in (EXIT, *steps) for each in last_changes(file.flow_of(home), step, var)]
    return found + elsewhere


def _changed_by_call(file: File, var: Var, changing: Collection[Scope], call: Call) -> Changes:
    """What a call of a function of this file changes ``var`` by; None stands for "not by it"."""
    inner = file.function_of(call)
    if inner is None or inner not in changing or not isinstance(inner.node, ast.FunctionDef):
        return [None]
    return last_changes(file.flow_of(inner), EXIT, var)


def _flow_scope(scope: Scope) -> Scope:
    while scope.kind in (Kind.CLASS, Kind.COMPREHENSION, Kind.TYPE) and scope.parent is not None:
        scope = scope.parent
    return scope


@dataclass(frozen=True, slots=True)
class After:
    """What is certain after an event: where the fact still holds, and whether it holds at the end."""

    events: tuple[Event, ...]
    at_exit: bool


def after(flow: Flow, step: int, ends: Ends) -> After:
    """Follow every path from ``step``; a fact that starts there holds until an event that ``ends`` it.

    An event is listed when the fact holds just before it on all paths from ``step``, in the same run; in a
    loop, when it does so the first time that the event is come to.
    """
    reached = reachable(flow, step, {EXIT})
    holds = dict.fromkeys(reached, True)
    pending = list(reached)
    while pending:
        at = pending.pop()
        if not holds[at]:
            continue
        for before in flow.predecessors[at]:
            if before == step or before not in reached:
                continue
            event = flow.events[before]
            if not holds[before] or (event is not None and ends(event)):
                holds[at] = False
                pending.extend(each for each in flow.successors[at] if each in reached)
                break
    certain = {at for at in reached if holds[at]}
    certain.update(_held_in_loops(flow, step, reached - certain, ends))
    listed = tuple(event for at in sorted(certain) if (event := flow.events[at]) is not None)
    return After(listed, EXIT in certain)


def _held_in_loops(flow: Flow, step: int, doubtful: Collection[int], ends: Ends) -> Iterator[int]:
    """The uses in loops for which the fact holds when they are come to for the first time.

    One is not among them if an event that ends the fact leads to it, and can be come to without it.
    """
    left = {at for at in doubtful if type(flow.events[at]) in _USES}
    came_from = _ways(flow, step) if left else {}
    for end, event in ((at, flow.events[at]) for at in came_from):
        if not left:
            return
        if event is not None and ends(event):
            left -= reachable(flow, end, {EXIT, step}) - set(_way(end, came_from))
    for at in left:
        if at in reachable(flow, at) and holds_at_first(flow, step, {at}, ends):
            yield at


def _ways(flow: Flow, step: int) -> dict[int, int]:
    """Everything that can be come to from ``step``, and from where on the shortest way."""
    came_from: dict[int, int] = {}
    pending = [step]
    for at in pending:
        for each in flow.successors[at] if at != EXIT else ():
            if each not in came_from and each != step:
                came_from[each] = at
                pending.append(each)
    return came_from


def _way(end: int, came_from: Mapping[int, int]) -> Iterator[int]:
    """The steps of the way to ``end``."""
    while end in came_from:
        yield end
        end = came_from[end]


def holds_at_first(flow: Flow, step: int, goals: Collection[int], ends: Ends) -> bool:
    """A fact that starts at ``step`` holds whenever one of ``goals`` is come to before the others."""
    reached = reachable(flow, step, {EXIT, *goals})
    first = reached - {step, *goals}
    pending = [each for at in reached.intersection(goals) for each in flow.predecessors[at] if each in first]
    seen = set(pending)
    while pending:
        before = pending.pop()
        event = flow.events[before]
        if event is not None and ends(event):
            return False
        more = {each for each in flow.predecessors[before] if each in first} - seen
        seen |= more
        pending.extend(more)
    return True


def reachable(flow: Flow, step: int, ends: Collection[int] = ()) -> set[int]:
    """The steps that may come after one; none of ``ends`` is left again."""
    reached: set[int] = set()
    pending = list(flow.successors[step])
    while pending:
        at = pending.pop()
        if at not in reached:
            reached.add(at)
            if at not in ends:
                pending.extend(flow.successors[at])
    return reached


def changes(var: Var) -> Ends:
    """Ends a fact about the value of ``var``: it is bound again or deleted, maybe as text."""
    bound = binds(var)
    return lambda event: bound(event) or (isinstance(event, Forget) and event.var == var)


def binds(var: Var) -> Ends:
    """Ends the fact that ``var`` is deleted: it is bound again, maybe as text."""

    def ends(event: Event) -> bool:
        if isinstance(event, WriteNamespace):
            return _may_write(event, var)
        return isinstance(event, Bind) and event.var == var

    return ends


def _may_write(event: WriteNamespace, var: Var) -> bool:
    return var[0].kind is Kind.MODULE and event.name in (None, var[1])


def either(first: Ends, second: Ends) -> Ends:
    """Ends a fact when one of the two does."""
    return lambda event: first(event) or second(event)


def changers(file: File, var: Var, *, deleted: bool = False) -> Iterator[Bind | Forget | WriteNamespace]:
    """Everything that binds or, unless it is ``deleted`` anyway, deletes ``var``, or may do so as text."""
    yield from file.changes_of(var, Bind)
    if not deleted:
        yield from file.changes_of(var, Forget)
    for spelling in ("globals", "exec", "setattr", "__dict__"):
        for event in file.events_naming(spelling, WriteNamespace):
            if _may_write(event, var):
                yield event


def changes_or_calls(file: File, var: Var, *, deleted: bool = False) -> Ends:
    """Like `changes` (or `binds`), and ended as well by a call of a function of this file that does it."""
    changed = binds(var) if deleted else changes(var)
    blocks = {file.block(each) for each in changers(file, var, deleted=deleted)} - {_flow_scope(var[0])}
    if not blocks:
        return changed
    while more := {file.block(call) for each in blocks for call in file.calls_of(each)} - blocks:
        blocks |= more
    return lambda event: changed(event) or (isinstance(event, Call) and file.function_of(event) in blocks)


def can_reach(flow: Flow, start: int, goal: int) -> bool:
    """True when some path leads from ``start`` to ``goal``."""
    return goal in reachable(flow, start)


def reaching_first(file: File, event: Event, var: Var) -> list[Bind | Forget | None]:
    """Like `reaching`, for the first execution of a module body that may be executed again."""
    flow = file.flow(event)
    return last_changes(flow, event.step, var, first=True)
