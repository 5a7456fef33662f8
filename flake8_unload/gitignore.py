"""What `.gitignore` files say about a path; the patterns themselves are pathspec's business."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

_NAME = ".gitignore"


class Ignored:
    """The `.gitignore` files from the repository's root down to a folder, and those read on the way."""

    def __init__(self, root: str) -> None:
        self._specs: dict[str, GitIgnoreSpec] = {}
        top = os.path.abspath(root)
        for folder in _up_to_repository(top):
            self.read(folder)
            if self._asked(folder, top, is_folder=True):  # an argument is checked even if it is ignored
                del self._specs[folder]

    def read(self, folder: str) -> None:
        """Take the `.gitignore` of ``folder`` into account, if there is one that can be read."""
        try:
            with open(os.path.join(folder, _NAME), encoding="utf-8", errors="surrogateescape") as file:
                lines = file.read().splitlines()
        except OSError:
            return
        from pathspec import GitIgnoreSpec

        self._specs[os.path.abspath(folder)] = GitIgnoreSpec.from_lines(filter(_is_pattern, lines))

    def matches(self, path: str, is_folder: bool) -> bool:
        """Whether git would ignore ``path``: the nearest `.gitignore` that says anything decides."""
        if not self._specs:
            return False
        absolute = folder = os.path.abspath(path)
        while folder != (parent := os.path.dirname(folder)):
            folder = parent
            verdict = self._asked(folder, absolute, is_folder)
            if verdict is not None:
                return verdict
        return False

    def _asked(self, folder: str, path: str, is_folder: bool) -> bool | None:
        spec = self._specs.get(folder)
        if spec is None:
            return None
        relative = os.path.relpath(path, folder).replace(os.sep, "/")
        return spec.check_file(relative + "/" if is_folder else relative).include


def _is_pattern(line: str) -> bool:
    """git passes over a lone `!` or a `\\` at the end; pathspec raises."""
    from pathspec import GitIgnoreSpec

    try:
        GitIgnoreSpec.from_lines([line])
    except ValueError:
        return False
    return True


def _up_to_repository(folder: str) -> list[str]:
    """The folders above ``folder`` up to the one with `.git`; none when it is in no repository."""
    above: list[str] = []
    while not os.path.exists(os.path.join(folder, ".git")):
        folder, below = os.path.dirname(folder), folder
        if folder == below:
            return []
        above.append(folder)
    return above
