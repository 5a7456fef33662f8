"""How far a long run is, for a person who waits at a terminal. Knows no command.

tqdm draws the bar; it is imported when a run has taken a second, and never where nobody looks.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from flake8_unload.commands.printing import is_terminal

_SECONDS = 1.0  # a shorter run is its own answer
T = TypeVar("T")


def tracked(
    items: Iterable[T], total: int, prints: Callable[[T], object], quiet: bool = False
) -> Iterable[T]:
    """The same items, and a bar on stderr while they take long; ``prints`` is true of an item that
    makes the caller write lines, for which the bar makes room."""
    if quiet or not (is_terminal(sys.stdout) and is_terminal(sys.stderr)):
        return items
    return _with_bar(items, total, prints)


def _with_bar(items: Iterable[T], total: int, prints: Callable[[T], object]) -> Iterator[T]:
    begin = time.monotonic()
    bar = None
    for done, item in enumerate(items):
        if bar is None and time.monotonic() - begin > _SECONDS:
            from tqdm.std import tqdm

            bar = tqdm(total=total, initial=done, unit=" files", leave=False, dynamic_ncols=True)
        if bar is not None and prints(item):
            bar.clear()
        yield item
        if bar is not None:
            bar.update()
    if bar is not None:
        bar.close()
