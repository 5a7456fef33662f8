"""The scope model against `symtable`, over the standard library, and construct by construct."""

from __future__ import annotations

import ast
import symtable
import sys
import sysconfig
import textwrap
import tokenize
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from flake8_unload.scopes import Bindings, Kind, Scope, bind

STDLIB = Path(sysconfig.get_paths()["stdlib"])
_IMPLICIT = {"__type_params__", "__class__", "__classdict__", "__conditional_annotations__", "__classcell__"}
_NAMES = {"ListComp": "listcomp", "SetComp": "setcomp", "DictComp": "dictcomp", "GeneratorExp": "genexpr"}

Row = tuple[str, int, frozenset[str], frozenset[str], frozenset[str]]


def _theirs(table: symtable.SymbolTable) -> Iterator[Row]:
    kind = str(getattr(table.get_type(), "value", table.get_type()))
    if kind in ("function", "class", "module"):
        symbols = [each for each in table.get_symbols() if not each.get_name().startswith(".")]
        symbols = [each for each in symbols if each.get_name() not in _IMPLICIT]
        local = frozenset(each.get_name() for each in symbols if each.is_local())
        free = frozenset(each.get_name() for each in symbols if each.is_free() and each.is_referenced())
        used = [each for each in symbols if each.is_global() and each.is_referenced()]
        outer = frozenset(each.get_name() for each in used) if kind != "module" else frozenset()
        line = 0 if kind == "module" else table.get_lineno()
        yield table.get_name(), line, local, free, outer
    for child in table.get_children():
        yield from _theirs(child)


def _ours(tree: ast.Module) -> Iterator[Row]:
    bindings = bind(tree)
    reads = _reads(tree, bindings)
    pending = [bindings.module]
    while pending:
        scope = pending.pop()
        pending.extend(scope.children)
        if scope.kind is Kind.TYPE:
            continue
        local = {
            name for name, found in scope.bindings.items() if any(each.block is scope for each in found)
        } | {name for name, found in scope.bindings.items() if scope.kind is not Kind.MODULE and found}
        if scope.kind is Kind.MODULE:
            local |= {name for name, found in scope.bindings.items() if any(_by_comprehension(each.block) for each in found)}
        used = reads.get(scope, set()) - _IMPLICIT
        homes = {name: bindings.lookup(name, scope) for name in used}
        free = {name for name, home in homes.items() if home not in (None, scope, bindings.module)}
        outer = {name for name, home in homes.items() if home in (None, bindings.module)}
        line = getattr(scope.node, "lineno", 0)
        name = _NAMES[scope.name] if scope.kind is Kind.COMPREHENSION else scope.name
        if scope.kind is Kind.MODULE:
            outer = set()
        yield name, line, frozenset(local - _IMPLICIT), frozenset(free), frozenset(outer)


def _by_comprehension(scope: Scope) -> bool:
    return scope.kind is Kind.COMPREHENSION


def _reads(tree: ast.Module, bindings: Bindings) -> dict[Scope, set[str]]:
    """Names read by the code of each scope; the walk is this test's own."""
    found: dict[Scope, set[str]] = {}

    def visit(node: ast.AST, scope: Scope) -> None:
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load):
            name = node.id
            if scope.private and name.startswith("__") and not name.endswith("__"):
                name = f"_{scope.private}{name}"
            found.setdefault(scope, set()).add(name)
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)):
            if getattr(node, "type_params", None):
                return
            inner = bindings.scope_of(node)
            outside: list[ast.AST] = [*node.args.defaults, *(each for each in node.args.kw_defaults if each)]
            if not isinstance(node, ast.Lambda):
                outside += node.decorator_list
            for each in outside:
                visit(each, scope)
            for each in node.body if isinstance(node.body, list) else [node.body]:
                visit(each, inner)
        elif isinstance(node, ast.ClassDef):
            if getattr(node, "type_params", None):
                return
            for each in [*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)]:
                visit(each, scope)
            for each in node.body:
                visit(each, bindings.scope_of(node))
        elif isinstance(node, (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)):
            inner = bindings.scope_of(node)
            visit(node.generators[0].iter, scope)
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.comprehension):
                    for part in [child.target, *child.ifs]:
                        visit(part, inner)
                    if child is not node.generators[0]:
                        visit(child.iter, inner)
                else:
                    visit(child, inner)
        elif isinstance(node, ast.AnnAssign):
            for part in (node.target, node.value):
                if part is not None:
                    visit(part, scope)
        elif type(node).__name__ != "TypeAlias":
            for child in ast.iter_child_nodes(node):
                visit(child, scope)

    visit(tree, bindings.module)
    return found


