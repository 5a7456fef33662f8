"""The fixes of UNL206 and UNL207: two reloads the other way round, another name in the guard."""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator
from difflib import get_close_matches

from flake8_unload.disk import definitions
from flake8_unload.edits import Fix, Refusal, Replace, Swap, anchor
from flake8_unload.events import Reload
from flake8_unload.fixes.suites import precedes, suite_of
from flake8_unload.lifecycle import File

_BETWEEN = "something stands between the two"


# -- UNL206 ------------------------------------------------------------------------------------
def swapped(reload: Reload, package: str, module: str, file: File) -> Fix | Refusal:
    """The two neighbours of a suite, tuple or list exchanged."""
    if _takes_back(package, module, file):
        return Refusal(f"`{module}` takes names of `{package}`, too: the other order leaves those old")
    if module in reload.targets:
        return _swapped_elements(reload, package, module, file)
    suite = suite_of(reload.statement, file)
    others = [
        each
        for each in file.events(Reload)
        if module in each.targets and each.statement in suite and each is not reload
    ]
    pair = [each.statement for each in (reload, *others[:1]) if len(each.targets) == 1 and _is_bare(each)]
    if len(pair) < 2:
        return Refusal("a reload is part of something larger")
    first, second = (suite.index(each) for each in pair if each)
    if second != first + 1:
        return Refusal(_BETWEEN)
    return Fix("swap the reloads", (Swap(*(anchor(suite[at], file.lines) for at in (first, second))),))


def _takes_back(package: str, module: str, file: File) -> bool:
    """The submodule has a from-import of names of its package."""
    source = file.place.source_of(module)
    inside = source is not None and os.path.basename(source) == "__init__.py"
    above = "." * (module.count(".") - package.count(".") + inside)
    return source is not None and any(
        what in (f"import:{package}", f"import:{above}") and not file.place.is_submodule(package, name)
        for name, what in definitions(source).items()
    )


def _is_bare(reload: Reload) -> bool:
    return isinstance(reload.statement, ast.Expr) and reload.statement.value is reload.node


def _swapped_elements(reload: Reload, package: str, module: str, file: File) -> Fix | Refusal:
    source = _walked_over(reload, file)
    if source is None:
        return Refusal("the loop does more than the reload")
    if isinstance(source, ast.Name):
        home = file.bindings.lookup(source.id, reload.block)
        if home and len(list(file.reads_of((home, source.id)))) > 1:
            return Refusal(f"`{source.id}` is used in other places, too")
    elements = file.names.items(source, reload.block)
    names = [
        file.names.resolve(each, reload.block) or file.names.text(each, reload.block) for each in elements
    ]
    if package not in names or module not in names:
        return Refusal("the two are not named in one list")
    at, other = names.index(package), names.index(module)
    if other != at + 1:
        return Refusal(_BETWEEN)
    places = [anchor(elements[each], file.lines) for each in (at, other)]
    edits = [Replace(one, "__0__", (two,)) for one, two in (places, reversed(places))]
    return Fix("swap the modules", tuple(edits))


def _walked_over(reload: Reload, file: File) -> ast.expr | None:
    """What the loop around the reload walks over, or `map`; None where the loop does more than reload."""
    for around in file.ancestors(reload.node):
        match around:
            case ast.For(body=[statement], iter=source) if statement is reload.statement and _is_bare(reload):
                return source
            case (
                ast.ListComp(elt=reload.node, generators=[only])
                | ast.GeneratorExp(elt=reload.node, generators=[only])
            ):
                return only.iter
            case ast.For() | ast.ListComp() | ast.GeneratorExp() | ast.SetComp():
                return None
    return reload.argument


# -- UNL207 ------------------------------------------------------------------------------------
def guarded_by(name: str, guard: ast.If, file: File) -> Fix | Refusal:
    """The name of what is reloaded in the guard; one name for all that one guard reloads."""
    name = next(_imported_names(guard, file), name)
    if _is_imported_above(name, guard, file):
        return Refusal(f"`{name}` is imported above the guard, which would hold on the first run, too")
    test = guard.test.operand if isinstance(guard.test, ast.UnaryOp) else guard.test
    if not isinstance(test, ast.Compare):
        return Refusal("the guard asks for more than one thing")
    at = anchor(test.left, file.lines)
    quote = file.lines[at.line - 1][at.column]
    new = Replace(at, f"{quote}{name}{quote}")
    return Fix(f'guard by "{name}"', (new,), safe=False)


def _imported_names(guard: ast.If, file: File) -> Iterator[str]:
    """What the reloads of a guard name, as far as imports bind it, in source order."""
    bindings = file.bindings.module.bindings
    for each in file.events(Reload):
        if isinstance(each.argument, ast.Name) and guard in file.ancestors(each.node):
            bound = bindings.get(each.argument.id, ())
            if any(isinstance(binding.node, ast.alias) for binding in bound):
                yield each.argument.id


def _is_imported_above(name: str, guard: ast.If, file: File) -> bool:
    return any(
        binding.statement is not None and precedes(binding.statement, guard, file)
        for binding in file.bindings.module.bindings.get(name, ())
    )


def named_rightly(reload: Reload, file: File) -> Fix | Refusal:
    """The imported name that the slip in the argument looks like, if no other reload is of it."""
    argument = reload.argument
    taken = {each.argument.id for each in file.events(Reload) if isinstance(each.argument, ast.Name)}
    names = [
        name
        for name, bindings in file.bindings.module.bindings.items()
        if name not in taken and all(isinstance(each.node, ast.alias) for each in bindings)
    ]
    if not isinstance(argument, ast.Name) or len(found := get_close_matches(argument.id, names)) != 1:
        return Refusal("which module is meant is not certain")
    new = Replace(anchor(argument, file.lines), found[0])
    return Fix(f"reload `{found[0]}`", (new,), safe=False)
