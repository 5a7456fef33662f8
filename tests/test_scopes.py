"""The scope model against `symtable`, over the standard library, and construct by construct."""

from __future__ import annotations

import ast
import symtable
import sys
import sysconfig
import tokenize
import warnings
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from flake8_unload.binder import bind
from flake8_unload.scopes import Bindings, Kind, Scope, mangled

STDLIB = Path(sysconfig.get_paths()["stdlib"])
INLINED = sys.version_info >= (3, 12)  # PEP 709: `symtable` merges such comprehensions into the scope around
GENERIC = pytest.mark.skipif(sys.version_info < (3, 12), reason="PEP 695 came with Python 3.12")
_COMPREHENSIONS = {
    "ListComp": "listcomp",
    "SetComp": "setcomp",
    "DictComp": "dictcomp",
    "GeneratorExp": "genexpr",
}
_LABELS = {Kind.MODULE: "module", Kind.CLASS: "class", Kind.TYPE: "type"}
_IMPLICIT = {"__class__", "__classdict__", "__type_params__"}  # names that no source spells

Path_ = tuple[tuple[str, str, int], ...]


class Row(NamedTuple):
    """A scope by its path of (kind, name, line), and its names as `symtable` sorts them."""

    path: Path_
    local: frozenset[str]
    free: frozenset[str]
    outer: frozenset[str]


def _theirs(table: symtable.SymbolTable, above: Path_ = ()) -> Iterator[Row]:
    kind = str(getattr(table.get_type(), "value", table.get_type()))
    kind = kind if kind in ("module", "class", "function") else "type"
    path = (*above, (kind, table.get_name(), 0 if kind == "module" else table.get_lineno()))
    symbols = [each for each in table.get_symbols() if each.get_name()[0] != "."]
    local = {each.get_name() for each in symbols if each.is_local()}
    free = {each.get_name() for each in symbols if each.is_free()}
    outer = {each.get_name() for each in symbols if each.is_global()} - local
    yield Row(path, *(frozenset(each - _IMPLICIT) for each in (local, free, outer)))
    for child in table.get_children():
        yield from _theirs(child, path)


def _reads(tree: ast.Module, bindings: Bindings) -> dict[Scope, set[str]]:
    """The names that the code of each scope reads; the walk is this test's own.

    Annotations under the future import are strings to `symtable`: it shows nothing of what they hold.
    """
    futures = [each for each in tree.body if isinstance(each, ast.ImportFrom) and each.module == "__future__"]
    strings = any(alias.name == "annotations" for each in futures for alias in each.names)
    found: dict[Scope, set[str]] = {bindings.module: set()}
    pending: list[tuple[Any, Scope]] = [(each, bindings.module) for each in tree.body]
    while pending:
        node, scope = pending.pop()
        found.setdefault(scope, set())
        kind = type(node).__name__
        parts = dict.fromkeys(ast.iter_child_nodes(node), scope)
        if kind == "Name" and isinstance(node.ctx, ast.Load):
            found[scope].add(mangled(node.id, scope.private))
        elif kind == "AnnAssign" and strings:
            del parts[node.annotation]
        elif kind in _COMPREHENSIONS:
            parts = dict.fromkeys(parts, bindings.scope_of(node))
            first = node.generators[0]
            del parts[first]
            parts |= dict.fromkeys((first.target, *first.ifs), bindings.scope_of(node)) | {first.iter: scope}
        elif kind in ("FunctionDef", "AsyncFunctionDef", "Lambda"):
            inner = bindings.scope_of(node)
            found.setdefault(inner, set())
            arguments = parts_of(node.args, ast.arg)
            annotations = [each.annotation for each in arguments] + [getattr(node, "returns", None)]
            around = dict.fromkeys([*annotations, *getattr(node, "type_params", [])], inner.parent)
            if strings:
                around = dict.fromkeys(getattr(node, "type_params", []), inner.parent)
            defaults = [*node.args.defaults, *node.args.kw_defaults, *getattr(node, "decorator_list", [])]
            body = dict.fromkeys(node.body if kind != "Lambda" else [node.body], inner)
            parts = {
                each: at
                for each, at in (around | dict.fromkeys(defaults, scope) | body).items()
                if each and at
            }
        elif kind == "ClassDef":
            inner = bindings.scope_of(node)
            assert inner.parent is not None
            parts = dict.fromkeys(parts, inner.parent) | dict.fromkeys(node.decorator_list, scope)
            parts |= dict.fromkeys(node.body, inner)
        elif kind == "TypeAlias":
            outer = _made_by(node, scope)[0]
            inner = _made_by(node, outer)[0] if node.type_params else outer
            parts = dict.fromkeys(node.type_params, outer) | {node.value: inner}
        elif kind in ("TypeVar", "ParamSpec", "TypeVarTuple"):
            parts = dict(zip(parts, _made_by(node, scope), strict=True))
        pending += parts.items()
    return found


