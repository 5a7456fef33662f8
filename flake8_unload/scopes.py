"""Who binds which name in which scope, over stdlib `ast`. Knows nothing of modules, order or rules.

The walk keeps its own stack, so that neither long `elif` chains nor deep sums exhaust the interpreter's.
"""

from __future__ import annotations

import ast
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import Enum, auto


class Kind(Enum):
    """What makes a scope. TYPE is the scope of PEP 695 type parameters and type aliases."""

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
    code does it. ``statement`` is the statement around it, where the analysis needs one.
    """

    name: str
    node: ast.AST
    statement: ast.stmt | None
    scope: Scope
    block: Scope


@dataclass(slots=True, eq=False)
class Scope:
    """One scope and the names it owns, in source order."""

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

    def __init__(self, module: Scope) -> None:
        self.module = module
        self._scopes: dict[ast.AST, Scope] = {module.node: module}

    def scope_of(self, node: ast.AST) -> Scope:
        """The scope that a function, lambda, class, comprehension or module node creates."""
        return self._scopes[node]

    def lookup(self, name: str, scope: Scope) -> Scope | None:
        """The scope in which a read of ``name`` by the code of ``scope`` finds it; None for a builtin.

        Class scopes are seen by their own code and by type parameter scopes directly inside them.
        """
        at: Scope | None = scope
        name = mangled(name, scope.private)
        direct = True
        while at is not None and at.kind is not Kind.MODULE:
            if name in at.globals:
                at = self.module
                break
            if name in at.bindings and name not in at.nonlocals and (at.kind is not Kind.CLASS or direct):
                return at
            direct = direct and at.kind is Kind.TYPE
            at = at.parent
        return self.module if name in self.module.bindings else None


def bind(tree: ast.Module) -> Bindings:
    """The scopes and bindings of a parsed module."""
    module = Scope(Kind.MODULE, tree, None, "top")
    bindings = Bindings(module)
    _Binder(bindings).walk(tree.body, module)
    return bindings


def mangled(name: str, private: str | None) -> str:
    """The name that `__name` becomes inside a class."""
    if private and name.startswith("__") and not name.endswith("__") and "." not in name:
        return f"_{private}{name}" if private else name
    return name


_Task = tuple[ast.AST, "ast.stmt | None", Scope]


class _Binder:
    def __init__(self, bindings: Bindings) -> None:
        self._bindings = bindings
        self._stack: list[_Task] = []
        self._later: deque[tuple[Iterable[ast.stmt], Scope]] = deque()

    def walk(self, body: Iterable[ast.stmt], module: Scope) -> None:
        self._push(body, None, module)
        stack, visitors, fields, later = self._stack, _VISITORS, _FIELDS, self._later
        while stack or later:
            if not stack:
                body, scope = later.popleft()  # outer bodies first: `nonlocal` looks for their names
                self._push(body, None, scope)
                continue
            node, statement, scope = stack.pop()
            visit = visitors.get(type(node))
            if visit is not None:
                visit(self, node, statement, scope)
                continue
            names = fields.get(type(node))
            if names is None:
                names = fields[type(node)] = tuple(node._fields)
            if isinstance(node, ast.stmt):
                statement = node
            for name in reversed(names):
                value = getattr(node, name, None)
                if type(value) is list:
                    for each in reversed(value):
                        if isinstance(each, ast.AST):
                            stack.append((each, statement, scope))
                elif isinstance(value, ast.AST):
                    stack.append((value, statement, scope))

    def _push(self, nodes: Iterable[ast.AST | None], statement: ast.stmt | None, scope: Scope) -> None:
        self._stack.extend((node, statement, scope) for node in reversed(list(nodes)) if node is not None)

    def _open(self, kind: Kind, node: ast.AST, parent: Scope, name: str) -> Scope:
        scope = Scope(kind, node, parent, name, private=parent.private)
        if kind is Kind.CLASS:
            scope.private = name.lstrip("_") or None
        parent.children.append(scope)
        if kind is not Kind.TYPE:
            self._bindings._scopes[node] = scope
        return scope

    def _bind(self, name: str, node: ast.AST, statement: ast.stmt | None, block: Scope) -> None:
        name = mangled(name, block.private)
        home = block
        if name in block.globals:
            home = self._bindings.module
        elif name in block.nonlocals:
            home = self._nonlocal(name, block)
        home.bindings.setdefault(name, []).append(Binding(name, node, statement, home, block))

    def _nonlocal(self, name: str, block: Scope) -> Scope:
        at = block.parent
        while at is not None:
            if at.kind in (Kind.FUNCTION, Kind.LAMBDA) and name in at.bindings and name not in at.nonlocals:
                return at
            at = at.parent
        return block

    # -- scopes -------------------------------------------------------------------------------
    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef, _: ast.stmt | None, scope: Scope) -> None:
        self._bind(node.name, node, node, scope)
        outer = self._type_parameters(node, scope)
        inner = self._open(Kind.FUNCTION, node, outer, node.name)
        arguments = node.args
        self._parameters(arguments, inner)
        self._later.append((node.body, inner))
        self._push([node.returns, *_annotations(arguments)], node, outer)
        self._push([*node.decorator_list, *arguments.defaults, *arguments.kw_defaults], node, scope)

    def lambda_(self, node: ast.Lambda, statement: ast.stmt | None, scope: Scope) -> None:
        inner = self._open(Kind.LAMBDA, node, scope, "lambda")
        self._parameters(node.args, inner)
        self._push([node.body], statement, inner)
        self._push([*node.args.defaults, *node.args.kw_defaults], statement, scope)

    def _parameters(self, arguments: ast.arguments, scope: Scope) -> None:
        every = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
        for each in every:
            if each is not None:
                self._bind(each.arg, each, None, scope)

    def class_(self, node: ast.ClassDef, _: ast.stmt | None, scope: Scope) -> None:
        self._bind(node.name, node, node, scope)
        outer = self._type_parameters(node, scope, node.name.lstrip("_") or None)
        inner = self._open(Kind.CLASS, node, outer, node.name)
        self._push(node.body, None, inner)
        self._push([*node.bases, *(each.value for each in node.keywords)], node, outer)
        self._push(node.decorator_list, node, scope)

    def _type_parameters(
        self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, scope: Scope, private: str | None = None
    ) -> Scope:
        parameters: list[ast.AST] = getattr(node, "type_params", [])
        if not parameters:
            return scope
        inner = self._open(Kind.TYPE, node, scope, node.name)
        inner.private = private or scope.private
        self._push(parameters, node, inner)
        return inner

    def type_alias(self, node: ast.stmt, _: ast.stmt | None, scope: Scope) -> None:
        name: ast.Name = node.name  # type: ignore[attr-defined]
        self._bind(name.id, name, node, scope)
        outer = scope
        parameters: list[ast.AST] = node.type_params  # type: ignore[attr-defined]
        if parameters:
            outer = self._open(Kind.TYPE, node, scope, name.id)
        inner = self._open(Kind.TYPE, node, outer, name.id)
        self._push([node.value], node, inner)  # type: ignore[attr-defined]
        self._push(parameters, node, outer)

    def type_parameter(self, node: ast.AST, statement: ast.stmt | None, scope: Scope) -> None:
        self._bind(node.name, node, statement, scope)  # type: ignore[attr-defined]
        for part in (getattr(node, "bound", None), getattr(node, "default_value", None)):
            if part is not None:
                inner = self._open(Kind.TYPE, node, scope, node.name)  # type: ignore[attr-defined]
                self._push([part], statement, inner)

    def comprehension(
        self,
        node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp,
        statement: ast.stmt | None,
        scope: Scope,
    ) -> None:
        inner = self._open(Kind.COMPREHENSION, node, scope, type(node).__name__)
        result = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        parts: list[ast.AST] = []
        for number, generator in enumerate(node.generators):
            parts += [generator.target, *([generator.iter] if number else []), *generator.ifs]
        self._push([*parts, *result], statement, inner)
        self._push([node.generators[0].iter], statement, scope)

    # -- bindings -----------------------------------------------------------------------------
    def name(self, node: ast.Name, statement: ast.stmt | None, scope: Scope) -> None:
        if type(node.ctx) is not ast.Load:
            self._bind(node.id, node, statement, scope)

    def annotated(self, node: ast.AnnAssign, _: ast.stmt | None, scope: Scope) -> None:
        target: ast.expr | None = node.target
        if node.value is None and not node.simple:  # `(x): int` binds nothing
            target = None if isinstance(target, ast.Name) else target
        self._push([target, node.annotation, node.value], node, scope)

    def walrus(self, node: ast.NamedExpr, statement: ast.stmt | None, scope: Scope) -> None:
        home = scope
        while home.kind is Kind.COMPREHENSION and home.parent is not None:
            home = home.parent
        self._bind(node.target.id, node, statement, home)
        self._push([node.value], statement, scope)

    def imports(self, node: ast.Import | ast.ImportFrom, _: ast.stmt | None, scope: Scope) -> None:
        for alias in node.names:
            if alias.name == "*":
                assert isinstance(node, ast.ImportFrom)
                scope.star_imports.append(node)
                continue
            name = alias.asname or (alias.name.partition(".")[0] if isinstance(node, ast.Import) else alias.name)
            self._bind(name, alias, node, scope)

    def handler(self, node: ast.ExceptHandler, statement: ast.stmt | None, scope: Scope) -> None:
        if node.name is not None:
            self._bind(node.name, node, statement, scope)
        self._push(node.body, None, scope)
        self._push([node.type], statement, scope)

    def capture(self, node: ast.MatchAs | ast.MatchStar, statement: ast.stmt | None, scope: Scope) -> None:
        if node.name is not None:
            self._bind(node.name, node, statement, scope)
        self._push([getattr(node, "pattern", None)], statement, scope)

    def mapping(self, node: ast.MatchMapping, statement: ast.stmt | None, scope: Scope) -> None:
        if node.rest is not None:
            self._bind(node.rest, node, statement, scope)
        self._push([*node.keys, *node.patterns], statement, scope)

    def global_(self, node: ast.Global, _: ast.stmt | None, scope: Scope) -> None:
        scope.globals.update(mangled(name, scope.private) for name in node.names)

    def nonlocal_(self, node: ast.Nonlocal, _: ast.stmt | None, scope: Scope) -> None:
        scope.nonlocals.update(mangled(name, scope.private) for name in node.names)

    def nothing(self, node: ast.AST, statement: ast.stmt | None, scope: Scope) -> None:
        """A leaf."""


def _annotations(arguments: ast.arguments) -> list[ast.expr | None]:
    every = [*arguments.posonlyargs, *arguments.args, arguments.vararg, *arguments.kwonlyargs, arguments.kwarg]
    return [each.annotation for each in every if each is not None]


_FIELDS: dict[type[ast.AST], tuple[str, ...]] = {}
_VISITORS: dict[type[ast.AST], Callable[..., None]] = {
    ast.FunctionDef: _Binder.function,
    ast.AsyncFunctionDef: _Binder.function,
    ast.Lambda: _Binder.lambda_,
    ast.ClassDef: _Binder.class_,
    ast.ListComp: _Binder.comprehension,
    ast.SetComp: _Binder.comprehension,
    ast.DictComp: _Binder.comprehension,
    ast.GeneratorExp: _Binder.comprehension,
    ast.Name: _Binder.name,
    ast.AnnAssign: _Binder.annotated,
    ast.NamedExpr: _Binder.walrus,
    ast.Import: _Binder.imports,
    ast.ImportFrom: _Binder.imports,
    ast.ExceptHandler: _Binder.handler,
    ast.MatchAs: _Binder.capture,
    ast.MatchStar: _Binder.capture,
    ast.MatchMapping: _Binder.mapping,
    ast.Global: _Binder.global_,
    ast.Nonlocal: _Binder.nonlocal_,
    ast.Constant: _Binder.nothing,
    ast.Load: _Binder.nothing,
    ast.Store: _Binder.nothing,
    ast.Pass: _Binder.nothing,
}
for _name, _visit in (
    ("TypeAlias", _Binder.type_alias),
    ("TypeVar", _Binder.type_parameter),
    ("ParamSpec", _Binder.type_parameter),
    ("TypeVarTuple", _Binder.type_parameter),
):
    if hasattr(ast, _name):
        _VISITORS[getattr(ast, _name)] = _visit
