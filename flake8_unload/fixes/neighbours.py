"""What other files of the project do with a global of this one, as their text has it. Knows no edits."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from functools import lru_cache

from flake8_unload import nearby
from flake8_unload.lifecycle import File

_TAKES_ALL = re.compile(rb"import\s*\*|\b(?:vars|dir|getmembers)\(|\.__dict__")


def why_not_moved(name: str, file: File) -> str | None:
    """A file of the project replaces the global, takes all names, or takes it although it is private."""
    path = os.path.abspath(file.filename)
    module = os.path.splitext(os.path.basename(path))[0]
    if module == "__init__":
        module = os.path.basename(os.path.dirname(path))
    if not module.isidentifier() or not os.path.isfile(path):
        return None
    root = nearby.root_of(os.path.dirname(path))
    for other, text in _texts(root, name, module):
        if other == path:
            continue
        where = os.path.relpath(other, root).replace(os.sep, "/")
        called = _spellings(text, module)
        if name in text and _replaces(text, called, name):
            return f"`{where}` puts something else in the place of `{name}`"
        if name.startswith("_"):
            if _takes(text, called, name):
                return f"`{where}` takes the private `{name}` from here"
            continue
        if _takes_all(text, module) and "__all__" not in file.bindings.module.bindings:
            return f"`{where}` takes all names from here by a star import, which would miss `{name}`"
        if _lists(text, called):
            return f"`{where}` looks through the names of this module, which would miss `{name}`"
    return None


def _texts(root: str, name: str, module: str) -> Iterator[tuple[str, str]]:
    """The Python files of a project that name the module, and the global or something that takes all."""
    plain = module.encode()
    word = re.compile(rb"\b%s\b" % plain)
    greedy = frozenset[str]() if name.startswith("_") else _greedy(root)
    for path, data in nearby.texts(root).items():
        if (name.encode() in data or path in greedy) and plain in data and word.search(data):
            yield path, data.decode("utf-8", errors="replace")


@lru_cache(maxsize=1)
def _greedy(root: str) -> frozenset[str]:
    """The files that take all names of some module."""
    return frozenset(path for path, data in nearby.texts(root).items() if _TAKES_ALL.search(data))


def _spellings(text: str, module: str) -> str:
    """A pattern for the module, by its name or by one that an import in the text gives it."""
    aliases = re.findall(rf"\bimport\b[^\n#]*?\b{module}\s+as\s+(\w+)", text)
    return f"(?:{'|'.join(sorted({module, *aliases}))})"


def _replaces(text: str, m: str, name: str) -> bool:
    """`patch("module.x")`, `patch.object(module, "x")`, `setattr(module, name, …)`, `module.x = …`."""
    x = re.escape(name)
    sets = rf"(?:patch\.\w+|setattr|delattr)\(\s*(?:[\w.]+\.)?{m},\s*"
    return bool(
        re.search(rf"""["'](?:[\w.]+\.)?{m}\.{x}["']""", text)
        or re.search(rf"""{sets}["']{x}["']""", text)
        or (re.search(rf"{sets}\w", text) and re.search(rf"""["']{x}["']""", text))
        or re.search(rf"\b{m}\.{x}\s*(?::[^=\n]+)?=(?!=)", text)
        or re.search(rf"\bdel\s[^\n]*\b{m}\.{x}\b", text)
    )


def _takes(text: str, m: str, name: str) -> bool:
    """`from pkg.module import x` or `module.x`."""
    x = re.escape(name)
    taken = rf"from\s+[\w.]*\b{m}\s+import\s+(?:\([^)]*?\b{x}\b|[^\n(]*\b{x}\b)"
    return bool(re.search(rf"\b{m}\.{x}\b", text) or re.search(taken, text))


def _takes_all(text: str, module: str) -> bool:
    """`from pkg.module import *`."""
    return bool(re.search(rf"\bfrom\s+[\w.]*\b{module}\s+import\s*\*", text))


def _lists(text: str, m: str) -> bool:
    """`vars(module)`, `dir(module)`, `inspect.getmembers(module)`, `module.__dict__`."""
    called = rf"\b(?:vars|dir|getmembers)\(\s*(?:[\w.]+\.)?{m}\s*[,)]"
    return bool(re.search(called, text) or re.search(rf"\b{m}\.__dict__", text))
