"""The text of the other files of a project, as far as memory is willing. Knows no syntax and no rule."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import islice

_MARKERS = (".git", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini")
_SKIPPED = frozenset({"node_modules", "site-packages", "__pycache__", "build", "dist", "venv", "env"})
_FILES = 1000
_LARGEST = 500_000  # bytes of one file
_ENOUGH = 10_000_000  # bytes of a project
_ABOVE = 3  # folders above a root, which may be that of a package alone
_DEPTH = 12  # folders up to the root of a project


def root_of(folder: str) -> str:
    """The folder of the project around: the nearest with the mark of one, else that of the package."""
    marked = marked_above(folder, _DEPTH)
    if marked is not None:
        return marked
    while os.path.isfile(os.path.join(folder, "..", "__init__.py")):
        folder = os.path.dirname(folder)
    return folder


def marked_above(folder: str, depth: int) -> str | None:
    """The nearest folder with the mark of a project: this one, or one of so many around it."""
    for _ in range(depth):
        if any(os.path.exists(os.path.join(folder, each)) for each in _MARKERS):
            return folder
        folder = os.path.dirname(folder)
    return None


@lru_cache(maxsize=1)
def texts(root: str) -> dict[str, bytes]:
    """The Python files of the project at work by path; not those beyond a size or a number."""
    return _read(_python_files(root))


@lru_cache(maxsize=1)
def above(root: str) -> dict[str, bytes]:
    """The Python files that stand in the folders above: a program that has a package beside it."""
    found: list[str] = []
    for _ in range(_ABOVE):
        root = os.path.dirname(root)
        with suppress(OSError):
            found += [each.path for each in os.scandir(root) if each.name.endswith(".py")]
    return _read(sorted(found))


def _read(paths: Iterable[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    total = 0
    for path in islice(paths, _FILES):
        try:
            size = os.path.getsize(path)
            if size < _LARGEST and total + size < _ENOUGH:
                with open(path, "rb") as stream:
                    found[path] = stream.read()
                total += size
        except OSError:
            continue
    return found


def _python_files(root: str) -> Iterator[str]:
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(each for each in folders if each not in _SKIPPED and not each.startswith("."))
        yield from (os.path.join(folder, each) for each in sorted(files) if each.endswith(".py"))
