"""The loop around a removal: where its keys come from, and which of them get as far as the removal.

Knows the syntax of loops and tests, neither order nor rules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from flake8_unload.events import Round
from flake8_unload.names import Names, assigned_value
from flake8_unload.scopes import Scope

_COPIES = frozenset(
    f"builtins.{name}" for name in ("list", "tuple", "sorted", "set", "frozenset", "dict", "reversed")
)
_OPPOSITE: dict[type[ast.cmpop], ast.cmpop] = {
    ast.NotEq: ast.Eq(),
    ast.NotIn: ast.In(),
    ast.Eq: ast.NotEq(),
    ast.In: ast.NotIn(),
}
_DEPTH = 4
Parents = Mapping[ast.AST, ast.AST]
Test = tuple[str, ast.expr]
"""A condition on a key, with the name that the key has in it."""


def key_tests(
    key: ast.expr | None, node: ast.AST, loop: Round | None, scope: Scope, names: Names, parents: Parents
) -> list[Test] | None:
    """What a loop over the keys of `sys.modules` asks of a key; None if it is no such loop."""
    if loop is None or not isinstance(key, ast.Name):
        return None
    source: ast.expr | None = loop.iter
    if isinstance(loop.target, ast.Tuple):
        source = _keys_of_items(loop.iter, names, scope) if _is_first(loop.target, key.id) else None
    before = source_tests(source, scope, names, parents) if source is not None else None
    own = conditions(key, node, loop, parents, scope, names)
    if before is None or own is None:
        return None
    return before + [(key.id, test) for test in own]


def loop_of(key: ast.expr, node: ast.AST, parents: Parents) -> Round | None:
    """The innermost loop around ``node`` that binds a name of ``key``."""
    wanted = {each.id for each in ast.walk(key) if isinstance(each, ast.Name)}
    while node in parents and not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
        node = parents[node]
        rounds = getattr(node, "generators", [node] if isinstance(node, ast.For) else [])
        for each in reversed(rounds):
            if wanted & {part.id for part in ast.walk(each.target) if isinstance(part, ast.Name)}:
                found: Round = each
                return found
    return None


def _is_first(target: ast.Tuple, name: str) -> bool:
    first = target.elts[0] if target.elts else None
    return isinstance(first, ast.Name) and first.id == name


def _keys_of_items(source: ast.expr, names: Names, scope: Scope) -> ast.expr | None:
    """The dict in `list(d.items())`: the first of each pair is its key."""
    while (
        isinstance(source, ast.Call)
        and names.resolve(source.func, scope) in _COPIES
        and len(source.args) == 1
    ):
        source = source.args[0]
    match source:
        case ast.Call(func=ast.Attribute(value=owner, attr="items"), args=[]):
            return owner
    return None


# -- the conditions of a round -----------------------------------------------------------------
def conditions(
    key: ast.expr, node: ast.AST, loop: Round | None, parents: Parents, scope: Scope, names: Names
) -> list[ast.expr] | None:
    """The tests on the key that hold at ``node`` in a round of its loop, those for its presence left out.

    None where a jump or another construct decides in a way that is no test.
    """
    wanted = {each.id for each in ast.walk(key) if isinstance(each, ast.Name)}
    found: list[ast.expr] = list(loop.ifs) if isinstance(loop, ast.comprehension) else []
    top = parents[loop] if isinstance(loop, ast.comprehension) else loop
    while node is not top and node in parents:
        child, node = node, parents[node]
        match node:
            case ast.If(test=test) if child is not test:
                found.append(test if child in node.body else negated(test))
            case ast.BoolOp(values=values) if child in values:
                earlier = values[: values.index(child)]
                found += earlier if isinstance(node.op, ast.And) else [negated(each) for each in earlier]
            case ast.While() | ast.IfExp() | ast.Match():
                return None
        skipped = _skipped_before(child, node)
        if skipped is None:
            return None
        found += skipped
    parts = [part for test in found for part in _conjuncts(test)]
    return [part for part in parts if _mentions(part, wanted) and not _is_presence(part, scope, names)]


def _skipped_before(child: ast.AST, node: ast.AST) -> list[ast.expr] | None:
    """The tests that `if …: continue` in front of ``child`` rules out; None for other jumps there."""
    suite: list[ast.stmt] = (
        getattr(node, "body", []) if isinstance(node, (ast.For, ast.If, ast.Try, ast.With)) else []
    )
    found: list[ast.expr] = []
    for statement in suite[: suite.index(child)] if child in suite else ():
        jumps = any(isinstance(each, (ast.Continue, ast.Break, ast.Return)) for each in ast.walk(statement))
        if (
            isinstance(statement, ast.If)
            and not statement.orelse
            and isinstance(statement.body[-1], ast.Continue)
        ):
            found.append(negated(statement.test))
        elif jumps:
            return None
    return found


def negated(test: ast.expr) -> ast.expr:
    """The opposite of a test, with the negation pushed down to its parts."""
    match test:
        case ast.UnaryOp(op=ast.Not(), operand=operand):
            return operand
        case ast.BoolOp(op=op, values=values):
            other = ast.Or() if isinstance(op, ast.And) else ast.And()
            return ast.BoolOp(other, [negated(each) for each in values])
        case ast.Compare(left=left, ops=[op], comparators=comparators) if type(op) in _OPPOSITE:
            return ast.Compare(left, [_OPPOSITE[type(op)]], comparators)
    return ast.UnaryOp(ast.Not(), test)


def _conjuncts(test: ast.expr) -> Iterator[ast.expr]:
    match test:
        case ast.BoolOp(op=ast.And(), values=values):
            for each in values:
                yield from _conjuncts(each)
        case ast.UnaryOp(op=ast.Not(), operand=ast.BoolOp() as operand):
            yield from _conjuncts(negated(operand))
        case _:
            yield test


def _mentions(test: ast.expr, wanted: set[str]) -> bool:
    return any(isinstance(each, ast.Name) and each.id in wanted for each in ast.walk(test))


def _is_presence(test: ast.expr, scope: Scope, names: Names) -> bool:
    """`k in sys.modules`, `sys.modules.get(k)`, `isinstance(k, str)`, `k`: true of every key there is."""
    match test:
        case ast.Name():
            return True
        case ast.Compare(ops=[ast.In()], comparators=[where]):
            return names.resolve(where, scope) == "sys.modules"
        case ast.Call(func=ast.Attribute(value=owner, attr="get")):
            return names.resolve(owner, scope) == "sys.modules"
        case ast.Call(func=ast.Name(id="isinstance")):
            return True
    return False


# -- where the keys come from ------------------------------------------------------------------
def source_tests(
    source: ast.expr, scope: Scope, names: Names, parents: Parents, depth: int = _DEPTH
) -> list[Test] | None:
    """The filters between `sys.modules` and a loop over ``source``; None if it is something else."""
    match source:
        case ast.Call(func=ast.Attribute(value=owner, attr="keys" | "copy"), args=[]):
            return source_tests(owner, scope, names, parents, depth)
        case ast.Call(func=func, args=[argument]) if names.resolve(func, scope) in _COPIES:
            return source_tests(argument, scope, names, parents, depth)
        case ast.Call(func=func, args=[ast.Lambda(args=arguments, body=test), argument]) if (
            names.resolve(func, scope) == "builtins.filter" and len(arguments.args) == 1
        ):
            inner = source_tests(argument, scope, names, parents, depth)
            return None if inner is None else [*inner, (arguments.args[0].arg, test)]
        case ast.List(elts=[ast.Starred(value=argument)]) | ast.Tuple(elts=[ast.Starred(value=argument)]):
            return source_tests(argument, scope, names, parents, depth)
        case (
            ast.ListComp(elt=ast.Name(id=item), generators=[generator])
            | ast.SetComp(elt=ast.Name(id=item), generators=[generator])
            | ast.GeneratorExp(elt=ast.Name(id=item), generators=[generator])
            | ast.DictComp(key=ast.Name(id=item), generators=[generator])
        ):
            return _filtered(item, generator, scope, names, parents, depth)
        case ast.Name() if depth and names.resolve(source, scope) != "sys.modules":
            value = _only_value(source.id, scope, names)
            if isinstance(value, ast.List) and not value.elts:
                return _collected(source.id, scope, names, parents)
            return source_tests(value, scope, names, parents, depth - 1) if value is not None else None
    return [] if names.resolve(source, scope) == "sys.modules" else None


def _filtered(
    item: str, generator: ast.comprehension, scope: Scope, names: Names, parents: Parents, depth: int
) -> list[Test] | None:
    source: ast.expr | None = generator.iter
    if isinstance(generator.target, ast.Tuple):
        source = _keys_of_items(generator.iter, names, scope) if _is_first(generator.target, item) else None
    elif not (isinstance(generator.target, ast.Name) and generator.target.id == item):
        return None
    inner = source_tests(source, scope, names, parents, depth) if source is not None else None
    if inner is None:
        return None
    parts = [part for test in generator.ifs for part in _conjuncts(test)]
    return inner + [(item, part) for part in parts if not _is_presence(part, scope, names)]


def _collected(name: str, scope: Scope, names: Names, parents: Parents) -> list[Test] | None:
    """The filters in front of the one `name.append(k)` that fills a list."""
    home = names.bindings.lookup(name, scope)
    assert home is not None
    filled = [each for each in ast.walk(home.node) if _is_method_of(each, name)]
    match filled:
        case [ast.Call(func=ast.Attribute(attr="append"), args=[ast.Name() as key]) as call]:
            return key_tests(key, call, loop_of(key, call, parents), scope, names, parents)
    return None


def _is_method_of(node: ast.AST, name: str) -> bool:
    match node:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=owner))):
            return owner == name
    return False


def _only_value(name: str, scope: Scope, names: Names) -> ast.expr | None:
    home = names.bindings.lookup(name, scope)
    bindings = home.bindings.get(name, []) if home else []
    if len(bindings) != 1 or not isinstance(bindings[0].statement, (ast.Assign, ast.AnnAssign)):
        return None
    return assigned_value(bindings[0].statement, bindings[0].node)
