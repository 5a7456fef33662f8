"""Who holds a module, or names of it, at an event: the variables that are provably bound to them."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from functools import partial

from flake8_unload.attributes import spells
from flake8_unload.call_order import comes_before
from flake8_unload.events import Bind, Event, Import, Read, Reload, Unload, Var
from flake8_unload.lifecycle import File
from flake8_unload.paths import reaching
from flake8_unload.presence import loads
from flake8_unload.scopes import Kind, Scope
from flake8_unload.surroundings import last_name


def module_names(file: File, event: Event, module: str) -> Iterator[tuple[Var, bool]]:
    """Variables bound to ``module`` just before ``event``.

    The flag is True when the name is bound to a parent package (`import pkg.sub` binds `pkg`), so that
    the module is reached through an attribute.
    """
    for var, binds in _visible(file, event):
        if any(module_of(file, bind) == module for bind in binds):
            if _certain(file, event, var, partial(_is_module, file, module)):
                yield var, False
        elif "." in module and any(_loads_below(bind, module, event, file) for bind in binds):
            top = module.partition(".")[0]
            if _certain(file, event, var, partial(_is_module, file, top)):
                yield var, True


def taken_names(file: File, event: Event, module: str) -> Iterator[tuple[Var, str]]:
    """Variables bound by `from module import name` just before ``event``, with that name."""
    for var, binds in _visible(file, event):
        names = {bind.imported for bind in binds if bind.source == module and bind.imported}
        if len(names) == 1:
            (imported,) = names
            if _certain(file, event, var, partial(_takes, imported, module)):
                yield var, imported.rpartition(".")[2]


def _is_module(file: File, module: str, bind: Bind) -> bool:
    return module_of(file, bind) == module


def _takes(imported: str, module: str, bind: Bind) -> bool:
    return bind.imported == imported and bind.source == module


def _visible(file: File, event: Event) -> Iterator[tuple[Var, list[Bind]]]:
    """Every variable that the code at ``event`` can see, with all its imports and assignments."""
    for scope in _enclosing(event.block):
        for name, bindings in scope.bindings.items():
            if any(not isinstance(each.node, _NO_MODULES) for each in bindings):
                yield (scope, name), list(file.changes_of((scope, name), Bind))


_NO_MODULES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.arg)


def _enclosing(scope: Scope | None) -> Iterator[Scope]:
    while scope is not None:
        yield scope
        scope = scope.parent


def _certain(file: File, event: Event, var: Var, wanted: Callable[[Bind], bool]) -> bool:
    """True when what reaches ``event`` is wanted; or the name is unbound, or None for a failed import."""
    found = reaching(file, event, var)
    good = [each for each in found if isinstance(each, Bind) and wanted(each)]
    others = [each for each in found if isinstance(each, Bind) and each not in good]
    return bool(good) and all(_is_none(each.value) for each in others)


def _is_none(value: ast.expr | None) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def module_of(file: File, bind: Bind) -> str | None:
    """The qualified name of the module that ``bind`` binds; from-imports count, a submodule is one."""
    if bind.imported is not None:
        return bind.imported
    if bind.value is not None and _may_be_module(bind.value):
        return file.names.resolve(bind.value, bind.block)
    return None


def _may_be_module(value: ast.expr) -> bool:
    return isinstance(value, (ast.Call, ast.Name, ast.Attribute, ast.Subscript))


def _loads_below(bind: Bind, module: str, event: Event, file: File) -> bool:
    """`import pkg.sub`, or `import pkg` and another import or a read of `pkg.sub`: `pkg` is bound."""
    if not isinstance(bind.statement, ast.Import) or not isinstance(bind.node, ast.alias):
        return False
    if bind.node.name == module:
        return bind.node.asname is None
    if bind.imported != module.partition(".")[0]:
        return False
    imports = (each for each in file.events(Import) if each.module and loads(each, module))
    return any(_is_run_before(each, event, file) for each in imports) or _is_read_before(
        bind.var, module, event, file
    )


def _is_read_before(var: Var, module: str, event: Event, file: File) -> bool:
    """`pkg.sub` is a submodule on disk, and is read before ``event``: somebody has loaded it."""
    parent, _, leaf = module.rpartition(".")
    return file.place.is_submodule(parent, leaf) is True and any(
        spells(each, module, file) and _is_run_before(each, event, file) for each in file.reads_of(var)
    )


def _is_run_before(first: Event, event: Event, file: File) -> bool:
    """``first`` may be executed before ``event``: there, or in a function that is called before it."""
    calls = file.calls_of(file.block(first)) if not file.at_module_level(first) else []
    return comes_before(file, first, event) or any(comes_before(file, each, event) for each in calls)


def removed_modules(file: File, unload: Unload) -> list[str]:
    """The modules that ``unload`` certainly removes, as far as this file holds or imports them."""
    found = list(unload.keys.exact)
    if unload.keys.prefixes:
        for bind in file.events(Bind):
            for module in (bind.source, _held_module(file, bind), _dotted(bind)):
                if module and module not in found and unload.keys.removes(module):
                    found.append(module)
    return found if unload.keys.known else []


def reloaded_modules(file: File, reload: Reload) -> list[str]:
    """The modules that ``reload`` certainly executes again, as far as this file holds or imports them."""
    found = list(reload.targets)
    if reload.prefixes:
        for bind in file.events(Bind):
            for module in (bind.source, _held_module(file, bind), _dotted(bind)):
                if module and module not in found and module.startswith(reload.prefixes):
                    found.append(module)
    return found


def _held_module(file: File, bind: Bind) -> str | None:
    """The module that ``bind`` binds; of a from-import only what is a submodule on disk."""
    found = module_of(file, bind)
    if bind.source is not None and found is not None:
        return found if file.place.is_submodule(bind.source, found.rpartition(".")[2]) else None
    return found


def _dotted(bind: Bind) -> str | None:
    return bind.node.name if isinstance(bind.node, ast.alias) and bind.source is None else None


def is_object(read: Read, file: File) -> bool:
    """True when this use shows that the name is no module: called, subclassed, raised, passed on …

    Attribute access and calls that take modules (`reload`, `patch.object`, `vars` …) show nothing.
    """
    parent = file.parents.get(read.node)
    if isinstance(parent, ast.Attribute):
        return read.node.id.lstrip("_")[:1].isupper() and not read.node.id.islower()
    if isinstance(parent, ast.Call) and read.node is not parent.func:
        called = last_name(parent.func)
        if called in ("isinstance", "issubclass"):
            return parent.args[1:] == [read.node]
        return called not in _TAKE_MODULES
    return not isinstance(parent, (ast.Tuple, ast.List, ast.For, ast.Expr))


_TAKE_MODULES = frozenset(
    """
    reload reload_module object setattr getattr hasattr delattr vars dir help getsource getfile getmembers
    getmodule setitem delitem append add import_module exec_module type id print repr str""".split()
)


def compares(read: Read, file: File) -> bool:
    """The old object is compared with its successor (`old.C is not m.C`): it is kept on purpose.

    `x is m.MISSING` or `m.f() == expected` are no such thing: they use what the old copy holds.
    """
    operand: ast.AST = read.node
    for around in file.ancestors(read.node):
        if isinstance(around, ast.Compare):
            if any(isinstance(op, (ast.In, ast.NotIn)) for op in around.ops):
                return False
            asserted = isinstance(file.parents.get(around), ast.Assert)
            return _is_peer(operand, [around.left, *around.comparators], read, asserted)
        if isinstance(around, ast.Call) and isinstance(around.func, ast.Attribute):
            if around.func.attr.startswith(("assertIs", "assertNot", "assertEqual")):
                return _is_peer(operand, around.args, read, asserted=True)
        if isinstance(around, ast.stmt):
            return False
        operand = around
    return False


_LITERALS = (ast.Constant, ast.List, ast.Tuple, ast.Dict)
_COPIES = re.compile(r"old|new|fresh|prev|orig|again|first|second|reload|copy|before|after|other", re.I)


def _is_peer(operand: ast.AST, operands: list[ast.expr], read: Read, asserted: bool) -> bool:
    """Another operand is the same thing of another copy, by its name."""
    own = _leaf(operand)
    peers = [each for each in operands if each is not operand and not isinstance(each, _LITERALS)]
    if not own or not peers:
        return False
    if operand is read.node and asserted:
        return any(_leaf(each) for each in peers)
    return any(_leaf(each) == own or _COPIES.search(_leaf(each)) or _COPIES.search(own) for each in peers)


def _leaf(node: ast.AST) -> str:
    """The last name of `a`, `a.b`, `a.b()`; else nothing."""
    while isinstance(node, ast.Call):
        node = node.func
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def is_global(var: Var) -> bool:
    """True for a name of the module scope."""
    return var[0].kind is Kind.MODULE
