"""What functions of hosts do to modules: extensions of bots, plugins of editors. Knows only their names.

discord.py removes an extension and its submodules before it imports it again; Sublime reloads in place.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from flake8_unload.project.values import UNKNOWN, Thing

if TYPE_CHECKING:
    from flake8_unload.project.frame import Frame

_AGAIN = frozenset({"reload_extension", "load_extension"})
_IN_PLACE = frozenset({"reload_plugin"})
METHODS = _AGAIN | _IN_PLACE


def executes(node: ast.Call) -> bool:
    """True for a call of a method that a host has for executing files of the project (again)."""
    return isinstance(node.func, ast.Attribute) and node.func.attr in METHODS


def executed(node: ast.Call, given: list[Thing], frame: Frame) -> Thing:
    """Do what the host does, where the text that names the module is known. Raises Raised and Unprovable."""
    assert isinstance(node.func, ast.Attribute)
    world, name = frame.world, given[0] if given else UNKNOWN
    if not name.is_text or world.space.find(world.space.canonical(name.data)) is None:
        world.unknown_reload = world.unknown_reload or node.func.attr != "load_extension"
        return UNKNOWN
    loaded = world.loaded(name.data)
    if node.func.attr in _IN_PLACE and loaded is not None:
        world.reload(loaded.thing, name.place)  # as at every change of the file: no act of the project
        return UNKNOWN
    with frame.at(node):
        if not frame.at_import and loaded is not None:
            _removed(loaded.name, name, frame)
        world.imported(name.data)
    return UNKNOWN


def _removed(module: str, named: Thing, frame: Frame) -> None:
    for each in [*frame.world.modules]:
        if each == module or each.startswith(module + "."):
            frame.world.unload(each, named.place)
