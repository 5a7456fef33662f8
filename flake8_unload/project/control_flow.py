"""Tests, loops and handlers in a rehearsal. Unknown tests are unknown.

Only what the code of the project certainly does is certain: behind a test that cannot be known, both ways
are gone, and what they disagree about is unknown.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Sequence

from flake8_unload.project import calls, statements
from flake8_unload.project.acting import RELOADS
from flake8_unload.project.code_names import bound_by
from flake8_unload.project.containers import elements
from flake8_unload.project.expressions import known, value
from flake8_unload.project.frame import Frame
from flake8_unload.project.members import attribute
from flake8_unload.project.operators import truth
from flake8_unload.project.values import UNKNOWN, Leave, Raised, Returned, Thing
from flake8_unload.static import static_truth

_ROUNDS = 1000  # of a `while` loop
_CATCHES = {
    "ModuleNotFoundError": ("ModuleNotFoundError", "ImportError"),
    "ImportError": ("ImportError",),
    "NameError": ("NameError",),
    "KeyError": ("KeyError", "LookupError"),
    "AttributeError": ("AttributeError",),
    "TypeError": ("TypeError",),
}


def compound(node: ast.stmt, frame: Frame) -> None:
    """A statement that holds others. Raises Raised, Returned, Leave and Unprovable."""
    match node:
        case ast.If():
            _if(node, frame)
        case ast.For() | ast.AsyncFor() | ast.While():
            _while(node, frame) if isinstance(node, ast.While) else _for(node, frame)
            for name in bound_by(node):  # on the way to a `break`, or in a round that is not followed
                frame.names.setdefault(name, UNKNOWN)
        case ast.With(items=items, body=body) | ast.AsyncWith(items=items, body=body):
            for item in items:
                thing = _entered(value(item.context_expr, frame), frame)
                if item.optional_vars is not None:
                    statements.assign(item.optional_vars, thing, frame)
            suppressing = [item.context_expr for item in items]
            expects = any(_suppresses(each, "ModuleNotFoundError", frame) for each in suppressing)
            try:
                with frame.world.expecting(expects):
                    statements.suite(body, frame)
            except Raised as error:
                if not any(_suppresses(each, error.name, frame) for each in suppressing):
                    raise
        case ast.Try():
            _try(node, frame)
        case ast.Match(cases=cases):
            _branches([case.body for case in cases], frame)
        case _ if type(node).__name__ == "TryStar":
            _try(node, frame)  # type: ignore[arg-type]


def _entered(context: Thing, frame: Frame) -> Thing:
    """What a `with` statement binds."""
    if context.kind == "instance":
        entering = attribute(context, "__enter__", frame)
        return calls.called(entering, [], {}, ast.Constant(None, lineno=frame.line, col_offset=0), frame)
    if context.kind == "object":
        return context.attributes.get("enter_result", UNKNOWN)
    return context if context.kind == "unknown" else UNKNOWN


def _if(node: ast.If, frame: Frame) -> None:
    holds = static_truth(node.test)
    holds = truth(known(node.test, frame)) if holds is None else holds
    if holds is not None:
        statements.suite(node.body if holds else node.orelse, frame)
    else:
        _branches([node.body, node.orelse], frame)


def _branches(bodies: Sequence[Sequence[ast.stmt]], frame: Frame) -> None:
    """Every way in turn; at the end a name holds what all of them gave it, or what the only one gave it."""
    before = dict(frame.names)
    results: list[dict[str, Thing]] = []
    frame.world.doubts += 1
    try:
        for body in bodies:
            frame.restore(before)
            try:
                statements.suite(body, frame)
                results.append(dict(frame.names))
            except (Raised, Returned, Leave) as end:
                frame.returns_perhaps |= isinstance(end, Returned)  # this way does not go on here
    finally:
        frame.world.doubts -= 1
    if not results:
        frame.restore(before)
        return
    frame.restore(_merged(results, before))


def _merged(results: list[dict[str, Thing]], before: dict[str, Thing]) -> dict[str, Thing]:
    merged = dict(results[0])
    differing = [
        name
        for each in results[1:]
        for name, thing in each.items()
        if merged.setdefault(name, thing) is not thing
    ]
    for name in differing:
        found = {id(each[name]): each[name] for each in results if name in each}
        merged[name] = _either(name, found, before)
    return merged


def _either(name: str, found: dict[int, Thing], before: dict[str, Thing]) -> Thing:
    """Two ways disagree: what one of them has changed, if the other left it as it was, may be so."""
    changed = [each for each in found.values() if each is not before.get(name)]
    same = all(each.kind == "foreign" and _reloads(each.data) for each in changed)  # of two Pythons
    if changed and (same or len(changed) == 1):
        return max(changed, key=lambda each: each.data == "importlib")
    origins = {each.origin for each in changed}
    if None in origins or len(origins) != 1:
        return UNKNOWN
    first = changed[0]  # made here in any case, like that or otherwise
    alike = all(each.kind == first.kind for each in changed) and first.kind in ("class", "function")
    return Thing(
        first.kind if alike else "object", first.data if alike else None, first.origin, place=first.place
    )


def _reloads(name: str) -> bool:
    """A function that reloads, or the module it is in."""
    return name in RELOADS or f"{name}.reload" in RELOADS


def _for(node: ast.For | ast.AsyncFor, frame: Frame) -> None:
    source = known(node.iter, frame)
    items = elements(source, frame)
    if items is None:
        statements.assign(node.target, Thing("unknown", note=source.note), frame)
        if source.note == "folder":
            frame.world.folder_loops.append((frame.module.path, node.lineno))
        _once(node.body, frame)
        if source.note == "folder":
            frame.world.folder_loops.pop()
        return
    walks = source.kind == "modules" or source.note == "walk"
    frame.world.walks += [frame.world.doubts] * walks
    try:
        for item in items:
            statements.assign(node.target, item, frame)
            try:
                statements.suite(node.body, frame)
            except Leave as leave:
                if leave.breaks:
                    return
    finally:
        if walks:
            frame.world.walks.pop()
    statements.suite(node.orelse, frame)


def _while(node: ast.While, frame: Frame) -> None:
    """Round by round as long as the test is known and may change, as for a list that gets empty."""
    for _ in range(_ROUNDS):
        holds = truth(known(node.test, frame))
        if holds is False:
            return statements.suite(node.orelse, frame)
        if holds is None or isinstance(node.test, ast.Constant):
            return _once(node.body, frame)
        try:
            statements.suite(node.body, frame)
        except Leave as leave:
            if leave.breaks:
                return None
    return None


def _once(body: Sequence[ast.stmt], frame: Frame) -> None:
    """A round that may not come."""
    frame.world.doubts += 1
    try:
        statements.suite(body, frame)
    except Leave:
        pass
    finally:
        frame.world.doubts -= 1


def _try(node: ast.Try, frame: Frame) -> None:
    handler = _without_a_foreign_module(node, frame)
    if handler is not None:
        with frame.world.expecting(True):
            _branches([[*node.body, *node.orelse], handler.body], frame)
        for each in handler.body:  # one that raises here may not raise there
            if isinstance(each, ast.ImportFrom):
                for alias in each.names:
                    frame.names.setdefault(alias.asname or alias.name, UNKNOWN)
        statements.suite(node.finalbody, frame)
        return
    expects = any(_catches(each, "ModuleNotFoundError") for each in node.handlers)
    try:
        try:
            with frame.world.expecting(expects):
                statements.suite(node.body, frame)
        except Raised as error:
            handler = next((each for each in node.handlers if _catches(each, error.name)), None)
            if handler is None:
                raise
            if handler.name:
                frame.bind(handler.name, UNKNOWN)
            statements.suite(handler.body, frame)
        else:
            statements.suite(node.orelse, frame)
    finally:
        statements.suite(node.finalbody, frame)


def _without_a_foreign_module(node: ast.Try, frame: Frame) -> ast.ExceptHandler | None:
    """What is done where a foreign module is missing, if the body is imports alone, one of them foreign."""
    handler = next((each for each in node.handlers if _catches(each, "ModuleNotFoundError")), None)
    names: list[str] = []
    for each in node.body:
        if isinstance(each, ast.Import):
            names += [alias.name for alias in each.names]
        elif not isinstance(each, ast.ImportFrom):
            return None
        elif not each.level:
            names.append(each.module or "")
    tops = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
    return handler if any(frame.world.space.find(top) is None for top in tops) else None


def _suppresses(node: ast.expr, error: str, frame: Frame) -> bool:
    if not isinstance(node, ast.Call):
        return False
    function = value(node.func, frame)
    return function.kind == "foreign" and function.data == "contextlib.suppress" and _takes(node.args, error)


def _catches(handler: ast.ExceptHandler, error: str) -> bool:
    if handler.type is None:
        return True
    return _takes(handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type], error)


def _takes(kinds: Sequence[ast.expr], error: str) -> bool:
    taking = ("Exception", "BaseException", error, *_CATCHES.get(error, ()))
    return any((getattr(each, "id", "") or getattr(each, "attr", "")) in taking for each in kinds)


def raised(node: ast.Raise) -> str:
    """The class of the exception that is raised, by its text."""
    call = node.exc.func if isinstance(node.exc, ast.Call) else node.exc
    return call.attr if isinstance(call, ast.Attribute) else getattr(call, "id", "Exception")
