"""The findings of project rules, by file. The door between the link and the faces; knows no rule by name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from flake8_unload import engine, registry, source
from flake8_unload.failures import Unreadable, check
from flake8_unload.findings import Finding
from flake8_unload.project.facts import Facts
from flake8_unload.project.linked import Code, Project
from flake8_unload.settings import Settings


def linked(root: str, files: Mapping[str, Facts], settings: Settings) -> Project:
    """The project below a folder; ``root`` and the keys of ``files`` are absolute paths."""

    def report(path: str, code: Code) -> Iterable[Finding]:
        return check(*code, path, settings)

    return Project(root, files, settings, _load, report)


def project_findings(root: str, files: Mapping[str, Facts], settings: Settings) -> dict[str, list[Finding]]:
    """What the rules about several files report, by absolute path, sorted. Raises ExtensionError."""
    if not any(each.acts for each in files.values()):
        return {}
    project = linked(root, files, settings)
    found: defaultdict[str, set[Finding]] = defaultdict(set)
    for rule in registry.rules().values():
        if rule.across_files:
            for path, hazard in rule.check(project):
                found[path].add(engine.finding(rule.code, hazard, project.lines(path), settings.fixes))
    return {path: sorted(each) for path, each in found.items()}


def _load(path: str) -> Code | None:
    try:
        loaded = source.load(path)
    except Unreadable:
        return None
    return loaded.tree, loaded.lines
