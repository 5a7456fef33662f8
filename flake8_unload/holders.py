"""What keeps a resource that import time opens: a name, a class body, a default, a container, nothing."""

from __future__ import annotations

import ast

from flake8_unload import events as ev
from flake8_unload.lifecycle import File
from flake8_unload.scopes import Kind, Scope

WRAPPERS = frozenset(
    """
    logging.StreamHandler csv.reader csv.writer csv.DictReader csv.DictWriter io.TextIOWrapper
    io.BufferedReader io.BufferedWriter""".split()
)
"""What holds the file that it is given, and no more than that."""

_HOLDS_ON = "cursor"  # the cursor of a connection holds it
_PARTS = frozenset({"get_database", "get_collection", "get_default_database"})
_CONTAINERS = (ast.List, ast.Tuple, ast.Dict, ast.Set, ast.DictComp, ast.ListComp, ast.SetComp)
_DECORATED = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_PUTS = frozenset({"append", "add", "insert", "setdefault", "appendleft"})
_OPENS_ITSELF = frozenset(
    """
    momoko.Pool().connect kazoo.client.KazooClient().start
    multiprocessing.managers.SyncManager().start multiprocessing.managers.BaseManager().start
    multiprocessing.managers.SharedMemoryManager().start""".split()
)
Holder = tuple[str, ev.Var | None]


def holder_of(call: ev.Call, file: File) -> Holder:
    """The kind of place that keeps what ``call`` opens (`Opened.holder`), and its name where it has one."""
    child: ast.AST = call.node
    contained = False
    for around in file.ancestors(call.node):
        match around:
            case ast.Assign(targets=targets):
                return _named(targets[0], call, child, contained)
            case ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
                return _named(target, call, child, contained)
            case ast.arguments():
                return "default", None
            case ast.Call() if child is not around.func:
                if file.names.resolve(around.func, call.block) not in WRAPPERS:
                    return _given(around, call, contained, file)
            case ast.keyword() | ast.Starred():
                pass
            case ast.Attribute(attr=attr) if attr == _HOLDS_ON or _is_database(call):
                pass
            case ast.Call(func=ast.Attribute(attr=attr)) if attr == _HOLDS_ON or attr in _PARTS:
                pass
            case ast.Subscript() if _is_database(call):
                pass
            case ast.Expr() if call.name in _OPENS_ITSELF:
                return _receiver(call, file)
            case _ if isinstance(around, _CONTAINERS):
                contained = contained or not _is_paired(around, child, file)
            case _:
                return _elsewhere(around, child)
        child = around
    return "", None


def _receiver(call: ev.Call, file: File) -> Holder:
    """`pool.connect()`: the global that opens what it then holds."""
    match call.node.func:
        case ast.Attribute(value=ast.Name(id=name)):
            home = file.bindings.lookup(name, call.block)
            return (
                ("global", (home, name))
                if home is file.bindings.module and home is call.block
                else ("", None)
            )
    return "", None


def _is_database(call: ev.Call) -> bool:
    """Its attributes and items are its databases and collections, which hold it."""
    return (call.name or "").endswith("MongoClient")


def _elsewhere(around: ast.AST, child: ast.AST) -> Holder:
    if isinstance(around, _DECORATED):
        return ("decorator", None) if child in around.decorator_list else ("", None)
    if isinstance(around, (ast.For, ast.comprehension)):
        return ("nothing", None) if child is around.iter else ("", None)
    return ("nothing" if isinstance(around, ast.Attribute) else "", None)


def _given(around: ast.Call, call: ev.Call, contained: bool, file: File) -> Holder:
    """It is an argument of ``around``: of a decorator, of `items.append`, or of anything else."""
    parent = file.parents.get(around)
    if isinstance(parent, _DECORATED) and around in parent.decorator_list:
        return "decorator", None
    match around.func:
        case ast.Attribute(value=ast.Name(id=name), attr=attr) if attr in _PUTS:
            home = file.bindings.lookup(name, call.block)
            if home is file.bindings.module and _is_container(home, name):
                return "container", (home, name)
    return ("argument" if not contained else "", None)


def _is_container(scope: Scope, name: str) -> bool:
    """Every binding of the name is a list, set or dict that is written out."""
    values = [getattr(each.statement, "value", None) for each in scope.bindings.get(name, ())]
    return bool(values) and all(
        isinstance(each, _CONTAINERS) or (isinstance(each, ast.Call) and _makes_container(each))
        for each in values
    )


def _makes_container(value: ast.Call) -> bool:
    return getattr(value.func, "id", "") in ("list", "dict", "set", "deque", "defaultdict", "OrderedDict")


def _is_paired(values: ast.AST, child: ast.AST, file: File) -> bool:
    """`a, b = 1, open(p)`: no tuple is kept."""
    parent = file.parents.get(values)
    if not isinstance(values, (ast.Tuple, ast.List)) or not isinstance(parent, ast.Assign):
        return False
    target = parent.targets[0]
    return isinstance(target, (ast.Tuple, ast.List)) and len(target.elts) == len(values.elts)


def _named(target: ast.expr, call: ev.Call, child: ast.AST, contained: bool) -> Holder:
    if isinstance(target, (ast.Tuple, ast.List)) and target.elts:
        at = child.elts.index(_part(child, call.node)) if isinstance(child, (ast.Tuple, ast.List)) else 0
        target = target.elts[at] if at < len(target.elts) else target
    if isinstance(target, ast.Attribute):
        return "attribute", None
    if isinstance(target, ast.Subscript) and isinstance(target.value, ast.Name):
        target, contained = target.value, True
    if not isinstance(target, ast.Name):
        return "", None
    scope = call.block
    while scope.kind is Kind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    if contained:
        return "container", (scope, target.id)
    return "class" if scope.kind is Kind.CLASS else "global", (scope, target.id)


def _part(values: ast.Tuple | ast.List, node: ast.AST) -> ast.expr:
    """The element of ``values`` that ``node`` stands in."""
    return next(each for each in values.elts if any(inner is node for inner in ast.walk(each)))
