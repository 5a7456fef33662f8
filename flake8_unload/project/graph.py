"""Which file imports which, from their facts alone. Executes nothing."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence, Set
from functools import cached_property, lru_cache

from flake8_unload.project.facts import Imported
from flake8_unload.project.layout import Layout, Space
from flake8_unload.project.once import once_for

_MOST = 600  # files that one process is thought to load; of more, those of the package around what acts
_NONE: frozenset[str] = frozenset()
_LIST = 3  # modules of one folder that a file names: it keeps a list of them


class Graph:
    """The imports of one part of a project, files by path.

    ``is_entry`` says of an `__init__.py` whether a host imports the package by it alone.
    """

    def __init__(
        self, layout: Layout, space: Space, is_test: Callable[[str], bool], is_entry: Callable[[str], bool]
    ) -> None:
        self._is_entry = is_entry
        self._layout = layout
        self._is_test = is_test
        self._space = space
        self._all: dict[str, frozenset[str]] = {}
        self._reached: dict[str, set[str]] = {}
        self._takes: dict[str, frozenset[str]] = {}
        self._foreign = set[str]()  # what absolute imports name, and no file of the project is
        self._around: dict[str, list[str]] = {}  # a dotted name with those of the packages around it

    @cached_property
    def files(self) -> list[str]:
        """All of them."""
        return [path for path in self._layout.files if self._layout.space(path) is self._space]

    @cached_property
    def importers(self) -> dict[str, set[str]]:
        """For every file the files that import it, at import time or in a function."""
        return self._inverted(self.imported)

    @cached_property
    def _takers(self) -> dict[str, set[str]]:
        """For every file those that import it at import time."""
        return self._inverted(self.takes_from)

    def _inverted(self, step: Callable[[str], Iterable[str]]) -> dict[str, set[str]]:
        """For every file those from which the step leads to it."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in self.files:
            for other in step(path):
                found[other].add(path)
        return found

    @cached_property
    def _named(self) -> dict[str, set[str]]:
        """For every file those that its texts name: a host loads them later."""
        found: dict[str, set[str]] = defaultdict(set)
        for path in self.files:
            dotted = self._layout.files[path].dotted
            if dotted and not self._is_test(path):
                modules = (self._space.find(self._space.canonical(each)) for each in dotted)
                found[path] |= {each for each in modules if each and each != path and each.endswith(".py")}
        return found

    def imported(self, path: str) -> frozenset[str]:
        """The files that a file imports, packages around them included."""
        if path not in self._all:
            self._all[path] = frozenset(self._imported(path))
        return self._all[path]

    def _imported(self, path: str) -> Iterator[str]:
        for each in self._layout.files[path].imports:
            if each.module not in self._foreign:
                yield from self.files_of(path, each)

    def files_of(self, path: str, imported: Imported) -> Iterator[str]:
        """The files that one import of a file executes, packages around them included."""
        base = self.base(path, imported.module)
        if base is None or (base and self._is_foreign(base)):
            if imported.module[:1] != ".":
                self._foreign.add(imported.module)
            return
        if base not in self._around:
            parts = base.split(".")
            self._around[base] = [".".join(parts[:count]) for count in range(1, len(parts) + 1)]
        names = (f"{base}.{name}" for name in imported.names if name != "*")
        for found in map(self._space.find, (*self._around[base], *names)):
            if found is not None and found != path and found.endswith(".py"):
                yield found

    def _is_foreign(self, name: str) -> bool:
        """No module of this part of the project, and so none of what may be below it."""
        return self._space.find(name.partition(".")[0]) is None

    def base(self, path: str, module: str) -> str | None:
        """The absolute name of what a file imports from, which may start with dots."""
        if module[:1] != ".":
            return self._space.canonical(module)
        rest = module.lstrip(".")
        level = len(module) - len(rest)
        parts = self._space.name_of(path).split(".")
        if path.endswith("__init__.py"):
            parts.append("")
        if level > len(parts) - 1:
            return None
        return ".".join([*parts[: len(parts) - level], *([rest] if rest else [])])

    def takes_from(self, path: str) -> frozenset[str]:
        """The files that the import of a file takes names from; for a submodule its file, not its package."""
        if path not in self._takes:
            self._takes[path] = frozenset(found for found, _ in self._taken(path))
        return self._takes[path]

    def names_from(self, path: str, other: str) -> set[str]:
        """The names that the import of a file takes from another one; `*` for all, empty for the module."""
        return {name for found, name in self._taken(path) if found == other}

    def sources_at(self, path: str, line: int) -> set[str]:
        """The files that the import statement of a line takes names from; empty where none stands."""
        return {found for found, _ in self._taken(path, line)}

    def taken_in_functions(self, path: str) -> set[str]:
        """The files that functions of a file take names from; its import may call them."""
        return {found for found, name in self._taken(path, at_import=False) if name}

    def _taken(self, path: str, line: int | None = None, at_import: bool = True) -> Iterator[tuple[str, str]]:
        facts = self._layout.files.get(path)
        for each in facts.imports if facts else ():
            here = each.at_import is at_import and line in (None, each.line)
            base = self.base(path, each.module) if here and each.module not in self._foreign else None
            if not base or self._is_foreign(base):
                continue
            for name in each.names or ("",):
                module = self._space.find(f"{base}.{name}") if name else None
                found = module or self._space.find(base)
                if found is not None and found != path and found.endswith(".py"):
                    yield found, "" if module else name

    def reaches(self, start: str, goal: str) -> bool:
        """True when the import of ``start`` leads to ``goal``, directly or through others."""
        if start not in self._reached:
            self._reached[start] = _closed(self.takes_from(start), self.takes_from)
        return goal in self._reached[start]

    def loaded_with(self, path: str) -> tuple[str, ...]:
        """The files that a process has when it runs this one, in the order in which a host would import them.

        Those that lead to its import, those that the host runs beside them, and what all of them import, in
        functions too. What a tool of several hosts imports in a function for one of them does not bring in
        the others: from afar, imports in functions lead only to files near this one. A file that names most
        of a folder speaks for all of it: what lies there is loaded although no import shows how.
        """
        importers = filter(self._is_alive, self._importers_around(path))
        naming = self._naming.get(path, ())
        start = {path, *self._space.host_files(), *importers, *naming, *self._beside_named(path)}
        near = self._near(path[: path.rfind(os.sep) + 1])
        upwards = _closed(start, lambda each: filter(self._is_alive, self._takers.get(each, ())))

        def steps(each: str) -> Set[str]:
            inner, named = self.imported(each), self._named.get(each)
            taken = inner if each in upwards else self.takes_from(each) | (inner & near)
            return taken | (near & named) if named else taken

        found = _closed(upwards, steps)
        parts = self._space.name_of(path).split(".")
        for depth in range(1, max(len(parts), 2)) if len(found) > _MOST else ():
            found = {each for each in found if self._space.name_of(each).split(".")[:depth] == parts[:depth]}
            if len(found) <= _MOST:
                break
        return tuple(sorted(found, key=self._outermost))

    def concerned(self, goals: Set[str], loaded: Sequence[str], names: Callable[[str], bool]) -> set[str]:
        """Of the files that are loaded: those that lead to one of the goals, and all that they import.

        ``names`` says of one whose imports do not lead there whether its text may.
        """

        def users(each: str) -> Set[str]:
            return self.importers.get(each, _NONE) | self._naming.get(each, _NONE)

        leading = _closed(goals, users)
        leading |= {each for each in loaded if each not in leading and names(each)}
        leading = _closed(leading, users)
        return _closed(leading.intersection(loaded), self.imported)

    def _importers_around(self, path: str) -> Iterable[str]:
        """The importers of a file; what is in an add-on is loaded from its `__init__.py`, not beside it."""
        found = self.importers.get(path, set())
        if path.endswith("__init__.py") and self._is_entry(path):
            inside = path.removesuffix("__init__.py")
            return {each for each in found if not each.startswith(inside)}
        return found

    def _beside_named(self, path: str) -> Iterator[str]:
        """The modules that nothing imports or names, in folders of which this file names most modules."""
        named = Counter(map(os.path.dirname, self._named.get(path, ())))
        folders: dict[str, list[str]] = {folder: [] for folder, count in named.items() if count >= _LIST}
        for each in self.files if folders else ():
            if not self._is_test(each) and not each.endswith("__init__.py"):
                folders.get(os.path.dirname(each), []).append(each)
        for folder, modules in folders.items():
            if 2 * named[folder] > len(modules):
                yield from (each for each in modules if not self._is_reached(each))

    def _is_reached(self, path: str) -> bool:
        return bool(self.importers.get(path)) or path in self._all_named

    @once_for
    def _is_alive(self, path: str) -> bool:
        """Not a file that a host never gets to: it does not run it, and nothing imports or names it."""
        if self._space.is_hosted:
            return path in self._space.host_files() or self._is_reached(path)
        outermost = self._space.find(self._space.name_of(path).partition(".")[0]) or ""
        return path == outermost or not self._is_entry(outermost) or self._is_reached(path)

    @lru_cache(maxsize=64)  # noqa: B019 - as long as its project
    def _near(self, folder: str) -> frozenset[str]:
        """The files in a folder, in one around it, or below it."""
        return frozenset(
            each
            for other, inside in self._layout.by_folder.items()
            if other.startswith(folder) or folder.startswith(other)
            for each in inside
        )

    @once_for
    def _outermost(self, path: str) -> tuple[bool, bool, int, bool, str]:
        """What a host or a person starts with comes first: imported by nobody, near the root, no package.

        What is only named comes last.
        """
        depth, imported = self._space.name_of(path).count("."), bool(self.importers.get(path))
        named = not imported and path in self._all_named
        return named, imported, depth, path.endswith("__init__.py"), path

    @cached_property
    def _all_named(self) -> Set[str]:
        return self._naming.keys()

    @cached_property
    def _naming(self) -> dict[str, set[str]]:
        """For every file that a text names, those whose texts do."""
        found: dict[str, set[str]] = defaultdict(set)
        for path, named in self._named.items():
            for each in named:
                found[each].add(path)
        return found


def in_order(modules: list[str], behind: Set[tuple[str, str]]) -> list[str] | None:
    """The modules, each ``behind`` others where a pair says so, else as they are; None for a circle."""
    left, done = list(modules), list[str]()
    while left:
        ready = next((one for one in left if not any((one, two) in behind for two in left)), None)
        if ready is None:
            return None
        left.remove(ready)
        done.append(ready)
    return done


def _closed(start: Iterable[str], step: Callable[[str], Iterable[str]]) -> set[str]:
    """The start and all that the steps lead to."""
    found = set(start)
    pending = list(found)
    while pending:
        new = set(step(pending.pop()))
        new -= found
        found |= new
        pending += new
    return found
