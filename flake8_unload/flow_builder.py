"""From the statements of a block to its `Flow`: branches, loops, jumps, exceptions. Knows no rule.

An exception leaves a `try` body before one of its events takes effect; see `raising`.
"""

from __future__ import annotations

import ast
from collections.abc import Callable

from flake8_unload.events import Event
from flake8_unload.flow import ENTRY, EXIT, Flow
from flake8_unload.jumps import Cleanup, Loop, merge, unique
from flake8_unload.raising import may_fail
from flake8_unload.simple import Simple
from flake8_unload.static import catches_all, irrefutable, never_empty, static_truth, swallows


class FlowBuilder:
    """Builds one `Flow`. ``simple`` emits the events of a simple statement or of an expression."""

    def __init__(self, simple: Simple) -> None:
        self.flow = Flow()
        self.here: list[int] = [ENTRY]  # the steps that may come just before the next one
        self._simple = simple
        self._loops: list[Loop] = []
        self._cleanups: list[Cleanup] = []
        self._raising: list[list[int]] = []  # per open try body: the steps an exception may follow

    # -- called by the event maker ------------------------------------------------------------
    def emit(self, event: Event) -> None:
        """Append an event to the current path; dead code gets no step."""
        if not self.here:
            return
        if self._raising and may_fail(event):
            self._raising[-1].extend(self.here)
        self.here = [self.flow.add(event, self.here)]

    def branch(self, visit: Callable[[], None]) -> None:
        """Something that may or may not be evaluated (`a and b`, `x if c else y`, a comprehension)."""
        start = self.here
        visit()
        self.here = merge(start, self.here)

    def either(self, first: Callable[[], None], second: Callable[[], None]) -> None:
        """Exactly one of two evaluations."""
        start = self.here
        first()
        after_first, self.here = self.here, start
        second()
        self.here = merge(after_first, self.here)

    # -- statements ---------------------------------------------------------------------------
    def run(self, body: list[ast.stmt], again: bool = False) -> Flow:
        """The finished graph of a block. ``again``: its end may be followed by its start (a module
        that is executed again in its own namespace)."""
        self.block(body)
        for step in self.here:
            self.flow.link(step, EXIT)
        if again:
            self.flow.link(EXIT, ENTRY)
        return self.flow

    def block(self, body: list[ast.stmt]) -> None:
        """The statements of a suite in order; what follows a jump is dead."""
        for statement in body:
            if not self.here:
                return
            handler = _HANDLERS.get(type(statement))
            if handler is None:
                self._simple.statement(statement)
            else:
                handler(self, statement)

    def _if(self, node: ast.If) -> None:
        done: list[int] = []
        while True:  # an elif chain is nested in the tree, and may be thousands long
            self._simple.expression(node.test)
            truth = static_truth(node.test)
            start = self.here
            self.here = start if truth is not False else []
            self.block(node.body)
            done = merge(done, self.here)
            self.here = start if truth is not True else []
            if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
                break
            node = node.orelse[0]
        self.block(node.orelse)
        self.here = merge(done, self.here)

    def _match(self, node: ast.Match) -> None:
        self._simple.expression(node.subject)
        done: list[int] = []
        missed = self.here
        for case in node.cases:
            self.here = missed
            self._simple.pattern(case.pattern)
            if case.guard is not None:
                self._simple.expression(case.guard)
            if not irrefutable(case):
                missed = merge(missed, self.here)
            else:
                missed = []
            self.block(case.body)
            done = merge(done, self.here)
        self.here = merge(done, missed)

    def _while(self, node: ast.While) -> None:
        header = self.flow.add(None, self.here)
        self.here = [header]
        self._simple.expression(node.test)
        after_test = self.here
        loop = self._loop_body(header, node.body)
        self.here = [] if static_truth(node.test) is True else after_test
        self.block(node.orelse)
        self.here = merge(self.here, loop.breaks)

    def _for(self, node: ast.For | ast.AsyncFor) -> None:
        self._simple.expression(node.iter)
        self._simple.loop(node)
        header = self.flow.add(None, self.here)
        self.here = [header]
        self._simple.target(node.target, None, node)
        loop = self._loop_body(header, node.body)
        self.here = [header]
        if never_empty(node.iter) and loop.breaks == []:
            # at least one round: leave from the end of the body, not from before it
            self.here = [step for step in self.flow.predecessors[header] if step > header] or [header]
        self._simple.loop_end(node)
        self.block(node.orelse)
        self.here = merge(self.here, loop.breaks)

    def _loop_body(self, header: int, body: list[ast.stmt]) -> Loop:
        loop = Loop(header, len(self._cleanups))
        self._loops.append(loop)
        self.block(body)
        self._loops.pop()
        for step in self.here:
            self.flow.link(step, header)
        return loop

    def _with(self, node: ast.With | ast.AsyncWith) -> None:
        ends_errors = False
        for item in node.items:
            self._simple.expression(item.context_expr)
            ends_errors = ends_errors or swallows(item.context_expr)
            if item.optional_vars is not None:
                self._simple.target(item.optional_vars, None, node)
        if not ends_errors:
            self.block(node.body)
            return
        self._raising.append(list(self.here))
        self.block(node.body)
        self.here = merge(self.here, self._raising.pop())

    def _try(self, node: ast.Try) -> None:
        cleanup = Cleanup() if node.finalbody else None
        if cleanup is not None:
            self._cleanups.append(cleanup)
        self._raising.append(list(self.here))
        self.block(node.body)
        raised = unique(self._raising.pop())
        if cleanup is not None:
            self._raising.append([])
        self.block(node.orelse)
        done = self.here
        for handler in node.handlers:
            done = merge(done, self._handler(handler, raised))
        if not catches_all(node.handlers):
            self._propagate(raised, cleanup)
        self.here = done
        if cleanup is not None:
            cleanup.raises.extend(self._raising.pop())
            self._finally(node.finalbody, cleanup)

    def _handler(self, handler: ast.ExceptHandler, raised: list[int]) -> list[int]:
        self.here = [self.flow.add(None, raised)]
        self._simple.handler(handler)
        self.block(handler.body)
        return self.here

    def _propagate(self, raised: list[int], cleanup: Cleanup | None) -> None:
        if cleanup is not None:
            cleanup.raises.extend(raised)
        elif self._raising:
            self._raising[-1].extend(raised)

    def _finally(self, body: list[ast.stmt], cleanup: Cleanup) -> None:
        """The final block twice: on the normal way, and for every jump that passes through it."""
        self._cleanups.pop()
        normal, jumps = self.here, unique(cleanup.jumps())
        self.block(body)
        after_normal = self.here
        self.here = jumps
        self.block(body)
        if self.here:
            self._resume(cleanup)
        self.here = after_normal if normal else []

    def _resume(self, cleanup: Cleanup) -> None:
        after = self.here
        if cleanup.returns:
            self.here = after
            self._return()
        for loop, _ in cleanup.breaks:
            self.here = after
            self._leave(loop, "breaks")
        for loop, _ in cleanup.continues:
            self.here = after
            self._leave(loop, "continues")
        if cleanup.raises:
            self.here = after
            self._raise()

    # -- jumps --------------------------------------------------------------------------------
    def _return(self) -> None:
        if self._cleanups:
            self._cleanups[-1].returns.extend(self.here)
        else:
            for step in self.here:
                self.flow.link(step, EXIT)
        self.here = []

    def _raise(self) -> None:
        if self._raising:
            self._raising[-1].extend(self.here)
        self.here = []  # else the block ends, and whoever runs it does not go on

    def _leave(self, loop: Loop, how: str) -> None:
        if len(self._cleanups) > loop.depth:
            getattr(self._cleanups[-1], how).append((loop, self.here))
        elif how == "breaks":
            loop.breaks.extend(self.here)
        else:
            for step in self.here:
                self.flow.link(step, loop.header)
        self.here = []

    def _jump(self, node: ast.stmt) -> None:
        self._simple.statement(node)
        match node:
            case ast.Return():
                self._return()
            case ast.Raise():
                self._raise()
            case ast.Break() if self._loops:
                self._leave(self._loops[-1], "breaks")
            case ast.Continue() if self._loops:
                self._leave(self._loops[-1], "continues")

    def _class(self, node: ast.ClassDef) -> None:
        self._simple.class_head(node)
        self.block(node.body)
        self._simple.class_end(node)


_HANDLERS: dict[type[ast.stmt], Callable[..., None]] = {
    ast.If: FlowBuilder._if,
    ast.Match: FlowBuilder._match,
    ast.While: FlowBuilder._while,
    ast.For: FlowBuilder._for,
    ast.AsyncFor: FlowBuilder._for,
    ast.With: FlowBuilder._with,
    ast.AsyncWith: FlowBuilder._with,
    ast.Try: FlowBuilder._try,
    ast.Return: FlowBuilder._jump,
    ast.Raise: FlowBuilder._jump,
    ast.Break: FlowBuilder._jump,
    ast.Continue: FlowBuilder._jump,
    ast.ClassDef: FlowBuilder._class,
}
if hasattr(ast, "TryStar"):
    _HANDLERS[ast.TryStar] = FlowBuilder._try
