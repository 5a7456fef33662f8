"""Every project of `cases/` gives the findings it is marked with, and no others.

A file of `cases/` holds projects, each headed by `# === title`. A line with a finding ends with `# UNL401`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_unload.project import staging
from flake8_unload.settings import Settings
from tests.project.trees import files, project_findings

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(r"# (UNL4\d\d)$")


def projects() -> Iterator[tuple[str, str]]:
    """Title and text."""
    for path in sorted(CASES.glob("*.txt")):
        parts = re.split(r"^# === (.+)\n", path.read_text(encoding="utf-8"), flags=re.M)
        yield from zip(parts[1::2], parts[2::2], strict=True)


@pytest.mark.parametrize(("title", "text"), list(projects()), ids=lambda each: each[:60].split("\n")[0])
def test_findings_are_those_marked(title: str, text: str, tmp_path: Path) -> None:
    tree = files(text)
    expected = {
        (name, number, found[1])
        for name, source in tree.items()
        for number, line in enumerate(source.splitlines(), 1)
        if (found := _MARK.search(line))
    }
    found = {(path, each.line, each.code) for path, each in project_findings(tmp_path, tree, Settings())}
    assert found == expected, title


@pytest.mark.parametrize(("title", "text"), list(projects()), ids=lambda each: each[:60].split("\n")[0])
def test_what_is_looked_at_alone_first_gives_the_same(
    title: str, text: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(staging, "_SMALL", 0)
    test_findings_are_those_marked(title, text, tmp_path)
