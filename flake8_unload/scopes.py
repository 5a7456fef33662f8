"""Who binds which name in which scope: data and look-up; `binder` finds it. Knows no modules."""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from enum import Enum, auto


class Kind(Enum):
    """What makes a scope. TYPE is the scope of PEP 695 type parameters, their bounds, and type aliases."""

    MODULE = auto()
    CLASS = auto()
    FUNCTION = auto()
    LAMBDA = auto()
    COMPREHENSION = auto()
    TYPE = auto()


@dataclass(slots=True, eq=False)
class Binding:
    """One place that binds a name, or makes it local by deleting it.

    ``scope`` owns the name (after `global`, `nonlocal` and walrus rules); ``block`` is the scope whose
    code does it. ``statement`` is the statement around it; None for parameters.
    """

    name: str
    node: ast.AST
    statement: ast.stmt | None
    scope: Scope
    block: Scope


@dataclass(slots=True, eq=False)
class Scope:
    """One scope and the names it owns, private ones mangled, the bindings of each in source order."""

    kind: Kind
    node: ast.AST
    parent: Scope | None
    name: str
    children: list[Scope] = field(default_factory=list)
    bindings: dict[str, list[Binding]] = field(default_factory=dict)
    globals: set[str] = field(default_factory=set)
    nonlocals: set[str] = field(default_factory=set)
    star_imports: list[ast.ImportFrom] = field(default_factory=list)
    private: str | None = None  # the class whose private names (`__x`) are mangled here


class Bindings:
    """All scopes of a module."""

    def __init__(self, module: Scope, scopes: dict[ast.AST, Scope]) -> None:
        self.module = module
        self._scopes = scopes

    def scope_of(self, node: ast.AST) -> Scope:
        """The scope that a function, lambda, class, comprehension or module node creates; else KeyError."""
        return self._scopes[node]

    def lookup(self, name: str, scope: Scope) -> Scope | None:
        """The scope in which a read of ``name`` by the code of ``scope`` finds it; None for a builtin.

        Class scopes are seen by their own code and by type parameter scopes directly inside them.
        """
        name = mangled(name, scope.private)
        at: Scope | None = scope
        direct = True
        while at is not None and at is not self.module:
            if direct or at.kind is not Kind.CLASS:  # nor does a class pass on what it declares global
                if name in at.globals:
                    break
                if name in at.bindings:
                    return at
            direct = direct and at.kind is Kind.TYPE
            at = at.parent
        return self.module if name in self.module.bindings else None


def mangled(name: str, private: str | None) -> str:
    """The name that `__name` becomes inside the class ``private``, given without leading underscores."""
    if private and name.startswith("__") and not name.endswith("__"):
        return f"_{private}{name}"
    return name
