"""Which files are worth a rehearsal, by the names that stand in them. Executes nothing.

A rehearsal imports all that a process would have loaded. Most files with the word `reload` in them reload
nothing; here a file counts that reloads or unloads by its own text, or names something that does.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from flake8_unload.lifecycle import namespace_guard
from flake8_unload.project.acting import ACTING_DEPTH, takes_out
from flake8_unload.project.code_names import RELOADERS, Names, names_of, tables_of
from flake8_unload.project.facts import Facts, Imported
from flake8_unload.project.hosts import METHODS
from flake8_unload.project.trees import MANY, Trees

_LIBRARIES = frozenset({"importlib", "imp", "builtins", "__builtin__", "six", "past", "IPython"})

_SYSTEM = frozenset({"sys"})
_ACTS = re.compile(r"reload|modules|load_extension")
_GUARDS = re.compile(r"modules|NameError|\b(?:locals|globals|dir|vars)\b")

Neighbours = Callable[[str], Iterable[str]]
_Acting = dict[str, set[str]]  # the names of what acts, by file


@dataclass(frozen=True, slots=True)
class _Unit:
    """A function, a method, a name that is assigned, or (``name`` is empty) a statement of a module body.

    ``own`` are the names that it uses of its own file, attributes of `self` included; ``other`` are the
    attributes of anything else. ``acts``: by its own text.
    """

    name: str
    own: frozenset[str]
    other: frozenset[str]
    acts: bool

    def uses(self, own: set[str], taken: set[str]) -> bool:
        """It names something that acts, of its file or ``taken`` from others."""
        if self.own & own or self.own & taken or self.other & taken:
            return True
        return not self.name and bool(self.other & own)  # a module body may use an object of the file


@dataclass(frozen=True, slots=True)
class _Means:
    """What names of a file mean: an attribute `reload` may be a library's, `modules` that of `sys`."""

    tree: ast.Module
    has_reload: bool
    has_table: bool

    def is_loaded(self, found: Names) -> bool:
        """Code with these names names `sys.modules`."""
        tables = tables_of(self.tree) if self.has_table else frozenset[str]()
        if found.has_loaded(_SYSTEM, tables):
            return True
        return bool(found.owners) and found.has_loaded(names_of(self.tree).systems, tables)


class Worth:
    """``files`` has the facts of all files, ``trees`` their trees; ``imported`` is what a file imports."""

    def __init__(self, files: Mapping[str, Facts], trees: Trees, imported: Neighbours) -> None:
        self._files = files
        self._trees = trees
        self._imported = imported
        self._units: dict[str, tuple[_Unit, ...]] = {}
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
            code = self._trees.code(path, MANY)  # they are big, and few are needed again
            if code is None:
                return False
            tree, lines = code
            imports = self._files[path].imports
            means = _Means(tree, _has_reload(imports), _has_table(imports))
            self._units[path] = tuple(_units(tree, means))
            self._acting[path] = {each.name for each in self._units[path] if each.acts and each.name}
            if any(map(_GUARDS.search, lines)) and any(map(guards, tree.body)):
                self._guarded.add(path)
        return True

    def _look_at(self, users: Iterable[str]) -> None:
        """Take the units of those that use, directly or through each other, what acts; by their text first.

        Most that import a file that acts take something else from it, and need not be parsed.
        """
        left, acting = sorted(users), self._acting
        while found := [path for path in left if self._may_act(path, acting)]:
            looked_at = {path for path in found if self._look(path)}
            left = [path for path in left if path not in found]
            known = {path: self._acting[path] for path in looked_at}
            acting = self._spread({**acting, **known})

    def _may_act(self, path: str, acting: _Acting) -> bool:
        text = self._trees.text(path)
        found = _ACTS.search(text) or _GUARDS.search(text)
        return found is not None or any(each in text for each in self._taken(path, acting))

    def _spread(self, acting: _Acting) -> _Acting:
        """What names something that acts acts, as far as a rehearsal follows calls."""
        for _ in range(ACTING_DEPTH):
            acting = {path: known | self._next(path, acting) for path, known in acting.items()}
        return acting

    def _next(self, path: str, acting: _Acting) -> set[str]:
        own, taken = acting[path], self._taken(path, acting)
        if not (own or taken):
            return set()
        return {each.name for each in self._units[path] if each.name and each.uses(own, taken)}

    def _taken(self, path: str, acting: _Acting) -> set[str]:
        return {name for other in self._imported(path) for name in acting.get(other, ())}

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
        own, taken = self._acting[path], self._taken(path, self._acting)
        return path in self._guarded or any(each.acts or each.uses(own, taken) for each in self._units[path])


def guards(node: ast.stmt) -> bool:
    """A statement of a module body that asks for what an earlier execution left."""
    if isinstance(node, ast.If):
        return namespace_guard(node.test) is not None or "sys.modules" in ast.unparse(node.test)
    return isinstance(node, ast.Try) and "NameError" in ast.unparse(node)


def _is_module(name: str, path: str) -> bool:
    return os.path.basename(path.removesuffix("__init__.py").rstrip(os.sep)).removesuffix(".py") == name


def _has_reload(imports: Iterable[Imported]) -> bool:
    """A file imports something that a reload function is in."""
    return any(each.module.partition(".")[0] in _LIBRARIES for each in imports)


def _has_table(imports: Iterable[Imported]) -> bool:
    """A file imports `sys.modules` by that name."""
    return any(each.module == "sys" and "modules" in each.names for each in imports)


def _units(tree: ast.Module, means: _Means) -> Iterator[_Unit]:
    """The parts of a file."""
    pending: list[tuple[ast.AST, str]] = [(each, "") for each in tree.body]
    while pending:
        node, owner = pending.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                implicit = owner and name.startswith("__")  # making or using an instance calls it
                yield _unit(owner if implicit else name, node, means)
            case ast.ClassDef(name=name):
                pending += [(each, owner or name) for each in (*node.body, *node.decorator_list)]
                yield from (_unit(name, each, means) for each in node.bases)
            case ast.If() | ast.Try() | ast.For() | ast.While() | ast.With() | ast.Match():
                pending += [(each, owner) for each in ast.iter_child_nodes(node)]
            case ast.ExceptHandler() | ast.match_case():
                pending += [(each, owner) for each in node.body]
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from map(_alias, names)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield _unit(name, node, means)
                yield _unit("", node, means)
            case _:
                yield _unit("", node, means)


def _alias(alias: ast.alias) -> _Unit:
    name = alias.name.rpartition(".")[2]
    reloads = name in RELOADERS
    return _Unit(alias.asname or (name if reloads else ""), frozenset({name}), frozenset(), reloads)


def _unit(name: str, node: ast.AST, means: _Means) -> _Unit:
    found = names_of(node)
    acts = not RELOADERS.isdisjoint(found.variables) or found.spells_reload
    acts = acts or (takes_out(found) and means.is_loaded(found))
    acts = acts or not METHODS.isdisjoint(found.own | found.other)
    acts = acts or (means.has_reload and not RELOADERS.isdisjoint(found.other))
    return _Unit(name, found.variables | found.own, found.other, acts)
