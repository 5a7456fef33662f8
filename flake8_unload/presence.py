"""Is a module in `sys.modules` at this point? What may bring it back, and what may not. Knows no rule."""

from __future__ import annotations

import ast
import sys
from functools import partial

from flake8_unload.disk import definitions
from flake8_unload.events import (
    Assign,
    Call,
    Event,
    ForgetAttribute,
    Import,
    LoopDone,
    Put,
    Reload,
    SysModulesLoop,
    Unload,
    WriteNamespace,
)
from flake8_unload.lifecycle import File
from flake8_unload.paths import Ends, can_reach
from flake8_unload.scopes import Scope


def may_return(module: str, file: File) -> Ends:
    """Ends the fact that ``module`` is absent: an import of it, or code that may import it."""
    return partial(_may_return, module, file, frozenset())


def _may_return(module: str, file: File, inside: frozenset[Scope], event: Event) -> bool:
    """``inside``: the functions of this file that are being looked into."""
    match event:
        case Import(module=other):
            return loads(event, module) or not (_is_inside(module, other) or _imports_nothing(other, file))
        case Reload(targets=targets):
            return not all(each == module or _imports_nothing(each, file) for each in targets or ("",))
        case Put(key=key):
            return key is None or key == module
        case WriteNamespace(name=name):
            return name is None  # code that is executed as text may import it
        case Call():
            called = file.functions_of(event)
            if not called:
                return _foreign_may_import(event, module)
            within = partial(_may_return, module, file, inside.union(called))
            return any(
                map(within, (each for inner in set(called) - inside for each in file.flow_of(inner).events))
            )
    return False


def _is_inside(module: str, package: str) -> bool:
    """A removed submodule leaves its package loaded, so that an import of the package executes nothing."""
    return module.startswith(package + ".")


def _imports_nothing(other: str, file: File) -> bool:
    """Executing ``other`` brings back nothing: it is of the standard library, or its source says so."""
    if other.partition(".")[0] in sys.stdlib_module_names:
        return True
    source = file.place.source_of(other)
    return source is not None and not any(map(_is_foreign, definitions(source).items()))


def _is_foreign(definition: tuple[str, str]) -> bool:
    """A name of a source that an import from outside the standard library gives."""
    name, kind = definition
    origin = name if kind == "module" else kind.removeprefix("import:")
    return kind.startswith(("module", "import:")) and origin.partition(".")[0] not in sys.stdlib_module_names


def attribute_renewed(module: str, file: File) -> Ends:
    """Ends the fact that the parent's attribute is the old ``module``: deleted, set, or imported anew."""

    def ends(event: Event) -> bool:
        if isinstance(event, (ForgetAttribute, Assign)):
            return event.name is None or event.name == module
        if isinstance(event, Import):
            parent, _, leaf = module.rpartition(".")
            return not (event.module == parent and leaf in event.names) and loads(event, module)
        return False

    return ends


def loads(event: Import, module: str) -> bool:
    """True when the import executes or finds ``module``; an import of an unknown name may be it."""
    if not event.module or event.module == module or event.module.startswith(module + "."):
        return True
    return any(f"{event.module}.{name}" == module or name == "*" for name in event.names)


def _foreign_may_import(call: Call, module: str) -> bool:
    """Unknown code, or code of the same package; builtins import nothing."""
    name = call.name
    if name is None:
        return not _is_plain_method(call)
    top = module.partition(".")[0]
    return name.partition(".")[0] in (top, "<this file>") or "import" in name.lower()


def _is_plain_method(call: Call) -> bool:
    """A method of some object: setting an environment variable, a call on a fixture."""
    return getattr(call.node.func, "attr", "") in (
        "setenv",
        "setattr",
        "delenv",
        "write_text",
        "write",
        "append",
        "close",
        "startswith",
        "endswith",
        "split",
        "rsplit",
        "partition",
        "rpartition",
        "replace",
        "removeprefix",
        "join",
    )


def gone(unload: Unload, module: str, file: File) -> Event | None:
    """The event after which ``module`` is certainly gone: the removal, or the end of its loop over many keys.

    A loop that is left half-way has removed the first of its literal keys, and no other for sure: None if a
    jump follows the removal, or if it walks over the dict itself, which fails on the next round.
    """
    keys, loop = unload.keys, unload.loop
    if not isinstance(loop, ast.For) or not (keys.prefixes or module not in keys.exact[:1]):
        return unload
    block, flow = file.block(unload), file.flow(unload)
    if any(each.node is loop for each in file.events_of(block, SysModulesLoop)):
        return None
    for done in file.events_of(block, LoopDone):
        if done.node is loop and can_reach(flow, unload.step, done.step):
            return done
    return None


def removes(event: Event, module: str) -> bool:
    """True when the event certainly removes the entry of ``module``."""
    return isinstance(event, Unload) and event.keys.removes(module)
