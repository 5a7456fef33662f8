"""Reads of a submodule through the attribute of its package: `pkg.sub`. Knows no rule."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.aftermath import following
from flake8_unload.events import Bind, Event, Import, Read, Var
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends, either
from flake8_unload.presence import attribute_renewed, may_return


def attribute_reads(start: Event, var: Var, module: str, file: File) -> Iterator[Read]:
    """Reads of `pkg.sub` after ``start`` that get the old module through the attribute of ``var``."""
    for event in following(file, start, _renews(var, module, file)):
        if isinstance(event, Read) and event.var == var and _spells(event, module, file):
            yield event


def _renews(var: Var, module: str, file: File) -> Ends:
    """The module or its attribute may be renewed, or the name of the parent is bound to something else."""
    renewed = either(attribute_renewed(module, file), may_return(module, file))
    parent, _, leaf = module.rpartition(".")

    def ends(event: Event) -> bool:
        if isinstance(event, Bind) and event.var == var:
            return event.imported != module.partition(".")[0]
        if isinstance(event, Import) and event.module == parent and leaf in event.names:
            return False  # takes the attribute as it is
        return renewed(event)

    return ends


def _spells(read: Read, dotted: str, file: File) -> bool:
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
