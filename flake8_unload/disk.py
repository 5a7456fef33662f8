"""What the file system says about module names: the file's own name, and whether a name is a submodule."""

from __future__ import annotations

import os
from functools import lru_cache

_SUFFIXES = (".py", ".pyi", ".so", ".pyd")


class Place:
    """Where a file stands. ``module`` and ``package`` are None where the path does not tell."""

    def __init__(self, filename: str) -> None:
        self.module: str | None = None
        self.package: str | None = None
        self.is_package = os.path.basename(filename) == "__init__.py"
        self.root: str | None = None
        if filename and os.path.isfile(filename):
            self._locate(os.path.abspath(filename))

    def _locate(self, path: str) -> None:
        folder, base = os.path.split(path)
        parts = [] if self.is_package else [os.path.splitext(base)[0]]
        while os.path.isfile(os.path.join(folder, "__init__.py")):
            folder, name = os.path.split(folder)
            parts.insert(0, name)
        self.root = folder
        if all(part.isidentifier() for part in parts) and parts:
            self.module = ".".join(parts)
            package = self.module if self.is_package else self.module.rpartition(".")[0]
            self.package = package or None

    def is_submodule(self, parent: str, name: str) -> bool | None:
        """Whether ``parent.name`` is a module of its own on disk; None when ``parent`` is not found there."""
        folder = self._folder(parent)
        if folder is None:
            return None
        return _holds_module(folder, name)

    def file_of(self, module: str) -> str | None:
        """The source file of a module of the same tree, or None."""
        if self.root is None or module.startswith("."):
            return None
        path = os.path.join(self.root, *module.split("."))
        for candidate in (os.path.join(path, "__init__.py"), path + ".py"):
            if os.path.isfile(candidate):
                return candidate
        return None

    def _folder(self, parent: str) -> str | None:
        if self.root is None or not parent:
            return None
        if parent.startswith("."):
            return None
        path = os.path.join(self.root, *parent.split("."))
        if os.path.isdir(path):
            return path
        return "" if os.path.isfile(path + ".py") else None


@lru_cache(maxsize=4096)
def _holds_module(folder: str, name: str) -> bool:
    if not folder:
        return False  # a plain module file has no submodules
    path = os.path.join(folder, name)
    return os.path.isdir(path) or any(os.path.isfile(path + suffix) for suffix in _SUFFIXES)
