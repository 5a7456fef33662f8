"""What one line of a file keeps, put together for people. Knows no format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flake8_unload.project.keepers import Keeper

Shown = Callable[[str], str]

_NAME = "the name `"
_MOST_NAMES = 4  # of one import statement
_SHORT = {
    "as a base class": "base of ",
    "as a default argument": "default of ",
    "as a decorator": "decorates ",
    "as the class of an instance": "class of ",
}


@dataclass(frozen=True, slots=True)
class Row:
    """Names that one import statement binds, or one other thing that keeps something. ``others`` keep it
    through this."""

    path: str
    line: int
    keepers: tuple[Keeper, ...]

    @property
    def others(self) -> tuple[Keeper, ...]:
        """Those that keep it through one of these."""
        return tuple(other for each in self.keepers for other in each.others)

    @property
    def is_way(self) -> bool:
        """Other files keep it through this."""
        return any(row.path != self.path or row.is_way for row in rows(self.others))

    def words(self) -> str:
        """For a sentence: the names `a` and `b`."""
        first = self.keepers[0]
        if first.how.startswith(_NAME):
            names = [f"`{each}`" for each in self.names()]
            return f"the name{'s' if len(names) > 1 else ''} {_listed(names, _MOST_NAMES)}"
        if first.how.startswith("`"):  # a thing of this file, that has an old one
            return f"{first.how}: `{_last(first.what)}`"
        return f"`{_last(first.what)}`, {first.how}" if first.how.startswith(("as ", "in ")) else first.how

    def notes(self) -> Iterable[str]:
        """For a box of a picture: what is kept here."""
        first = self.keepers[0]
        if first.how.startswith(_NAME):
            return self.names()
        how = next((each for each in _SHORT if first.how.endswith(each)), "")
        made = first.how.split("`")[1] if first.how.startswith("`") else _last(first.what)
        return [f"{_SHORT.get(how, 'in ')}{made}"]

    def names(self) -> Iterable[str]:
        """What is bound here, each name once."""
        return dict.fromkeys(each.how[len(_NAME) : -1] for each in self.keepers)


def rows(keepers: Sequence[Keeper]) -> list[Row]:
    """One for each place and way, by file and line."""
    found: dict[tuple[str, int, str], list[Keeper]] = {}
    for each in keepers:
        way = "" if each.how.startswith(_NAME) else f"{each.how} {each.what}"
        found.setdefault((each.path, each.line, way), []).append(each)
    return [Row(path, line, tuple(group)) for (path, line, _), group in sorted(found.items())]


def brief(names: Sequence[str]) -> str:
    """The first two, and how many more there are."""
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return f"{', '.join(names[:2])}{more}"


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _listed(names: Sequence[str], most: int) -> str:
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
