"""All files of a project, linked: who imports whom, and what comes of every reload and unload in it.

What project rules get. Knows no rule and no output.
"""

from __future__ import annotations

import ast
import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property, lru_cache
from itertools import groupby, takewhile

from flake8_unload.findings import Finding
from flake8_unload.lifecycle import File
from flake8_unload.project.elsewhere import importers_elsewhere
from flake8_unload.project.facts import Facts
from flake8_unload.project.folders import spelled
from flake8_unload.project.graph import Graph
from flake8_unload.project.layout import Layout, Space
from flake8_unload.project.once import once_for
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.staging import Staging
from flake8_unload.project.trees import Code, Trees
from flake8_unload.project.values import Span
from flake8_unload.project.worth import Worth, apart
from flake8_unload.scripts import is_script, is_test
from flake8_unload.settings import Settings

_KEPT = 5  # files whose events are kept
_TEXTS = 300  # files whose text is
_ANSWERS = 700  # files of which something is known that takes little room
_ENTRIES = re.compile(r"^(?:bl_info|def classFactory\()", re.MULTILINE)  # of Blender, of QGIS


class Project:
    """``root`` and the keys of ``files`` are absolute paths.

    ``trees`` reads a file when it is needed; ``report`` gives what the rules about one file find in it.
    """

    def __init__(
        self,
        root: str,
        files: Mapping[str, Facts],
        settings: Settings,
        trees: Trees,
        report: Callable[[str, Code], Iterable[Finding]],
    ) -> None:
        self.root = root
        self.settings = settings
        self._spelled = spelled(root)
        self.layout = Layout(root, files)
        self.failed: dict[str, Exception] = {}
        """Acting files whose rehearsal failed: a bug of ours, which is no reason to lose the others."""
        self._graphs: dict[Space, Graph] = {}
        self._names = frozenset[str]()  # of what acts
        self._files: dict[str, File] = {}
        self._trees = trees
        self.staging = Staging(self, trees.text)
        self._report = report

    def tree(self, path: str) -> ast.Module | None:
        """The tree of a file, or None where it cannot be read."""
        loaded = self._trees.code(path)
        return loaded[0] if loaded else None

    def outline(self, path: str) -> ast.Module | None:
        """The same of a file of which little will be looked at: see `survey/outlines`."""
        return self._trees.outline(path)

    def lines(self, path: str) -> list[str]:
        """The lines of a file, none where it cannot be read."""
        loaded = self._trees.code(path)
        return loaded[1] if loaded else []

    @lru_cache(maxsize=_TEXTS)  # noqa: B019 - a project lives as long as its run
    def text(self, path: str) -> str:
        """The text of a file, empty where it cannot be read; it takes less than its lines, and no parser."""
        return self._trees.text(path)

    def file(self, path: str) -> File:
        """The events of a file that can be read."""
        if path not in self._files:
            while len(self._files) >= _KEPT:
                del self._files[next(iter(self._files))]
            loaded = self._trees.code(path)
            assert loaded is not None
            self._files[path] = File(*loaded, path, self.settings)
        return self._files[path]

    def shown(self, path: str) -> str:
        """A path as it is written in messages: as findings spell it below the working folder."""
        return os.path.normpath(os.path.join(self._spelled, self.inside(path))).replace(os.sep, "/")

    def inside(self, path: str) -> str:
        """A path from the root of the project."""
        start = self.root.rstrip(os.sep) + os.sep
        inside = path[len(start) :] if path.startswith(start) else os.path.relpath(path, self.root)
        return inside.replace(os.sep, "/")

    @once_for
    def is_test(self, path: str) -> bool:
        """A test, by its path from the root."""
        return is_test(self.inside(path), self.settings)

    @once_for
    def is_script(self, path: str) -> bool:
        """A file that is run, not imported."""
        loaded = self._trees.code(path)
        return loaded is None or is_script(*loaded, path, self.settings)

    @lru_cache(maxsize=_ANSWERS)  # noqa: B019
    def is_entry(self, path: str) -> bool:
        """The `__init__.py` of an add-on: whatever its host loads of the package, it loads by it."""
        return path.endswith("__init__.py") and _ENTRIES.search(self._trees.text(path)) is not None

    def graph(self, path: str) -> Graph:
        """Who imports whom in the part of the project that a file is in."""
        space = self.layout.space(path)
        if space not in self._graphs:
            self._graphs[space] = Graph(self.layout, space, self.is_test, self.is_entry)
        return self._graphs[space]

    @cached_property
    def rehearsals(self) -> list[Rehearsal]:
        """What comes of every act outside of tests, in the order of their paths and lines."""
        found: list[Rehearsal] = []
        last = ""
        for number, path in enumerate(self.acting):
            if last != self.staging.package(path)[1]:
                self._trees.forget_others(
                    {*self.acting[number:], *(each.act.path for each in found if each.stale)}
                )
                last = self.staging.package(path)[1]
            if self.staging.budget(path).left > 0 and self.outline(path) is not None:
                try:
                    found += self.staging.rehearsed(path, self._names)
                except Exception as error:
                    self.failed[path] = error
        self.staging.forget()  # few files are looked at again: those where something is old
        self._trees.forget_others(())
        ran = Counter(span for each in found for span in each.ran)
        return [
            self._of_what_is_loaded(each, found) for each in found if each.code is None or ran[each.code] == 1
        ]

    def in_turn(self) -> Iterator[Rehearsal]:
        """The rehearsals, for who looks at the files of each: what was read for a package goes with it."""
        for _, group in groupby(self.rehearsals, key=lambda each: self.staging.package(each.act.path)):
            yield from group
            self._trees.forget_others(())
            self._files.clear()

    def _of_what_is_loaded(self, rehearsal: Rehearsal, others: Iterable[Rehearsal]) -> Rehearsal:
        """Without files that nothing but another act of the same file imports, one of several lists."""
        path = rehearsal.act.path
        if rehearsal.code is None or not rehearsal.stale:
            return rehearsal
        own = [_lines(each) for each in (rehearsal.code, *rehearsal.ran) if each[0] == path]
        acts = [_lines(each.code) for each in others if each.act.path == path and each.code is not None]
        unsure = {
            other
            for other, lines in self._imported_in_functions(path).items()
            if all(any(line in each for each in acts) for line in lines)
            and not any(line in each for each in own for line in lines)
        }
        stale = tuple(each for each in rehearsal.stale if each.path not in unsure)
        return replace(rehearsal, stale=stale) if len(stale) < len(rehearsal.stale) else rehearsal

    def _imported_in_functions(self, path: str) -> dict[str, list[int]]:
        """The files that only functions of one file import, with the lines where they do."""
        graph, found = self.graph(path), dict[str, list[int]]()
        for each in self.layout.files[path].imports:
            for other in graph.files_of(path, each) if not each.at_import else ():
                if graph.importers.get(other) == {path} and other not in graph.takes_from(path):
                    found.setdefault(other, []).append(each.line)
        return found

    @cached_property
    def acting(self) -> list[str]:
        """The files, no tests, that may act or call what acts in another one, and are worth a look."""
        acting = {path for path, facts in self.layout.files.items() if facts.acts and not self.is_test(path)}
        found, names = set[str](), set[str]()
        for group in apart(acting, self._imported, self._importers):
            worth = Worth(self.layout.files, self._trees, self._imported)
            found.update(worth.among(group, self._importers))
            names |= worth.names
            self._trees.forget_others(())
        self._names = frozenset(names)
        found |= {path for path in acting if self.layout.space(path).is_hosted}
        self._trees.forget_others(found)
        return sorted(path for path in found if not self.is_test(path))

    def _imported(self, path: str) -> frozenset[str]:
        return self.graph(path).imported(path)

    def _importers(self, path: str) -> set[str]:
        return self.graph(path).importers.get(path, set()) | self._elsewhere.get(path, set())

    @cached_property
    def _elsewhere(self) -> dict[str, set[str]]:
        acting = (path for path, facts in self.layout.files.items() if facts.acts and not self.is_test(path))
        return importers_elsewhere(acting, self.layout, self.graph)

    def has_inner_imports(self, path: str, texts: Iterable[str] = ()) -> bool:
        """Some file in or below the folder of this one, or one that a text names, takes from another."""
        folder = self._named_folder(path, texts) + os.sep
        inside = [each for each in self.layout.files if each.startswith(folder) and each != path]
        graph = self.graph(path)
        return any(
            other != path and other.startswith(folder) for each in inside for other in graph.takes_from(each)
        )

    def _named_folder(self, path: str, texts: Iterable[str]) -> str:
        """`plugins/*.py`: a folder of the project, from its root or from the file; else that of the file."""
        own = os.path.dirname(path)
        for text in texts:
            parts = text.replace("\\", "/").split("/")
            named = list(takewhile(lambda each: not set(each) & set("*?[{"), parts))
            for root in (own, self.root) if named[:1] not in ([], ["."], [""]) else ():
                folder = os.path.normpath(os.path.join(root, *named))
                if self.layout.is_folder(folder):
                    return folder
        return own

    @lru_cache(maxsize=_ANSWERS)  # noqa: B019
    def effects(self, path: str) -> tuple[Finding, ...]:
        """What the import of a file does to the process, as the rules of one file report it."""
        loaded = self._trees.code(path)
        return tuple(self._report(path, loaded)) if loaded else ()

    def is_open(self, rehearsal: Rehearsal) -> bool:
        """Something that is not known is reloaded, too: by this act, in its package, or in its process."""
        act, package = rehearsal.act, self.staging.package(rehearsal.act.path)
        loaded = set(rehearsal.paths.values())
        return any(
            self.staging.package(each.act.path) == package
            or (
                self.staging.package(each.act.path)[0] is package[0]
                and (each.act.path in loaded or act.path in each.paths.values())
            )
            for each in self._open
        )

    @cached_property
    def _open(self) -> list[Rehearsal]:
        return [each for each in self.rehearsals if each.open]


def _lines(span: Span) -> range:
    return range(span[1], span[2] + 1)