def parts_of(node: ast.AST, kind: type[ast.AST]) -> list[Any]:
    return [each for each in ast.iter_child_nodes(node) if isinstance(each, kind)]


def _made_by(node: ast.AST, scope: Scope) -> list[Scope]:
    return [each for each in scope.children if each.node is node]


def _ours(tree: ast.Module) -> Iterator[Row]:
    bindings = bind(tree)
    module = bindings.module
    reads = _reads(tree, bindings)
    scopes = [module]
    for scope in scopes:
        scopes += [child for child in scope.children if child in reads]
    assert len(scopes) == len(reads)
    touched = {scope: reads[scope] | scope.globals | scope.nonlocals for scope in scopes}
    for scope in scopes:
        touched[module] |= scope.globals
        for name, found in scope.bindings.items():
            for each in found:
                assert each.scope is scope and each.name == name
                touched.get(each.block, set()).add(name)
                touched[scope].add(name)
    # From the leaves up, as `symtable` does: names that only pass through a scope are free in it too.
    sorts: dict[Scope, tuple[set[str], set[str], set[str]]] = {}
    gone: set[Scope] = set()
    for scope in reversed(scopes):
        names = touched[scope] - _IMPLICIT
        local = {name for name in names if any(_here(scope, each) for each in scope.bindings.get(name, []))}
        homes = {name: bindings.lookup(name, scope) for name in names - local}
        # A class that a type scope sees is asked at run time, and counts as global.
        free = {
            name for name, home in homes.items() if home not in (None, module) and home.kind is not Kind.CLASS
        }
        outer = set(homes) - free
        for child in (each for each in scope.children if each in sorts):
            if _inlined(child):
                gone.add(child)
                known = local | free | outer
                for mine, its in zip((local, free, outer), sorts[child], strict=True):
                    mine |= its - known
        known = local | free | outer
        free |= {name for child in scope.children if child in sorts for name in sorts[child][1]} - known
        sorts[scope] = local, free, outer
    paths: dict[Scope | None, Path_] = {None: ()}
    for scope in scopes:
        paths[scope] = paths[scope.parent] if scope in gone else (*paths[scope.parent], _label(scope))
        if scope not in gone:
            yield Row(paths[scope], *(frozenset(each) for each in sorts[scope]))


def _here(scope: Scope, binding: Any) -> bool:
    """`symtable` calls a global local to the module only if the module's own code binds it."""
    return scope.kind is not Kind.MODULE or binding.block is scope


def _label(scope: Scope) -> tuple[str, str, int]:
    return (
        _LABELS.get(scope.kind, "function"),
        _COMPREHENSIONS[scope.name] if scope.kind is Kind.COMPREHENSION else scope.name,
        getattr(scope.node, "lineno", 0),
    )


