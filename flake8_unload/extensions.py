"""Factories, hooks and rules of other packages, found by entry points. Knows no rule and no face."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.metadata import EntryPoint, entry_points

GROUP = "flake8_unload.extensions"


class ExtensionError(Exception):
    """An installed extension that cannot be used; the message says which, and why."""


@dataclass(frozen=True, slots=True)
class Extensions:
    """What all installed extensions add: qualified names of factories, names of hooks, trigger words."""

    factories: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


@cache
def load() -> Extensions:
    """Import every extension, which registers its rules. Raises ExtensionError."""
    found = sorted(entry_points(group=GROUP), key=lambda each: each.name)
    loaded = [(each, _import(each)) for each in found]

    def all_of(attribute: str) -> tuple[str, ...]:
        return tuple(word for point, thing in loaded for word in _words(point, thing, attribute))

    return Extensions(all_of("FACTORIES"), all_of("HOOKS"), all_of("WORDS"))


def _import(point: EntryPoint) -> object:
    try:
        return point.load()
    except Exception as error:  # whatever foreign code raises while it is imported
        raise ExtensionError(
            f"extension `{point.name}` cannot be imported: {type(error).__name__}: {error}"
        ) from error


def _words(point: EntryPoint, thing: object, attribute: str) -> Iterable[str]:
    words = getattr(thing, attribute, ())
    if not isinstance(words, (tuple, list, set, frozenset)) or not all(
        isinstance(word, str) and word for word in words
    ):
        raise ExtensionError(f"extension `{point.name}`: {attribute} is no tuple of names")
    return sorted(words)
