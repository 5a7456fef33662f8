"""Which entries a removal removes: literal keys, loops over literals, and loops over a prefix.

Knows expressions, neither order nor rules.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

from flake8_unload.events import Keys, Round
from flake8_unload.names import Names
from flake8_unload.rounds import Parents, conditions, key_tests, loop_of, source_tests
from flake8_unload.scopes import Scope


def removal_keys(
    key: ast.expr | None, node: ast.AST, scope: Scope, names: Names, parents: Parents
) -> tuple[Keys, Round | None]:
    """The keys of a removal at ``node``, and the loop that supplies them if one does."""
    if key is None:
        return Keys(), None
    if taken := _taken_keys(key, node, scope, names, parents):
        return Keys(taken, known=True), None
    loop = loop_of(key, node, parents)
    texts = tuple(dict.fromkeys(_texts(key, loop, scope, names)))
    tests = conditions(key, node, loop, parents, scope, names) if loop is not None else []
    if texts:
        return Keys(texts, known=tests == []), loop
    of_key = key_tests(key, node, loop, scope, names, parents)
    if of_key is None or len(of_key) != 1:
        return Keys(), loop
    found = prefix_test(of_key[0][1], of_key[0][0], scope, names)
    return (Keys(*found, known=True) if found else Keys()), loop


def mapped_keys(source: ast.expr, scope: Scope, names: Names, parents: Parents) -> Keys:
    """The keys that `map` takes from ``source``: literal ones, or those of a filter over `sys.modules`."""
    items = names.items(source, scope)
    if texts := _known([names.text(each, scope) for each in items]):
        return Keys(texts, known=True)
    tests = source_tests(source, scope, names, parents)
    found = prefix_test(tests[0][1], tests[0][0], scope, names) if tests and len(tests) == 1 else None
    return Keys(*found, known=True) if found else Keys()


def _taken_keys(
    key: ast.expr, node: ast.AST, scope: Scope, names: Names, parents: Parents
) -> tuple[str, ...]:
    """The keys of `while keys: sys.modules.pop(keys.pop())`, where nothing else touches the list."""
    match key:
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="pop" | "popleft")):
            loop = parents.get(_statement(node, parents))
            match loop:
                case ast.While(test=ast.Name(id=tested), body=[_], orelse=[]) if tested == name:
                    home = names.bindings.lookup(name, scope)
                    uses = [each for each in ast.walk(home.node) if _is_read(each, name)] if home else []
                    items = names.items(loop.test, scope) if len(uses) == 2 else []
                    return _known([names.text(each, scope) for each in items])
    return ()


def _is_read(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)


def _statement(node: ast.AST, parents: Parents) -> ast.AST:
    while node in parents and not isinstance(node, ast.stmt):
        node = parents[node]
    return node


def _texts(key: ast.expr, loop: Round | None, scope: Scope, names: Names) -> Iterator[str]:
    """The literal keys, one after the other."""
    name = key.value if isinstance(key, ast.Attribute) and key.attr == "__name__" else key
    if loop is None or not isinstance(name, ast.Name):
        yield from names.texts(key, scope)
        return
    for item in names.items(loop.iter, scope):
        part = _part(loop.target, item, name.id)
        if part is not None and name is key:
            yield from names.texts(part, scope)
        elif part is not None and (module := names.resolve(part, scope)):
            yield module


def _part(target: ast.expr, item: ast.expr, name: str) -> ast.expr | None:
    """What ``name`` becomes in the round of ``item``, pairwise through tuples."""
    if isinstance(target, ast.Name):
        return item if target.id == name else None
    if isinstance(target, (ast.Tuple, ast.List)) and isinstance(item, (ast.Tuple, ast.List)):
        for part, value in zip(target.elts, item.elts, strict=False):
            if isinstance(part, ast.Name) and part.id == name:
                return value
    return None


# -- what a test on a key accepts --------------------------------------------------------------
Accepted = tuple[tuple[str, ...], tuple[str, ...]]
"""Exact keys, and prefixes that end with a dot."""


def prefix_test(test: ast.expr, name: str, scope: Scope, names: Names) -> Accepted | None:
    """The keys that ``test`` on the key ``name`` accepts, or None if it says other things.

    A prefix without its dot is given with one, as far as the modules of that package go.
    """
    match test:
        case ast.BoolOp(op=ast.Or(), values=values):
            parts = [prefix_test(each, name, scope, names) for each in values]
            known = [part for part in parts if part is not None]
            return _joined(known) if len(known) == len(parts) else None
        case ast.Compare(left=left, ops=[ast.Eq() | ast.In() as op], comparators=[right]):
            items = [right] if isinstance(op, ast.Eq) else names.items(right, scope)
            texts = _known([names.text(each, scope) for each in items])
            if texts and isinstance(left, ast.Name) and left.id == name:
                return texts, ()
            if texts and _is_top(left, name):
                return texts, tuple(text + "." for text in texts)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=left), attr="startswith"), args=[argument]) if (
            left == name
        ):
            arguments = (
                argument.elts
                if isinstance(argument, ast.Tuple)
                else names.items(argument, scope) or [argument]
            )
            return _prefixes(_known([names.text(each, scope) for each in arguments]))
        case ast.Call(func=ast.Name(id="any"), args=[ast.GeneratorExp(elt=inner, generators=[generator])]):
            return _any(inner, generator, name, scope, names)
    return None


def _any(
    inner: ast.expr, generator: ast.comprehension, name: str, scope: Scope, names: Names
) -> Accepted | None:
    """`any(k == p or k.startswith(p + ".") for p in ("a", "b"))`."""
    items = names.items(generator.iter, scope)
    if generator.ifs or not isinstance(generator.target, ast.Name) or not items:
        return None
    found = []
    for item in items:
        part = prefix_test(_Put(generator.target.id, item).visit(_copied(inner)), name, scope, names)
        if part is None:
            return None
        found.append(part)
    return _joined(found)


class _Put(ast.NodeTransformer):
    """Replaces a name by an expression."""

    def __init__(self, name: str, value: ast.expr) -> None:
        self.name = name
        self.value = value

    def visit_Name(self, node: ast.Name) -> ast.expr:
        return self.value if node.id == self.name else node


def _copied(test: ast.expr) -> ast.expr:
    return ast.parse(ast.unparse(test), mode="eval").body


def _is_top(part: ast.expr, name: str) -> bool:
    """`name.split(".")[0]` and `name.partition(".")[0]`."""
    match part:
        case ast.Subscript(
            value=ast.Call(
                func=ast.Attribute(value=ast.Name(id=left), attr="split" | "partition"), args=[dot, *_]
            ),
            slice=ast.Constant(value=0),
        ):
            return left == name and isinstance(dot, ast.Constant) and dot.value == "."
    return False


def _prefixes(texts: tuple[str, ...]) -> Accepted | None:
    if not texts:
        return None
    exact = tuple(text for text in texts if not text.endswith("."))
    return exact, tuple(text if text.endswith(".") else text + "." for text in texts)


def _known(texts: list[str | None]) -> tuple[str, ...]:
    """All of them, or none where one is not known."""
    return tuple(text for text in texts if text) if all(texts) else ()


def _joined(parts: Iterable[Accepted]) -> Accepted:
    every = list(parts)
    exact = dict.fromkeys(each for part in every for each in part[0])
    return tuple(exact), tuple(dict.fromkeys(each for part in every for each in part[1]))
