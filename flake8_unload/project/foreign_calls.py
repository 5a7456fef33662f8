"""Calls in a rehearsal of what the project does not define: reloads, imports, what keeps its arguments.

A call of anything else makes an object that nothing is known of.
"""

from __future__ import annotations

import ast
import re
from typing import TYPE_CHECKING

from flake8_unload.project.acting import RELOADS
from flake8_unload.project.builtin_calls import builtin
from flake8_unload.project.members import wrapped
from flake8_unload.project.methods import named_by
from flake8_unload.project.values import UNKNOWN, Thing, const, needed

if TYPE_CHECKING:
    from flake8_unload.project.frame import Frame

FOLDERS = re.compile(r"(?:iterdir|glob|rglob|listdir|scandir|walk|iglob)$")
"""The names of what lists a folder."""
_SHARED = frozenset({"logging.getLogger", "os.getenv", "os.environ.get", "gettext.translation", "re.compile"})
_KEEPING = frozenset(
    """
    functools.partial functools.partialmethod functools.cached_property functools.lru_cache functools.cache
    dataclasses.field types.MethodType""".split()
)


def foreign(name: str, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame) -> Thing:
    """What the call of a function by its qualified name gives."""
    first = given[0] if given else next(iter(named.values()), UNKNOWN)
    if name in RELOADS:
        first = needed(first)
        target = first.data.thing if first.kind == "module" else first
        with frame.at(node):
            return frame.world.reload(target, first.place)
    match name:
        case "importlib.import_module" | "builtins.__import__" | "importlib.__import__":
            return _import(name, needed(first), given, named, node, frame)
        case "functools.wraps":
            return Thing("object", first, note="wraps")
        case "functools.update_wrapper" if len(given) > 1:
            return wrapped(given[1], given[0], frame)
        case "types.SimpleNamespace":
            return Thing("object", note="made", attributes=named)
        case "contextlib.nullcontext" | "contextlib.closing":
            return Thing("object", attributes={"enter_result": first})
        case _ if name.startswith("bpy.props."):
            return property_of(named)
        case _ if name in _KEEPING:
            return Thing("object", parts=[("item", each) for each in (*given, *named.values())])
        case "collections.OrderedDict":
            return builtin("dict", given, named, node, frame)
        case "collections.namedtuple":
            return Thing("object", parts=[("item", each) for each in named.values()])
        case "collections.defaultdict" if len(given) == 1:
            return Thing("dict", named, attributes={"default_factory": first})
        case "collections.deque" | "types.MappingProxyType" if given:
            return builtin("list", given, named, node, frame) if name.endswith("deque") else first
        case "sys.modules.copy" | "copy.copy":
            return Thing("modules")
        case "sys.meta_path.insert" | "sys.meta_path.append":
            frame.world.hooked = True
    if name.startswith("builtins."):
        items = [needed(each) for each in given]
        return builtin(name.removeprefix("builtins."), items, named, node, frame)
    if FOLDERS.search(name):
        return Thing("object", note="folder")
    if name in _SHARED:
        return UNKNOWN
    return Thing("object", note="made" if name.rpartition(".")[2][:1].isupper() else "")


def property_of(named: dict[str, Thing]) -> Thing:
    """What a class of Blender keeps: the type of the property, what is called when it changes."""
    kept = [each for each in named.values() if each.kind in ("class", "function", "later")]
    return Thing("object", parts=[("item", each) for each in kept])


def _import(
    name: str, first: Thing, given: list[Thing], named: dict[str, Thing], node: ast.expr, frame: Frame
) -> Thing:
    if not first.is_text:
        return UNKNOWN
    text: str = first.data
    level = len(text) - len(text.lstrip("."))
    if level:
        package = given[1] if len(given) > 1 else named.get("package", const(frame.module.package))
        if not package.is_text:
            return UNKNOWN
        base = package.data.split(".")
        text = ".".join([*base[: len(base) - level + 1], text.lstrip(".")])
    with frame.at(node):
        thing = frame.world.imported(text)
    if name != "importlib.import_module" and "." in text and len(given) < 4 and "fromlist" not in named:
        return frame.world.imported(text.partition(".")[0])
    return named_by(thing, first)
