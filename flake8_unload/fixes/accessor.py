"""The fix of UNL301: a cached function in the place of the global, called by every use of it.

Where one function reads a private file to its end, a context manager instead.
"""

from __future__ import annotations

import ast
import builtins
import keyword
import re
from collections.abc import Iterator

from flake8_unload.edits import (
    Anchor,
    DropImport,
    Edit,
    Fix,
    Refusal,
    Remove,
    Replace,
    ReplaceStatement,
    ServeName,
    anchor,
)
from flake8_unload.events import Opened
from flake8_unload.fixes import contexts, uses
from flake8_unload.fixes.elsewhere import is_taken
from flake8_unload.fixes.globals import Global, assigned_once
from flake8_unload.fixes.imports import Spelling, module_at, name_at
from flake8_unload.fixes.neighbours import why_not_moved
from flake8_unload.fixes.postponing import is_path_uncertain, why_now
from flake8_unload.lifecycle import File

_GETATTR = "__getattr__"


def on_first_use(opened: Opened, file: File) -> Fix | Refusal:
    """Open it when it is first asked for, or the reason why that would not be the same."""
    found = assigned_once(opened, file)
    if isinstance(found, str):
        return Refusal(found)
    reason = (
        why_now(opened, found.value, file)
        or _exported(found, file)
        or uses.why_not_called(found.var, found.reads, file)
        or _unused(found, file)
        or why_not_moved(found.name, file)
    )
    if reason:
        return Refusal(reason)
    if uses.used_up(found.reads, file):
        return contexts.per_use(found, opened, file) or Refusal(f"`{found.name}` {uses.USED_UP}")
    return _cached(found, opened, file)


def accessor_name(name: str) -> str:
    """`get_log` for `LOG`, `_get_http_pool` for `_httpPool`.

    Never with two underscores in front: in a class that would be another name.
    """
    words = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name.lstrip("_"))
    return f"{'_' if name.startswith('_') else ''}get_{words.lower()}"


def _cached(found: Global, opened: Opened, file: File) -> Fix | Refusal:
    accessor = accessor_name(found.name)
    cache = _cache(found.statement, file)
    reason = _taken(accessor, found, file) or _has_getattr(found, file)
    if reason or cache is None:
        return Refusal(reason or "the name `functools` is taken")
    edits: list[Edit] = [*cache[1], _definition(accessor, cache[0], found, file), *_final(found, file)]
    edits += (Replace(anchor(each.node, file.lines), f"{accessor}()") for each in found.reads)
    if found.docstring is not None:
        edits.append(Remove(anchor(found.docstring, file.lines)))
    if not found.name.startswith("_"):
        edits += _served(found, accessor, file)
    what = "failures and relative paths" if is_path_uncertain(opened, file) else "failures"
    title = f"open it on first use, in a cached `{accessor}()`; {what} count from there"
    return Fix(title, tuple(edits), safe=False)


def _cache(statement: ast.stmt, file: File) -> Spelling | None:
    """`cache` where the file has imported that, else `functools.cache`."""
    scope = file.bindings.module
    short = name_at(file, statement, scope, "functools", "cache")
    if short is not None and not short[1]:
        return short
    module = module_at(file, statement, scope, "functools")
    return (f"{module[0]}.cache", module[1]) if module else None


def _definition(accessor: str, cache: str, found: Global, file: File) -> ReplaceStatement:
    """The function; it keeps the value, the annotation and the docstring as they are written."""
    kept: list[Anchor] = []

    def put(node: ast.expr) -> str:
        kept.append(anchor(node, file.lines))
        return f"__{len(kept) - 1}__"

    returns = f" -> {put(found.annotation)}" if found.annotation is not None else ""
    docstring = f"    {put(found.docstring.value)}\n" if found.docstring is not None else ""
    body = f"{docstring}    return {put(found.value)}"
    code = f"@{cache}\ndef {accessor}(){returns}:\n{body}"
    return ReplaceStatement(anchor(found.statement, file.lines), code, tuple(kept))


