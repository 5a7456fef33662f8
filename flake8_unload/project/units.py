"""The parts of a file, and which of them name something that acts. Executes nothing.

What a part names is looked up only where its text has a word that is asked for: most bodies of functions are
never parsed for it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import Any

from flake8_unload.project.acting import takes_out
from flake8_unload.project.code_names import RELOADERS, Names, names_of, open_tables, tables_of
from flake8_unload.project.hosts import METHODS

_SYSTEM = frozenset({"sys"})
_ACTS = ("reload", "modules", "load_extension")
_WORD = re.compile(r"\w+")
_RENAMED = re.compile(r"\bsys[\s\\]+as\b")


class Units:
    """The parts of the file with this tree and text.

    ``has_reload``: it imports something that a reload function is in; ``has_table``: `sys.modules`, by name.
    """

    def __init__(self, tree: ast.Module, text: str, has_reload: bool, has_table: bool) -> None:
        self._tree = tree
        self._text = text
        self._starts = [0, *accumulate(len(each) + 1 for each in text.split("\n"))]
        self._has_reload = has_reload
        self._tables = tables_of(tree) if has_table else frozenset[str]()
        self._parts = list(_parts(tree))
        words = (*_ACTS, *self._tables)
        self._acting = [
            (name, node)
            for name, node in self._parts
            if any(map(self._lines(node).__contains__, words)) and self._acts(node)
        ]

    @property
    def acting(self) -> set[str]:
        """The names of those that act by themselves."""
        return {name for name, _ in self._acting if name}

    @property
    def acts(self) -> bool:
        """One of them does, be it without a name."""
        return bool(self._acting)

    def users(self, own: AbstractSet[str], taken: AbstractSet[str]) -> Iterator[str]:
        """The names of those that name something that acts, of the file itself or ``taken`` from others."""
        asked = self._words & (own | taken) if own or taken else frozenset[str]()
        for name, node in self._parts if asked else ():
            if isinstance(node, ast.alias):
                if _last(node) in asked:
                    yield name
            elif any(map(self._lines(node).__contains__, asked)) and _uses(name, node, own, taken):
                yield name

    @cached_property
    def _words(self) -> frozenset[str]:
        """Those of the text, whatever they are in the code."""
        return frozenset(_WORD.findall(self._text))

    def _lines(self, node: Any) -> str:
        """The text of a part; what a `with` enters has no lines, and all of the file."""
        decorators = getattr(node, "decorator_list", ())
        first = min((each.lineno for each in decorators), default=getattr(node, "lineno", 1))
        return self._text[self._starts[first - 1] : self._starts[getattr(node, "end_lineno", -1)]]

    def _acts(self, node: ast.AST) -> bool:
        """By its own text."""
        if isinstance(node, ast.alias):
            return _last(node) in RELOADERS
        found = names_of(node)
        acts = not RELOADERS.isdisjoint(found.variables) or found.spells_reload
        acts = acts or (takes_out(found) and self._is_loaded(replace(found, owners=open_tables(node))))
        acts = acts or not (METHODS.isdisjoint(found.own) and METHODS.isdisjoint(found.other))
        return acts or (self._has_reload and not RELOADERS.isdisjoint(found.other))

    def _is_loaded(self, found: Names) -> bool:
        """Code with these names names `sys.modules`."""
        if found.has_loaded(_SYSTEM, self._tables):
            return True
        renamed = bool(found.owners) and _RENAMED.search(self._text) is not None
        return renamed and found.has_loaded(names_of(self._tree).systems, self._tables)


def _uses(name: str, node: ast.AST, own: AbstractSet[str], taken: AbstractSet[str]) -> bool:
    found = names_of(node)
    for words in (found.variables, found.own):
        if not (words.isdisjoint(own) and words.isdisjoint(taken)):
            return True
    of_file = not name  # a module body may use an object of the file
    return not (found.other.isdisjoint(taken) and (not of_file or found.other.isdisjoint(own)))


def _parts(tree: ast.Module) -> Iterator[tuple[str, ast.AST]]:
    """Functions, methods and names that are assigned, and (without a name) statements of a module body."""
    pending: list[tuple[ast.AST, str]] = [(each, "") for each in tree.body]
    while pending:
        node, owner = pending.pop()
        match node:
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                implicit = owner and name.startswith("__")  # making or using an instance calls it
                yield owner if implicit else name, node
            case ast.ClassDef(name=name):
                pending += [(each, owner or name) for each in (*node.body, *node.decorator_list)]
                yield from ((name, each) for each in node.bases)
            case ast.If() | ast.Try() | ast.For() | ast.While() | ast.With() | ast.Match():
                pending += [(each, owner) for each in ast.iter_child_nodes(node)]
            case ast.ExceptHandler() | ast.match_case():
                pending += [(each, owner) for each in node.body]
            case ast.Import(names=names) | ast.ImportFrom(names=names):
                yield from map(_alias, names)
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name, node
                yield "", node
            case _:
                yield "", node


def _alias(alias: ast.alias) -> tuple[str, ast.AST]:
    name = _last(alias)
    return alias.asname or (name if name in RELOADERS else ""), alias


def _last(alias: ast.alias) -> str:
    return alias.name.rpartition(".")[2]
