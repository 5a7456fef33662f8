"""Questions about order that calls decide: what may come before another event, always does, or comes first.

Within one file: a function runs when it is called, or when others call it. Within one block: see `paths`.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator
from typing import TypeVar

from flake8_unload.events import Call, Event
from flake8_unload.flow import ENTRY, EXIT
from flake8_unload.lifecycle import File
from flake8_unload.paths import can_reach, reachable
from flake8_unload.scopes import Scope

E = TypeVar("E", bound=Event)


def comes_before(file: File, first: Event, second: Event) -> bool:
    """True when ``first`` may be executed before ``second``: on a path of the same block, or at import
    time before a function is called."""
    block = file.block(first)
    if block is file.block(second):
        return can_reach(file.flow_of(block), first.step, second.step)
    return block is file.bindings.module


def may_precede(file: File, first: Event, second: Event) -> bool:
    """True when ``first`` may come before ``second`` in one run: on a path of the block, or by calls."""
    block = file.block(second)
    if file.block(first) is block:
        return first is second or can_reach(file.flow_of(block), first.step, second.step)
    runners = _runners(file.block(first), file)
    if block not in runners:
        return bool(_runners(block, file) & runners)
    calls = (call for call in file.events_of(block, Call) if file.function_of(call) in runners)
    return any(can_reach(file.flow_of(block), call.step, second.step) for call in calls)


def _runners(block: Scope, file: File) -> set[Scope]:
    """The block and those that call it, directly or through others."""
    found = {block}
    while more := {file.block(call) for each in found for call in file.calls_of(each)} - found:
        found |= more
    return found


def always_before(file: File, firsts: Collection[Event], second: Event) -> bool:
    """True when every path to ``second`` has come past one of ``firsts``: in its own block or in a call
    there, or, if it is in a function of the module, before anybody calls that."""
    passing = _passing(file, firsts)
    return _comes_past(file, passing, file.block(second), second.step, frozenset())


def _comes_past(
    file: File, passing: dict[Scope, set[int]], block: Scope, step: int, inside: frozenset[Scope]
) -> bool:
    stops = passing.get(block, set())
    if step not in reachable(file.flow_of(block), ENTRY, stops) - stops:
        return True
    if block in inside or not _is_only_called(file, block):
        return False
    module = file.bindings.module
    places = [(module, EXIT), *((file.block(call), call.step) for call in file.calls_of(block))]
    return all(_comes_past(file, passing, *place, inside | {block}) for place in places)


def _passing(file: File, firsts: Collection[Event]) -> dict[Scope, set[int]]:
    """By block, the steps of ``firsts``, and of the calls of functions that always come past one of them."""
    found: dict[Scope, set[int]] = {}
    for event in firsts:
        found.setdefault(file.block(event), set()).add(event.step)
    pending, done = list(found), set[Scope]()
    while pending:
        block = pending.pop()
        if block in done or EXIT in reachable(file.flow_of(block), ENTRY, found[block]):
            continue
        done.add(block)
        for call in file.calls_of(block):
            found.setdefault(file.block(call), set()).add(call.step)
            pending.append(file.block(call))
    return found


def _is_only_called(file: File, block: Scope) -> bool:
    """A plain function of the module that nothing but calls by its name can run before the module is done."""
    if not isinstance(block.node, ast.FunctionDef) or block.node.decorator_list:
        return False
    home = file.bindings.module
    if block.parent is not home or len(home.bindings.get(block.name, ())) != 1:
        return False
    reads = file.reads_of((home, block.name))
    called = {id(call.node.func) for call in file.calls_of(block)}
    return all(id(read.node) in called for read in reads)


def coming_first(file: File, start: Event, goals: Collection[E]) -> Iterator[E]:
    """Those of ``goals`` that some path from ``start`` comes to past none of the others.

    Where all of them certainly fail, nothing comes to the rest.
    """
    passing = _passing(file, goals)
    onward = reachable(file.flow(start), start.step, passing.get(file.block(start), ()))
    for goal in goals:
        block, stops = file.block(goal), passing[file.block(goal)] - {goal.step}
        steps = _entered_at(block, start, onward, file)
        if any(goal.step in reachable(file.flow_of(block), step, stops) for step in steps):
            yield goal


def _entered_at(block: Scope, start: Event, onward: Collection[int], file: File) -> list[int]:
    """The steps from which a block goes on after ``start``: where it is called, or has called.

    ``onward``: the steps that its own block comes to.
    """
    home = file.block(start)
    if block is home:
        return [start.step]
    runners, callees = _runners(block, file), _runners(home, file)
    calls = [call.step for call in file.events_of(home, Call) if file.function_of(call) in runners]
    if EXIT not in onward and not any(step in onward for step in calls):
        return []
    returns = [call.step for call in file.events_of(block, Call) if file.function_of(call) in callees]
    return returns or [ENTRY]
