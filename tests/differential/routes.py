"""Every way through a program that its text leaves open: a graph of steps, made by `routes_builder`. Data."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

START = -1
OUTSIDE = 0
"""The lines that stand for the start of the module, and for whoever calls functions afterwards."""


@dataclass
class Routes:
    """Steps by number: the line of each, whether it comes to its end, and the steps that may come next."""

    lines: list[int] = field(default_factory=list)
    done: list[bool] = field(default_factory=list)
    onward: list[set[int]] = field(default_factory=list)
    back: list[set[int]] = field(default_factory=list)
    _on: dict[int, list[int]] = field(default_factory=dict)  # the steps of each line

    def add(self, line: int, before: Iterable[int], *, done: bool = True) -> int:
        """A new step after each of ``before``."""
        self._on.setdefault(line, []).append(len(self.lines))
        self.lines.append(line)
        self.done.append(done)
        self.onward.append(set())
        self.back.append(set())
        for each in before:
            self.link(each, len(self.lines) - 1)
        return len(self.lines) - 1

    def link(self, before: int, after: int) -> None:
        """``after`` may come right after ``before``."""
        self.onward[before].add(after)
        self.back[after].add(before)

    def at(self, lines: Collection[int], *, done: bool = False) -> set[int]:
        """The steps on these lines; ``done``: those that come to their end."""
        steps = (step for line in lines for step in self._on.get(line, ()))
        return {step for step in steps if self.done[step] or not done}

    def after(self, steps: Iterable[int], stops: Collection[int] = ()) -> set[int]:
        """What may come after any of ``steps``; ways end at ``stops``, which are listed."""
        return _spread(steps, self.onward, stops)

    def before(self, steps: Iterable[int], stops: Collection[int] = ()) -> set[int]:
        """What may come before any of ``steps``; ways end at ``stops``, which are listed."""
        return _spread(steps, self.back, stops)


def _spread(steps: Iterable[int], edges: list[set[int]], stops: Collection[int]) -> set[int]:
    found: set[int] = set()
    pending = [each for step in steps for each in edges[step]]
    while pending:
        step = pending.pop()
        if step not in found:
            found.add(step)
            if step not in stops:
                pending.extend(edges[step])
    return found
