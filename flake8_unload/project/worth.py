"""Which files are worth a rehearsal, by the names that stand in them. Executes nothing.

A rehearsal imports all that a process would have loaded. Most files with the word `reload` in them reload
nothing; here a file counts that reloads or unloads by its own text, or names something that does.
"""

from __future__ import annotations

import ast
import os
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping

from flake8_unload.lifecycle import namespace_guard
from flake8_unload.project.acting import ACTING_DEPTH
from flake8_unload.project.facts import Facts, Imported
from flake8_unload.project.trees import Trees
from flake8_unload.project.units import Units

_LIBRARIES = frozenset({"importlib", "imp", "builtins", "__builtin__", "six", "past", "IPython"})

_GUARDS = [re.compile(rf"{each}(?<!\w{each})\b") for each in ("locals", "globals", "dir", "vars")]
"""The names that tell what a namespace holds; to search for a text and look around it takes the least."""

Neighbours = Callable[[str], Iterable[str]]
_Acting = dict[str, set[str]]  # the names of what acts, by file


def apart(acting: Iterable[str], imported: Neighbours, importers: Neighbours) -> Iterator[list[str]]:
    """The files that may act, in groups that no import leads out of: each can be looked at by itself."""
    left = sorted(acting)
    nodes = {*left, *(other for path in left for other in importers(path))}
    around: dict[str, set[str]] = defaultdict(set)
    for path in nodes:
        for other in nodes.intersection(imported(path)):
            around[path].add(other)
            around[other].add(path)
    while left:
        group, pending = {left[0]}, [left[0]]
        while pending:
            new = around[pending.pop()] - group
            group |= new
            pending += new
        yield [path for path in left if path in group]
        left = [path for path in left if path not in group]


class Worth:
    """``files`` has the facts of all files, ``trees`` their trees; ``imported`` is what a file imports."""

    def __init__(self, files: Mapping[str, Facts], trees: Trees, imported: Neighbours) -> None:
        self._files = files
        self._trees = trees
        self._imported = imported
        self._units: dict[str, Units] = {}
        self._acting: _Acting = {}
        self._guarded: set[str] = set()

    def among(self, acting: Iterable[str], importers: Neighbours) -> Iterator[str]:
        """Of the files that may act and of those that import them: the ones that are worth it."""
        first = {path for path in acting if self._look(path)}
        self._acting = self._spread(self._acting)
        known = {path for path in first if self._acting[path]}
        users = {other for path in known for other in importers(path) if self._takes(other, path)}
        self._look_at(users - first)
        self._acting = self._spread(self._acting)
        yield from (path for path in self._units if self._is_worth(path))

    @property
    def names(self) -> frozenset[str]:
        """The names of all that acts, as far as it was looked at."""
        return frozenset(name for names in self._acting.values() for name in names)

    def _look(self, path: str) -> bool:
        """Take the units of a file; False for one that cannot be read."""
        if path not in self._units:
            tree = self._trees.outline(path)
            if tree is None:
                return False
            text, imports = self._trees.text(path), self._files[path].imports
            self._units[path] = Units(tree, text, _has_reload(imports), _has_table(imports))
            self._acting[path] = self._units[path].acting
            if _may_guard(text) and any(map(guards, tree.body)):
                self._guarded.add(path)
        return True

    def _look_at(self, users: set[str]) -> None:
        """Take the units of those that use, directly or through each other, what acts; by their text first.

        Most that import a file that acts take something else from it, and need not be parsed.
        """
        acting, asked = self._acting, dict[str, set[str]]()
        found = {path for path in users if _may_act(self._trees.text(path))}
        left = sorted(users - found)
        while found := found | {path for path in left if self._may_use(path, acting, asked)}:
            looked_at = {path for path in sorted(found) if self._look(path)}
            left, found = [path for path in left if path not in found], set()
            acting = self._spread({**acting, **{path: self._acting[path] for path in looked_at}})

    def _may_use(self, path: str, acting: _Acting, asked: dict[str, set[str]]) -> bool:
        """Its text has the name of something that acts, which it may take, and that was not ``asked`` for."""
        taken = self._taken(path, acting)
        new = taken - asked.get(path, set())
        asked[path] = taken
        text = self._trees.text(path) if new else ""
        return any(each in text for each in new)

    def _spread(self, acting: _Acting) -> _Acting:
        """What names something that acts acts, as far as a rehearsal follows calls."""
        for _ in range(ACTING_DEPTH):
            before = acting
            acting = {path: known | self._next(path, before) for path, known in before.items()}
            if acting == before:
                break
        return acting

    def _next(self, path: str, acting: _Acting) -> set[str]:
        own, taken = acting[path], self._taken(path, acting)
        return {name for name in self._units[path].users(own, taken) if name}

    def _taken(self, path: str, acting: _Acting) -> set[str]:
        return {name for other in acting.keys() & self._imported(path) for name in acting[other]}

    def _takes(self, path: str, source: str) -> bool:
        """A file takes one of the names that act from another one, or a module."""
        for each in self._files[path].imports:
            asked = each.names or each.module.split(".")
            if "*" in asked or any(_is_module(name, source) for name in asked):
                return True
            if not self._acting[source].isdisjoint(asked):
                return True
        return False

    def _is_worth(self, path: str) -> bool:
        units, own = self._units[path], self._acting[path]
        if path in self._guarded or units.acts:
            return True
        return any(True for _ in units.users(own, self._taken(path, self._acting)))


def guards(node: ast.stmt) -> bool:
    """A statement of a module body that asks for what an earlier execution left."""
    if isinstance(node, ast.If):
        return namespace_guard(node.test) is not None or "sys.modules" in ast.unparse(node.test)
    return isinstance(node, ast.Try) and "NameError" in ast.unparse(node)


def _may_act(text: str) -> bool:
    """By the words in it a file acts itself, or asks what an earlier execution left."""
    return "reload" in text or "modules" in text or "load_extension" in text or _may_guard(text)


def _may_guard(text: str) -> bool:
    if "modules" in text or "NameError" in text:
        return True
    return any(each.search(text) for each in _GUARDS)


def _is_module(name: str, path: str) -> bool:
    return os.path.basename(path.removesuffix("__init__.py").rstrip(os.sep)).removesuffix(".py") == name


def _has_reload(imports: Iterable[Imported]) -> bool:
    """A file imports something that a reload function is in."""
    return any(each.module.partition(".")[0] in _LIBRARIES for each in imports)


def _has_table(imports: Iterable[Imported]) -> bool:
    """A file imports `sys.modules` by that name."""
    return any(each.module == "sys" and "modules" in each.names for each in imports)
