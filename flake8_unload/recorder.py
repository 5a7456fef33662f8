"""From syntax to events: the one place that knows how each construct acts on names and modules."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Mapping

from flake8_unload import events as ev
from flake8_unload.call_events import call_event, unload
from flake8_unload.flow_builder import FlowBuilder
from flake8_unload.module_expressions import (
    executes_again,
    is_modules,
    is_namespace,
    walks_modules,
    written_globals,
)
from flake8_unload.names import Names, assigned_value
from flake8_unload.scopes import Bindings, Kind, Scope
from flake8_unload.simple import Simple


class Recorder(Simple):
    """Emits the events of one block of code to a `FlowBuilder`."""

    def __init__(
        self, bindings: Bindings, names: Names, block: Scope, parents: Mapping[ast.AST, ast.AST]
    ) -> None:
        self.events: list[ev.Event] = []
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
        if is_modules(target, self._scope, self._names):
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
        if isinstance(node, ast.For) and walks_modules(node.iter, self._scope, self._names):
            self._emit(ev.SysModulesLoop(node, self._scope, node.iter))

    def loop_end(self, node: ast.For | ast.AsyncFor) -> None:
        if isinstance(node, ast.For):
            self._emit(ev.LoopDone(node, self._scope))

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
                values = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
                paired = values if len(values) == len(parts) else [None] * len(parts)
                for part, each in zip(parts, paired, strict=True):
                    self.target(part, each, statement)
            case ast.Starred(value=part):
                self.target(part, None, statement)
            case ast.Attribute(value=owner):
                self.expression(owner)
                if is_modules(node, self._scope, self._names):
                    if value is not None:  # taken from a tuple: what it is is not provable
                        self._emit(ev.Rebind(node, self._scope, value, statement))
                else:
                    self._emit(
                        ev.Assign(node, self._scope, node, value, self._names.resolve(node, self._scope))
                    )
            case ast.Subscript(value=owner, slice=key):
                self.expression(owner)
                self.expression(key)
                if is_modules(owner, self._scope, self._names):
                    text = self._names.text(key, self._scope)
                    self._emit(ev.Put(node, self._scope, text, key, value))
                elif is_namespace(owner, self._scope, self._names):
                    self._emit(ev.WriteNamespace(node, self._scope, self._names.text(key, self._scope)))

    def _delete(self, node: ast.expr, statement: ast.stmt) -> None:
        match node:
            case ast.Name(id=name):
                self._emit(ev.Forget(node, self._scope, self._var(name), statement))
            case ast.Tuple(elts=parts) | ast.List(elts=parts):
                for part in parts:
                    self._delete(part, statement)
            case ast.Attribute(value=owner):
                self.expression(owner)
                if is_modules(node, self._scope, self._names):
                    self._emit(ev.Rebind(node, self._scope, None, statement))
                else:
                    self._emit(ev.ForgetAttribute(node, self._scope, self._names.resolve(node, self._scope)))
            case ast.Subscript(value=owner, slice=key):
                self.expression(owner)
                self.expression(key)
                if is_modules(owner, self._scope, self._names):
                    self._emit(unload(node, "del", key, self._scope, self._names, self._parents))
                elif is_namespace(owner, self._scope, self._names):
                    self._emit(ev.WriteNamespace(node, self._scope, self._names.text(key, self._scope)))

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
        if walks_modules(first.iter, self._scope, self._names):
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
        event = call_event(node, self._scope, self._names, self._parents)
        self._emit(event)
        if isinstance(event, ev.Reload) and executes_again(event, self._names):
            self._emit(ev.WriteNamespace(node, self._scope, None))
        if (written := written_globals(node, self._scope, self._names)) is not None:
            self._emit(ev.WriteNamespace(node, self._scope, written or None))

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
