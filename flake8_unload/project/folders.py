"""Folders by their paths: which is in which, and what a name stands for in one. Reads nothing."""

from __future__ import annotations

import os
from collections.abc import Iterable


def below(folder: str, dotted: str) -> str:
    """What a dotted name stands for in a folder; `os.path.join` takes four times as long."""
    if "" in (parts := dotted.split(".")) or folder.endswith(os.sep):
        return os.path.join(folder, *parts)
    return f"{folder}{os.sep}{os.sep.join(parts)}"


def holds(folder: str, other: str) -> bool:
    """Whether a path is that of the folder, or one in it."""
    return other == folder or other.startswith(folder + os.sep)


def upwards(folder: str, root: str) -> list[str]:
    """The folder and those around it, up to the root."""
    found = [folder]
    while folder != root and len(folder) > len(root):
        folder = os.path.dirname(folder)
        found.append(folder)
    return found


def folders_around(files: Iterable[str], root: str) -> frozenset[str]:
    """The folders of files, with those around them up to the root."""
    found: set[str] = {root}
    for path in files:
        folder = os.path.dirname(path)
        while folder not in found and folder.startswith(root):
            found.add(folder)
            folder = os.path.dirname(folder)
    return frozenset(found)


def identifier(text: str) -> str:
    """A text with underscores in the place of what no name may have."""
    return "".join(each if each.isalnum() or each == "_" else "_" for each in text) or "_"


def spelled(root: str) -> str:
    """A folder as it is written below the working folder; empty for one that is elsewhere."""
    found = os.path.relpath(root)
    return "" if found == "." or found.startswith("..") else found