def differences(source: str) -> tuple[int, list[str]]:
    """The number of names compared, and what differs.

    Annotations are left out on our side, so what `symtable` sees read may be more. From 3.12 on
    it also gives a scope the names of the comprehensions that are inlined into it (PEP 709).
    """
    theirs = list(_theirs(symtable.symtable(source, "x", "exec")))
    ours = list(_ours(ast.parse(source)))
    inlined = frozenset(_inlined_names(ours)) if INLINED else frozenset()
    if INLINED:
        ours = [row for row in ours if row[0] not in ("listcomp", "setcomp", "dictcomp")]
        theirs = [row for row in theirs if row[0] not in ("listcomp", "setcomp", "dictcomp")]
    left: dict[tuple[str, int], list[Row]] = {}
    for row in theirs:
        left.setdefault(row[:2], []).append(row)
    problems = []
    for row in ours:
        match = next((each for each in left.get(row[:2], []) if _agree(row, each, inlined)), None)
        if match is None:
            problems.append(f"{row} {left.get(row[:2])}")
        else:
            left[row[:2]].remove(match)
    problems += [f"missing {row}" for rows in left.values() for row in rows]
    return sum(len(row[2]) + len(row[3]) + len(row[4]) for row in ours), problems


INLINED = sys.version_info >= (3, 12)


def _inlined_names(rows: list[Row]) -> Iterator[str]:
    for name, _, local, _, _ in rows:
        if name in ("listcomp", "setcomp", "dictcomp"):
            yield from local


def _agree(ours: Row, theirs: Row, inlined: frozenset[str]) -> bool:
    same = ours[2] <= theirs[2] and theirs[2] - ours[2] <= inlined
    return same and ours[3] <= theirs[3] and ours[4] <= theirs[4]


def _library(step: int) -> Iterator[tuple[Path, str]]:
    for path in sorted(STDLIB.rglob("*.py"))[::step]:
        if "site-packages" in path.parts:
            continue
        try:
            with tokenize.open(path) as stream:
                source = stream.read()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(source, str(path), "exec")
        except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError, MemoryError):
            continue
        yield path, source


def _compare_library(step: int) -> int:
    total = 0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for path, source in _library(step):
            try:
                names, problems = differences(source)
            except RecursionError:  # this test's own walk, not the model's
                bind(ast.parse(source))
                continue
            assert problems == [], path
            total += names
    return total


def test_agrees_with_symtable_on_part_of_the_library() -> None:
    assert _compare_library(13) > 10_000


@pytest.mark.slow
def test_agrees_with_symtable_on_the_whole_library() -> None:
    assert _compare_library(1) > 200_000


CONSTRUCTS = {
    "walrus in a comprehension": "def f(a):\n    return [y := x for x in a], y\n",
    "comprehension over an outer name": "def f(x):\n    return [x for x in x]\n",
    "class scope is skipped": "x = 1\nclass C:\n    x = 2\n    def f(self):\n        return x\n",
    "class body comprehension": "class C:\n    a = [1]\n    b = [x for x in a]\n",
    "global": "def f():\n    global x\n    x = 1\ndef g():\n    return x\n",
    "nonlocal bound later": "def f():\n    def g():\n        nonlocal x\n        x = 1\n    x = 0\n    return g\n",
    "delete makes local": "def f():\n    del x\n",
    "handler": "try:\n    pass\nexcept E as e:\n    e\n",
    "match": "match a:\n    case {'k': v, **rest}:\n        pass\n    case [x, *y] | C(z=(x, *y)):\n        pass\n    case w:\n        pass\n",
    "private names": "class C:\n    __x = 1\n    def f(self):\n        __y = 2\n        return __y, __x\n",
    "private names of an underscore class": "class __C:\n    __x = 1\n",
    "imports": "import a.b, c.d as e\nfrom m import f as g, h\n",
    "lambda default": "def f(x):\n    return lambda y=x, *z, w: (x, y, z, w)\n",
    "async": "async def f():\n    async with a as b:\n        async for c in b:\n            yield [d async for d in c]\n",
    "decorators see the outer scope": "def f(d):\n    @d\n    def g(d=d): return d\n    return g\n",
}


@pytest.mark.parametrize("source", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_constructs_agree_with_symtable(source: str) -> None:
    names, problems = differences(source)
    assert names and problems == []


@pytest.mark.skipif(not hasattr(ast, "TypeAlias"), reason="PEP 695 came with Python 3.12")
def test_type_parameters_are_seen_by_body_bases_and_annotations() -> None:
    source = textwrap.dedent("""
        class C[T](list[T]):
            def f[S](self, x: S) -> T: return T, S
        type X[U] = list[U]
    """)
    bindings = bind(ast.parse(source))
    (inner,) = [each for each in ast.walk(bindings.module.node) if isinstance(each, ast.FunctionDef)]
    body = bindings.scope_of(inner)
    for name in ("T", "S"):
        home = bindings.lookup(name, body)
        assert home is not None and home.kind is Kind.TYPE
    assert bindings.lookup("U", body) is None
    assert set(bindings.module.bindings) == {"C", "X"}


def test_deep_sums_and_long_elif_chains() -> None:
    chain = "if a:\n    x = 0\n" + "".join(f"elif a == {n}:\n    x = {n}\n" for n in range(300))
    assert len(bind(ast.parse(chain)).module.bindings["x"]) == 301
    tree: ast.expr = ast.Name("a", ast.Load())
    for _ in range(20_000):
        tree = ast.BinOp(tree, ast.Add(), ast.Name("b", ast.Load()))
    statement = ast.Assign([ast.Name("x", ast.Store())], tree)
    assert set(bind(ast.Module([statement], [])).module.bindings) == {"x"}
