"""Evaluates expressions in a rehearsal: which thing is it, or is that not known."""

from __future__ import annotations

import ast
from typing import Any

from flake8_unload.project import calls
from flake8_unload.project.containers import elements
from flake8_unload.project.frame import Frame
from flake8_unload.project.literals import literal
from flake8_unload.project.members import attribute
from flake8_unload.project.methods import item
from flake8_unload.project.operators import boolean, compared, joined, operation, truth
from flake8_unload.project.values import NONE, UNKNOWN, Returned, Thing, const, listed, needed


def value(node: ast.expr, frame: Frame) -> Thing:
    """What an expression gives. Raises Raised and Unprovable."""
    kind = type(node)  # of most expressions it is one of the first; a `match` takes four times as long
    if kind is ast.Name:
        return frame.look_up(node.id)  # type: ignore[attr-defined]
    if kind is ast.Constant:
        return const(node.value, (frame.module.path, node.lineno))  # type: ignore[attr-defined]
    if kind is ast.Attribute:
        return attribute(value(node.value, frame), node.attr, frame)  # type: ignore[attr-defined]
    if kind is ast.Call:
        return calls.call(node, frame)  # type: ignore[arg-type]
    match node:
        case ast.List(elts=parts) | ast.Tuple(elts=parts) | ast.Set(elts=parts):
            return literal(node, frame.module.path) or _sequence(parts, frame)
        case ast.Dict(keys=keys, values=values):
            return literal(node, frame.module.path) or _mapping(keys, values, frame)
        case ast.JoinedStr(values=parts):
            return joined((each, _part(each, frame)) for each in parts)
        case ast.Subscript(value=owner, slice=key):
            return _item(known(owner, frame), known(key, frame), frame)
        case ast.BinOp(left=left, op=op, right=right):
            one, two = known(left, frame), known(right, frame)
            return _alias([one, two]) if isinstance(op, ast.BitOr) else operation(one, op, two)
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            return compared(known(left, frame), op, known(right, frame), frame)
        case ast.BoolOp():
            return boolean(node.op, (known(each, frame) for each in node.values))
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            holds = truth(known(operand, frame))
            return UNKNOWN if holds is None else const(not holds)
        case _:
            return _other(node, frame)


def known(node: ast.expr, frame: Frame) -> Thing:
    """What an expression gives, where more depends on it than who holds it. Raises Raised and Unprovable."""
    thing = value(node, frame)
    return needed(thing) if thing.kind == "later" else thing


def _other(node: ast.expr, frame: Frame) -> Thing:
    match node:
        case ast.IfExp(test=test, body=body, orelse=orelse):
            holds = truth(known(test, frame))
            if holds is None:
                one, two = value(body, frame), value(orelse, frame)
                return one if one is two else UNKNOWN
            return value(body if holds else orelse, frame)
        case ast.NamedExpr(target=target, value=given):
            thing = value(given, frame)
            frame.bind(target.id, thing)
            return thing
        case ast.Lambda():
            from flake8_unload.project.statements import function

            return function(node, frame)
        case ast.ListComp(elt=elt) | ast.SetComp(elt=elt) | ast.GeneratorExp(elt=elt):
            return _comprehension(elt, node.generators, frame)
        case ast.Yield(value=given) if frame.enters:
            raise Returned(value(given, frame) if given else NONE)
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
            bounds = [known(each, frame) if each else NONE for each in (lower, upper, step)]
            plain = all(each.kind == "const" for each in bounds)
            return const(slice(*(each.data for each in bounds))) if plain else UNKNOWN
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float() as number)):
            return const(-number)
    return Thing("object")


def _part(node: ast.expr, frame: Frame) -> Thing:
    """What a part of a format text stands for."""
    return known(node.value if isinstance(node, ast.FormattedValue) else node, frame)


# -- containers --------------------------------------------------------------------------------
def _sequence(parts: list[ast.expr], frame: Frame) -> Thing:
    """A list, tuple or set display. Raises Raised."""
    items: list[Thing] = []
    for part in parts:
        thing = value(part, frame)
        if thing.kind == "module" and thing.place is None:
            thing = Thing("module", thing.data, place=(frame.module.path, part.lineno))
        if isinstance(part, ast.Starred):
            inner = elements(needed(thing), frame)
            if inner is None:
                return Thing("object", parts=[("item", each) for each in items])
            items += inner
        else:
            items.append(thing)
    return listed(items)


def _mapping(keys: list[ast.expr | None], values: list[ast.expr], frame: Frame) -> Thing:
    """A dict display. Raises Raised."""
    found: dict[Any, Thing] = {}
    for key, given in zip(keys, values, strict=True):
        thing = value(given, frame)
        if key is None:
            more = needed(thing)
            found.update(more.data if more.kind == "dict" else {})
            continue
        name = known(key, frame)
        found[name.data if name.kind == "const" else name] = thing
    return Thing("dict", found)


def _comprehension(elt: ast.expr, generators: list[ast.comprehension], frame: Frame) -> Thing:
    """What a comprehension makes; an object where its items are not known. Raises Raised."""
    from flake8_unload.project.statements import assign

    inner = Frame(frame.world, frame.module, {}, (frame.names, *frame.outer), frame.at_import)
    inner.running = frame.running
    if frame.names is frame.module.names:
        inner.outer = frame.outer
    found: list[Thing] = []
    note = ""

    def rounds(left: list[ast.comprehension]) -> bool:
        nonlocal note
        if not left:
            found.append(value(elt, inner))
            return True
        source = known(left[0].iter, frame if left is generators else inner)
        items = elements(source, inner)
        if items is None:
            note = source.note
            return False
        note = note or source.note or ("walk" if source.kind == "modules" else "")
        for each in items:
            assign(left[0].target, each, inner)
            tests = [truth(known(test, inner)) for test in left[0].ifs]
            if None in tests and False not in tests:
                return False
            if all(tests) and not rounds(left[1:]):
                return False
        return True

    if rounds(generators):
        return Thing("list", found, note=note)
    return Thing("object", note=note)


# -- aliases of types --------------------------------------------------------------------------
def _item(owner: Thing, key: Thing, frame: Frame) -> Thing:
    """`owner[key]`, of `Union` and the like an alias. Raises Raised."""
    if owner.kind == "foreign" and owner.data.startswith(("typing.", "typing_extensions.")):
        parts = elements(key, frame) or [key]
        known = (owner.data, *(_same_for(each) for each in parts))
        return frame.world.aliases.setdefault(known, _alias(parts)) if None not in known else _alias(parts)
    return item(owner, key, frame)


def _same_for(thing: Thing) -> object:
    """What `typing` goes by when it gives the same alias once more; None where that is not known."""
    if thing.kind in ("const", "foreign"):
        return thing.kind, repr(thing.data)
    return thing if thing.kind == "class" or _is_alias(thing) else None


def _is_alias(thing: Thing) -> bool:
    return any(how == "alias" for how, _ in thing.parts)


def _alias(parts: list[Thing]) -> Thing:
    """`Union[A, B]` or `A | B`: it keeps the classes, of other operands nothing is known."""
    kept = [("alias", each) for each in parts if each.kind == "class" or _is_alias(each)]
    return Thing("object", parts=kept) if kept else UNKNOWN
