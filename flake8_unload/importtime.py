"""What happens while the file is imported, beyond names: resources, threads, handlers, hooks.

Events of the module flow, and one hop into a function or constructor of the same file that it calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload import events as ev
from flake8_unload import factories
from flake8_unload.lifecycle import File
from flake8_unload.registries import REGISTRIES
from flake8_unload.scopes import Kind, Scope
from flake8_unload.scripts import is_main_guard, is_script, is_test

_HERE = "<this file>."
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def effects(file: File) -> Iterator[ev.Event]:
    """The import-time events of ``file``: none in scripts, none in tests unless they are asked for."""
    if is_script(file.tree, file.lines, file.filename, file.settings):
        return
    if is_test(file.filename, file.settings) and not file.settings.check_tests:
        return
    module = file.bindings.module
    for call in file.events_of(module, ev.Call):
        if not under_main_guard(call.node, file):
            yield from _of_call(call, file)
    for define in file.events_of(module, ev.Define):
        yield from _registered(define, file)
    for assign in file.events_of(module, ev.Assign):
        if assign.name and not under_main_guard(assign.node, file):
            yield _placed(ev.HookReplaced(assign.node, assign.block, assign.name, assign.value, None), assign)


def _registered(define: ev.Define, file: File) -> Iterator[ev.Event]:
    """`@atexit.register` and its like."""
    assert isinstance(define.node, (*_FUNCTIONS, ast.ClassDef))
    for decorator in define.node.decorator_list:
        name = file.names.resolve(decorator, define.block)
        if name in REGISTRIES and not under_main_guard(define.node, file):
            yield _placed(ev.Registered(decorator, define.block, name), define)


def _of_call(call: ev.Call, file: File) -> Iterator[ev.Event]:
    inner = _entered(call, file)
    if inner is not None:
        yield from _through(call, inner, file)
    else:
        yield from _direct(call, call, None, file)


def _direct(call: ev.Call, site: ev.Call, through: str | None, file: File) -> Iterator[ev.Event]:
    """What ``call`` itself does; reported at ``site``, the call that import time makes."""
    name = call.name or ""
    if through is None and name in REGISTRIES:
        yield _placed(ev.Registered(call.node, call.block, name), call)
    if name == "signal.signal" and len(call.node.args) == 2:
        yield _placed(ev.HookReplaced(site.node, site.block, name, call.node.args[1], through), site)
    handler = added_handler(call, file)
    if handler:
        yield _placed(ev.HandlerAdded(site.node, site.block, handler, through), site)
    noun = _started(call, file)
    if noun and not _waited_for(call, file):
        yield _placed(ev.Started(site.node, site.block, noun, through), site)
    entry = factories.lookup(name, file.settings.extend_factories, file.settings.ignore_factories)
    if through is None and entry and factories.opens(name, call.node):
        holder, var = _holder(call, file)
        yield _placed(ev.Opened(call.node, call.block, entry.kind, entry.noun, holder, var, None), call)


def _placed(event: ev.Event, at: ev.Event) -> ev.Event:
    event.step = at.step
    return event


# -- one hop ----------------------------------------------------------------------------------------
def _entered(call: ev.Call, file: File) -> Scope | None:
    """The body of the function or constructor of this file that ``call`` runs."""
    name = call.name or ""
    if not name.startswith(_HERE):
        return None
    module = file.bindings.module
    bindings = module.bindings.get(name.removeprefix(_HERE), [])
    if len(bindings) != 1:
        return None
    node = bindings[0].node
    if isinstance(node, ast.ClassDef):
        made = [each for each in node.body if isinstance(each, _FUNCTIONS) and each.name == "__init__"]
        return file.bindings.scope_of(made[0]) if made else None
    if isinstance(node, ast.FunctionDef) and not node.decorator_list and not _is_generator(node):
        return file.bindings.scope_of(node)
    return None


def _is_generator(node: ast.FunctionDef) -> bool:
    return any(isinstance(each, (ast.Yield, ast.YieldFrom)) for each in ast.walk(node))


def _through(site: ev.Call, inner: Scope, file: File) -> Iterator[ev.Event]:
    owner = inner.parent
    through = owner.name if owner is not None and owner.kind is Kind.CLASS else inner.name
    for call in file.events_of(inner, ev.Call):
        if _conditional(call.node, inner.node, file):
            continue
        yield from _direct(call, site, through, file)
        entry = factories.lookup(
            call.name or "", file.settings.extend_factories, file.settings.ignore_factories
        )
        if entry and factories.opens(call.name or "", call.node) and _leaves(call, inner, file):
            holder, var = _holder(site, file)
            yield _placed(
                ev.Opened(site.node, site.block, entry.kind, entry.noun, holder, var, through), site
            )


def _conditional(node: ast.AST, function: ast.AST, file: File) -> bool:
    """Under a test inside the function: whether import time gets there is not provable."""
    for around in file.ancestors(node):
        if around is function:
            return False
        if isinstance(around, (ast.If, ast.IfExp, ast.While, ast.ExceptHandler, ast.Match)):
            return True
    return False


def _leaves(call: ev.Call, inner: Scope, file: File) -> bool:
    """The resource outlives the call: returned or stored on `self`, directly or by way of a name."""
    parent = file.parents.get(call.node)
    if not isinstance(parent, (ast.Assign, ast.AnnAssign)):
        return isinstance(parent, ast.Return)
    targets = parent.targets if isinstance(parent, ast.Assign) else [parent.target]
    if any(_is_of_self(each) for each in targets):
        return True
    names = [each.id for each in targets if isinstance(each, ast.Name)]
    return any(_goes_out((inner, name), file) for name in names)


def _is_of_self(target: ast.expr) -> bool:
    return isinstance(target, ast.Attribute) and getattr(target.value, "id", "") == "self"


def _goes_out(var: ev.Var, file: File) -> bool:
    """The local name is bound once, never closed, and returned or stored on `self`."""
    reads = [file.parents.get(read.node) for read in file.events_of(var[0], ev.Read) if read.var == var]
    if len(var[0].bindings.get(var[1], ())) != 1:
        return False
    if any(isinstance(each, ast.Attribute) and each.attr in factories.CLOSERS for each in reads):
        return False
    return any(
        isinstance(each, ast.Return)
        or (isinstance(each, ast.Assign) and any(_is_of_self(target) for target in each.targets))
        for each in reads
    )


# -- what keeps it ------------------------------------------------------------------------------------
def _holder(call: ev.Call, file: File) -> tuple[str, ev.Var | None]:
    child: ast.AST = call.node
    contained = False
    for around in file.ancestors(call.node):
        match around:
            case ast.Assign(targets=targets):
                return _named(targets, call, contained)
            case ast.AnnAssign(target=target) | ast.NamedExpr(target=target):
                return _named([target], call, contained)
            case (
                ast.List()
                | ast.Tuple()
                | ast.Dict()
                | ast.Set()
                | ast.DictComp()
                | ast.ListComp()
                | ast.SetComp()
            ):
                contained = True
            case ast.arguments():
                return "default", None
            case (
                ast.FunctionDef(decorator_list=decorators)
                | ast.AsyncFunctionDef(decorator_list=decorators)
                | ast.ClassDef(decorator_list=decorators)
            ):
                return ("decorator", None) if child in decorators else ("", None)
            case ast.Attribute() | ast.For() | ast.comprehension():
                used_up = not isinstance(around, (ast.For, ast.comprehension)) or child is around.iter
                return ("nothing" if used_up else "", None)
            case ast.Call(func=func) if child is not func:
                if _in_decorator(around, file):
                    return "decorator", None
                return ("argument" if not contained else "", None)
            case ast.keyword() | ast.Starred():
                pass
            case _:
                return "", None
        child = around
    return "", None


def _in_decorator(node: ast.AST, file: File) -> bool:
    parent = file.parents.get(node)
    return isinstance(parent, (*_FUNCTIONS, ast.ClassDef)) and node in parent.decorator_list


def _named(targets: list[ast.expr], call: ev.Call, contained: bool) -> tuple[str, ev.Var | None]:
    target = targets[0]
    if isinstance(target, (ast.Tuple, ast.List)) and target.elts:
        target = target.elts[0]
    if isinstance(target, ast.Attribute):
        return "attribute", None
    if not isinstance(target, ast.Name):
        return "", None
    scope = call.block
    while scope.kind is Kind.COMPREHENSION and scope.parent is not None:
        scope = scope.parent
    kind = "container" if contained else ("class" if scope.kind is Kind.CLASS else "global")
    return kind, (scope, target.id)


# -- handlers, threads --------------------------------------------------------------------------------
def added_handler(call: ev.Call, file: File) -> str | None:
    """The class of the logging handler that ``call`` attaches, or None; `NullHandler` does not count."""
    name = call.name or ""
    if name == "logging.basicConfig":
        keywords = {each.arg for each in call.node.keywords}
        return "logging.FileHandler" if "filename" in keywords else None
    func = call.node.func
    if not (isinstance(func, ast.Attribute) and func.attr == "addHandler" and len(call.node.args) == 1):
        return None
    if name and not name.startswith("logging."):
        return None
    made = file.names.resolve(call.node.args[0], call.block) or ""
    if not made.endswith("Handler()") or made.endswith("NullHandler()"):
        return None
    return made.removesuffix("()")


def _started(call: ev.Call, file: File) -> str | None:
    """The noun of what ``call`` starts, or None."""
    name = call.name or ""
    entry = factories.lookup(name, (), file.settings.ignore_factories)
    if entry is not None and entry.kind == factories.STARTS:
        return entry.noun
    if not name.endswith("().start"):
        return None
    made = name.removesuffix("().start")
    for each in (made, *_bases(made, file)):
        entry = factories.lookup(each, (), file.settings.ignore_factories)
        if entry is not None and entry.kind == factories.STARTABLE:
            return entry.noun
    return None


def _bases(name: str, file: File) -> Iterator[str]:
    if not name.startswith(_HERE):
        return
    for binding in file.bindings.module.bindings.get(name.removeprefix(_HERE), ()):
        if isinstance(binding.node, ast.ClassDef):
            for base in binding.node.bases:
                yield file.names.resolve(base, binding.block) or ""


def _waited_for(call: ev.Call, file: File) -> bool:
    """Joined or waited for in the same block: what was started is over when the block is."""
    receiver = _receiver(call, file)
    if receiver is None:
        parent = file.parents.get(call.node)
        return isinstance(parent, (ast.Attribute, ast.withitem))
    for other in file.events_of(file.block(call), ev.Call):
        func = other.node.func
        if isinstance(func, ast.Attribute) and func.attr in factories.CLOSERS:
            if isinstance(func.value, ast.Name) and func.value.id == receiver:
                return True
    return False


def _receiver(call: ev.Call, file: File) -> str | None:
    func = call.node.func
    if isinstance(func, ast.Attribute) and func.attr == "start" and isinstance(func.value, ast.Name):
        return func.value.id
    parent = file.parents.get(call.node)
    if isinstance(parent, ast.Assign) and isinstance(parent.targets[0], ast.Name):
        return parent.targets[0].id
    return None


def under_main_guard(node: ast.AST, file: File) -> bool:
    """True for code that only a script run executes."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, ast.If) and is_main_guard(around.test) and child in around.body:
            return True
        child = around
    return False
