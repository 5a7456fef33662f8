"""Answers that are worked out once and live as long as what they are about. Knows no project."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

W = TypeVar("W")
P = ParamSpec("P")
T = TypeVar("T")


def once(work: Callable[[W], T]) -> Callable[[W], T]:
    """Work that is done once for an object, a piece of code, say, without keeping the object alive."""
    known: WeakKeyDictionary[W, T] = WeakKeyDictionary()

    @wraps(work)
    def look(about: W) -> T:
        found = known.get(about)
        if found is None:
            found = known[about] = work(about)
        return found

    return look


def once_for(work: Callable[Concatenate[W, P], T]) -> Callable[Concatenate[W, P], T]:
    """The same for work with further arguments, given by their position; the first is not kept alive."""
    known: WeakKeyDictionary[W, dict[tuple[object, ...], T]] = WeakKeyDictionary()

    @wraps(work)
    def look(about: W, /, *more: P.args, **_: P.kwargs) -> T:
        answers = known.get(about)
        if answers is None:
            answers = known[about] = {}
        if more not in answers:
            answers[more] = work(about, *more, **_)
        return answers[more]

    return look
