"""What a piece of code names, calls and binds: one walk, kept as long as the code. Executes nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Set
from dataclasses import dataclass
from typing import Any

from flake8_unload.project.once import once

RELOADERS = frozenset({"reload", "reload_module"})
REMOVERS = frozenset({"pop", "popitem", "clear", "__delitem__"})
_COPIES = frozenset({"dict", "frozenset", "len", "list", "set", "sorted", "tuple"})
_SELF = ("self", "cls")


class _Fields(dict[type[ast.AST], tuple[str, ...]]):
    """The fields of a kind of node that may hold others; those are far fewer than all."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields = self[kind] = tuple(each for each in kind._fields if each not in _BARE)
        return fields


_BARE = frozenset("id attr arg ctx op module level kind type_comment conversion is_async simple".split())
_FIELDS = _Fields()


def nodes(node: ast.AST) -> Iterator[Any]:
    """The node and all below it, in no useful order; `ast.walk` takes four times as long."""
    pending = [node]
    while pending:
        node = pending.pop()
        yield node
        for name in _FIELDS[type(node)]:
            below = getattr(node, name, None)
            if isinstance(below, list):
                pending += [each for each in below if isinstance(each, ast.AST)]
            elif isinstance(below, ast.AST) and below._fields:
                pending.append(below)


@dataclass(frozen=True, slots=True)
class Names:
    """What code names: variables, attributes of `self` (``own``) and of anything else (``other``).

    ``called`` are the functions of its calls, ``declared`` the names in `global` statements. ``owners`` are
    the last names of what it takes an attribute `modules` of, ``systems`` what it calls `sys` where it
    imports it itself. ``removes``: it has a `del`; ``spells_reload``: it imports a reload function by its
    name, or has the name in a text.
    """

    variables: frozenset[str]
    own: frozenset[str]
    other: frozenset[str]
    called: tuple[ast.expr, ...]
    declared: frozenset[str]
    owners: frozenset[str]
    systems: frozenset[str]
    removes: bool
    spells_reload: bool

    def has_loaded(self, systems: Set[str], tables: Set[str]) -> bool:
        """It names `sys.modules`: through a name for `sys`, or a variable that holds the table itself."""
        found = not (systems.isdisjoint(self.owners) and self.systems.isdisjoint(self.owners))
        return found or not tables.isdisjoint(self.variables)

    def has(self, words: frozenset[str]) -> bool:
        """One of the words is a variable or an attribute."""
        return not (
            words.isdisjoint(self.variables) and words.isdisjoint(self.other) and words.isdisjoint(self.own)
        )


@once
def names_of(node: ast.AST) -> Names:
    """The names in a piece of code, in functions and classes inside of it, too."""
    variables, own, other, declared = set[str](), set[str](), set[str](), set[str]()
    owners, systems = set[str](), {"sys"}
    called: list[ast.expr] = []
    removes = spells = False
    pending: list[Any] = [node]
    while pending:  # as `nodes` does, whose order it keeps, with less to look at
        each = pending.pop()
        kind = type(each)  # a `match` takes twice as long
        if kind is ast.Name:
            variables.add(each.id)
            continue
        if kind is ast.Attribute:
            root = each.value
            (own if type(root) is ast.Name and root.id in _SELF else other).add(each.attr)
            if each.attr == "modules":
                owners.add(getattr(root, "id", getattr(root, "attr", "sys")))
            pending.append(root)
            continue
        if kind is ast.Constant or kind is ast.alias:
            text = each.value if kind is ast.Constant else each.name
            spells = spells or (type(text) is str and text in RELOADERS)
            if kind is ast.alias and text == "sys":
                systems.add(each.asname or text)
            continue
        if kind is ast.Call:
            called.append(each.func)
        elif kind is ast.Global:
            declared.update(each.names)
        elif kind is ast.Delete:
            removes = True
        for field in _FIELDS[kind]:
            below = getattr(each, field, None)
            if isinstance(below, list):
                pending += [part for part in below if isinstance(part, ast.AST)]
            elif isinstance(below, ast.AST) and below._fields:
                pending.append(below)
    return Names(
        frozenset(variables),
        frozenset(own),
        frozenset(other),
        tuple(called),
        frozenset(declared),
        frozenset(owners),
        frozenset(systems),
        removes,
        spells,
    )


