"""In which order modules can be reloaded, and whether there is one at all. Knows no rule and no text."""

from __future__ import annotations

from flake8_unload.project.graph import in_order
from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal


def in_cycle(project: Project, path: str, module: str, rehearsal: Rehearsal) -> bool:
    """True when the module imports, or takes from, however far around, the file that imports it."""
    renewed = rehearsal.renewed - {rehearsal.act.module}  # that one stands around the others
    found, pending = {module}, [module]
    while pending:
        each = pending.pop()
        start = rehearsal.paths.get(each, "")
        if path == start or project.graph(path).reaches(start, path):
            return True
        further = {two for one, two in rehearsal.takes if one == each and two in renewed} - found
        found |= further
        pending += further
    return False


def import_order(project: Project, modules: list[str], rehearsal: Rehearsal) -> list[str] | None:
    """The modules, each behind those it takes names from, else as they are; None for a circle.

    Behind those that its functions take names from, too, where that is no circle.
    """
    paths = {each: rehearsal.paths.get(each, "") for each in modules}
    holds = {(each.module, each.old.module) for each in rehearsal.stale}  # however it got hold of it
    holds |= rehearsal.takes
    perhaps = {
        (one, two)
        for one in modules
        for two in modules
        if paths[two] in project.graph(paths[one]).taken_in_functions(paths[one])
    }
    holds |= {
        (one, two)
        for one in modules
        for two in modules
        if project.graph(paths[one]).reaches(paths[one], paths[two])
    }
    holds = {(one, two) for one, two in holds if paths.get(one) != paths.get(two)}
    return in_order(modules, holds | perhaps) or in_order(modules, holds)