def _inlined(scope: Scope) -> bool:
    if not INLINED or scope.kind is not Kind.COMPREHENSION or isinstance(scope.node, ast.GeneratorExp):
        return False
    at = scope.parent
    if at is None or at.kind is not Kind.TYPE:
        return True
    while at is not None and at.kind is Kind.TYPE:
        at = at.parent
    return at is None or at.kind is not Kind.CLASS  # a type scope in a class keeps them


def differences(source: str) -> tuple[int, list[str]]:
    """The number of names compared, and what differs."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        theirs = Counter(_theirs(symtable.symtable(source, "x", "exec")))
        ours = Counter(_ours(ast.parse(source)))
    problems = [f"only here: {row}" for row in ours - theirs] + [
        f"only there: {row}" for row in theirs - ours
    ]
    return sum(len(names) for row in theirs.elements() for names in row[1:]), problems


def compare_library(step: int) -> tuple[int, int, list[str]]:
    """Files and names compared, and what differs, with its file."""
    files = total = 0
    every: list[str] = []
    paths = [path for path in sorted(STDLIB.rglob("*.py")) if "site-packages" not in path.parts]
    for path in paths[::step]:
        try:
            with tokenize.open(path) as stream:
                source = stream.read()
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                compile(source, str(path), "exec", dont_inherit=True)
        except (SyntaxError, ValueError):  # test data that is not Python, or of another encoding
            continue
        names, problems = differences(source)
        every += [f"{path}: {each}" for each in problems]
        files, total = files + 1, total + names
    return files, total, every


def test_agrees_with_symtable_on_part_of_the_library() -> None:
    files, names, problems = compare_library(10)
    assert problems == []
    assert files > 150 and names > 25_000


@pytest.mark.slow
def test_agrees_with_symtable_on_the_whole_library() -> None:
    files, names, problems = compare_library(1)
    assert problems == []
    assert files > 1_500 and names > 350_000


def _titled(text: str) -> dict[str, str]:
    return {title: body for title, _, body in (each.partition("\n") for each in text.split("# ")[1:])}


CONSTRUCTS = _titled("""
# walrus in comprehensions
def f(a):
    return [[y := x for x in b] for b in a], y
[z := 1 for _ in z]
# walrus under global
def f(a):
    global y
    return [y := x for x in a]
# walrus under nonlocal
def f(y):
    def g(a):
        nonlocal y
        return [y := x for x in a]
# walrus in a lambda
def f(a):
    return [lambda: (y := x) for x in a]
# comprehension over an outer name
def f(x):
    return [x for x in x for y in x if y]
# comprehension in a class
class C:
    a = [1]
    b = [a for x in a for y in a]
# class scope is skipped
x = 1
class C:
    x = 2
    def f(self):
        return x
# global of a class is its own
def f(x):
    class C:
        global x
        x = 2
        def g(): return x
# global hides an outer name
def f(x):
    def g():
        global x
        def h(): return x
# nonlocal bound later
def f():
    def g():
        nonlocal x
        x = 1
    x = 0
    return g
# nonlocal past a class
def f(x):
    class C:
        x = 1
        def g():
            nonlocal x
            x = 2
# walrus and lambda among bases
class C((b := object), m=lambda: b): pass
# nonlocal of a class
def f():
    class C:
        nonlocal x
        x = 1
    x = 0
# nonlocal through nonlocal
def f(x):
    def g():
        nonlocal x
        def h():
            nonlocal x
            x = 1
# nonlocal bound by a walrus
def f(a):
    def g():
        nonlocal x
        x = 1
    [x := b for b in a]
# delete makes local
def f():
    del x
    def g(): return x
# handler
def f():
    try: pass
    except E as e: e
    else: a = 1
    finally: b = 1
# match
def f(a):
    match a:
        case {'k': v, **r} if v: o = r
        case [p, *q] | C(z=(p, *q)): pass
        case x.y | None: pass
        case w: pass
# targets
def f(a):
    for b, (c, *d) in a: pass
    with a as (e, g), h as i.j, k as l[m]: pass
    n[o] = p.q = r
    s += 1
# annotated
def f():
    x: int
    (y): int
    (z): int = 1
    a.b: c = 1
