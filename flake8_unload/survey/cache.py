"""What a run learned about a project, kept in a folder for the next one. A damaged or foreign one is none.

`facts.json` has an entry for every file by the hash of its content; `tree.json` has the size and time of
every file and folder, and all findings: what `flake8 --unload-project` needs to answer at once.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass, field
from typing import Any

import flake8_unload
from flake8_unload import __version__, edits
from flake8_unload.findings import Finding
from flake8_unload.project.facts import SCHEMA, Facts
from flake8_unload.project.folders import spelled
from flake8_unload.settings import Settings

FOLDER = ".flake8-unload-cache"
_TAG = """\
Signature: 8a477f597d28d172789f06886806bc55
# This folder can be deleted; flake8-unload fills it again.
"""
_FORMAT = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """One file: the hash of its content, its packed facts, whether the rules of one file may find something.

    Without facts: it cannot be parsed.
    """

    digest: str
    packed: str
    eventful: bool

    @property
    def facts(self) -> Facts | None:
        """Made anew each time. Raises TypeError or ValueError where they are damaged."""
        return Facts.unpacked(self.packed) if self.packed else None

    @property
    def is_sound(self) -> bool:
        """Its facts can be unpacked."""
        try:
            return self.facts is not None
        except (TypeError, ValueError, RecursionError):
            return False


@dataclass(slots=True)
class Known:
    """What is in the cache: entries by path from the root, and the findings of the tree with that digest."""

    entries: dict[str, Entry] = field(default_factory=dict)
    tree: str = ""
    findings: dict[str, list[Finding]] = field(default_factory=dict)


def digest(data: bytes) -> str:
    """The hash of a content."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def key(settings: Settings) -> str:
    """What an entry depends on beside the content of its file."""
    parts = (__version__, _FORMAT, SCHEMA, sys.version_info[:3], astuple(settings), _own_code())
    return digest(repr(parts).encode("utf-8", "surrogatepass"))


def _own_code() -> list[list[int]]:
    """Sizes and times of our own files: a checkout that is worked on has one version for ever."""
    package = os.path.dirname(flake8_unload.__file__)
    names = (os.path.join(folder, name) for folder, _, names in os.walk(package) for name in names)
    return [_stamp(path) for path in sorted(names) if path.endswith(".py")]


class Cache:
    """The cache of the project below ``root``; reads and writes raise nothing."""

    def __init__(self, root: str, settings: Settings) -> None:
        self.root = root
        self.folder = os.path.join(root, FOLDER)
        self._key = digest(f"{key(settings)} {spelled(root)}".encode("utf-8", "surrogateescape"))

    def read(self) -> Known:
        """What an earlier run with the same settings left, or nothing."""
        data = self._load("facts.json")
        try:
            entries = {
                str(path): Entry(str(row[0]), str(row[1]), bool(row[2]))
                for path, row in data["entries"].items()
            }
            findings = {str(path): [_finding(row) for row in rows] for path, rows in data["findings"].items()}
            return Known(entries, str(data["tree"]), findings)
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            return Known()

    def write(self, known: Known) -> None:
        """Keep what a run learned; the last of several at the same time wins."""
        self._store(
            "facts.json",
            {
                "key": self._key,
                "tree": known.tree,
                "entries": {
                    path: [each.digest, each.packed, each.eventful] for path, each in known.entries.items()
                },
                "findings": _rows(known.findings),
            },
        )

    def at_once(self) -> dict[str, list[Finding]] | None:
        """The findings of the tree, if no file and no folder of it has changed since; without reading any."""
        data = self._load("tree.json")
        try:
            if not data or any(
                _stamp(os.path.join(self.root, path)) != row for path, row in data["stamps"].items()
            ):
                return None
            return {str(path): [_finding(row) for row in rows] for path, rows in data["findings"].items()}
        except (KeyError, TypeError, ValueError, AttributeError, IndexError):
            return None

    def stamp(self, paths: Iterable[str], findings: Mapping[str, list[Finding]]) -> None:
        """Keep the findings for `at_once`. ``paths`` are those of the files, from the root."""
        self._prepare()
        folders = {""} | {part for path in paths for part in _folders(path)}
        stamps = {path: _stamp(os.path.join(self.root, path)) for path in sorted({*paths, *folders})}
        self._store("tree.json", {"key": self._key, "stamps": stamps, "findings": _rows(findings)})

    def _load(self, name: str) -> Any:
        try:
            with open(os.path.join(self.folder, name), encoding="utf-8") as file:
                data = json.load(file)
        except (OSError, ValueError, RecursionError, MemoryError):
            return {}
        return data if isinstance(data, dict) and data.get("key") == self._key else {}

    def _prepare(self) -> None:
        """The folder, which no version control and no backup takes."""
        for name, text in ((".gitignore", "*\n"), ("CACHEDIR.TAG", _TAG)):
            path = os.path.join(self.folder, name)
            try:
                if not os.path.exists(path):
                    os.makedirs(self.folder, exist_ok=True)
                    with open(path, "w", encoding="utf-8") as file:
                        file.write(text)
            except OSError:
                return

    def _store(self, name: str, data: Any) -> None:
        import tempfile  # a run that only reads has no use for it

        self._prepare()
        try:
            number, temporary = tempfile.mkstemp(dir=self.folder, suffix=".tmp")
        except OSError:
            return
        try:
            with open(number, "w", encoding="utf-8") as file:
                json.dump(data, file, separators=(",", ":"))
            os.replace(temporary, os.path.join(self.folder, name))
        except (OSError, ValueError, TypeError):
            with suppress(OSError):
                os.unlink(temporary)


def _folders(path: str) -> Iterable[str]:
    folder = os.path.dirname(path)
    while folder:
        yield folder
        folder = os.path.dirname(folder)


def _stamp(path: str) -> list[int]:
    try:
        found = os.stat(path)
    except OSError:
        return []
    return [found.st_mtime_ns, found.st_size]


def _rows(findings: Mapping[str, list[Finding]]) -> dict[str, list[Any]]:
    return {path: [_row(each) for each in rows] for path, rows in findings.items() if rows}


def _row(each: Finding) -> list[Any]:
    fix = edits.to_json(each.fix) if each.fix else None
    return [each.line, each.column, each.code, each.message, each.end_line, each.end_column, fix]


def _finding(row: Any) -> Finding:
    line, column, code, message, end_line, end_column, fix = row
    repair = edits.from_json(fix) if fix else None
    return Finding(int(line), int(column), str(code), str(message), int(end_line), int(end_column), repair)
