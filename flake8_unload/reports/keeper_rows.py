"""What one line of a file keeps, put together for people. Knows no format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from flake8_unload.project.keepers import ATTRIBUTE, NAME, Keeper

Shown = Callable[[str], str]

_MOST_NAMES = 4  # of one import statement
_SHORT = {
    "as a base class": "base of ",
    "as a default argument": "default of ",
    "as a decorator": "decorates ",
    "as the class of an instance": "class of ",
}
_HAS = {  # with a place for the name of the old thing
    "as a base class": "has the old class{} as a base",
    "as a default argument": "has the old object{} as a default argument",
    "in a container or attribute": "has the old object{} in it",
    "as a decorator": "has the old object{} as a decorator",
    "as the class of an instance": "is an instance of the old class{}",
    "in an alias of types": "is an alias of types with the old class{} in it",
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
        if first.names_it:
            names = [f"`{each}`{_own_name(each, what)}" for each, what in self.names().items()]
            way = f", by way of `{_last(first.via)}`" if first.via else ""
            way += " and `*`" if first.star else ""
            return f"the name{'s' if len(names) > 1 else ''} {_listed(names, _MOST_NAMES)}{way}"
        if first.how == ATTRIBUTE:
            return _attribute(first)
        made, how = _made(first)
        old = f" `{_last(first.what)}`" if first.how.startswith("`") else ""
        return f"`{made}` {_HAS[how].format(old)}" if how in _HAS else first.how

    def notes(self) -> Iterable[str]:
        """For a box of a picture: what is kept here."""
        first = self.keepers[0]
        if first.names_it:
            return self.names()
        if first.how == ATTRIBUTE:
            return [f"attribute {_last(first.what)} of the package, set by the import system"]
        made, how = _made(first)
        return [f"{_SHORT.get(how, 'in ')}{made}"]

    def names(self) -> dict[str, str]:
        """What is bound here, each name once, and the dotted name of what that is."""
        return {each.how[len(NAME) : -1]: each.what for each in self.keepers}


def rows(keepers: Sequence[Keeper]) -> list[Row]:
    """One for each place and way, by file and line."""
    found: dict[tuple[str, int, str], list[Keeper]] = {}
    for each in keepers:
        way = each.via if each.names_it else f"{each.how} {each.what}"
        found.setdefault((each.path, each.line, way), []).append(each)
    return [Row(path, line, tuple(group)) for (path, line, _), group in sorted(found.items())]


def brief(names: Sequence[str]) -> str:
    """The first two, and how many more there are."""
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return f"{', '.join(names[:2])}{more}"


def _made(keeper: Keeper) -> tuple[str, str]:
    """The name of the thing of this file that keeps an old one, and how it does."""
    if keeper.how.startswith("`"):
        name, _, how = keeper.how[1:].partition("`, ")
        return name, how
    return _last(keeper.what), keeper.how


def _attribute(keeper: Keeper) -> str:
    package, _, name = keeper.what.rpartition(".")
    owner = f"the package `{package}`" if package else "its package"  # whose name is known to the host alone
    old = f"`from . import {name}` gets that, until some file runs `from .{name} import …`"
    return f"the attribute `{name}` of {owner} (the import system set it, no line here): {old}"


def _own_name(name: str, what: str) -> str:
    """The name that it has in its own module, if that is another one."""
    module, _, own = what.rpartition(".")
    return "" if own == name else f" (in {_last(module)} `{own}`)"


def _last(name: str) -> str:
    return name.rpartition(".")[2]


def _listed(names: Sequence[str], most: int) -> str:
    if len(names) > most + 1:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]