# future annotations
from __future__ import annotations
def f(a: b = c) -> [d for d in e]:
    x: g = 1
# private names
class _C:
    import __a.b, __c__
    __x = 1
    def f(self, __p):
        global __g
        __g = __y = 2
        return __y, __x
# private names of an underscore class
class __:
    __x = 1
# imports
def f():
    import a.b, c.d as e
    from m import g as h, i
# lambda
def f(x):
    return lambda y=x, /, *z, w=v, **k: (x, y, z, w, k)
# async
async def f():
    async with a as b:
        async for c in b:
            yield [d async for d in c]
# defaults, decorators, bases
def f(d):
    @d
    def g(d: d = d, *a: d) -> d: return d
    @d
    class d(d, m=d): pass
""")
GENERICS = _titled("""
# function
class A:
    B = 1
    def f[T: B, *Ts, **P](self, x: T = B, *a: *Ts) -> B:
        return T, B
# class
class A[T](list[T], k=T):
    T2 = T
    class B[U: T2](T2): x = U, T
    def f(self): return T, T2
# alias
def f(a):
    type X[T: a] = dict[T, a, X]
    type Y = Y | g
# private
class C[__T](list[__T]):
    def f[__U](self, x: __U): return __T, __U
# global of a class
def f(x):
    class C:
        global x
        type Y = x
