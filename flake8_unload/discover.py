"""Which files to check: arguments to paths, spelled and ordered as flake8 prints them."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Iterator, Sequence
from fnmatch import fnmatch, translate
from functools import lru_cache

from flake8_unload.gitignore import Ignored

_WILD = ("*", "?", "[")
_NOTHING = r"(?!)"
STDIN = "-"
FILENAMES = ("*.py",)
EXCLUDED = (
    ".bzr", ".direnv", ".eggs", ".git", ".hg", ".ipynb_checkpoints", ".mypy_cache", ".nox", ".pytest_cache",
    ".ruff_cache", ".svn", ".tox", ".venv", "*.egg", "CVS", "__pycache__", "__pypackages__", "build", "dist",
    "node_modules", "site-packages", "venv",
)  # fmt: skip


def python_files(
    arguments: Sequence[str],
    exclude: Sequence[str] = (),
    gitignore: bool = True,
    usual: Sequence[str] = EXCLUDED,
    filename: Sequence[str] = FILENAMES,
) -> tuple[list[str], list[OSError]]:
    """Paths to check, each file once, in the order of their spelling; and folders that cannot be listed.

    The usual patterns and `.gitignore` are about what is found below an argument, never about the
    argument. ``exclude`` has patterns that are about both, as in flake8: for names, or for paths
    from the current folder if they have a slash. ``filename`` has patterns for the spelling of what
    is found below an argument.
    """
    paths: dict[str, str] = {}
    failed: list[OSError] = []
    for argument in arguments:
        if argument != STDIN and excluded(argument, exclude):
            continue
        walk = _Walk(argument, (*usual, *exclude), filename, gitignore, failed)
        for path in walk.files() if argument != STDIN and os.path.isdir(argument) else [argument]:
            paths.setdefault(path if path == STDIN else os.path.abspath(path), path)
    return sorted(paths.values()), failed


def excluded(path: str, patterns: Sequence[str]) -> bool:
    """Does one of the patterns match the name or, with a slash or a wildcard in front, the path?"""
    name, whole = os.path.basename(path), os.path.abspath(path)
    for each in patterns:
        if "/" in each and (fnmatch(whole, os.path.abspath(each)) or fnmatch(whole, each)):
            return True
    names, wild = _compiled(tuple(patterns))
    if name not in (os.curdir, os.pardir) and names.match(os.path.normcase(name)):
        return True
    return wild.match(os.path.normcase(whole)) is not None


@lru_cache(maxsize=8)
def _compiled(patterns: tuple[str, ...]) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """The patterns without a slash, for names, and those of them for paths, too; each kind as one."""
    names = [translate(os.path.normcase(each)) for each in patterns if "/" not in each]
    wild = [translate(os.path.normcase(each)) for each in patterns if "/" not in each and each[:1] in _WILD]
    return re.compile("|".join(names) or _NOTHING), re.compile("|".join(wild) or _NOTHING)


class _Walk:
    """The Python files below one folder."""

    def __init__(
        self,
        root: str,
        exclude: Sequence[str],
        filename: Sequence[str],
        gitignore: bool,
        failed: list[OSError],
    ) -> None:
        self._root = root
        self._exclude = exclude
        self._filename = filename
        self._ignored = Ignored(root) if gitignore and root != STDIN else None
        self._failed = failed

    def files(self) -> Iterator[str]:
        """Links to folders are not followed, so a loop of links ends."""
        for folder, subfolders, names in os.walk(self._root, onerror=self._failed.append):
            if "pyvenv.cfg" in names and folder != self._root:
                subfolders.clear()
                continue
            if self._ignored and ".gitignore" in names:
                self._ignored.read(folder)
            subfolders[:] = [each for each in subfolders if not self._skips(os.path.join(folder, each), True)]
            for name in names:
                path = os.path.join(folder, name)
                if self._named(path) and not self._skips(path, False) and _may_hold_source(path):
                    yield path

    def _named(self, path: str) -> bool:
        return not self._filename or any(fnmatch(path, each) for each in self._filename)

    def _skips(self, path: str, is_folder: bool) -> bool:
        if excluded(path, self._exclude):
            return True
        return self._ignored is not None and self._ignored.matches(path, is_folder)


def _may_hold_source(path: str) -> bool:
    """False for pipes, sockets and devices, which could block for ever, and for an editor's lock link.

    A link that leads nowhere stays in: it is reported as unreadable, as flake8 does.
    """
    try:
        return stat.S_ISREG(os.stat(path).st_mode)
    except OSError:
        return not os.path.basename(path).startswith(".#")