@once
def tables_of(tree: ast.AST) -> frozenset[str]:
    """What the imports of a file call the table `sys.modules` itself."""
    return frozenset(
        alias.asname or alias.name
        for node in nodes(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "sys"
        for alias in node.names
        if alias.name == "modules"
    )


@once
def open_tables(node: ast.AST) -> frozenset[str]:
    """The owners, as in `Names`, of attributes `modules` with which code does more than read or add."""
    tables = [each for each in nodes(node) if isinstance(each, ast.Attribute) and each.attr == "modules"]
    read = {id(each) for one in nodes(node) for each in _read_only(one)}
    return frozenset(
        getattr(each.value, "id", getattr(each.value, "attr", "sys"))
        for each in tables
        if id(each) not in read
    )


def _read_only(node: ast.AST) -> Iterable[ast.AST]:
    """The operands of which nothing is taken out, whatever they are."""
    match node:
        case ast.Compare(comparators=found):
            return found
        case ast.Subscript(value=found, ctx=ast.Load() | ast.Store()) | ast.For(iter=found):
            return (found,)
        case ast.Attribute(value=found, attr=name) if name not in REMOVERS:
            return (found,)
        case ast.comprehension(iter=found):
            return (found,)
        case ast.Call(func=ast.Name(id=name), args=found) if name in _COPIES:
            return found
    return ()


@once
def set_in_functions(tree: ast.AST) -> frozenset[str]:
    """The names that functions of a file may bind in its module."""
    return frozenset(name for node in nodes(tree) if isinstance(node, ast.Global) for name in node.names)


@once
def open_owners(tree: ast.AST) -> frozenset[str]:
    """The variables on which code of a file sets attributes whose names it computes."""
    return frozenset(
        owner
        for node in nodes(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "setattr"
        for owner, name in _named_attributes(node)
        if not isinstance(name, ast.Constant)
    )


def _named_attributes(node: ast.Call) -> Iterator[tuple[str, ast.expr]]:
    match node.args:
        case [ast.Name(id=owner), name, _]:
            yield owner, name


@once
def bound_somewhere(tree: ast.AST) -> frozenset[str]:
    """The names that definitions, assignments and imports of a file bind, in whatever scope."""
    found: set[str] = set()
    for node in nodes(tree):
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                found.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                found.add(name)
            case ast.alias(name=name, asname=asname):
                found.add(asname or name)
    return frozenset(found)


_SCOPES = (ast.Lambda, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


@once
def bound_by(node: ast.AST) -> frozenset[str]:
    """The names that a statement may bind in the scope that it stands in."""
    found: set[str] = set()
    pending: list[ast.AST] = [node]
    while pending:
        each = pending.pop()
        if isinstance(each, _DEFINITIONS):
            found.add(each.name)
        elif isinstance(each, ast.alias):
            found.add(each.asname or each.name.partition(".")[0])
        elif isinstance(each, ast.Name) and isinstance(each.ctx, ast.Store):
            found.add(each.id)
        elif not isinstance(each, _SCOPES):
            pending.extend(ast.iter_child_nodes(each))
    return frozenset(found - {"*"} - names_of(node).declared)


@once
def global_names(node: ast.AST) -> dict[str, bool]:
    """The names that code binds through `global` statements: True where its first level does."""
    first = {
        target.id
        for each in getattr(node, "body", ())
        if isinstance(each, ast.Assign)
        for target in each.targets
        if isinstance(target, ast.Name)
    }
    return {name: name in first for name in sorted(names_of(node).declared)}
