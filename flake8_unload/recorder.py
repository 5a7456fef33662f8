"""From syntax to events: the one place that knows how each construct acts on names and modules."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping

from flake8_unload import events as ev
from flake8_unload.flow import FlowBuilder, Simple
from flake8_unload.keys import removal_keys
from flake8_unload.names import RELOADERS, Names, assigned_value, first_argument
from flake8_unload.scopes import Bindings, Kind, Scope

_REMOVERS = frozenset({"pop", "popitem", "clear", "__delitem__"})
_PUTTERS = frozenset({"update", "setdefault", "__setitem__", "__ior__"})
_LAZY = frozenset({"builtins.filter", "builtins.map", "builtins.enumerate", "builtins.iter"})
_MODULES = frozenset({"sys.modules"})
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Recorder(Simple):
    """Emits the events of one block of code to a `FlowBuilder`."""

    def __init__(
        self, bindings: Bindings, names: Names, block: Scope, parents: Mapping[ast.AST, ast.AST]
    ) -> None:
        self.events: list[ev.Event] = []
        self.deferred: list[Scope] = []  # functions and lambdas met here, whose bodies run later
        self._bindings = bindings
        self._names = names
        self._scope = block
        self._parents = parents
        self._builder: FlowBuilder

    def emit_to(self, builder: FlowBuilder) -> None:
        """Must be called once, before anything is recorded."""
        self._builder = builder

    def _emit(self, event: ev.Event) -> None:
        self._builder.emit(event)
        if event.step >= 0:
            self.events.append(event)

    # -- statements ---------------------------------------------------------------------------
    def statement(self, node: ast.stmt) -> None:
        match node:
            case ast.Assign(targets=targets, value=value):
                self.expression(value)
                for target in targets:
                    self.target(target, value, node)
            case ast.AnnAssign(target=target, value=value):
                if value is not None:
                    self.expression(value)
                    self.target(target, value, node)
            case ast.AugAssign(target=target, value=value):
                self._augmented(target, value, node)
            case ast.Delete(targets=targets):
                for target in targets:
                    self._delete(target, node)
            case ast.Import() | ast.ImportFrom():
                self._import(node)
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                self._function(node)
            case ast.Global() | ast.Nonlocal():
                pass
            case _:
                if type(node).__name__ == "TypeAlias":
                    return
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.expression(child)

    def _augmented(self, target: ast.expr, value: ast.expr, node: ast.AugAssign) -> None:
        if isinstance(target, ast.Name):
            self._read(target)
        self.expression(value)
        if self._is_modules(target):
            self._emit(ev.Put(node, self._scope, None))
        else:
            self.target(target, None, node)

    def _import(self, node: ast.Import | ast.ImportFrom) -> None:
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._emit(ev.Import(node, self._scope, alias.name))
                self._bind_import(alias, node, None)
            return
        source = self._names.source(node)
        self._emit(ev.Import(node, self._scope, source, tuple(alias.name for alias in node.names)))
        for alias in node.names:
            if alias.name != "*":
                self._bind_import(alias, node, source)

    def _bind_import(self, alias: ast.alias, node: ast.stmt, source: str | None) -> None:
        name = alias.asname or (alias.name if source else alias.name.partition(".")[0])
        imported = self._names.imported(alias, node)
        var = self._var(name)
        self._emit(ev.Bind(alias, self._scope, var, node, imported=imported, source=source))

    def _function(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        for each in node.decorator_list:
            self.expression(each)
        self._defaults(node.args)
        self.deferred.append(self._bindings.scope_of(node))
        self._emit(ev.Define(node, self._scope))
        self._emit(ev.Bind(node, self._scope, self._var(node.name), node))

    def _defaults(self, arguments: ast.arguments) -> None:
        for default in [*arguments.defaults, *arguments.kw_defaults]:
            if default is not None:
                self.expression(default)

    def class_head(self, node: ast.ClassDef) -> None:
        for each in [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]:
            self.expression(each)
        self._scope = self._bindings.scope_of(node)

    def class_end(self, node: ast.ClassDef) -> None:
        outer = self._bindings.scope_of(node).parent
        while outer is not None and outer.kind is Kind.TYPE:
            outer = outer.parent
        assert outer is not None
        self._scope = outer
        self._emit(ev.Define(node, self._scope))
        self._emit(ev.Bind(node, self._scope, self._var(node.name), node))

    def loop(self, node: ast.For | ast.AsyncFor) -> None:
        if isinstance(node, ast.For) and self._walks_modules(node.iter):
            self._emit(ev.SysModulesLoop(node, self._scope, node.iter))

    def handler(self, node: ast.ExceptHandler) -> None:
        if node.type is not None:
            self.expression(node.type)
        if node.name is not None:
            self._emit(ev.Bind(node, self._scope, self._var(node.name), None))

    def pattern(self, node: ast.pattern) -> None:
        for each in ast.walk(node):
            match each:
                case ast.MatchValue(value=value) | ast.MatchClass(cls=value):
                    self.expression(value)
                case (
                    ast.MatchAs(name=str(name))
                    | ast.MatchStar(name=str(name))
                    | ast.MatchMapping(rest=str(name))
                ):
                    self._emit(ev.Bind(each, self._scope, self._var(name), None))

    # -- targets ------------------------------------------------------------------------------
    def target(self, node: ast.expr, value: ast.expr | None, statement: ast.stmt) -> None:
        match node:
            case ast.Name(id=name):
                given = value
                if isinstance(statement, (ast.Assign, ast.AnnAssign)):
                    given = assigned_value(statement, node)
                self._emit(ev.Bind(node, self._scope, self._var(name), statement, given))
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self.target(part, None, statement)
            case ast.Starred(value=part):
                self.target(part, None, statement)
            case ast.Attribute(value=owner):
                self.expression(owner)
                if self._is_modules(node):
                    self._emit(ev.Rebind(node, self._scope, value, statement))
                else:
                    self._emit(
                        ev.Assign(node, self._scope, node, value, self._names.resolve(node, self._scope))
                    )
            case ast.Subscript(value=owner, slice=key):
                self.expression(owner)
                self.expression(key)
                if self._is_modules(owner):
                    self._emit(ev.Put(node, self._scope, self._names.text(key, self._scope)))

    def _delete(self, node: ast.expr, statement: ast.stmt) -> None:
        match node:
            case ast.Name(id=name):
                self._emit(ev.Forget(node, self._scope, self._var(name), statement))
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._delete(part, statement)
            case ast.Attribute(value=owner):
                self.expression(owner)
                if self._is_modules(node):
                    self._emit(ev.Rebind(node, self._scope, None, statement))
                else:
                    self._emit(ev.ForgetAttribute(node, self._scope, self._names.resolve(node, self._scope)))
            case ast.Subscript(value=owner, slice=key):
                self.expression(owner)
                self.expression(key)
                if self._is_modules(owner):
                    self._unload(node, "del", key, lenient=False, kept=False)

    # -- expressions --------------------------------------------------------------------------
    def expression(self, node: ast.expr) -> None:
        match node:
            case ast.Constant():
                pass
            case ast.Name():
                self._read(node)
            case ast.BinOp():
                for part in _operands(node):
                    self.expression(part)
            case ast.BoolOp(values=[first, *rest]):
                self.expression(first)
                for each in rest:
                    self._builder.branch(lambda each=each: self.expression(each))  # type: ignore[misc]
            case ast.IfExp(test=test, body=body, orelse=orelse):
                self.expression(test)
                self._builder.either(lambda: self.expression(body), lambda: self.expression(orelse))
            case ast.NamedExpr(target=target, value=value):
                self.expression(value)
                self._emit(ev.Bind(target, self._scope, self._var(target.id), None, value))
            case ast.Lambda(args=arguments):
                self._defaults(arguments)
                self.deferred.append(self._bindings.scope_of(node))
            case ast.ListComp() | ast.SetComp() | ast.DictComp() | ast.GeneratorExp():
                self._comprehension(node)
            case ast.Call():
                self._call(node)
            case _:
                for child in ast.iter_child_nodes(node):
                    if isinstance(child, ast.expr):
                        self.expression(child)

    def _comprehension(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        first = node.generators[0]
        self.expression(first.iter)
        if self._walks_modules(first.iter):
            self._emit(ev.SysModulesLoop(first, self._scope, first.iter))
        outer, self._scope = self._scope, self._bindings.scope_of(node)
        self._builder.branch(lambda: self._rounds(node))
        self._scope = outer

    def _rounds(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        for number, generator in enumerate(node.generators):
            if number:
                self.expression(generator.iter)
            self.target(generator.target, None, ast.Pass())
            for test in generator.ifs:
                self.expression(test)
        if isinstance(node, ast.DictComp):
            self.expression(node.key)
            self.expression(node.value)
        else:
            self.expression(node.elt)

    def _read(self, node: ast.Name) -> None:
        home = self._bindings.lookup(node.id, self._scope)
        if home is None and self._bindings.module.star_imports and not hasattr(builtins, node.id):
            home = self._bindings.module  # only the star can have bound it
        if home is not None:
            self._emit(ev.Read(node, self._scope, (home, node.id)))

    def _call(self, node: ast.Call) -> None:
        self.expression(node.func)
        for argument in node.args:
            self.expression(argument)
        for keyword in node.keywords:
            self.expression(keyword.value)
        self._emit_call(node)

    def _emit_call(self, node: ast.Call) -> None:
        called = self._names.candidates(node.func, self._scope)
        name = next(iter(called)) if len(called) == 1 else None
        argument = first_argument(node.args, node.keywords, "module")
        if called and called <= RELOADERS:
            self._reload(node, called, argument)
        elif isinstance(node.func, ast.Attribute) and self._is_modules(node.func.value):
            self._modules_method(node, node.func.attr, argument)
        elif name == "builtins.map" and self._maps_reload(node):
            self._reload(node, self._names.candidates(node.args[0], self._scope), node.args[1])
        elif name == "builtins.delattr" and len(node.args) == 2:
            owner = self._names.resolve(node.args[0], self._scope)
            leaf = self._names.text(node.args[1], self._scope)
            self._emit(ev.ForgetAttribute(node, self._scope, f"{owner}.{leaf}" if owner and leaf else None))
        elif name in ("importlib.import_module", "builtins.__import__", "importlib.__import__"):
            self._emit_import_call(node)
        else:
            self._emit(ev.Call(node, self._scope, name))

    def _emit_import_call(self, node: ast.Call) -> None:
        text = self._names.text(first_argument(node.args, node.keywords, "name"), self._scope) or ""
        module = self._names.absolute(text) if text.startswith(".") else text
        self._emit(ev.Import(node, self._scope, module))

    def _modules_method(self, node: ast.Call, method: str, argument: ast.expr | None) -> None:
        if method in _REMOVERS:
            statement = self._parents.get(node)
            kept = not isinstance(statement, ast.Expr)
            lenient = method == "clear" or len(node.args) + len(node.keywords) > 1
            self._unload(node, method, argument, lenient=lenient, kept=kept and method != "clear")
        elif method in _PUTTERS:
            key = self._names.text(argument, self._scope) if method != "update" else None
            self._emit(ev.Put(node, self._scope, key))
        else:
            self._emit(ev.Call(node, self._scope, f"sys.modules.{method}"))

    def _unload(
        self, node: ast.AST, spelling: str, key: ast.expr | None, *, lenient: bool, kept: bool
    ) -> None:
        keys, loop = removal_keys(key, node, self._scope, self._names, self._parents)
        statement = self._statement(node)
        self._emit(ev.Unload(node, self._scope, spelling, key, keys, lenient, kept, statement, loop))

    def _reload(self, node: ast.Call, function: frozenset[str | None], argument: ast.expr | None) -> None:
        targets = self._targets(argument)
        self._emit(ev.Reload(node, self._scope, function, argument, targets, self._statement(node)))

    def _targets(self, argument: ast.expr | None) -> tuple[str, ...]:
        if isinstance(argument, ast.Name):
            home = self._bindings.lookup(argument.id, self._scope)
            bindings = home.bindings.get(argument.id, []) if home else []
            if len(bindings) == 1 and isinstance(bindings[0].statement, ast.For):
                if bindings[0].statement.target is bindings[0].node:
                    return self._modules_in(bindings[0].statement.iter)
        if isinstance(argument, (ast.Tuple, ast.List)) or self._names.items(argument, self._scope):
            return self._modules_in(argument)
        if isinstance(argument, ast.Subscript) and self._is_modules(argument.value):
            return tuple(self._names.texts(argument.slice, self._scope))
        found = self._names.resolve(argument, self._scope)
        return (found,) if found and _module_like(found) else ()

    def _modules_in(self, items: ast.expr | None) -> tuple[str, ...]:
        found = (self._names.resolve(item, self._scope) for item in self._names.items(items, self._scope))
        return tuple(each for each in found if each and _module_like(each))

    def _maps_reload(self, node: ast.Call) -> bool:
        return len(node.args) == 2 and self._names.candidates(node.args[0], self._scope) <= RELOADERS

    # -- questions ----------------------------------------------------------------------------
    def _is_modules(self, node: ast.expr) -> bool:
        return self._names.candidates(node, self._scope) == _MODULES

    def _walks_modules(self, source: ast.expr) -> bool:
        """The dict itself, a view of it, or a lazy iterator over either."""
        match source:
            case ast.Call(func=ast.Attribute(value=owner, attr="keys" | "values" | "items"), args=[]):
                return self._is_modules(owner)
            case ast.Call(func=func, args=arguments) if arguments:
                return self._names.resolve(func, self._scope) in _LAZY and self._walks_modules(arguments[-1])
            case ast.GeneratorExp(generators=[first, *_]):
                return self._walks_modules(first.iter)
        return self._is_modules(source)

    def _statement(self, node: ast.AST) -> ast.stmt | None:
        at: ast.AST | None = node
        while at is not None and not isinstance(at, ast.stmt):
            at = self._parents.get(at)
        return at

    def _var(self, name: str) -> ev.Var:
        scope = self._scope
        while scope.kind is Kind.COMPREHENSION and name not in scope.bindings and scope.parent is not None:
            scope = scope.parent
        return (self._bindings.lookup(name, scope) or scope, name)


def _operands(node: ast.BinOp) -> list[ast.expr]:
    """The operands of a left-deep chain in order; `a + b + …` may be thousands of terms deep."""
    parts: list[ast.expr] = []
    at: ast.expr = node
    while isinstance(at, ast.BinOp):
        parts.append(at.right)
        at = at.left
    return [at, *reversed(parts)]


def _module_like(name: str) -> bool:
    return not name.endswith(")") and not name.startswith(("<", "builtins."))
