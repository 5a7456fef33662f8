"""From a tree to its scopes and bindings, exactly as `symtable` has them. Knows nothing of modules or rules.

The walk keeps its own stack, so that neither long `elif` chains nor deep sums exhaust the interpreter's.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from flake8_unload.scopes import Binding, Bindings, Kind, Scope, mangled


def bind(tree: ast.Module) -> Bindings:
    """The scopes and bindings of a parsed module."""
    module = Scope(Kind.MODULE, tree, None, "top")
    binder = _Binder(module)
    binder.walk(tree.body)
    binder.settle()
    return Bindings(module, binder.scopes)


class _Binder:
    """One walk: ``scope`` and ``statement`` are where it is, ``stack`` is what is left of this scope."""

    def __init__(self, module: Scope) -> None:
        self.module = self.scope = module
        self.statement: ast.stmt | None = None
        self.scopes: dict[ast.AST, Scope] = {module.node: module}
        self.stack: list[Any] = []
        self.later: list[tuple[Scope, Sequence[ast.AST | None], ast.stmt | None]] = []
        self.nonlocals: list[Binding] = []
        self.unordered: set[tuple[Scope, str]] = set()

    def walk(self, body: Sequence[ast.AST]) -> None:
        stack, later, plans, own = self.stack, self.later, _PLANS, self.own
        name, load, constant, many = ast.Name, ast.Load, ast.Constant, list
        later.append((self.module, body, None))
        for self.scope, nodes, self.statement in later:  # grows as inner scopes are found
            stack.extend(reversed(nodes))
            while stack:
                node = stack.pop()
                kind = type(node)
                if kind is name:
                    if type(node.ctx) is not load:
                        own(node.id, node)
                    continue
                if kind is constant or node is None:
                    continue
                plan = plans[kind]
                if type(plan) is not tuple:
                    plan(self, node)
                    continue
                for each in plan:
                    value = getattr(node, each, None)
                    if type(value) is many:
                        stack.extend(value[::-1])
                    elif value is not None:
                        stack.append(value)

    def settle(self) -> None:
        """What only the whole tree tells: where `nonlocal` leads, and the order of bindings from afar."""
        for binding in self.nonlocals:
            at = binding.block.parent
            while at is not None and (
                at.kind in (Kind.MODULE, Kind.CLASS) or binding.name not in at.bindings
            ):
                at = at.parent
            self.add(binding.name, binding.node, binding.statement, at or binding.block, binding.block)
        for scope, name in self.unordered:
            scope.bindings[name].sort(key=_position)

    def open(self, kind: Kind, node: ast.AST, parent: Scope, name: str) -> Scope:
        scope = Scope(kind, node, parent, name, private=parent.private)
        parent.children.append(scope)
        if kind is not Kind.TYPE:
            self.scopes[node] = scope
        return scope

    def own(self, name: str, node: ast.AST) -> None:
        """Bind in the current scope, or where it declares the name to be."""
        block = self.scope
        self.bind(name, node, block, block)

    def bind(self, name: str, node: ast.AST, home: Scope, block: Scope) -> None:
        name = mangled(name, home.private)
        if name in home.nonlocals:
            self.nonlocals.append(Binding(name, node, self.statement, home, block))
        else:
            self.add(name, node, self.statement, self.module if name in home.globals else home, block)

    def add(self, name: str, node: ast.AST, statement: ast.stmt | None, home: Scope, block: Scope) -> None:
        binding = Binding(name, node, statement, home, block)
        found = home.bindings.get(name)
        if found is None:
            home.bindings[name] = [binding]
        else:
            found.append(binding)
        if home is not block:
            self.unordered.add((home, name))

    # -- scopes -------------------------------------------------------------------------------
    def function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.statement = node
        self.own(node.name, node)
        arguments, scope = node.args, self.scope
        parameters = _parameters(arguments)
        evaluated = [node.returns, *(each.annotation for each in parameters)]
        outer = self.generic(node, evaluated, scope.private)
        inner = self.open(Kind.FUNCTION, node, outer, node.name)
        for each in parameters:
            self.add(mangled(each.arg, inner.private), each, None, inner, inner)
        self.later.append((inner, node.body, None))
        if outer is scope:
            self.stack.extend(evaluated)
        self.stack += [*arguments.kw_defaults[::-1], *arguments.defaults[::-1], *node.decorator_list[::-1]]

    def lambda_(self, node: ast.Lambda) -> None:
        inner = self.open(Kind.LAMBDA, node, self.scope, "lambda")
        for each in _parameters(node.args):
            self.add(mangled(each.arg, inner.private), each, None, inner, inner)
        self.later.append((inner, [node.body], self.statement))
        self.stack += [*node.args.kw_defaults[::-1], *node.args.defaults[::-1]]

    def class_(self, node: ast.ClassDef) -> None:
        self.statement = node
        self.own(node.name, node)
        private = node.name.lstrip("_") or None
        evaluated = [*node.bases, *(each.value for each in node.keywords)]
        outer = self.generic(node, evaluated, private)
        inner = self.open(Kind.CLASS, node, outer, node.name)
        inner.private = private
        self.later.append((inner, node.body, None))
        if outer is self.scope:
            self.stack.extend(evaluated[::-1])
        self.stack.extend(node.decorator_list[::-1])

    def generic(self, node: Any, evaluated: Sequence[ast.expr | None], private: str | None) -> Scope:
        """The scope of the type parameters, if any, where annotations or bases are ``evaluated``."""
        parameters = getattr(node, "type_params", None)
        if not parameters:
            return self.scope
        scope = self.open(Kind.TYPE, node, self.scope, node.name)
        scope.private = private
        self.later.append((scope, [*parameters, *evaluated], node))
        return scope

    def type_alias(self, node: Any) -> None:
        self.statement = node
        self.own(node.name.id, node.name)
        outer = self.scope
        if node.type_params:
            outer = self.open(Kind.TYPE, node, outer, node.name.id)
            self.later.append((outer, node.type_params, node))
        self.later.append((self.open(Kind.TYPE, node, outer, node.name.id), [node.value], node))

    def type_parameter(self, node: Any) -> None:
        self.own(node.name, node)
        for part in (getattr(node, "bound", None), getattr(node, "default_value", None)):
            if part is not None:
                self.later.append((self.open(Kind.TYPE, node, self.scope, node.name), [part], self.statement))

    def comprehension(self, node: Any) -> None:
        inner = self.open(Kind.COMPREHENSION, node, self.scope, type(node).__name__)
        parts: list[ast.AST] = [node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt]
        for each in node.generators:
            parts += [each.target, each.iter, *each.ifs]
        first = node.generators[0].iter
        self.later.append((inner, [each for each in parts if each is not first], self.statement))
        self.stack.append(first)

    # -- bindings -----------------------------------------------------------------------------
    def plain(self, node: ast.stmt) -> None:
        self.statement = node
        self.parts(node)

    def parts(self, node: ast.AST) -> None:
        for each in _FIELDS[type(node)]:
            value = getattr(node, each, None)
            if type(value) is list:
                self.stack.extend(value[::-1])
            elif value is not None:
                self.stack.append(value)

    def attempt(self, node: Any) -> None:
        self.statement = node
        handlers = [(node, each) for each in node.handlers]
        self.stack.extend([*node.body, *handlers, *node.orelse, *node.finalbody][::-1])

    def match(self, node: ast.Match) -> None:
        self.stack.extend((node, each) for each in reversed(node.cases))
        self.stack.append(node.subject)
        self.statement = node

    def resume(self, pair: tuple[ast.stmt, ast.AST]) -> None:
        """A part of a statement that comes after others' bodies."""
        self.statement, part = pair
        self.stack.append(part)

    def annotated(self, node: ast.AnnAssign) -> None:
        self.statement = node
        bare = node.value is None and not node.simple and isinstance(node.target, ast.Name)  # `(x): int`
        self.stack += [node.value, node.annotation, None if bare else node.target]

    def walrus(self, node: ast.NamedExpr) -> None:
        home = self.scope
        while home.kind is Kind.COMPREHENSION and home.parent is not None:
            home = home.parent
        self.bind(node.target.id, node.target, home, self.scope)
        self.stack.append(node.value)

    def imports(self, node: ast.Import | ast.ImportFrom) -> None:
        self.statement = node
        for alias in node.names:
            if alias.name == "*" and isinstance(node, ast.ImportFrom):
                self.scope.star_imports.append(node)
            else:  # only `import` has dotted names
                self.own(alias.asname or alias.name.partition(".")[0], alias)

    def capture(self, node: Any) -> None:
        """Except handlers and patterns: the name is bound after the type, before the body."""
        name = node.rest if isinstance(node, ast.MatchMapping) else node.name
        if name is not None:
            self.own(name, node)
        self.parts(node)

    def declare(self, node: ast.Global | ast.Nonlocal) -> None:
        names = self.scope.globals if isinstance(node, ast.Global) else self.scope.nonlocals
        names.update(mangled(name, self.scope.private) for name in node.names)


