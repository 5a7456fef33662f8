"""Projects written as one text: a line `# file: name.py` heads each file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.settings import Settings
from flake8_unload.survey.run import Survey

_HEAD = re.compile(r"^# file: (\S+)\n", re.M)


def files(text: str) -> dict[str, str]:
    """The files of a text by their relative path."""
    parts = _HEAD.split(text)
    assert not parts[0].strip(), "a project starts with `# file:`"
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def write(folder: Path, tree: dict[str, str]) -> list[str]:
    """Put the files below a folder; their paths, sorted."""
    for name, text in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return sorted(str(folder / name) for name in tree)


def project_findings(folder: Path, tree: dict[str, str], settings: Settings) -> Iterator[tuple[str, Finding]]:
    """What the rules about several files find, with the relative path of the file."""
    paths = write(folder, tree)
    found = Survey(str(folder), Inspector(settings)).examine_all([(path, None) for path in paths], 1)
    for path, findings in sorted(found.items()):
        for each in findings:
            if each.code.startswith("UNL4"):
                yield Path(path).relative_to(folder).as_posix(), each
