"""What of the lines to delete reloads nothing that is known, or does something else. Knows no analysis."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from difflib import get_close_matches

from flake8_unload.project.linked import Project
from flake8_unload.project.places import Stretch
from flake8_unload.reports.reload_leftovers import listed

_MOST = 6  # lines of one kind
_LONGEST = 70  # characters of a line of code
_NEAR = 0.8  # of two names: as near as one with a word more
_LONG = 8  # characters of a name; shorter ones are near each other by chance


def to_put_back(stretch: Stretch, project: Project) -> Iterator[str]:
    """The lines that somebody may miss."""
    foreign = tuple(each for each in stretch.others if _foreign(stretch, each, project))
    unclear = tuple(each for each in stretch.others if each not in foreign)
    kinds = (
        ("name no file of the project, and may do nothing today", foreign),
        ("reload nothing that is known here", unclear),
        ("do something else", () if stretch.cut else stretch.more),
    )
    for what, lines in kinds:
        if lines:
            yield f"# Of the deleted lines these {what}; put back what is needed, after the loop:"
            for each in lines[:_MOST]:
                yield f"#   {each}: {code_at(stretch, each, project)}{_meant(stretch, each, project)}"
        if len(lines) > _MOST:
            yield f"#   and lines {listed([str(each) for each in lines[_MOST:]])}"


def code_at(stretch: Stretch, line: int, project: Project) -> str:
    """A line of the file, as far as it is short."""
    text = project.lines(stretch.path)[line - 1].strip()
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _foreign(stretch: Stretch, line: int, project: Project) -> str:
    """The dotted name that is the only text of a line, if the project has no such module."""
    texts: list[str] = []
    with suppress(SyntaxError):
        tree = ast.parse(project.lines(stretch.path)[line - 1].strip())
        values = [each.value for each in ast.walk(tree) if isinstance(each, ast.Constant)]
        texts = [each for each in values if isinstance(each, str) and "." in each]
    space = project.layout.space(stretch.path)
    known = {space.name_of(each) for each in project.layout.files}
    ends = [each for each in known for text in texts if f".{each}".endswith(f".{text}")]
    return texts[0] if len(texts) == 1 and not ends else ""


def _meant(stretch: Stretch, line: int, project: Project) -> str:
    """The one module beside it that has nearly this name, and that is not reloaded today."""
    package, _, name = _foreign(stretch, line, project).rpartition(".")
    space = project.layout.space(stretch.path)
    known = [space.name_of(each) for each in project.layout.files if project.layout.space(each) is space]
    beside = [each.rpartition(".")[2] for each in known if each.rpartition(".")[0] == package]
    near = get_close_matches(name, beside, 2, _NEAR) if len(name) >= _LONG else []
    if len(near) != 1 or f"{package}.{near[0]}" in stretch.modules:
        return ""
    return f" (is `{near[0]}` meant?)"
