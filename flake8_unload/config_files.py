"""Where configuration files may be, and on which line a key is. Knows no key and no format."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator


def folders() -> Iterator[str]:
    """The current folder and those around it, up to the home folder, as flake8 looks for its file."""
    home = os.path.realpath(os.path.expanduser("~"))
    folder = os.path.abspath(os.curdir)
    while True:
        yield folder
        parent = os.path.dirname(folder)
        if parent == folder or os.path.realpath(parent) == home:
            return
        folder = parent


def mentions(path: str, word: bytes) -> bool:
    """A cheap look before a parser is imported; False for what cannot be read."""
    try:
        with open(path, "rb") as file:
            return word in file.read()
    except OSError:
        return False


def shown(path: str) -> str:
    """The path as a person would spell it from here."""
    relative = os.path.relpath(path)
    return relative if not relative.startswith(os.path.join(os.pardir, os.pardir)) else path


def line_of(text: str, header: str, *names: str) -> int:
    """The line, from 1, on which one of the names is set below the header; 0 where that is not plain."""
    inside = False
    key = re.compile(rf"""\s*["']?({"|".join(map(re.escape, names))})["']?\s*[=:]""")
    for number, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("["):
            bare = re.sub(r"[\s\"']", "", line).partition("]")[0].strip("[")
            inside = bare == header
            if any(bare == f"{header}.{name}" for name in names):
                return number
        elif inside and key.match(line):
            return number
    return 0
