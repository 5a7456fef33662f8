"""Which entries a removal removes: literal keys, loops over literals, and loops over a prefix."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping

from flake8_unload.events import Keys
from flake8_unload.names import Names, assigned_value
from flake8_unload.scopes import Binding, Scope

_COPIES = frozenset({"builtins.list", "builtins.tuple", "builtins.sorted", "builtins.set", "builtins.dict"})
Parents = Mapping[ast.AST, ast.AST]


def removal_keys(
    key: ast.expr | None, node: ast.AST, scope: Scope, names: Names, parents: Parents
) -> tuple[Keys, ast.For | None]:
    """The keys of a removal at ``node``, and the loop that supplies them if one does."""
    if key is None:
        return Keys(), None
    loop = _loop_of(key, scope, names)
    texts = tuple(dict.fromkeys(names.texts(key, scope)))
    if texts:
        certain = loop is None or not _conditions(loop, node, parents)
        return Keys(texts, known=certain), loop
    if loop is None or not isinstance(key, ast.Name):
        return Keys(), loop
    tests = _source_tests(loop.iter, key.id, scope, names)
    if tests is None:
        return Keys(), loop
    tests = tests + [(key.id, test) for test in _conditions(loop, node, parents)]
    if len(tests) != 1:
        return Keys(), loop
    found = prefix_test(tests[0][1], tests[0][0], scope, names)
    return (Keys(*found, known=True) if found else Keys()), loop


def _loop_of(key: ast.expr, scope: Scope, names: Names) -> ast.For | None:
    if not isinstance(key, ast.Name):
        return None
    binding = _only_binding(key.id, scope, names)
    return binding.statement if binding and isinstance(binding.statement, ast.For) else None


def _only_binding(name: str, scope: Scope, names: Names) -> Binding | None:
    home = names.bindings.lookup(name, scope)
    bindings = home.bindings.get(name, []) if home else []
    return bindings[0] if len(bindings) == 1 else None


def _conditions(loop: ast.For, node: ast.AST, parents: Parents) -> list[ast.expr]:
    """The tests that the removal stands under inside its loop; an `else` counts as unknown test."""
    found: list[ast.expr] = []
    while node is not loop and node in parents:
        child, node = node, parents[node]
        if isinstance(node, ast.If):
            found.append(node.test if child in node.body else ast.Constant(value=None))
        elif isinstance(node, (ast.Try, ast.While, ast.IfExp, ast.BoolOp)) and node is not loop:
            found.append(ast.Constant(value=None))
    body = loop.body
    if any(isinstance(each, ast.If) and _skips(each) for each in body):
        found.append(ast.Constant(value=None))
    return found


def _skips(node: ast.If) -> bool:
    return any(isinstance(each, (ast.Continue, ast.Break, ast.Return)) for each in node.body)


def _source_tests(
    source: ast.expr, name: str, scope: Scope, names: Names, depth: int = 4
) -> list[tuple[str, ast.expr]] | None:
    """The filters between `sys.modules` and a loop over ``source``; None if it is something else."""
    match source:
        case ast.Call(func=ast.Attribute(value=owner, attr="keys" | "copy"), args=[]):
            return _source_tests(owner, name, scope, names, depth)
        case ast.Call(func=func, args=[argument]) if names.resolve(func, scope) in _COPIES:
            return _source_tests(argument, name, scope, names, depth)
        case (
            ast.ListComp(elt=ast.Name(id=item), generators=[generator])
            | ast.SetComp(elt=ast.Name(id=item), generators=[generator])
            | ast.GeneratorExp(elt=ast.Name(id=item), generators=[generator])
        ):
            inner = _source_tests(generator.iter, item, scope, names, depth)
            if inner is None or not (isinstance(generator.target, ast.Name) and generator.target.id == item):
                return None
            return inner + [(item, test) for test in generator.ifs]
        case ast.Name() if depth:
            if names.resolve(source, scope) == "sys.modules":
                return []
            binding = _only_binding(source.id, scope, names)
            if binding and isinstance(binding.statement, (ast.Assign, ast.AnnAssign)):
                value = assigned_value(binding.statement, binding.node)
                return _source_tests(value, name, scope, names, depth - 1) if value is not None else None
            return None
        case ast.Attribute() if names.resolve(source, scope) == "sys.modules":
            return []
    return None


def prefix_test(
    test: ast.expr, name: str, scope: Scope, names: Names
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """The exact keys and prefixes that ``test`` on the key ``name`` accepts, or None if it says other things.

    A prefix without its dot is given with one, as far as the modules of that package go.
    """
    match test:
        case ast.BoolOp(op=ast.Or(), values=values):
            parts = [prefix_test(each, name, scope, names) for each in values]
            if any(part is None for part in parts):
                return None
            return _flat(part[0] for part in parts if part), _flat(part[1] for part in parts if part)
        case ast.Compare(left=ast.Name(id=left), ops=[ast.Eq()], comparators=[right]) if left == name:
            text = names.text(right, scope)
            return ((text,), ()) if text else None
        case ast.Compare(left=ast.Name(id=left), ops=[ast.In()], comparators=[right]) if left == name:
            texts = [names.text(item, scope) for item in names.items(right, scope)]
            return (tuple(each for each in texts if each), ()) if texts and all(texts) else None
        case ast.Compare(left=ast.Subscript(value=ast.Call(func=ast.Attribute(value=ast.Name(id=left), attr=attr))) as part):
            if left == name and attr in ("split", "partition") and _is_zero(part.slice):
                text = names.text(test.comparators[0], scope) if isinstance(test.ops[0], ast.Eq) else None
                return ((text,), (text + ".",)) if text else None
        case ast.Call(func=ast.Attribute(value=ast.Name(id=left), attr="startswith"), args=[argument]) if left == name:
            return _prefixes([argument] if not isinstance(argument, ast.Tuple) else argument.elts, scope, names)
    return None


def _prefixes(
    arguments: list[ast.expr], scope: Scope, names: Names
) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    texts = [names.text(each, scope) for each in arguments]
    known = [text for text in texts if text]
    if len(known) != len(texts):
        return None
    exact = tuple(text for text in known if not text.endswith("."))
    return exact, tuple(text if text.endswith(".") else text + "." for text in known)


def _is_zero(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value == 0


def _flat(groups: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each for group in groups for each in group))
