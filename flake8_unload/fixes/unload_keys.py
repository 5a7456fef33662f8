"""The fix of UNL104: the key becomes the dotted name of the module, or the name is deleted last."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.edits import Fix, Refusal, Replace, Swap, anchor
from flake8_unload.events import Bind, Forget, Unload
from flake8_unload.fixes.certain import expects_key_error
from flake8_unload.fixes.unload_limits import irreplaceable
from flake8_unload.fixes.unload_order import following
from flake8_unload.lifecycle import File
from flake8_unload.paths import reaching


def named(unload: Unload, key: ast.expr, module: str, file: File) -> Fix | Refusal:
    """The dotted name that the alias ``key`` stands for, as a literal; tests for the same key go along."""
    reason = _unfit(unload, {module}, file)
    if reason:
        return Refusal(reason)
    wrong = [key, *_tested(unload, key, file)]
    edits = tuple(Replace(anchor(each, file.lines), _literal(module, each, file)) for each in wrong)
    return Fix(f"remove `{module}`", edits)


def by_attribute(unload: Unload, key: ast.Name, modules: set[str], file: File) -> Fix | Refusal:
    """`m.__name__` for the module object `m`; tests for it go along."""
    reason = _unfit(unload, modules, file)
    if reason:
        return Refusal(reason)
    wrong = [anchor(each, file.lines) for each in (key, *_tested(unload, key, file))]
    edits = tuple(Replace(each, "__0__.__name__", (each,)) for each in wrong)
    return Fix(f"remove `{key.id}.__name__`", edits)


def _unfit(unload: Unload, modules: set[str], file: File) -> str | None:
    for module in sorted(modules):
        if reason := irreplaceable(module, file):
            return reason
    if unload.kept:
        return "the removed module is used, which is nothing so far"
    if not unload.lenient and expects_key_error(unload.node, file):
        return "the KeyError is expected, so nothing would come of it any more"
    return None


def _tested(unload: Unload, key: ast.expr, file: File) -> Iterator[ast.expr]:
    """The same key in `if key in sys.modules:` around the removal."""
    for around in file.ancestors(unload.node):
        if isinstance(around, ast.If):
            for each in ast.walk(around.test):
                match each:
                    case ast.Compare(left=left, ops=[ast.In()]) if ast.dump(left) == ast.dump(key):
                        yield left


def _literal(module: str, like: ast.expr, file: File) -> str:
    """In the quotes that are used already."""
    line = file.lines[like.lineno - 1].encode()
    return f"'{module}'" if line[like.col_offset : like.col_offset + 1] == b"'" else f'"{module}"'


def reordered(unload: Unload, name: ast.Name, forget: Forget, file: File) -> Fix | Refusal:
    """`del m` after the removal that reads `m.__name__`: in the same statement, or as the next one."""
    if _may_be_unbound(forget, file):
        return Refusal(f"`{name.id}` may be deleted before, by other code")
    statement, deletion = unload.statement, forget.statement
    if statement is None or not isinstance(deletion, ast.Delete):
        return Refusal("the removal is part of another statement")
    if any(each is not unload and each.statement is deletion for each in file.events(Unload)):
        return Refusal("the deletion removes entries as well, and may have removed this one")
    if statement is deletion:
        return _turned_around(unload, forget, deletion, file)
    if following(deletion, file)[:1] != [statement]:
        return Refusal("other statements stand between the deletion and the removal")
    if not isinstance(statement, (ast.Delete, ast.Expr)):
        return Refusal("the removal is part of another statement")
    at = anchor(deletion, file.lines), anchor(statement, file.lines)
    return Fix(f"delete `{name.id}` last", (Swap(*at),))


def _may_be_unbound(forget: Forget, file: File) -> bool:
    """Something else deletes the name, or some path does not bind it."""
    own = file.block(forget)
    elsewhere = any(file.block(each) is not own for each in file.changes_of(forget.var, Forget))
    return elsewhere or not all(isinstance(each, Bind) for each in reaching(file, forget, forget.var))


def _turned_around(unload: Unload, forget: Forget, statement: ast.Delete, file: File) -> Fix | Refusal:
    """`del m, sys.modules[m.__name__]` with its targets the other way round."""
    targets = statement.targets
    if forget.node not in targets or unload.node not in targets:
        return Refusal("the targets of the `del` stand in a tuple")
    at, other = anchor(targets[targets.index(forget.node)], file.lines), anchor(unload.node, file.lines)
    return Fix("delete the name last", (Replace(at, "__0__", (other,)), Replace(other, "__0__", (at,))))
