"""What certainly comes after an event, followed out of its function: callers, tests behind a fixture, calls.

`paths` asks about the value of one name; this follows any fact. Knows no rule.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_unload.events import Bind, Event, Var
from flake8_unload.flow import ENTRY
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends, after, outlives
from flake8_unload.scopes import Kind, Scope
from flake8_unload.surroundings import FUNCTIONS, is_fixture


def following(file: File, event: Event, ends: Ends) -> Iterator[Event]:
    """The events before which a fact of ``event`` still holds on every path, until one ``ends`` it.

    In the flow of the event; then where a function goes on: in its callers and in the tests that it
    runs before; after the import, in every function of the file.
    """
    own = after(file.flow(event), event.step, ends)
    yield from own.events
    if not own.at_exit:
        return
    block = file.block(event)
    for call in file.calls_of(block):
        yield from after(file.flow(call), call.step, ends).events
    later = _functions(file) if block is file.bindings.module else _run_after(block, file)
    for scope in later:
        yield from after(file.flow_of(scope), ENTRY, ends).events


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
