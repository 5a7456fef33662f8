"""From what is old after a rehearsal to the statement a user would change, if the old thing matters there.

An old name that nothing uses later, that stands only in annotations, or only served the import, does no harm.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass

from flake8_unload.project.linked import Project
from flake8_unload.project.once import once_for
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.stale import Stale
from flake8_unload.project.steps import Step
from flake8_unload.project.values import Origin, Place

_Alike = dict[Origin, list[Stale]]  # what is stale, by the old thing
_WEIGHT = {"class": 0, "value": 1, "function": 2, "module": 3}


@dataclass(frozen=True, slots=True)
class Site:
    """A statement of ``path`` that took something old, worst first; ``kept`` if something else keeps it."""

    path: str
    line: int
    module: str
    stale: tuple[Stale, ...]

    @property
    def worst(self) -> Stale:
        """The one to speak of."""
        return self.stale[0]


def sites(project: Project, rehearsal: Rehearsal, again: bool, gone: bool = False) -> Iterator[Site]:
    """The sites in files that the act executes ``again``, or that it does not, in order."""
    found: dict[tuple[str, int], list[Stale]] = {}
    alike = _alike(rehearsal)
    for each in rehearsal.stale:
        wanted = rehearsal.again(each.module) is again and each.gone is gone
        if wanted and _is_its_own(each, again):
            hosted = not again and each.path in project.layout.space(each.path).host_files()
            if not hosted and not project.is_test(each.path) and each.path.endswith(".py"):
                found.setdefault((each.path, _line(each, alike)), []).append(each)
    for (path, line), group in _grouped(found, project):
        kept = {each.old for each in group if _keeps(project, each, again)}
        harmful = [
            each
            for each in group
            if _keeps(project, each, again)
            or (
                each.how == "name"
                and (
                    each.old in kept or _is_used(project, each) or _hands_on(project, rehearsal, each, alike)
                )
            )
        ]
        if harmful and not project.is_script(path):
            harmful.sort(key=lambda each: (_WEIGHT[each.what], each.how != "name", each.line, each.name))
            yield Site(path, line, harmful[0].module, tuple(_unique(harmful)))


def _is_its_own(stale: Stale, again: bool) -> bool:
    """Something that the module took itself; what others register in it is theirs to take back.

    What its own former execution left somewhere is there in any order, if it is executed ``again``.
    """
    if again and stale.giver == stale.module:
        return False
    return stale.what != "module" and stale.line > 0 and (stale.gone or not stale.given)


def _keeps(project: Project, stale: Stale, again: bool) -> bool:
    """What the module made keeps something old; an alias of types that is bound once, if somebody uses it.

    A public one of a module that was executed ``again`` looks new to whoever asks `isinstance` of it.
    """
    if stale.how != "alias":
        return stale.how != "name"
    bound = project.file(stale.path).bindings.module.bindings.get(stale.name, ())
    return len(bound) == 1 and ((again and not stale.name.startswith("_")) or _is_used(project, stale))


def _is_early(stale: Stale, rehearsal: Rehearsal) -> bool:
    """The module was executed before the last time that the old thing was made anew.

    One that was executed after it got the old thing through a third, which has a site of its own.
    """
    return rehearsal.runs[stale.module] < rehearsal.runs.get(stale.old.module, rehearsal.start)


def _grouped(
    found: dict[tuple[str, int], list[Stale]], project: Project
) -> Iterator[tuple[tuple[str, int], list[Stale]]]:
    """Names bound one by one from attributes of the same old module are one site, the first of them.

    So is everything in a file that has the same old decorator.
    """
    first: dict[tuple[str, str, str], tuple[str, int]] = {}
    merged: dict[tuple[str, int], list[Stale]] = {}
    for place, group in sorted(found.items()):
        at, old = place, group[0].old
        if isinstance(statement(project, *place), (ast.Assign, ast.AnnAssign)):
            at = first.setdefault((place[0], old.module, ""), place)
        elif all(each.how == "decorator" for each in group):
            at = first.setdefault((place[0], old.module, old.name), place)
        merged.setdefault(at, []).extend(group)
    yield from sorted(merged.items())


def _alike(rehearsal: Rehearsal) -> _Alike:
    found: _Alike = {}
    for each in rehearsal.stale:
        found.setdefault(each.old, []).append(each)
    return found


def _hands_on(project: Project, rehearsal: Rehearsal, stale: Stale, alike: _Alike) -> bool:
    """A module that was executed after all, or again where this one was not, took the old thing from it."""
    for other in alike[stale.old]:
        later = not _is_early(other, rehearsal) or rehearsal.encloses(other.module, stale.old.module)
        later = later or (rehearsal.again(other.module) and not rehearsal.again(stale.module))
        if other.module != stale.module and later:
            if stale.path in project.graph(other.path).takes_from(other.path):
                return True
    return False


def _unique(group: list[Stale]) -> Iterator[Stale]:
    """One of those that are about the same old thing: the name before what keeps it.

    All that have it for a decorator, as no name leads to them.
    """
    seen: dict[object, str] = {}
    for each in group:
        if each.old not in seen or (each.how == "decorator" == seen[each.old]):
            seen[each.old] = each.how
            yield each


def _line(stale: Stale, alike: _Alike) -> int:
    """What keeps something old stands with the import that brought it in, where there is one."""
    if stale.how != "name":
        for each in alike[stale.old]:
            if each.how == "name" and each.module == stale.module and each.giver != each.module:
                return each.line
    return stale.line


# -- use ---------------------------------------------------------------------------------------
def _is_used(project: Project, stale: Stale) -> bool:
    leaf = stale.module.rpartition(".")[2]
    return _is_read_later(project, stale.path, stale.name) or _is_passed_on(
        project, stale.path, leaf, stale.name
    )


@once_for
def _is_read_later(project: Project, path: str, name: str) -> bool:
    """Code that runs after the import reads the global."""
    file = project.file(path)
    return file.is_read_in_functions((file.bindings.module, name))


@once_for
def _is_passed_on(project: Project, path: str, leaf: str, name: str) -> bool:
    """A facade, whose name others look up when they run: `api.name`, or an import in a function."""
    text = f"{leaf}.{name}"
    spelled = re.compile(rf"\b{re.escape(text)}\b")
    for other in project.graph(path).importers.get(path, ()):
        if project.is_test(other):
            continue
        imports = project.layout.files[other].imports
        if any(not each.at_import and name in each.names for each in imports):
            return True
        if text in project.text(other) and spelled.search(project.text(other)):
            return True
    return False


# -- places ------------------------------------------------------------------------------------
def place_of(step: Step | None, rehearsal: Rehearsal) -> Place:
    """Where a step is written: the outermost call, or the text that names the module beside it."""
    if step is None or not step.places:
        return rehearsal.act.path, rehearsal.act.line
    outermost = step.places[0]
    if step.named is not None and step.named[0] == outermost[0]:
        return step.named
    return outermost


def meeting(one: Step | None, two: Step | None, rehearsal: Rehearsal) -> tuple[Place, Place] | None:
    """Where two steps, or executions around them, are written in one and the same file; innermost."""
    for first in _around(one):
        for second in _around(two):
            places = place_of(first, rehearsal), place_of(second, rehearsal)
            if first is not second and places[0][0] == places[1][0]:
                return places
    return None


def _around(step: Step | None) -> Iterator[Step]:
    while step is not None and step.places:
        yield step
        step = step.inside


def statement(project: Project, path: str, line: int) -> ast.stmt:
    """The innermost statement that starts on a line, or stands around it."""
    tree = project.outline(path)
    assert tree is not None
    found, inside = tree.body[0], tree.body
    while around := [each for each in inside if each.lineno <= line <= (each.end_lineno or each.lineno)]:
        found = around[-1]
        inside = list(_inside(found))
    return found


def _inside(node: ast.AST) -> Iterator[ast.stmt]:
    """The statements of which one consists, those in its cases and handlers included."""
    for field in ("body", "handlers", "orelse", "finalbody", "cases"):
        for each in getattr(node, field, ()):
            if isinstance(each, ast.stmt):
                yield each
            else:
                yield from _inside(each)