""")


@pytest.mark.parametrize("source", CONSTRUCTS.values(), ids=CONSTRUCTS)
def test_constructs_agree_with_symtable(source: str) -> None:
    names, problems = differences(source)
    assert names and problems == []


@GENERIC
@pytest.mark.parametrize("source", GENERICS.values(), ids=GENERICS)
def test_type_parameters_agree_with_symtable(source: str) -> None:
    names, problems = differences(source)
    assert names and problems == []


@pytest.mark.skipif(sys.version_info < (3, 13), reason="PEP 696 came with Python 3.13")
def test_type_parameter_defaults_agree_with_symtable() -> None:
    source = "class A:\n    B = 1\n    def f[T: B = B, *U = *B, **P = [B]](self, x: T): return T\n"
    source += "    type X[V = B] = [V for _ in B]\n"
    assert differences(source)[1] == []


def test_the_comparison_sees_a_wrong_model(monkeypatch: pytest.MonkeyPatch) -> None:
    source = "def f(x):\n    def g(): return x\n"
    monkeypatch.setattr(Bindings, "lookup", lambda self, name, scope: self.module)
    assert differences(source)[1] != []


def _function(bindings: Bindings, name: str) -> Scope:
    nodes = [each for each in ast.walk(bindings.module.node) if getattr(each, "name", None) == name]
    return bindings.scope_of(nodes[0])


@GENERIC
def test_type_scopes_see_the_class_around_them_and_methods_do_not() -> None:
    bindings = bind(ast.parse("class C[T]:\n    x = 1\n    def f[U](self, a: x): return x\n"))
    body, home = _function(bindings, "f"), _function(bindings, "C")
    assert body.parent is not None and body.parent.kind is Kind.TYPE
    assert bindings.lookup("x", body.parent) is home
    assert bindings.lookup("x", body) is None
    assert bindings.lookup("T", body) is home.parent
    assert bindings.lookup("U", home) is None


def test_a_walrus_belongs_to_the_function_and_is_done_by_the_comprehension() -> None:
    bindings = bind(ast.parse("def f(a):\n    b = [y := x for x in a]\n"))
    scope = _function(bindings, "f")
    (binding,) = scope.bindings["y"]
    assert isinstance(binding.node, ast.Name) and isinstance(binding.statement, ast.Assign)
    assert binding.scope is scope and binding.block is scope.children[0]
    assert binding.block.kind is Kind.COMPREHENSION


def test_nonlocal_leads_past_a_class() -> None:
    bindings = bind(ast.parse(CONSTRUCTS["nonlocal past a class"]))
    outer, inner = _function(bindings, "f"), _function(bindings, "g")
    assert [each.block for each in outer.bindings["x"]] == [outer, inner]
    assert len(_function(bindings, "C").bindings["x"]) == 1


def test_bindings_from_other_scopes_are_in_source_order() -> None:
    bindings = bind(
        ast.parse("x = 1\ndef f():\n    global x\n    x = 2\nx = 3\n[x := 4 for _ in a]\ndel x\n")
    )
    found = bindings.module.bindings["x"]
    assert [getattr(each.node, "lineno", 0) for each in found] == [1, 4, 5, 6, 7]
    assert [each.block.kind for each in found[1:4]] == [Kind.FUNCTION, Kind.MODULE, Kind.COMPREHENSION]
    assert {each.scope for each in found} == {bindings.module}


def test_nodes_and_statements_of_bindings() -> None:
    source = "import a.b, c.d as e\nfrom m import g as h\nfrom n import *\n"
    source += "try:\n    i = 1\nexcept E as j:\n    k = 1\n"
    source += "match a:\n    case 1:\n        l = 1\n    case [*m] if (n := m): pass\n"
    source += "def o(p): pass\nfor q in a: pass\n"
    module = bind(ast.parse(source)).module
    shown = {
        name: (type(each.node).__name__, type(each.statement).__name__)
        for name, [each] in module.bindings.items()
    }
    assert shown == {
        "a": ("alias", "Import"),
        "e": ("alias", "Import"),
        "h": ("alias", "ImportFrom"),
        "i": ("Name", "Assign"),
        "j": ("ExceptHandler", "Try"),
        "k": ("Name", "Assign"),
        "l": ("Name", "Assign"),
        "m": ("MatchStar", "Match"),
        "n": ("Name", "Match"),
        "o": ("FunctionDef", "FunctionDef"),
        "q": ("Name", "For"),
    }
    assert [each.module for each in module.star_imports] == ["n"]
    (parameter,) = module.children[0].bindings["p"]
    assert isinstance(parameter.node, ast.arg) and parameter.statement is None


def test_private_names_are_mangled_in_keys_and_lookups() -> None:
    bindings = bind(ast.parse("class _C:\n    __x = 1\n    def f(self):\n        return __x\n"))
    scope = _function(bindings, "_C")
    assert set(scope.bindings) == {"_C__x", "f"}
    assert bindings.lookup("__x", scope) is scope


def _sum(terms: int) -> ast.expr:
    tree: ast.expr = ast.NamedExpr(ast.Name("first", ast.Store()), ast.Constant(1))
    for _ in range(terms):
        tree = ast.BinOp(tree, ast.Add(), ast.Name("b", ast.Load()))
    return tree


def _elifs(count: int) -> ast.stmt:
    chain: list[ast.stmt] = []
    for _ in range(count):
        test = ast.NamedExpr(ast.Name("y", ast.Store()), ast.Name("a", ast.Load()))
        chain = [ast.If(test, [ast.Assign([ast.Name("x", ast.Store())], ast.Constant(0))], chain)]
    return chain[0]


def test_deep_sums_and_long_elif_chains() -> None:
    """Trees made by hand: some Pythons cannot parse what others can."""
    statement = ast.Assign([ast.Name("x", ast.Store())], _sum(20_000))
    assert set(bind(ast.Module([statement], [])).module.bindings) == {"x", "first"}
    found = bind(ast.Module([_elifs(5_000)], [])).module.bindings
    assert {name: len(each) for name, each in found.items()} == {"x": 5_000, "y": 5_000}
    function = ast.parse("def f(): pass").body[0]
    for _ in range(3_000):
        outer = ast.parse("def f(): pass").body[0]
        assert isinstance(outer, ast.FunctionDef)
        outer.body, function = [function], outer
    deepest = bindings = bind(ast.Module([function], []))
    assert deepest.module.children and bindings.lookup("f", bindings.module) is bindings.module
