"""Reads of a submodule through the attribute of its package: `pkg.sub`. Knows no rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.aftermath import following, in_every_copy, in_same_run
from flake8_unload.call_order import always_before, comes_before, may_precede
from flake8_unload.events import Assign, Bind, Call, Event, ForgetAttribute, Import, Put, Read, Unload, Var
from flake8_unload.flow import EXIT
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends, after, can_reach, changes_or_calls, either
from flake8_unload.presence import attribute_renewed, gone, loads, may_return, removes


def attribute_reads(start: Event, var: Var, module: str, file: File) -> Iterator[Read]:
    """Reads of `pkg.sub` after ``start`` that get the old module through the attribute of ``var``."""
    if attribute_gone(start, module, file):
        return
    renews = _renews(var, module, file)
    found = following(file, start, renews)
    reads = [each for each in found if isinstance(each, Read) and each.var == var]
    yield from (each for each in in_every_copy(reads, start, renews, file) if spells(each, module, file))


def attribute_gone(start: Event, module: str, file: File) -> bool:
    """The attribute was deleted before ``start``, a removal, and nothing has loaded the submodule since.

    It may be so for a removal in a function, where the module ends without it.
    """

    def ends(event: Event) -> bool:
        if isinstance(event, Import) and loads(event, module):
            return any(
                each is not start and removes(each, module) and comes_before(file, each, event)
                for each in file.events(Unload)
            )
        return isinstance(event, Assign) and event.name == module

    block = file.block(start)
    for each in dict.fromkeys((block, file.bindings.module)):
        for forget in file.events_of(each, ForgetAttribute):
            if forget.name in (None, module):
                found = after(file.flow(forget), forget.step, ends)
                if start in found.events if each is block else found.at_exit:
                    return True
    return False


def _renews(var: Var, module: str, file: File) -> Ends:
    """The module or its attribute may be renewed, or the name of the parent is bound to something else."""
    renewed = either(attribute_renewed(module, file), may_return(module, file))
    parent, _, leaf = module.rpartition(".")
    package = module.partition(".")[0]
    removals = [each for each in file.events(Unload) if removes(each, package)]
    elsewhere = set(_imports_elsewhere(var, module, removals, file))

    def ends(event: Event) -> bool:
        if isinstance(event, Bind) and event.var == var:
            return event.imported != package or any(
                comes_before(file, each, event) or may_precede(file, each, event) for each in removals
            )
        if isinstance(event, Import) and event.module == parent and leaf in event.names:
            return False  # takes the attribute as it is
        return renewed(event) and event not in elsewhere

    return ends


def _imports_elsewhere(var: Var, module: str, removals: list[Unload], file: File) -> Iterator[Event]:
    """Imports into another copy of the package: the one that ``var`` holds has been removed on every path."""
    package, _, leaf = module.partition(".")
    held = either(changes_or_calls(file, var), lambda event: isinstance(event, Put))
    starts = [gone(each, package, file) for each in removals if "." not in leaf]
    after = {start: set(in_same_run(file, start, held)) for start in starts if start is not None}
    for start, found in after.items():
        copies = [each for each in after if each.node is start.node]  # of a final block
        for event in found:
            certain = all(event in after[each] or not _leads_to(each, event, file) for each in copies)
            if certain and _just_imports(event, module, file) and always_before(file, copies, event):
                yield event


def _leads_to(first: Event, second: Event, file: File) -> bool:
    """Some path goes on from ``first`` to ``second``, to a call of its function, or out of the block."""
    block, goal = file.block(first), file.block(second)
    calls = [call.step for call in file.calls_of(goal) if file.block(call) is block]
    steps = [second.step] if goal is block else [EXIT, *calls]
    return any(can_reach(file.flow_of(block), first.step, step) for step in steps)


def _just_imports(event: Event, module: str, file: File) -> bool:
    """An import, or a call of a function of this file that brings the module back by imports alone."""
    if not isinstance(event, Call):
        return isinstance(event, Import)
    returns = may_return(module, file)
    inner = [each for block in file.functions_of(event) for each in file.flow_of(block).events]
    return bool(inner) and all(
        each is None or isinstance(each, Import) or not returns(each) for each in inner
    )


def spells(read: Read, dotted: str, file: File) -> bool:
    """True when the read goes on to the attribute that is the removed submodule."""
    node = attribute_of(read, dotted, file)
    return node is not None and isinstance(node.ctx, ast.Load)


def attribute_of(read: Read, dotted: str, file: File) -> ast.Attribute | None:
    """The expression `pkg.sub` that starts with the read of `pkg`, if that is what the read goes on to."""
    node: ast.AST = read.node
    for part in dotted.split(".")[1:]:
        node = file.parents.get(node, node)
        if not (isinstance(node, ast.Attribute) and node.attr == part):
            return None
    return node if isinstance(node, ast.Attribute) else None
