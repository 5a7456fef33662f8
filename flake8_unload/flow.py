"""The order of events on paths: one graph for each block of code. Data; `flow_builder` makes it.

Steps are numbered; step 0 is the entry and step 1 the exit of the block. An edge means "may come next".
"""

from __future__ import annotations

from collections.abc import Iterable

from flake8_unload.events import Event

ENTRY, EXIT = 0, 1


class Flow:
    """The steps of one block: the event of each, and its edges in both directions."""

    def __init__(self) -> None:
        self.events: list[Event | None] = [None, None]
        self.successors: list[list[int]] = [[], []]
        self.predecessors: list[list[int]] = [[], []]

    def add(self, event: Event | None, before: Iterable[int]) -> int:
        """A new step after each of ``before``; its number."""
        step = len(self.events)
        self.events.append(event)
        self.successors.append([])
        self.predecessors.append([])
        if event is not None:
            event.step = step
        for each in before:
            self.link(each, step)
        return step

    def link(self, before: int, after: int) -> None:
        """An edge, once."""
        if after not in self.successors[before]:
            self.successors[before].append(after)
            self.predecessors[after].append(before)
