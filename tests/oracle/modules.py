"""A module that is being written, and drawing. Knows no form of import or definition."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

T = TypeVar("T")


@dataclass
class Module:
    """``names``: what it defines or holds, and of which kind; ``refs``: expressions, each with its kind."""

    name: str
    package: bool = False
    lines: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    refs: list[tuple[str, str]] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)  # names that imports have bound
    exported: list[str] | None = None  # its `__all__`
    lent: dict[str, str] = field(default_factory=dict)  # names that only its `__getattr__` gives
    stars: list[tuple[str, list[str]]] = field(
        default_factory=list
    )  # where all names come from, with an `__all__`
    sources: list[str] = field(default_factory=list)  # the modules that it takes names from

    @property
    def path(self) -> str:
        """Where it stands."""
        stem = self.name.replace(".", "/")
        return f"{stem}/__init__.py" if self.package else f"{stem}.py"

    @property
    def parent(self) -> str:
        """The package that relative imports count from."""
        return self.name if self.package else self.name.rpartition(".")[0]

    @property
    def source(self) -> str:
        """The text of the file."""
        return "\n".join(self.lines) + "\n"

    def hold(self, name: str, kind: str) -> None:
        """Remember that ``name`` is bound now."""
        self.taken.discard(name)
        self.names[name] = kind
        self.refs = [(ref, each) for ref, each in self.refs if ref.partition(".")[0] != name]
        self.refs.append((name, kind))

    def may_define(self, name: str, never_bound: bool) -> bool:
        """It has no definition of this name yet; one that it imported may be bound again."""
        return name not in self.names or (name in self.taken and not never_bound)

    def take(self, name: str, kind: str) -> None:
        """Remember that an import has bound ``name``."""
        self.hold(name, kind)
        self.taken.add(name)

    def relative(self, target: str) -> str | None:
        """The module part of a relative import of ``target``: `.a`, `..a`, `.`; None if there is none."""
        base, dots = self.parent, "."
        while base:
            if target == base:
                return dots
            if target.startswith(base + "."):
                return dots + target[len(base) + 1 :]
            base, dots = base.rpartition(".")[0], dots + "."
        return None


class Dice:
    """What is drawn, in words. ``late``: names are used in functions, mostly."""

    def __init__(self, draw: st.DrawFn, late: bool = False) -> None:
        self.draw = draw
        self.late = late

    def pick(self, choices: Sequence[T]) -> T:
        """One of the choices."""
        return self.draw(st.sampled_from(choices))

    def chance(self, one_in: int) -> bool:
        """True once in so many times."""
        return self.draw(st.integers(1, one_in)) == one_in

    def count(self, least: int, most: int) -> int:
        """A number."""
        return self.draw(st.integers(least, most))

    def some(self, choices: Sequence[T], least: int, most: int) -> list[T]:
        """Between ``least`` and ``most`` of the choices, in any order."""
        if not choices:
            return []
        most = min(most, len(choices))
        return self.draw(st.lists(st.sampled_from(choices), min_size=least, max_size=most, unique_by=id))

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """All of them, in any order."""
        return list(self.draw(st.permutations(items)))


def indented(lines: Sequence[str]) -> list[str]:
    """One level deeper."""
    return ["    " + line for line in lines]
