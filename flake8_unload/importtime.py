"""What happens while the file is imported, beyond names: resources, threads, handlers, hooks.

Events of the module flow, and one hop into a function or constructor of the same file that it calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload import events as ev
from flake8_unload import factories, library
from flake8_unload.entries import is_imported_beside, is_program, is_step
from flake8_unload.holders import holder_of
from flake8_unload.lifecycle import File
from flake8_unload.registries import REGISTRIES
from flake8_unload.scopes import Kind, Scope
from flake8_unload.scripts import is_main_guard, is_script, is_test, stands_alone
from flake8_unload.starts import added_handler, started, waited_for

_HERE = "<this file>."
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OF_PROCESS = (ev.HandlerAdded, ev.HookReplaced)  # which is a program's own to set up


def effects(file: File) -> Iterator[ev.Event]:
    """The import-time events of ``file``: none in scripts, none in tests unless they are asked for.

    A program sets up its process as it likes; what it opens is still held when it is imported once.
    """
    marked = is_script(file.tree, file.lines, file.filename, file.settings)
    if marked and (stands_alone(file.tree, file.filename) or _is_script_anyway(file)):
        return
    if is_test(file.filename, file.settings) and not file.settings.check_tests:
        return
    found = list(_of_import(file))
    if found and marked and not is_imported_beside(file):
        return  # the first line says so, and no other file knows better
    if any(isinstance(each, _OF_PROCESS) for each in found) and is_program(file):
        found = [each for each in found if not isinstance(each, _OF_PROCESS)]
    if any(isinstance(each, ev.Started) for each in found) and is_step(file):
        found = [each for each in found if not isinstance(each, ev.Started)]
    yield from found


def _is_script_anyway(file: File) -> bool:
    """A script, whatever its first line says."""
    return is_script(file.tree, (), file.filename, file.settings)


def _of_import(file: File) -> Iterator[ev.Event]:
    module = file.bindings.module
    for call in file.events_of(module, ev.Call):
        if not under_main_guard(call.node, file):
            yield from _of_call(call, file)
    for define in file.events_of(module, ev.Define):
        yield from _registered(define, file)
    for assign in file.events_of(module, ev.Assign):
        name = _attribute(assign, file)
        if name and not under_main_guard(assign.node, file):
            yield _placed(ev.HookReplaced(assign.node, assign.block, name, assign.value, None), assign)


def _attribute(assign: ev.Assign, file: File) -> str | None:
    """The attribute that is set; one of them after `try: import ipdb as pdb` / `except: import pdb`."""
    if assign.name:
        return assign.name
    names = {each or "" for each in file.names.candidates(assign.target, assign.block)}
    return max(names, key=lambda each: (library.defines(each), each)) if "" not in names else None


def _registered(define: ev.Define, file: File) -> Iterator[ev.Event]:
    """`@atexit.register` and its like."""
    assert isinstance(define.node, (*_FUNCTIONS, ast.ClassDef))
    for decorator in define.node.decorator_list:
        name = file.names.resolve(decorator, define.block)
        if name in REGISTRIES and not under_main_guard(define.node, file):
            yield _placed(ev.Registered(decorator, define.block, name), define)


def _of_call(call: ev.Call, file: File) -> Iterator[ev.Event]:
    inner = entered(call, file)
    if inner is not None:
        yield from _through(call, inner, file)
    else:
        yield from _direct(call, call, None, file)


def _direct(call: ev.Call, site: ev.Call, through: str | None, file: File) -> Iterator[ev.Event]:
    """What ``call`` itself does; reported at ``site``, the call that import time makes."""
    name = call.name or ""
    if through is None and name == "builtins.setattr" and len(call.node.args) == 3:
        owner, attr, value = call.node.args
        whose, which = file.names.resolve(owner, call.block), file.names.text(attr, call.block)
        if whose and which:
            yield _placed(ev.HookReplaced(call.node, call.block, f"{whose}.{which}", value, None), call)
    if through is None and name in REGISTRIES:
        yield _placed(ev.Registered(call.node, call.block, name), call)
    if name == "signal.signal" and len(call.node.args) == 2:
        yield _placed(ev.HookReplaced(site.node, site.block, name, call.node.args[1], through), site)
    handler = added_handler(call, file)
    if handler:
        yield _placed(ev.HandlerAdded(site.node, site.block, handler, through), site)
    noun = started(call, file)
    if noun and not waited_for(call, file):
        yield _placed(ev.Started(site.node, site.block, noun, through), site)
    entry = factories.lookup(name, file.settings.extend_factories, file.settings.ignore_factories)
    if through is None and entry and factories.opens(name, call.node):
        holder, var = holder_of(call, file)
        yield _placed(ev.Opened(call.node, call.block, entry.kind, entry.noun, holder, var, None), call)


def _placed(event: ev.Event, at: ev.Event) -> ev.Event:
    event.step = at.step
    return event


# -- one hop ----------------------------------------------------------------------------------------
def entered(call: ev.Call, file: File) -> Scope | None:
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
    yield from _hooks_of(inner, site, through, file)
    for call in file.events_of(inner, ev.Call):
        if _conditional(call.node, inner.node, file):
            continue
        yield from _direct(call, site, through, file)
        entry = factories.lookup(
            call.name or "", file.settings.extend_factories, file.settings.ignore_factories
        )
        if entry and factories.opens(call.name or "", call.node) and _leaves(call, inner, file):
            holder, var = holder_of(site, file)
            yield _placed(
                ev.Opened(site.node, site.block, entry.kind, entry.noun, holder, var, through), site
            )


def _hooks_of(inner: Scope, site: ev.Call, through: str, file: File) -> Iterator[ev.Event]:
    """Attributes of modules that the function replaces."""
    for assign in file.events_of(inner, ev.Assign):
        if assign.name and not _conditional(assign.node, inner.node, file):
            hook = ev.HookReplaced(site.node, assign.block, assign.name, assign.value, through)
            yield _placed(hook, site)


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


def under_main_guard(node: ast.AST, file: File) -> bool:
    """True for code that only a script run executes."""
    child = node
    for around in file.ancestors(node):
        if isinstance(around, ast.If) and is_main_guard(around.test) and child in around.body:
            return True
        child = around
    return False
