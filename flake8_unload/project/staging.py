"""Which part of a project a process has loaded when it runs a file: a stage, and what it may cost.

Most of what acts concerns nothing of the project. It is rehearsed alone first, then with what it is about.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from flake8_unload.project.layout import Space
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.stage import Stage
from flake8_unload.project.steps import Asked, Budget

if TYPE_CHECKING:
    from flake8_unload.project.linked import Project

_EXECUTIONS = 8_000  # of modules that one package is worth, and one more for each file of the project
_SHARE = 0.5  # of the files that are loaded: only if fewer matter to an act, the others are left out
_SMALL = 20  # files; in a project with more, what acts is rehearsed alone first


class Staging:
    """The stages of one project; ``text`` gives that of a file."""

    def __init__(self, project: Project, text: Callable[[str], str]) -> None:
        self._project = project
        self._text = text
        self._stages: dict[tuple[Space, tuple[str, ...]], Stage] = {}  # one: its neighbours mostly share it
        self._alone: dict[tuple[Space, str], Stage] = {}  # likewise
        self._budgets: dict[tuple[Space, str], Budget] = {}

    def rehearsed(self, path: str, names: frozenset[str]) -> list[Rehearsal]:
        """The acts of a file; with all that a process has loaded, unless they concern nothing of it.

        ``names``: of what acts in the project.
        """
        project = self._project
        space, graph = project.layout.space(path), project.graph(path)
        loaded = graph.loaded_with(path)
        if len(graph.files) > _SMALL and not space.is_hosted:
            stage = self._first_look(path, names)
            alone = stage.alone(path, loaded)
            if alone is not None:
                return alone
            loaded = self._concerned(path, loaded, stage.concerned)
        return self.stage(path, loaded).rehearsals(path)

    def _first_look(self, path: str, names: frozenset[str]) -> Stage:
        """The files of a package that act, and no others."""
        project, package = self._project, self.package(path)
        if package not in self._alone:
            beside = [each for each in project.acting if self.package(each) == package]
            asked = Asked(frozenset(beside), names)
            _close(self._alone.values())
            self._alone = {package: Stage(package[0], beside, project.outline, self.budget(path), asked)}
        return self._alone[package]

    def _concerned(self, path: str, loaded: tuple[str, ...], goals: frozenset[str] | None) -> tuple[str, ...]:
        """The files that lead to what an act is about, with what they import, if they are not most."""
        if goals is None:
            return loaded
        stems = (each.removesuffix(f"{os.sep}__init__.py").removesuffix(".py") for each in goals)
        words = set(map(os.path.basename, stems))
        found = self._project.graph(path).concerned(
            goals | {path}, loaded, lambda each: any(word in self._text(each) for word in words)
        )
        few = len(found) < _SHARE * len(loaded)
        return tuple(each for each in loaded if each in found) if few else loaded

    def stage(self, path: str, first: tuple[str, ...] | None = None) -> Stage:
        """The part of the project that a process has loaded when it runs a file.

        What is not among the ``first``, if they are given, is there by name alone.
        """
        project = self._project
        space, loaded = project.layout.space(path), project.graph(path).loaded_with(path)
        first, known = first or loaded, {*(first or loaded)}
        if (space, first) not in self._stages:
            imported = [each for each in first if not project.is_test(each)]
            beside = [each for each in loaded if each not in known and not project.is_test(each)]
            stages = (each for (other, _), each in self._stages.items() if other is space and not beside)
            stage = next((each for each in stages if each.serves(imported)), None)
            if stage is None:
                _close(self._stages.values())
                stage = Stage(space, imported, project.outline, self.budget(path), beside=beside)
            self._stages = {(space, first): stage}
        return self._stages[space, first]

    def stage_with(self, path: str, changed: Mapping[str, ast.Module]) -> Stage:
        """The same, as if some files were ``changed``; their imports are taken to be the same."""
        project = self._project
        first = [each for each in project.graph(path).loaded_with(path) if not project.is_test(each)]
        return Stage(
            project.layout.space(path),
            first,
            lambda each: changed.get(each) or project.outline(each),
            self.budget(path),
        )

    def package(self, path: str) -> tuple[Space, str]:
        """The outermost package that a file is in, or the file."""
        space = self._project.layout.space(path)
        return space, space.name_of(path).partition(".")[0]

    def budget(self, path: str) -> Budget:
        """What the package of a file may cost; the others in a tree of everything have their own."""
        files = len(self._project.layout.files)
        return self._budgets.setdefault(self.package(path), Budget(_EXECUTIONS + files))

    def forget(self) -> None:
        """Take all worlds apart."""
        _close([*self._alone.values(), *self._stages.values()])
        self._alone, self._stages = {}, {}


def _close(stages: Iterable[Stage]) -> None:
    for each in stages:
        each.close()
