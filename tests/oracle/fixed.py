"""What the fixes of project rules make of a generated project. Knows no rule but by its code."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from flake8_unload.edits import Fix
from flake8_unload.repair.apply import apply
from flake8_unload.settings import Settings
from tests.oracle.observed import Held, Observation
from tests.oracle.project import Project
from tests.project.trees import project_findings


def fixed(project: Project, code: str, folder: Path) -> Project | None:
    """The project with all fixes of a rule; None where it offers none."""
    fixes: dict[str, list[Fix]] = defaultdict(list)
    for path, each in project_findings(folder, project.files, Settings(fixes=True)):
        if each.code == code and isinstance(each.fix, Fix):
            fixes[path].append(each.fix)
    if not fixes:
        return None
    files = {path: apply(project.files[path], found).after for path, found in fixes.items()}
    return replace(project, files={**project.files, **files})


def left_over(seen: Observation, reloaded: set[str]) -> set[Held]:
    """Old things of reloaded modules in reloaded modules, unless they are handed on by one that is not."""
    between = {(held.origin, held.attribute) for held in seen.old if held.module not in reloaded}
    return {
        held
        for held in seen.old
        if {held.module, held.origin} <= reloaded and (held.origin, held.attribute) not in between
    }
