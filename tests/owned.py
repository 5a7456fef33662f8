"""Which lines a fix may change: those of its anchors, and what it puts beside them.

`git diff` says which it did change.
"""

from __future__ import annotations

import re
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from flake8_unload import edits
from flake8_unload.repair.apply import anchors

_NEW_LINE = re.compile(r"\s*(?:from .* import .*|import .*|#.*)?$")
_HUNK = re.compile(rb"^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@", re.M)
_COMMAND = "git diff --no-index --no-color --no-ext-diff --no-textconv -U0 --inter-hunk-context=0 --".split()


def unowned(before: str, after: str, made: Sequence[edits.Edit]) -> Iterator[str]:
    """The changed lines of a text that none of the edits owns; line ends count as well."""
    old, new = before.split("\n"), after.split("\n")
    owned = {line for edit in made for line in _lines(edit, old)}
    modules = [each.module for each in made if isinstance(each, edits.EnsureImport)]
    serves = any(isinstance(each, edits.ServeName) for each in made)
    for removed, added in _changes(before, after):
        for number in removed:
            line = old[number - 1]
            known = number in owned or not line.strip() or any(f"from {m} import" in line for m in modules)
            if not known:
                yield f"line {number} changed: {line!r}"
        beside = (
            bool(owned & set(range(removed.start - 2, removed.stop + 2))) or serves
        )  # a blank line between
        for number in added if not removed and not beside else ():
            if not _NEW_LINE.match(new[number - 1]):
                yield f"new beside line {removed.start}: {new[number - 1]!r}"


def _lines(edit: edits.Edit, old: list[str]) -> Iterator[int]:
    """An expression owns the parentheses around it, statements that change places the comments above them."""
    if isinstance(edit, edits.Swap):
        start = min(edit.at.line, edit.other.line)
        while start > 1 and old[start - 2].lstrip().startswith("#"):
            start -= 1
        yield from range(start, max(edit.at.end_line, edit.other.end_line) + 1)
    if isinstance(edit, edits.Surround):
        yield from range(edit.first.line, edit.last.end_line + 1)
    if isinstance(edit, edits.Replace):
        start, end = edit.at.line, edit.at.end_line
        while start > 1 and old[start - 2].rstrip().endswith("("):
            start -= 1
        while end < len(old) and old[end].lstrip().startswith(")"):
            end += 1
        yield from range(start, end + 1)
    for at in anchors(edit):
        yield from range(at.line, at.end_line + 1)


def _changes(before: str, after: str) -> Iterator[tuple[range, range]]:
    """The lines that went and those that came, from 1; where none went, an empty range says where."""
    with tempfile.TemporaryDirectory() as folder:
        paths = Path(folder, "before"), Path(folder, "after")
        for path, text in zip(paths, (before, after), strict=True):
            path.write_bytes(text.encode("utf-8", "surrogatepass"))
        shown = subprocess.run([*_COMMAND, *map(str, paths)], capture_output=True, check=False)
    if shown.returncode > 1:
        raise RuntimeError(shown.stderr.decode())
    for found in _HUNK.finditer(shown.stdout):
        start, count, new_start, new_count = (1 if each is None else int(each) for each in found.groups())
        start += not count  # git names the line in front of an insertion
        yield range(start, start + count), range(new_start, new_start + new_count)