def _parameters(arguments: ast.arguments) -> list[ast.arg]:
    every = [
        *arguments.posonlyargs,
        *arguments.args,
        arguments.vararg,
        *arguments.kwonlyargs,
        arguments.kwarg,
    ]
    return [each for each in every if each is not None]


def _position(binding: Binding) -> tuple[int, int]:
    return getattr(binding.node, "lineno", 0), getattr(binding.node, "col_offset", 0)


# Fields that hold no nodes, or only operators and contexts; the walk never looks at them.
_BARE = frozenset(
    ("id", "attr", "arg", "ctx", "op", "ops", "name", "rest", "kwd_attrs", "kind", "type_comment")
)
_BARE |= {"conversion", "str", "is_async", "simple", "tag", "type_ignores"}
_VISITS: dict[Callable[..., None], str] = {
    _Binder.function: "FunctionDef AsyncFunctionDef",
    _Binder.lambda_: "Lambda",
    _Binder.class_: "ClassDef",
    _Binder.comprehension: "ListComp SetComp DictComp GeneratorExp",
    _Binder.type_alias: "TypeAlias",
    _Binder.type_parameter: "TypeVar ParamSpec TypeVarTuple",
    _Binder.attempt: "Try TryStar",
    _Binder.match: "Match",
    _Binder.annotated: "AnnAssign",
    _Binder.walrus: "NamedExpr",
    _Binder.imports: "Import ImportFrom",
    _Binder.capture: "ExceptHandler MatchAs MatchStar MatchMapping",
    _Binder.declare: "Global Nonlocal",
}


def _nodes(of: type[ast.AST]) -> Iterator[type[ast.AST]]:
    yield of
    for each in of.__subclasses__():
        yield from _nodes(each)


_FIELDS = {node: tuple(name for name in node._fields[::-1] if name not in _BARE) for node in _nodes(ast.AST)}
_FIELDS[ast.MatchSingleton] = ()
# What to do with a node: a visit, or else the fields to go on with, in the order of the stack.
_PLANS: dict[type, Any] = _FIELDS | dict.fromkeys(_nodes(ast.stmt), _Binder.plain) | {tuple: _Binder.resume}
for _visit, _names in _VISITS.items():
    _PLANS |= {node: _visit for node in _FIELDS if node.__name__ in _names.split()}
