"""The life of the modules a file deals with: its events, in the flow of each block of code.

`File` is what a rule sees: events by type, names resolved, paths to ask about. Knows no rule.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from flake8_unload import events as ev
from flake8_unload.disk import Place
from flake8_unload.flow import Flow, FlowBuilder
from flake8_unload.recorder import Recorder
from flake8_unload.names import Names
from flake8_unload.scopes import Kind, Scope, bind
from flake8_unload.settings import Settings

E = TypeVar("E", bound=ev.Event)
_OWN_FLOW = (Kind.MODULE, Kind.FUNCTION, Kind.LAMBDA)


class File:
    """One parsed file: its bindings, names, flows and events."""

    def __init__(self, tree: ast.Module, lines: Sequence[str], filename: str, settings: Settings) -> None:
        self.tree = tree
        self.lines = lines
        self.filename = filename
        self.settings = settings
        self.place = Place(filename)
        self.bindings = bind(tree)
        self.names = Names(self.bindings, self.place.module, self.place.package)
        self.flows: dict[Scope, Flow] = {}
        self._by_type: dict[type[ev.Event], list[ev.Event]] = {}
        self._build()

    def _build(self) -> None:
        pending: list[Scope] = [self.bindings.module]
        while pending:
            block = pending.pop()
            recorder = Recorder(self.bindings, self.names, block, self.parents)
            builder = FlowBuilder(recorder)
            recorder.emit_to(builder)
            if block.kind is Kind.LAMBDA:
                assert isinstance(block.node, ast.Lambda)
                recorder.expression(block.node.body)
                self.flows[block] = builder.run([])
            else:
                self.flows[block] = builder.run(block.node.body, again=self._runs_again(block))  # type: ignore[attr-defined]
            for event in recorder.events:
                self._by_type.setdefault(type(event), []).append(event)
            pending.extend(each for each in recorder.deferred if each not in self.flows)

    def _runs_again(self, block: Scope) -> bool:
        return block is self.bindings.module and self.guarded_by_namespace

    @cached_property
    def guarded_by_namespace(self) -> bool:
        """The module body looks at what an earlier run of itself left behind (`if "bpy" in locals():`)."""
        for node in self.tree.body:
            if isinstance(node, ast.If) and namespace_guard(node.test) is not None:
                return True
        return False

    @cached_property
    def parents(self) -> dict[ast.AST, ast.AST]:
        """The parent of every node."""
        found: dict[ast.AST, ast.AST] = {}
        pending: list[ast.AST] = [self.tree]
        while pending:
            node = pending.pop()
            for child in ast.iter_child_nodes(node):
                if not isinstance(child, (ast.expr_context, ast.operator, ast.cmpop)):
                    found[child] = node
                    pending.append(child)
        return found

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around ``node``, innermost first."""
        parents = self.parents
        while node in parents:
            node = parents[node]
            yield node

    def events(self, kind: type[E]) -> list[E]:
        """Every event of one type, flow by flow."""
        return self._by_type.get(kind, [])  # type: ignore[return-value]

    def add(self, found: Iterable[ev.Event]) -> None:
        """Take in events that were derived from the others."""
        for event in found:
            self._by_type.setdefault(type(event), []).append(event)

    def block(self, event: ev.Event) -> Scope:
        """The scope whose flow the event is a step of: a function, a lambda or the module."""
        scope = event.block
        while scope.kind not in _OWN_FLOW and scope.parent is not None:
            scope = scope.parent
        return scope

    def flow(self, event: ev.Event) -> Flow:
        """The flow that the event is a step of."""
        return self.flows[self.block(event)]

    def at_module_level(self, event: ev.Event) -> bool:
        """True when the event happens while the file is imported, in its module body or a class body."""
        return self.block(event) is self.bindings.module

    @cached_property
    def exported(self) -> frozenset[str]:
        """The names that `__all__` lists, as far as it is literal."""
        found: set[str] = set()
        for binding in self.bindings.module.bindings.get("__all__", ()):
            value = getattr(binding.statement, "value", None)
            for item in self.names.items(value, self.bindings.module) if value is not None else ():
                if isinstance(item, ast.Constant) and isinstance(item.value, str):
                    found.add(item.value)
        return frozenset(found)

    def function_of(self, call: ev.Call) -> Scope | None:
        """The body scope of the function of this file that a call by plain name runs, if it is certain."""
        if not isinstance(call.node.func, ast.Name):
            return None
        home = self.bindings.lookup(call.node.func.id, call.block)
        bindings = home.bindings.get(call.node.func.id, []) if home else []
        if len(bindings) != 1 or not isinstance(bindings[0].node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            return None
        return self.bindings.scope_of(bindings[0].node)


def namespace_guard(test: ast.expr) -> str | None:
    """The name in `"name" in locals()` (`globals()`, `dir()`, `vars()`), else None."""
    match test:
        case ast.Compare(
            left=ast.Constant(value=str(name)),
            ops=[ast.In()],
            comparators=[ast.Call(func=ast.Name(id="locals" | "globals" | "dir" | "vars"), args=[])],
        ):
            return name
        case ast.BoolOp(values=[first, *_]):
            return namespace_guard(first)
    return None
