"""The debt of an old code base: a file of accepted findings, and which findings of a run are among them.

Knows files, paths and fingerprints; neither rules nor the command line.
"""

from __future__ import annotations

import json
import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flake8_unload import source
from flake8_unload.errors import UserError
from flake8_unload.failures import UNREADABLE
from flake8_unload.results import BASELINE, Identity, Result

_VERSION = 1
Files = Sequence[tuple[str, Sequence[Result]]]
Judged = Callable[[str, str], bool]
"""Whether a run would report a rule in a file, by path and code: else it cannot say what is stale."""
_FIELDS = ("code", "scope", "subject", "fingerprint")


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One accepted finding. ``path`` is seen from the folder of the baseline, with slashes."""

    path: str
    code: str
    scope: str
    subject: str
    fingerprint: str

    def __str__(self) -> str:
        about = f" `{self.subject}`" if self.subject else ""
        return f"{self.path}: {self.code}{about} in `{self.scope or '<module>'}`"


class Baseline:
    """Entries by path, and which of them the results of this run have used up."""

    def __init__(self, file: str, entries: Iterable[Entry] = ()) -> None:
        self.file = file
        self.entries = sorted(set(entries))
        self._folder = os.path.dirname(os.path.abspath(file))
        self._open: dict[str, dict[str, Entry]] = defaultdict(dict)
        for each in self.entries:
            self._open[each.path][each.fingerprint] = each
        self._gone = [each for each in self._open if not os.path.exists(os.path.join(self._folder, each))]
        self._seen: set[str] = set()

    def accept(self, path: str, results: Sequence[Result]) -> list[Result]:
        """The results of one file, those of the baseline suppressed. Each entry serves once.

        An entry belongs to its own file, or to any other once that file is gone: it was renamed then.
        """
        name = self._name(path)
        if not _unreadable(results):
            self._seen.add(name)
        return [self._accepted(name, each) for each in results]

    def stale(self, judged: Judged) -> list[Entry]:
        """Entries that nothing needs any more; their file was looked at, or is gone."""
        dead = dict.fromkeys((*self._seen, *self._gone))
        left = (entry for path in dead for entry in self._open[path].values())
        return sorted(each for each in left if judged(self._path(each.path), each.code))

    def updated(self, files: Files, judged: Judged) -> Baseline:
        """A baseline with what these files have now; other files and other rules stay as they are."""
        dead = {self._name(path) for path, results in files if not _unreadable(results)}.union(self._gone)
        kept = [
            each
            for each in self.entries
            if each.path not in dead or not judged(self._path(each.path), each.code)
        ]
        return Baseline(self.file, [*kept, *self._entries(files)])

    def without(self, entries: Iterable[Entry]) -> Baseline:
        """A baseline with these entries gone."""
        gone = set(entries)
        return Baseline(self.file, (each for each in self.entries if each not in gone))

    def _accepted(self, name: str, result: Result) -> Result:
        if result.suppressed or result.finding.code == UNREADABLE:
            return result
        for path in (name, *self._gone):
            if self._open[path].pop(result.identity.fingerprint, None):
                return replace(result, suppressed=BASELINE)
        return result

    def _entries(self, files: Files) -> Iterator[Entry]:
        for path, results in files:
            for each in results:
                if each.reported and each.finding.code != UNREADABLE:
                    yield _entry(self._name(path), each.finding.code, each.identity)

    def _path(self, name: str) -> str:
        path = os.path.join(self._folder, name)
        try:
            return os.path.relpath(path)
        except ValueError:  # another drive
            return path

    def _name(self, path: str) -> str:
        try:
            path = os.path.relpath(path, self._folder)
        except ValueError:  # another drive
            path = os.path.abspath(path)
        return path.replace(os.sep, "/")


def _entry(path: str, code: str, who: Identity) -> Entry:
    return Entry(path, code, who.scope, who.subject, who.fingerprint)


def _unreadable(results: Sequence[Result]) -> bool:
    return any(each.finding.code == UNREADABLE for each in results)


def read(file: str) -> Baseline:
    """The baseline in a file. Raises UserError for one that is missing or is none."""
    try:
        with open(file, "rb") as stream:
            if source.is_endless(stream):
                raise ValueError("a device that never ends")
            data = json.load(stream)
        return Baseline(file, _parsed(data))
    except FileNotFoundError:
        raise UserError(
            f"baseline: `{file}` does not exist; `flake8-unload baseline write` makes one"
        ) from None
    except OSError as error:
        raise UserError(f"baseline: `{file}` cannot be read: {error.strerror}") from None
    except (ValueError, RecursionError) as error:
        raise UserError(f"baseline: `{file}` is no baseline: {' '.join(str(error).split())}") from None


def write(baseline: Baseline) -> None:
    """Put the baseline into its file, one entry a line. Raises UserError."""
    from flake8_unload.repair import writer  # a run that only reads does without

    new = _text(baseline.entries).encode()
    try:
        if not os.path.exists(baseline.file):
            with open(baseline.file, "xb") as stream:
                stream.write(new)
            return
        with open(baseline.file, "rb") as stream:
            old = stream.read()
        writer.write(baseline.file, old, new)
    except OSError as error:
        raise UserError(f"baseline: `{baseline.file}` cannot be written: {error.strerror}") from None
    except writer.NotWritten as error:
        raise UserError(f"baseline: `{baseline.file}` {error}") from None


def _parsed(data: Any) -> Iterator[Entry]:
    """The entries of a file. Raises ValueError."""
    match data:
        case {"version": int(version), "findings": dict(found)} if version == _VERSION:
            for path, rows in found.items():
                for row in rows if isinstance(rows, list) else [rows]:
                    yield _entry_of(path, row)
        case {"version": int(version), **_rest} if version != _VERSION:
            raise ValueError(f"its version is {version}, and this version of flake8-unload knows {_VERSION}")
        case _:
            raise ValueError("it has no `version` and `findings`")


def _entry_of(path: str, row: Any) -> Entry:
    match row:
        case {
            "code": str(code), "scope": str(scope), "subject": str(subject), "fingerprint": str(fingerprint)
        }:  # fmt: skip
            return Entry(path, code, scope, subject, fingerprint)
    raise ValueError(f"an entry of `{path}` has not the texts {', '.join(f'`{each}`' for each in _FIELDS)}")


def _text(entries: Iterable[Entry]) -> str:
    """JSON with one entry a line: two branches that add some rarely meet in one place."""
    by_path: dict[str, list[Entry]] = defaultdict(list)
    for each in sorted(entries):
        by_path[each.path].append(each)
    files = [
        f"    {json.dumps(path)}: [\n" + ",\n".join(map(_row, rows)) + "\n    ]"
        for path, rows in by_path.items()
    ]
    body = "{\n" + ",\n".join(files) + "\n  }" if files else "{}"
    return f'{{\n  "version": {_VERSION},\n  "findings": {body}\n}}\n'


def _row(entry: Entry) -> str:
    return "      " + json.dumps({name: getattr(entry, name) for name in _FIELDS})
