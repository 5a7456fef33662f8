"""What `FlowBuilder` keeps of loops and final blocks that are open, and lists of steps."""

from __future__ import annotations


class Loop:
    """Where `break` and `continue` of one loop go."""

    def __init__(self, header: int, depth: int) -> None:
        self.header = header
        self.depth = depth  # number of open finally clauses around the loop
        self.breaks: list[int] = []


class Cleanup:
    """An open `try … finally`: the jumps that must pass through its final block."""

    def __init__(self) -> None:
        self.returns: list[int] = []
        self.raises: list[int] = []
        self.breaks: list[tuple[Loop, list[int]]] = []
        self.continues: list[tuple[Loop, list[int]]] = []

    def jumps(self) -> list[int]:
        """The steps of all of them."""
        loops = [step for _, steps in self.breaks + self.continues for step in steps]
        return self.returns + self.raises + loops


def merge(first: list[int], second: list[int]) -> list[int]:
    """The steps of two paths that meet."""
    return unique(first + second)


def unique(steps: list[int]) -> list[int]:
    """Each step once, in order."""
    return list(dict.fromkeys(steps))
