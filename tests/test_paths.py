"""What is certain after an event: on graphs made at random, held against a walk along every way."""

from __future__ import annotations

import ast
import random

import pytest

from flake8_unload.binder import bind
from flake8_unload.events import Event, Forget, Read
from flake8_unload.flow import EXIT, Flow
from flake8_unload.paths import After, after

TREE = ast.parse("name")
BLOCK = bind(TREE).module
NAME = ast.Name("name", ast.Load())


def made(seed: int) -> Flow:
    """A graph in which everything is reached from the first step, with loops and with dead ends."""
    chance = random.Random(seed)
    flow, size = Flow(), chance.randint(2, 14)
    steps = [flow.add(None, [])]
    for _ in range(size):
        happens: Event | None = chance.choice(
            [None, Read(NAME, BLOCK, (BLOCK, "name")), Forget(NAME, BLOCK, (BLOCK, "name"), ast.Pass())]
        )
        steps.append(flow.add(happens, chance.sample(steps, min(len(steps), chance.randint(1, 2)))))
    for _ in range(chance.randint(0, size)):
        flow.link(chance.choice(steps), chance.choice([*steps[1:], EXIT]))
    return flow


def ends(event: Event) -> bool:
    return isinstance(event, Forget)


def fails(flow: Flow, step: int, goal: int, *, again: bool) -> bool:
    """Some way from ``step`` comes to ``goal`` after an end; ``again``: it may have been there before."""
    seen: set[tuple[int, bool]] = set()
    pending = [(each, False) for each in flow.successors[step]]
    while pending:
        at, ended = pending.pop()
        if (at, ended) in seen or at == step:
            continue
        seen.add((at, ended))
        if at == goal and ended:
            return True
        event = flow.events[at]
        if at != EXIT and (again or at != goal):
            now = ended or (event is not None and ends(event))
            pending += [(each, now) for each in flow.successors[at]]
    return False


def reached(flow: Flow, start: int) -> set[int]:
    found: set[int] = set()
    pending = [*flow.successors[start]]
    while pending:
        at = pending.pop()
        if at not in found:
            found.add(at)
            pending += flow.successors[at] if at != EXIT else []
    return found


def walked(flow: Flow, step: int) -> After:
    certain = {at for at in reached(flow, step) if not fails(flow, step, at, again=True)}
    certain |= {
        at
        for at in reached(flow, step)
        if isinstance(flow.events[at], Read)
        and at in reached(flow, at)
        and not fails(flow, step, at, again=False)
    }
    events = tuple(event for at in sorted(certain) if (event := flow.events[at]) is not None)
    return After(events, EXIT in certain)


@pytest.mark.parametrize("first", range(0, 2000, 500))
def test_what_is_certain_is_so_on_every_way(first: int) -> None:
    seen = 0
    for seed in range(first, first + 500):
        flow = made(seed)
        found = after(flow, 2, ends)
        assert found == walked(flow, 2), seed
        seen += len(found.events)
    assert seen > 500