def _final(found: Global, file: File) -> Iterator[Edit]:
    """`Final` around the annotation goes, and so does its import where nothing else needs it."""
    if not isinstance(found.statement, ast.AnnAssign) or found.annotation is found.statement.annotation:
        return
    outer = found.statement.annotation
    outer = outer.value if isinstance(outer, ast.Subscript) else outer
    for each in file.bindings.module.bindings.get(getattr(outer, "id", ""), ()):
        if isinstance(each.statement, ast.ImportFrom) and isinstance(outer, ast.Name):
            yield DropImport(anchor(each.statement, file.lines), outer.id)


def _served(found: Global, accessor: str, file: File) -> Iterator[Edit]:
    """Other modules still say `module.name` or import the name."""
    typed = any(
        isinstance(each, (ast.FunctionDef, ast.AsyncFunctionDef)) and each.returns is not None
        for each in ast.walk(file.tree)
    )
    spelled = name_at(file, found.statement, file.bindings.module, "typing", "Any") if typed else None
    typed = spelled is not None and spelled[0] == "Any"
    yield from spelled[1] if spelled and typed else ()
    yield ServeName(found.name, f"{accessor}()", typed)


# -- names ---------------------------------------------------------------------------------------
def _exported(found: Global, file: File) -> str | None:
    if found.name in file.exported:
        return f"`{found.name}` is in `__all__`, where linters and star imports need it bound"
    return "a star import may bind any name" if file.bindings.module.star_imports else None


def _unused(found: Global, file: File) -> str | None:
    """Held for its effect: a port that is taken, a lock that others see."""
    if found.reads or (not found.name.startswith("_") and is_taken(file.filename, found.name)):
        return None
    return f"nothing uses `{found.name}`, so that nothing would open it any more"


def _taken(accessor: str, found: Global, file: File) -> str | None:
    """Something else has, or would get, the name of the new function, or keeps the old one."""
    module = file.bindings.module
    scopes = [module, *(each.block for each in found.reads)]
    others = [each.var[1] for each in file.events(Opened) if each.var and each.var[0] is module]
    twins = [each for each in others if each != found.name and accessor_name(each) == accessor]
    if twins or hasattr(builtins, accessor) or any(file.bindings.lookup(accessor, each) for each in scopes):
        return f"the name `{accessor}` is taken"
    if file.place.is_submodule(file.place.module or "", found.name):
        return f"a submodule of this package is named `{found.name}`, too"
    return "no function can have this name" if keyword.iskeyword(accessor) else None


def _has_getattr(found: Global, file: File) -> str | None:
    """A `__getattr__` that is there is left alone, unless it is of the very shape that this fix makes."""
    if found.name.startswith("_"):
        return None
    for binding in file.bindings.module.bindings.get(_GETATTR, ()):
        if binding.node not in file.tree.body or not _is_own(binding.node):
            return "the module has a `__getattr__`, and a second one would replace it"
    return None


def _is_own(node: ast.AST) -> bool:
    """`if name == "x": return get_x()`, as often as needed, and `raise AttributeError(…)`."""
    if not isinstance(node, ast.FunctionDef) or node.decorator_list or len(node.body) < 2:
        return False
    arguments = [each.arg for each in node.args.args]
    *branches, last = node.body
    raises = isinstance(last, ast.Raise) and "AttributeError" in ast.unparse(last)
    return arguments == ["name"] and raises and all(map(_is_branch, branches))


def _is_branch(node: ast.stmt) -> bool:
    match node:
        case ast.If(
            test=ast.Compare(left=ast.Name(id="name"), ops=[ast.Eq()], comparators=[ast.Constant()]),
            body=[ast.Return(value=ast.Call(args=[], keywords=[]))],
            orelse=[],
        ):
            return True
    return False
