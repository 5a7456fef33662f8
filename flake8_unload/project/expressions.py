"""Evaluates expressions in a rehearsal: which thing is it, or is that not known."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from flake8_unload.project import calls
from flake8_unload.project.methods import entry
from flake8_unload.project.values import NONE, UNKNOWN, Module, Raised, Thing, const, listed
from flake8_unload.project.world import World

_BUILTINS = frozenset(dir(builtins)) | {"reload"}
_MOST = 2000  # items that are followed one by one


class Frame:
    """The names that code sees: its own, those of the functions around it, those of its module."""

    def __init__(
        self,
        world: World,
        module: Module,
        names: dict[str, Thing],
        outer: tuple[dict[str, Thing], ...] = (),
        at_import: bool = False,
    ) -> None:
        self.world = world
        self.module = module
        self.names = names
        self.outer = outer
        self.at_import = at_import
        self.globals: set[str] = set()
        self.line = 1

    def bind(self, name: str, thing: Thing) -> None:
        """Give a name a thing."""
        home = self.module.names if name in self.globals else self.names
        home[name] = thing
        if home is self.module.names:
            self.module.lines[name] = self.line
            self.world.made(thing, self.module, name)

    def forget(self, name: str) -> None:
        """`del name`. Raises Raised."""
        home = self.module.names if name in self.globals else self.names
        if home.pop(name, None) is None:
            raise Raised("NameError")

    def restore(self, names: dict[str, Thing]) -> None:
        """Go back to what the names were."""
        self.names.clear()
        self.names.update(names)

    def look_up(self, name: str) -> Thing:
        """What a name holds. Raises Raised where it certainly holds nothing."""
        for names in (self.names, *self.outer, self.module.names):
            if name in names and not (name in self.globals and names is not self.module.names):
                return names[name]
        if name in _BUILTINS:
            return Thing("foreign", f"builtins.{name}")
        if name.startswith("__") or "*" in self.module.names or self.world.sets_global(self.module, name):
            return UNKNOWN
        raise Raised("NameError")

    @contextmanager
    def at(self, node: ast.expr) -> Iterator[None]:
        """What happens inside is caused by this place."""
        self.world.places.append((self.module.path, node.lineno))
        try:
            yield
        finally:
            self.world.places.pop()


def value(node: ast.expr, frame: Frame) -> Thing:
    """What an expression gives. Raises Raised and Unprovable."""
    match node:
        case ast.Name(id=name):
            return frame.look_up(name)
        case ast.Constant(value=data):
            return const(data, (frame.module.path, node.lineno))
        case ast.Attribute(value=owner, attr=attr):
            return attribute(value(owner, frame), attr, frame)
        case ast.Call():
            return calls.call(node, frame)
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return _sequence(parts, frame)
        case ast.Dict(keys=keys, values=values):
            return _dict(keys, values, frame)
        case ast.JoinedStr(values=parts):
            return _joined(parts, frame)
        case ast.Subscript(value=owner, slice=key):
            return item(value(owner, frame), value(key, frame), frame)
        case ast.BinOp(left=left, op=op, right=right):
            return _operation(value(left, frame), op, value(right, frame))
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return _compared(value(left, frame), op, value(right, frame), frame)
        case ast.BoolOp():
            return _bool(node, frame)
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            known = truth(value(operand, frame))
            return UNKNOWN if known is None else const(not known)
        case _:
            return _other(node, frame)


def _other(node: ast.expr, frame: Frame) -> Thing:
    match node:
        case ast.IfExp(test=test, body=body, orelse=orelse):
            known = truth(value(test, frame))
            if known is None:
                one, two = value(body, frame), value(orelse, frame)
                return one if one is two else UNKNOWN
            return value(body if known else orelse, frame)
        case ast.NamedExpr(target=target, value=given):
            thing = value(given, frame)
            frame.bind(target.id, thing)
            return thing
        case ast.Lambda():
            from flake8_unload.project.statements import function

            return function(node, frame)
        case ast.ListComp(elt=elt) | ast.SetComp(elt=elt) | ast.GeneratorExp(elt=elt):
            return _comprehension(elt, node.generators, frame)
        case ast.DictComp(key=key, value=given):
            rows = _comprehension(ast.Tuple([key, given], ast.Load()), node.generators, frame)
            if rows.kind != "list":
                return rows
            pairs = [row.data for row in rows.data]
            data = {name.data if name.kind == "const" else name: thing for name, thing in pairs}
            return Thing("dict", data, note=rows.note)
        case ast.Starred(value=given) | ast.Await(value=given):
            return value(given, frame)
        case ast.Slice(lower=lower, upper=upper, step=step):
            bounds = [value(each, frame) if each else NONE for each in (lower, upper, step)]
            known = all(each.kind == "const" for each in bounds)
            return const(slice(*(each.data for each in bounds))) if known else UNKNOWN
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return const(-number)
    return Thing("object")


# -- containers --------------------------------------------------------------------------------
def _sequence(parts: list[ast.expr], frame: Frame) -> Thing:
    items: list[Thing] = []
    for part in parts:
        thing = value(part, frame)
        if thing.kind == "module" and thing.place is None:
            thing = Thing("module", thing.data, place=(frame.module.path, part.lineno))
        if isinstance(part, ast.Starred):
            inner = elements(thing, frame)
            if inner is None:
                return Thing("object", parts=[("item", each) for each in items])
            items += inner
        else:
            items.append(thing)
    return listed(items)


def _dict(keys: list[ast.expr | None], values: list[ast.expr], frame: Frame) -> Thing:
    found: dict[Any, Thing] = {}
    for key, given in zip(keys, values, strict=True):
        thing = value(given, frame)
        if key is None:
            found.update(thing.data if thing.kind == "dict" else {})
            continue
        name = value(key, frame)
        found[name.data if name.kind == "const" else name] = thing
    return Thing("dict", found)


def elements(thing: Thing, frame: Frame) -> list[Thing] | None:
    """The items of a loop over a thing; None where they are not known."""
    if thing.kind == "list":
        return list(thing.data[:_MOST])
    if thing.kind == "dict":
        return [const(each) for each in thing.data if not isinstance(each, Thing)]
    if thing.kind == "modules":
        return [const(each) for each in frame.world.modules]
    if thing.kind == "names":
        return [const(each) for each in list(thing.data)]
    if thing.is_text:
        return [const(each) for each in thing.data]
    return None


def item(owner: Thing, key: Thing, frame: Frame) -> Thing:
    """`owner[key]`. Raises Raised."""
    if owner.kind == "modules":
        return entry(key, frame)
    if owner.kind == "names" and key.is_text:
        if key.data in owner.data:
            return owner.data[key.data]  # type: ignore[no-any-return]
        raise Raised("KeyError")
    if key.kind == "const" and owner.kind == "dict":
        return owner.data.get(key.data, UNKNOWN)  # type: ignore[no-any-return]
    if key.kind == "const" and owner.kind in ("list", "const"):
        try:
            found = owner.data[key.data]
        except (TypeError, IndexError, KeyError):
            return UNKNOWN
        if owner.kind == "const":
            return const(found)
        return listed(found) if isinstance(found, list) else found
    return UNKNOWN


def _comprehension(elt: ast.expr, generators: list[ast.comprehension], frame: Frame) -> Thing:
    from flake8_unload.project.statements import assign

    inner = Frame(frame.world, frame.module, {}, (frame.names, *frame.outer), frame.at_import)
    if frame.names is frame.module.names:
        inner.outer = frame.outer
    found: list[Thing] = []
    note = ""

    def rounds(left: list[ast.comprehension]) -> bool:
        nonlocal note
        if not left:
            found.append(value(elt, inner))
            return True
        source = value(left[0].iter, inner)
        items = elements(source, inner)
        if items is None:
            note = source.note
            return False
        note = note or source.note or ("walk" if source.kind == "modules" else "")
        for each in items:
            assign(left[0].target, each, inner)
            tests = [truth(value(test, inner)) for test in left[0].ifs]
            if None in tests and False not in tests:
                return False
            if all(tests) and not rounds(left[1:]):
                return False
        return True

    if rounds(generators):
        return Thing("list", found, note=note)
    return Thing("object", note=note)


# -- operators ---------------------------------------------------------------------------------
def _joined(parts: list[ast.expr], frame: Frame) -> Thing:
    text, place = "", None
    for part in parts:
        thing = value(part.value, frame) if isinstance(part, ast.FormattedValue) else value(part, frame)
        if thing.kind != "const":
            return UNKNOWN
        text += str(thing.data)
        place = thing.place if isinstance(part, ast.FormattedValue) else place
    return const(text, place)


def _operation(left: Thing, op: ast.operator, right: Thing) -> Thing:
    if isinstance(op, ast.Add) and left.kind == right.kind == "list":
        return listed([*left.data, *right.data])
    if left.kind != "const" or not isinstance(op, (ast.Add, ast.Mod, ast.Sub)):
        return UNKNOWN if "unknown" in (left.kind, right.kind) else Thing("object")
    if right.kind == "list" and all(each.kind == "const" for each in right.data):
        operand: Any = tuple(each.data for each in right.data)
    elif right.kind == "const":
        operand = right.data
    else:
        return UNKNOWN
    try:
        if isinstance(op, ast.Mod):
            return const(left.data % operand, right.place)
        return const(left.data + operand if isinstance(op, ast.Add) else left.data - operand, right.place)
    except (TypeError, ValueError):
        return UNKNOWN


def _compared(left: Thing, op: ast.cmpop, right: Thing, frame: Frame) -> Thing:
    known = _comparison(left, op, right, frame)
    return UNKNOWN if known is None else const(known)


def _comparison(left: Thing, op: ast.cmpop, right: Thing, frame: Frame) -> bool | None:
    match op:
        case ast.In() | ast.NotIn():
            found = contains(right, left, frame)
            return found if found is None or isinstance(op, ast.In) else not found
        case ast.Is() | ast.IsNot() | ast.Eq() | ast.NotEq():
            same = _same(left, right)
            return same if same is None or isinstance(op, (ast.Is, ast.Eq)) else not same
    return None


def _same(left: Thing, right: Thing) -> bool | None:
    if left is right and left.kind != "unknown":
        return True
    if left.kind == right.kind == "const":
        return bool(left.data == right.data)
    if left.kind == "module" and right.kind in ("module", "const", "function", "class"):
        return False
    if right is NONE or (right.kind == "const" and right.data is None):
        return None if left.kind in ("unknown", "foreign", "object") else False
    return None


def contains(owner: Thing, key: Thing, frame: Frame) -> bool | None:
    """`key in owner`, where it is known."""
    if owner.kind == "modules" and key.is_text:
        if frame.world.space.canonical(key.data) in frame.world.modules:
            return True
        return False if frame.world.space.find(key.data.partition(".")[0]) else None
    if owner.kind in ("names", "dict") and key.kind == "const":
        return key.data in owner.data
    if owner.is_text and key.is_text:
        return key.data in owner.data
    if owner.kind == "list":
        if any(
            each is key or (each.kind == key.kind == "const" and each.data == key.data) for each in owner.data
        ):
            return True
        return False if key.kind in ("const", "module") and all(_plain(each) for each in owner.data) else None
    return None


def _plain(thing: Thing) -> bool:
    return thing.kind in ("const", "module", "class", "function")


def _bool(node: ast.BoolOp, frame: Frame) -> Thing:
    """`and` and `or`: one operand that decides is enough, even behind one that is not known."""
    decides = isinstance(node.op, ast.Or)
    result, unknown = UNKNOWN, False
    for each in node.values:
        result = value(each, frame)
        known = truth(result)
        if known is decides:
            return UNKNOWN if unknown and result.kind != "const" else result
        unknown = unknown or known is None
    return UNKNOWN if unknown else result


def known_truth(node: ast.expr, frame: Frame) -> bool | None:
    """Whether a test holds, where that is known."""
    return truth(value(node, frame))


def truth(thing: Thing) -> bool | None:
    """Whether a thing counts as true, where that is known."""
    match thing.kind:
        case "const" | "list" | "dict":
            return bool(thing.data)
        case "module" | "class" | "function":
            return True
    return None


# -- attributes --------------------------------------------------------------------------------
def attribute(owner: Thing, name: str, frame: Frame) -> Thing:
    """`owner.name`. Raises Raised where a module certainly has no such name."""
    match owner.kind:
        case "module":
            return _of_module(owner.data, name, frame)
        case "foreign":
            return Thing("modules") if f"{owner.data}.{name}" == "sys.modules" else _foreign(owner, name)
        case "class":
            return _of_class(owner, name)
        case "instance":
            found = _of_class(owner.data, name)
            is_method = found.kind == "function" and not _is_static(found)
            return Thing("bound", (found, owner)) if is_method else found
        case "function" if name in ("__name__", "__qualname__"):
            return const(getattr(owner.data.node, "name", "<lambda>"))
    if owner.kind in ("const", "list", "dict", "modules", "names"):
        return Thing("bound", (Thing("foreign", f"builtins.{owner.kind}.{name}"), owner))
    return Thing("unknown", f"?.{name}")


def _foreign(owner: Thing, name: str) -> Thing:
    return Thing("foreign", f"{owner.data}.{name}")


def _of_module(module: Module, name: str, frame: Frame) -> Thing:
    if name in module.names:
        return module.names[name]
    match name:
        case "__name__":
            return const(module.name)
        case "__dict__":
            return Thing("names", module.names)
    if name.startswith("__") or frame.world.is_open(module):
        return UNKNOWN
    raise Raised("AttributeError")


def _of_class(owner: Thing, name: str) -> Thing:
    if owner.kind != "class":
        return UNKNOWN
    if name in owner.data:
        return owner.data[name]  # type: ignore[no-any-return]
    for how, base in owner.parts:
        if how == "base":
            found = _of_class(base, name)
            if found is not UNKNOWN:
                return found
    return UNKNOWN


def _is_static(thing: Thing) -> bool:
    decorators = getattr(thing.data.node, "decorator_list", ())
    return any(getattr(each, "id", "") == "staticmethod" for each in decorators)
