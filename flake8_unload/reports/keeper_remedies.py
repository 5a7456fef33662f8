"""What a person can do about old objects of a module, in words. Knows no analysis."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Sequence

from flake8_unload.project.keepers import ATTRIBUTE, Keeper, Kept
from flake8_unload.project.linked import Project


def remedy(found: Kept, project: Project, order: str) -> Iterator[str]:
    """After a reload, first the one that helps; after an unload. ``order`` is the command for an order."""
    again = f"eload these files afterwards, too, in order: `{order}`"
    names = [each for each in found.after_reload if each.names_it and not each.via]
    helped = [each for each in names if not each.others]
    example = _example(found, helped, project)
    if example:
        name = found.module.rpartition(".")[2]
        made = any(each.others or not each.names_it for each in found.after_reload)
        but = "; what is made with it at import time is old even then" if made else ""
        yield f"Remedy for a reload only: import the module itself, {example}, and use `{name}.NAME`{but}."
        yield f"Or r{again}"
    else:
        yield f"Remedy for a reload: r{again}"
        if names and not helped:
            yield "To import the module itself there does not help: all this is made with it at import time."
    yield _for_unload(found)


def _example(found: Kept, helped: Sequence[Keeper], project: Project) -> str:
    """Where a name is taken and nothing is made with it: the statement that is wanted there."""
    if "." in found.module and not _attributes(found):
        return ""  # the name of the package may be something else
    for each in sorted(helped, key=lambda each: (each.path, each.line)):
        line, statement = _statement(each, project)
        if statement:
            places = {_statement(one, project)[0] if one.path == each.path else 0 for one in helped}
            others = f" (and the like in {_count(helped)})" if len(places) > 1 else ""
            return f"`{statement}` in {project.shown(each.path)}:{line}{others}"
    return ""


def _count(keepers: Sequence[Keeper]) -> str:
    """How much there is to do."""
    files = len({each.path for each in keepers})
    return f"all, {len(keepers)} names in {files} file{'' if files == 1 else 's'}"


def _statement(keeper: Keeper, project: Project) -> tuple[int, str]:
    """The import that a line is in, of the module in the place of its names; empty where none is."""
    tree = project.tree(keeper.path)
    for node in ast.walk(tree) if tree is not None else ():
        match node:
            case ast.ImportFrom(module=str(module), level=level):
                package, _, name = module.rpartition(".")
                there = node.lineno <= keeper.line <= (node.end_lineno or node.lineno)
                if there and name == keeper.what.split(".")[-2]:
                    source = "." * level + package
                    return node.lineno, f"from {source} import {name}" if source else f"import {name}"
    return 0, ""


def _for_unload(found: Kept) -> str:
    """What has to go with it; the package of it is one of the files, or has to lose an attribute."""
    holders = [each for each in found.names if each.how != ATTRIBUTE]
    files = {each.path for each in (*_all(found.after_reload), *holders)} - {found.path}
    what = f"{'this file' if len(files) == 1 else f'these {len(files)} files'}, too"
    for each in _attributes(found):
        package, _, name = each.what.rpartition(".")
        called = f"the package `{package}`" if package else "the package"
        if each.path not in files:
            what += f", and {called} (or delete its attribute `{name}`)"
        else:
            what += f" ({called}{' is one of them' if len(files) > 1 else ''})"
    turn = "and all that imports from these, in turn, before anything is imported again"
    return f"For an unload: unload {what}, {turn}."


def _attributes(found: Kept) -> list[Keeper]:
    return [each for each in found.names if each.how == ATTRIBUTE]


def _all(keepers: Iterable[Keeper]) -> Iterator[Keeper]:
    for each in keepers:
        yield each
        yield from _all(each.others)
