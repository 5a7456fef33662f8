"""The findings of project rules, by file. The door between the link and the faces; knows no rule by name."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import NamedTuple

from flake8_unload import engine, registry, source
from flake8_unload.failures import Unreadable, check, failure
from flake8_unload.findings import Finding, Hazard
from flake8_unload.project.facts import Facts
from flake8_unload.project.linked import Project
from flake8_unload.project.sites import place_of
from flake8_unload.project.trees import Code, Trees
from flake8_unload.registry import Rule
from flake8_unload.settings import Settings
from flake8_unload.survey.outlines import outline

_LEFT_BEHIND = frozenset({"UNL301", "UNL303", "UNL304", "UNL306"})


def linked(root: str, files: Mapping[str, Facts], settings: Settings) -> Project:
    """The project below a folder; ``root`` and the keys of ``files`` are absolute paths."""

    def report(path: str, code: Code) -> Iterable[Finding]:
        return check(*code, path, settings)

    def outlined(path: str) -> ast.Module | None:
        try:
            return outline(source.text(path), files[path].bodies)
        except Unreadable:
            return None

    return Project(root, files, settings, Trees(_load, _text, outlined), report)


class Together(NamedTuple):
    """The findings about several files by absolute path, and where a file is reloaded, if it is."""

    findings: dict[str, list[Finding]]
    reloads: dict[str, str]


def project_findings(root: str, files: Mapping[str, Facts], settings: Settings) -> Together:
    """What the rules about several files report, sorted. Raises ExtensionError."""
    if not any(each.acts for each in files.values()):
        return Together({}, {})
    project = linked(root, files, settings)
    found: defaultdict[str, set[Finding]] = defaultdict(set)
    for rule in registry.rules().values():
        if rule.across_files:
            for path, hazard in _checked(rule, project):
                found[path].add(engine.finding(rule.code, hazard, project.lines(path), settings.fixes))
    for path, error in project.failed.items():
        found[path].add(failure(f"internal error, please report: {type(error).__name__}: {error}"))
    return Together({path: sorted(each) for path, each in found.items()}, dict(_reloads(project)))


def _checked(rule: Rule, project: Project) -> Iterator[tuple[str, Hazard]]:
    """What a rule reports; one that fails says so at the first file that acts."""
    try:
        yield from rule.check(project)
    except (RecursionError, MemoryError):
        return
    except Exception as error:
        project.failed.setdefault([*project.acting, *project.layout.files][0], error)


def _reloads(project: Project) -> Iterator[tuple[str, str]]:
    """The files that an act executes again or removes, and where it is written."""
    for rehearsal in project.rehearsals:
        for step in rehearsal.steps:
            path = rehearsal.paths.get(step.module)
            if step.kind != "import" and step.places and path:
                at, line = place_of(step, rehearsal)
                yield path, f"{project.shown(at)}:{line}"


def noted(finding: Finding, reload: str | None) -> Finding:
    """The finding; one about what an import leaves behind says so where the project reloads the module."""
    if reload is None or finding.code not in _LEFT_BEHIND:
        return finding
    return replace(finding, message=f"{finding.message}; {reload} does it again")


def _load(path: str) -> Code | None:
    try:
        loaded = source.load(path)
    except Unreadable:
        return None
    return loaded.tree, loaded.lines


def _text(path: str) -> str:
    try:
        return source.text(path)
    except Unreadable:
        return ""
