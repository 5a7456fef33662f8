"""What other files of the project do with a global of this one, as their text has it. Knows no edits."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from flake8_unload.lifecycle import File

_MARKERS = (".git", "pyproject.toml", "setup.py", "setup.cfg", "tox.ini")
_SKIPPED = frozenset({"node_modules", "site-packages", "__pycache__", "build", "dist", "venv", "env"})
_FILES = 1000
_LARGEST = 500_000  # bytes of one file
_ENOUGH = 10_000_000  # bytes of a project
_DEPTH = 12  # folders up to the root of a project


def why_not_moved(name: str, file: File) -> str | None:
    """A file of the project replaces the global, or takes it although it is private."""
    path = os.path.abspath(file.filename)
    module = os.path.splitext(os.path.basename(path))[0]
    if module == "__init__":
        module = os.path.basename(os.path.dirname(path))
    if not module.isidentifier() or not os.path.isfile(path):
        return None
    root = _root(os.path.dirname(path))
    for other, text in _texts(root, name, module):
        if other == path:
            continue
        where = os.path.relpath(other, root).replace(os.sep, "/")
        if _replaces(text, module, name):
            return f"`{where}` puts something else in the place of `{name}`"
        if name.startswith("_") and _takes(text, module, name):
            return f"`{where}` takes the private `{name}` from here"
    return None


def _root(folder: str) -> str:
    """The folder of the project around: the nearest with the mark of one, else that of the package."""
    at = folder
    for _ in range(_DEPTH):
        if any(os.path.exists(os.path.join(at, each)) for each in _MARKERS):
            return at
        at = os.path.dirname(at)
    while os.path.isfile(os.path.join(folder, "..", "__init__.py")):
        folder = os.path.dirname(folder)
    return folder


def _texts(root: str, name: str, module: str) -> Iterator[tuple[str, str]]:
    """The Python files of a project that hold both names."""
    for path, data in _read(root).items():
        if name.encode() in data and module.encode() in data:
            yield path, data.decode("utf-8", errors="replace")


@lru_cache(maxsize=1)
def _read(root: str) -> dict[str, bytes]:
    """The files of the project at work, as far as memory is willing."""
    found: dict[str, bytes] = {}
    total = 0
    for path in islice(_python_files(root), _FILES):
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


def _replaces(text: str, module: str, name: str) -> bool:
    """`patch("module.x")`, `patch.object(module, "x")`, `setattr(module, "x", …)`, `module.x = …`."""
    m, x = re.escape(module), re.escape(name)
    return bool(
        re.search(rf"""["'](?:[\w.]+\.)?{m}\.{x}["']""", text)
        or re.search(rf"""(?:patch\.\w+|setattr|delattr)\(\s*(?:[\w.]+\.)?{m},\s*["']{x}["']""", text)
        or re.search(rf"\b{m}\.{x}\s*(?::[^=\n]+)?=(?!=)", text)
    )


def _takes(text: str, module: str, name: str) -> bool:
    """`from pkg.module import x` or `module.x`."""
    m, x = re.escape(module), re.escape(name)
    taken = rf"from\s+[\w.]*\b{m}\s+import\s+(?:\([^)]*?\b{x}\b|[^\n(]*\b{x}\b)"
    return bool(re.search(rf"\b{m}\.{x}\b", text) or re.search(taken, text))
