"""What certainly comes after an event, beyond its block: called functions, callers, tests behind a fixture.

`paths` knows one block; this follows a fact, of any kind or about the value of a name. Knows no rule.
"""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

from flake8_unload.events import Bind, Call, Event, Read, Var
from flake8_unload.flow import ENTRY
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends, after, changers, changes, changes_or_calls, either, holds_at_first
from flake8_unload.scopes import Kind, Scope
from flake8_unload.surroundings import FUNCTIONS, is_fixture, own_nodes


class _Trail:
    """Where a fact is certain: on the paths of a block, in functions called on them, in the callers."""

    def __init__(self, file: File, ends: Ends) -> None:
        self.events: dict[Event, None] = {}
        self.left: set[Scope] = set()  # the blocks at whose end the fact still holds, and nobody calls them
        self.callers: set[Scope] = set()
        self._file = file
        self.ends = ends
        self._seen: set[tuple[Scope, int, bool]] = set()

    def follow(self, block: Scope, step: int, *, called: bool = False) -> None:
        """Go on from a step of a block. ``called``: whoever called it is followed already."""
        if (block, step, called) in self._seen:
            return
        self._seen.add((block, step, called))
        found = after(self._file.flow_of(block), step, self.ends)
        self.events.update(dict.fromkeys(found.events))
        for event in found.events:
            if isinstance(event, Call) and (inner := self._file.function_of(event)) and _runs_at_once(inner):
                self.follow(inner, ENTRY, called=True)
        if found.at_exit and not called:
            self._return_from(block)

    def _return_from(self, block: Scope) -> None:
        calls = self._file.calls_of(block)
        if not calls:
            self.left.add(block)
        for call in calls:
            self.callers.add(self._file.block(call))
            self.follow(self._file.block(call), call.step)


def _runs_at_once(function: Scope) -> bool:
    """A call runs the body: it is no generator, and no coroutine."""
    if isinstance(function.node, ast.Lambda):
        return not any(isinstance(each, _YIELDS) for each in ast.walk(function.node.body))
    return isinstance(function.node, ast.FunctionDef) and not any(
        isinstance(each, _YIELDS) for each in own_nodes(function.node)
    )


_YIELDS = (ast.Yield, ast.YieldFrom)


def in_same_run(file: File, event: Event, ends: Ends) -> Iterator[Event]:
    """The events before which a fact of ``event`` still holds on every path, until one ``ends`` it.

    In the flow of the event, in the functions called there, and in its callers: nothing else can happen
    in between.
    """
    trail = _Trail(file, ends)
    trail.follow(file.block(event), event.step)
    yield from trail.events


def following(file: File, event: Event, ends: Ends) -> Iterator[Event]:
    """Those `in_same_run`, then what runs later: tests behind a fixture; after the import, every function."""
    trail = _Trail(file, ends)
    block = file.block(event)
    trail.follow(block, event.step)
    yield from trail.events
    if file.bindings.module in trail.left:
        later = _functions(file)
    elif block in trail.left:
        later = _run_after(block, file)
    else:
        return
    for scope in later:
        yield from after(file.flow_of(scope), ENTRY, ends).events


def reads_after(
    file: File, event: Event, var: Var, also: Ends | None = None, *, deleted: bool = False
) -> Iterator[Read]:
    """Reads of ``var`` that certainly come after ``event`` with nothing bound or deleted in between.

    ``also`` names other events that end the fact in question; ``deleted``: the event deletes the name.
    In the event's own flow, the functions called there and its callers; then, if the name is a global that
    outlives all of it, in every other function that reads it.
    """
    ends = changes_or_calls(file, var, deleted=deleted)
    trail = _Trail(file, ends if also is None else either(ends, also))
    block = file.block(event)
    trail.follow(block, event.step)
    reads = {each: None for each in trail.events if isinstance(each, Read) and each.var == var}
    if trail.left and var[0].kind is Kind.MODULE:
        skip = {block, file.bindings.module, *trail.callers}
        changing = {file.block(each) for each in changers(file, var, deleted=deleted)} - skip
        if not changing:
            reads.update({each: None for each in file.reads_of(var) if file.block(each) not in skip})
        elif len(changing) == 1 and file.bindings.module in trail.left:
            first = after(file.flow_of(*changing), ENTRY, ends).events  # in the first call after the import
            reads.update({each: None for each in first if isinstance(each, Read) and each.var == var})
    # else several functions bind or delete the global: when, is not provable
    yield from in_every_copy(reads, event, trail.ends, file)


def in_every_copy(reads: Collection[Read], event: Event, ends: Ends, file: File) -> Iterator[Read]:
    """Those of ``reads`` that come so on each way through a final block, which has a copy for errors."""
    start = file.block(event)
    for read in reads:
        block = file.block(read)
        copies = [each for each in file.events_of(block, Read) if each.node is read.node]
        step = event.step if block is start else ENTRY
        goals = {each.step for each in copies}
        if all(each in reads for each in copies) or holds_at_first(file.flow_of(block), step, goals, ends):
            yield read


def _functions(file: File) -> Iterator[Scope]:
    return (scope for scope in file.blocks if scope is not file.bindings.module)


def _run_after(block: Scope, file: File) -> Iterator[Scope]:
    """The tests that ask for a fixture, or whose class has ``block`` as its set-up."""
    if not isinstance(block.node, FUNCTIONS):
        return
    name = block.node.name
    sets_up = name in ("setUp", "setup_method", "asyncSetUp") and block.parent is not None
    for scope in block.parent.children if sets_up and block.parent else _functions(file):
        if scope in file.blocks and isinstance(scope.node, FUNCTIONS) and scope is not block:
            asked = is_fixture(block.node) and name in {each.arg for each in scope.node.args.args}
            if asked or (sets_up and scope.node.name.startswith("test")):
                yield scope


def outlives(file: File, event: Event, var: Var) -> bool:
    """True when ``var`` is a global that still has its value of before ``event`` when that block ends."""
    if var[0].kind is not Kind.MODULE:
        return False
    return after(file.flow(event), event.step, changes(var)).at_exit


def is_exported(file: File, event: Event, var: Var, *, unlisted: bool = True) -> bool:
    """True when other files see the value that ``var`` has at ``event``, since nothing binds it again.

    It is in `__all__`, or imported as itself (`import x as x`), or, if ``unlisted`` ones count, a public
    name of a package's `__init__.py` without `__all__`.
    """
    if not outlives(file, event, var):
        return False
    if var[1] in file.exported:
        return True
    aliases = [each.node for each in file.changes_of(var, Bind)]
    if any(getattr(each, "asname", None) == getattr(each, "name", "") for each in aliases):
        return True
    public = file.place.is_package and not var[1].startswith("_")
    return unlisted and public and "__all__" not in file.bindings.module.bindings


def is_local(var: Var) -> bool:
    """True for a name that dies with the call it belongs to."""
    return var[0].kind in (Kind.FUNCTION, Kind.LAMBDA, Kind.COMPREHENSION)
