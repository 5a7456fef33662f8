"""The life of the modules a file deals with: its events, in the flow of each block of code.

`File` is what a rule sees: events by type, names resolved, paths to ask about. Knows no rule.
"""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import TypeVar

from flake8_unload import events as ev
from flake8_unload import prefilter
from flake8_unload.binder import bind
from flake8_unload.disk import Place
from flake8_unload.flow import Flow
from flake8_unload.flow_builder import FlowBuilder
from flake8_unload.names import Names
from flake8_unload.narrowing import narrow
from flake8_unload.recorder import Recorder
from flake8_unload.scopes import Binding, Kind, Scope
from flake8_unload.settings import Settings

E = TypeVar("E", bound=ev.Event)
C = TypeVar("C", ev.Bind, ev.Forget)
_OWN_FLOW = (Kind.MODULE, Kind.FUNCTION, Kind.LAMBDA)
_LEAVES = frozenset({ast.Name, ast.Constant, ast.Load, ast.Store})
_PRIMARY = frozenset({ev.Unload, ev.Put, ev.Rebind, ev.Reload, ev.SysModulesLoop})
_DERIVED = frozenset({ev.Opened, ev.Started, ev.HandlerAdded, ev.HookReplaced, ev.Registered})


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
        self._flows: dict[Scope, Flow] = {}
        self._by_type: dict[type[ev.Event], list[ev.Event]] = {}
        self._by_text: dict[str, list[Scope]] = {}
        self._of_block: dict[tuple[Scope, type[ev.Event]], list[ev.Event]] = {}

    @cached_property
    def blocks(self) -> list[Scope]:
        """The scopes with a flow of their own: the module, every function and every lambda."""
        found: list[Scope] = []
        pending = [self.bindings.module]
        while pending:
            scope = pending.pop()
            if scope.kind in _OWN_FLOW:
                found.append(scope)
            pending.extend(reversed(scope.children))
        return found

    @cached_property
    def _blocks_that_act(self) -> list[Scope]:
        """The blocks that name `sys.modules` or a reload function; all when either gets another name."""
        numbers, renamed = prefilter.mentions(self.tree, self.lines)
        return self.blocks if renamed else self._blocks_on(numbers)

    def _blocks_on(self, numbers: list[int]) -> list[Scope]:
        """The module, and the functions and lambdas that stand on one of the lines."""
        return [scope for scope in self.blocks if scope.parent is None or _holds_one(scope.node, numbers)]

    @cached_property
    def _is_ascii(self) -> bool:
        return all(line.isascii() for line in self.lines)

    def _blocks_naming(self, name: str) -> list[Scope]:
        """The blocks whose text holds a name; all of them where a name may be spelled in other characters."""
        spelled = name.rpartition("__")[2] or name  # a private name is mangled here, but not in the text
        if not self._is_ascii:
            return self.blocks
        return self._blocks_with(spelled)

    def _blocks_with(self, text: str) -> list[Scope]:
        found = self._by_text.get(text)
        if found is None:
            numbers = [number for number, line in enumerate(self.lines, 1) if text in line]
            found = self._by_text[text] = self._blocks_on(numbers)
        return found

    def _build(self, blocks: list[Scope]) -> None:
        for block in blocks:
            if block in self._flows:
                continue
            recorder = Recorder(self.bindings, self.names, block, self.parents)
            builder = FlowBuilder(recorder)
            recorder.emit_to(builder)
            if isinstance(block.node, ast.Lambda):
                recorder.expression(block.node.body)
                self._flows[block] = builder.run([])
            else:
                again = block.parent is None and self.guarded_by_namespace
                self._flows[block] = builder.run(block.node.body, again)  # type: ignore[attr-defined]
            for event in recorder.events:
                if isinstance(event, ev.Reload):
                    narrow(event, self._flows[block], self.names)
                self._by_type.setdefault(type(event), []).append(event)

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
            for name in node._fields:  # `ast.iter_child_nodes` takes four times as long
                value = getattr(node, name, None)
                if type(value) is list:
                    for child in value:
                        if isinstance(child, ast.AST):
                            found[child] = node
                            if type(child) not in _LEAVES:
                                pending.append(child)
                elif isinstance(value, ast.AST):
                    found[value] = node
                    if type(value) not in _LEAVES:
                        pending.append(value)
        return found

    def ancestors(self, node: ast.AST) -> Iterator[ast.AST]:
        """The nodes around ``node``, innermost first."""
        parents = self.parents
        while node in parents:
            node = parents[node]
            yield node

    def events(self, kind: type[E]) -> list[E]:
        """Every event of one type, flow by flow."""
        if kind in _PRIMARY:
            self._build(self._blocks_that_act)
        elif kind is ev.Import:
            self._build(self._blocks_with("import"))
        elif kind not in _DERIVED:
            self._build(self.blocks)
        return self._by_type.get(kind, [])  # type: ignore[return-value]

    def events_of(self, block: Scope, kind: type[E]) -> list[E]:
        """The events of one type in the flow of one block; no other flow is built for it."""
        found = self._of_block.get((block, kind))
        if found is None:
            events = self.flow_of(block).events
            found = self._of_block[block, kind] = [each for each in events if type(each) is kind]
        return found  # type: ignore[return-value]

    def events_in(self, scopes: Iterable[Scope], kind: type[E]) -> Iterator[E]:
        """The events of one type in the flows of those of ``scopes`` that have one."""
        for scope in scopes:
            if scope.kind in _OWN_FLOW:
                yield from self.events_of(scope, kind)

    def events_naming(self, name: str, kind: type[E]) -> Iterator[E]:
        """The events of one type in every block whose text holds ``name``, flow by flow."""
        yield from self.events_in(self._blocks_naming(name), kind)

    def reads_of(self, var: ev.Var) -> Iterator[ev.Read]:
        """The reads of one variable, wherever they are, flow by flow."""
        return (event for event in self.events_naming(var[1], ev.Read) if event.var == var)

    def is_read_in_functions(self, var: ev.Var) -> bool:
        """Some function or lambda reads a variable of the module."""
        blocks = (each for each in self._blocks_naming(var[1]) if each is not self.bindings.module)
        return any(event.var == var for event in self.events_in(blocks, ev.Read))

    def changes_of(self, var: ev.Var, kind: type[C]) -> Iterator[C]:
        """The bindings or deletions of one variable, wherever they are, flow by flow."""
        blocks = dict.fromkeys(self.block_of(each.block) for each in var[0].bindings.get(var[1], ()))
        return (event for event in self.events_in(blocks, kind) if event.var == var)

    def calls_of(self, block: Scope) -> list[ev.Call]:
        """The calls by plain name of the function of this file that has ``block`` as its body."""
        calls = self.events_naming(self._called_as(block), ev.Call)
        return [call for call in calls if self.function_of(call) is block]

    def _called_as(self, block: Scope) -> str:
        """The name of a function, or the one that a lambda is given."""
        match self.parents.get(block.node):
            case ast.Assign(targets=[ast.Name(id=name)]) if block.kind is Kind.LAMBDA:
                return name
        return block.name

    def add(self, found: Iterable[ev.Event]) -> None:
        """Take in events that were derived from the others."""
        for event in found:
            self._by_type.setdefault(type(event), []).append(event)

    def block(self, event: ev.Event) -> Scope:
        """The scope whose flow the event is a step of: a function, a lambda or the module."""
        return self.block_of(event.block)

    def block_of(self, scope: Scope) -> Scope:
        """The scope with a flow whose code includes that of ``scope``: itself, or one around it."""
        while scope.kind not in _OWN_FLOW and scope.parent is not None:
            scope = scope.parent
        return scope

    def flow_of(self, block: Scope) -> Flow:
        """The flow of one of the `blocks`."""
        self._build([block])
        return self._flows[block]

    def flow(self, event: ev.Event) -> Flow:
        """The flow that the event is a step of."""
        return self._flows[self.block(event)]

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
        found = self.functions_of(call)
        return found[0] if len(found) == 1 else None

    def functions_of(self, call: ev.Call) -> list[Scope]:
        """The body scopes of which a call by plain name runs one; none if it may run anything else."""
        if not isinstance(call.node.func, ast.Name):
            return []
        home = self.bindings.lookup(call.node.func.id, call.block)
        bindings = home.bindings.get(call.node.func.id, []) if home else []
        nodes = list(filter(None, map(_function, bindings)))
        return [self.bindings.scope_of(each) for each in nodes] if len(nodes) == len(bindings) else []


def _function(binding: Binding) -> ast.AST | None:
    match binding:
        case Binding(node=ast.FunctionDef() | ast.AsyncFunctionDef() as node):
            return node
        case Binding(statement=ast.Assign(targets=[ast.Name()], value=ast.Lambda() as node)):
            return node
    return None


def _holds_one(node: ast.AST, numbers: list[int]) -> bool:
    at = bisect_left(numbers, node.lineno)  # type: ignore[attr-defined]
    return at < len(numbers) and numbers[at] <= (node.end_lineno or 0)  # type: ignore[attr-defined]


def namespace_guard(test: ast.expr) -> str | None:
    """The name in `"name" in locals()` or `not in` (`globals()`, `dir()`, `vars()`), else None."""
    match test:
        case ast.Compare(
            left=ast.Constant(value=str(name)),
            ops=[ast.In() | ast.NotIn()],
            comparators=[ast.Call(func=ast.Name(id="locals" | "globals" | "dir" | "vars"), args=[])],
        ):
            return name
        case ast.BoolOp(values=[first, *_]) | ast.UnaryOp(op=ast.Not(), operand=first):
            return namespace_guard(first)
    return None
