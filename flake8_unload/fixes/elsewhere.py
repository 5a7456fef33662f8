"""Do other files of the project take a name from this one? Looks at texts; knows no syntax."""

from __future__ import annotations

import os
import re
from functools import lru_cache

from flake8_unload import nearby

_MOST = 3000  # files; of a larger project nothing is said
_HIGHEST = 8  # folders up


def is_taken(filename: str, name: str) -> bool:
    """True when another file may import ``name`` from this one, or reach it through this one."""
    leaf = re.escape(_leaf(filename))
    imported = rf"\bfrom\s+[.\w]*\b{leaf}\s+import\s*(?:\([^)]*|[^\n(]*)(?:\b{name}\b|\*)"
    return _is_mentioned(filename, name, rf"\b{leaf}\.{name}\b|{imported}")


def is_patched(filename: str, name: str) -> bool:
    """True when some file, also this one, says `"module.name"` or `module, "name"`, as patches do."""
    leaf, quote = re.escape(_leaf(filename)), "['\"]"
    as_text = rf"{quote}(?:[\w.]*\.)?{leaf}\.{name}\b|\b{leaf},\s*{quote}{name}{quote}"
    return _is_mentioned(filename, name, as_text, own=True)


def _leaf(filename: str) -> str:
    """The last part of the name of the module."""
    folder, base = os.path.split(os.path.abspath(filename))
    leaf = os.path.splitext(base)[0]
    return os.path.basename(folder) if leaf == "__init__" else leaf


def _is_mentioned(filename: str, name: str, pattern: str, own: bool = False) -> bool:
    """Some file matches; so it is said where there are too many files to look into.

    Whatever matches has both names in it, and to look for these takes far less.
    """
    path, leaf = os.path.abspath(filename), _leaf(filename)
    folder = os.path.dirname(path)
    files = _files(nearby.marked_above(folder, _HIGHEST) or folder)
    if files is None:
        return True
    texts = (_read(each) for each in files if own or each != path)
    return any(name in text and leaf in text and re.search(pattern, text) for text in texts)


@lru_cache(maxsize=8)
def _files(root: str) -> list[str] | None:
    """Every Python file below; None where there are too many."""
    found: list[str] = []
    for folder, inner, names in os.walk(root):
        inner[:] = [] if "pyvenv.cfg" in names else sorted(each for each in inner if each[:1] != ".")
        found += (os.path.join(folder, each) for each in sorted(names) if each.endswith((".py", ".pyi")))
        if len(found) > _MOST:
            return None
    return found


@lru_cache(maxsize=_MOST)
def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace") as file:
            return file.read()
    except OSError:
        return ""
