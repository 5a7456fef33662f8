"""Containers in a rehearsal: which items they hold, as far as that is known."""

from __future__ import annotations

from flake8_unload.project.frame import Frame
from flake8_unload.project.values import Thing, const

_MOST = 2000  # items that are followed one by one


def elements(thing: Thing, frame: Frame) -> list[Thing] | None:
    """The items of a loop over a thing; None where they are not known."""
    if thing.kind == "list":
        return list(thing.data[:_MOST])
    if thing.kind == "dict":
        return [const(each) for each in thing.data if not isinstance(each, Thing)]
    if thing.kind == "modules":
        return [const(each) for each in frame.world.modules]
    if thing.kind == "names":
        return [const(each) for each in list(thing.data)]
    if thing.is_text:
        return [const(each) for each in thing.data]
    return None


def contains(owner: Thing, key: Thing, frame: Frame) -> bool | None:
    """`key in owner`, where it is known."""
    if owner.kind == "modules" and key.is_text:
        if frame.world.space.canonical(key.data) in frame.world.modules:
            return True
        return False if frame.world.space.find(key.data.partition(".")[0]) else None
    if owner.kind in ("names", "dict") and key.kind == "const":
        return key.data in owner.data
    if owner.is_text and key.is_text:
        return key.data in owner.data
    if owner.kind == "list":
        if any(
            each is key or (each.kind == key.kind == "const" and each.data == key.data) for each in owner.data
        ):
            return True
        return False if _plain(key) and all(_plain(each) for each in owner.data) else None
    return None


def _plain(thing: Thing) -> bool:
    return thing.kind in ("const", "module", "class", "function")
