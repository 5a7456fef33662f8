"""What things were before a change, so that a rehearsal can take it back. Knows things, and no code.

Whoever changes what is older than an act keeps it here first; `World.trying` says when that counts.
"""

from __future__ import annotations

from typing import Any

from flake8_unload.project.values import Module, Thing


class Journal:
    """The first state of everything that was kept."""

    __slots__ = ("_before",)

    def __init__(self) -> None:
        self._before: dict[int, tuple[Any, Any]] = {}  # by their ids: each with what it was

    def keep(self, each: Thing | Module | dict[Any, Any] | list[Any]) -> None:
        """Remember a thing with its items, a module with its names, or a container, as they are now."""
        if id(each) in self._before:
            return
        if isinstance(each, Thing):
            state: Any = (each.kind, each.data, each.origin, each.parts, each.attributes, each.doubtful)
            self._before[id(each)] = each, (*state, each.givers)
            self._keep_containers(each.data, each.givers)
        elif isinstance(each, Module):
            self._before[id(each)] = each, (each.run, each.later)
            self._keep_containers(each.names, each.lines, each.givers)
        else:
            self._before[id(each)] = each, each.copy()

    def _keep_containers(self, *parts: object) -> None:
        for each in parts:
            if isinstance(each, (dict, list)):
                self.keep(each)

    def take_back(self) -> None:
        """Make everything what it was."""
        for each, before in self._before.values():
            if isinstance(each, Thing):
                each.kind, each.data, each.origin, each.parts, each.attributes, each.doubtful = before[:6]
                each.givers = before[6]
            elif isinstance(each, Module):
                each.run, each.later = before
            elif isinstance(each, dict):
                each.clear()
                each.update(before)
            else:
                each[:] = before
