"""What is old after a reload in the advised way, and the remedy, in words. Knows no analysis."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from flake8_unload.project.advice import Advice
from flake8_unload.project.linked import Project
from flake8_unload.project.stale import Stale

Command = Callable[[Sequence[str]], str]
"""The command that asks about more modules, too."""

_FEW = 3  # names of modules in a sentence
_MOST = 6  # places, or names in a list
_HOLDS = {
    "base": "its class `{}` has the old `{}` as a base",
    "default": "`{}` has the old `{}` as a default argument",
    "item": "`{}` has the old `{}` in it",
    "decorator": "`{}` has the old `{}` as a decorator",
    "instance": "`{}` is an instance of the old `{}`",
    "alias": "`{}` is an alias of types with the old `{}` in it",
}


def afterwards(advice: Advice, project: Project, command: Command) -> Iterator[str]:
    """What is old after it; nothing yet about what has to be repaired first."""
    if advice.kind == "repair":
        return
    where = {"replace": "with this in its place", "move": "with this change", "fine": "as it is"}
    if advice.old is None:
        yield "# Whether anything is old afterwards is not known: it cannot be rehearsed with these lines."
    elif advice.old:
        yield from _still_old(advice, project)
    elif not any(each.spoils for each in advice.order if advice.kind != "move"):
        how = where.get(advice.kind, "in this order")
        what, them = asked(advice)
        yield (
            f"# Afterwards no module has old objects of {what}, or of what takes from {them} (the reload was "
            f"rehearsed {how}). Instances made before stay as they are."
        )
    if advice.still:
        yield from _not_asked(advice, project, command)


def _not_asked(advice: Advice, project: Project, command: Command) -> Iterator[str]:
    """What stays old of other modules, where, and how to ask about it."""
    names = [short(each, project.layout.names) for each in advice.still]
    places = [
        _holding([project.shown(path) for path, early in advice.holders.items() if early is too_early], fate)
        for fate, too_early in (("not reloaded", False), ("reloaded too early", True))
        if too_early in advice.holders.values()
    ]
    today = ", as they do today" if advice.as_today else ""
    where = f", in {'; and in '.join(places)}" if places else ""
    yield f"# Not asked for: old objects of {listed([f'`{each}`' for each in names])} stay{today}{where}."
    yield f"# To be told about all at once: `{command(names)}`"


def _holding(places: Sequence[str], fate: str) -> str:
    """Files, and why they keep something old."""
    if len(places) == 1:
        return f"{places[0]}, which is {fate}"
    return f"files that are {fate}: {few(places)}"


def asked(advice: Advice) -> tuple[str, str]:
    """What the question was about, and the pronoun for it."""
    names = [f"`{last(each.module)}`" for each in advice.order if each.path in advice.asked]
    what = listed(names) if 0 < len(names) <= _FEW else "the modules in question"
    return what, "it" if len(names) == 1 else "them"


def _still_old(advice: Advice, project: Project) -> Iterator[str]:
    """What is old, and what to do about each."""
    assert advice.old is not None
    circles = dict.fromkeys(
        tuple(sorted((each.module, *each.circle))) for each in advice.order if each.circle
    )
    for circle in circles:
        names = listed([f"`{short(each, circle)}`" for each in circle])
        yield f"# {names} import names of each other, a circle, so that no order is right for all of them."
    yield "# These are old afterwards:"
    found: dict[tuple[str, int, str, str], list[Stale]] = {}
    for each in advice.old:
        how = each.name if each.how != "name" else ""
        found.setdefault((each.path, each.line, each.old.module, how), []).append(each)
    for number, (key, group) in enumerate(found.items()):
        if number < _MOST:
            yield f"#   {project.shown(key[0])}:{key[1]}  {_remedy(group, advice, project)}"
    if len(found) > _MOST:
        yield f"#   and {len(found) - _MOST} more"


def _remedy(group: Sequence[Stale], advice: Advice, project: Project) -> str:
    """The names that an import takes, or what else keeps something old, and what helps."""
    first, module = group[0], last(group[0].old.module)
    names = list(dict.fromkeys(f"`{each.name}`" for each in group))
    what = f"{listed(names)} of `{module}`"
    if first.how != "name":
        what = _HOLDS[first.how].format(first.name, first.old.name)
    if first.module not in {each.module for each in advice.order}:
        return f"{what}: name `{short(first.module, project.layout.names)}`, too, in this command"
    if first.how != "name":
        return f"{what}: move `{first.old.name}` from `{module}` into a module that imports none of these"
    uses = list(dict.fromkeys(f"`{module}.{each.old.name}`" for each in group))
    return f"{what}: write {_import(first, project)} there instead, and use {listed(uses)}"


def _import(stale: Stale, project: Project) -> str:
    """A statement that imports the module itself."""
    package, _, name = stale.old.module.rpartition(".")
    own = stale.module if stale.path.endswith("__init__.py") else stale.module.rpartition(".")[0]
    if not package:
        return f"`import {name}`"
    return f"`from {'.' if own == package else package} import {name}`"


def listed(found: Sequence[str]) -> str:
    if len(found) > _MOST + 1:
        return f"{', '.join(found[:_MOST])} and {len(found) - _MOST} more"
    return " and ".join([", ".join(found[:-1]), found[-1]]) if len(found) > 1 else "".join(found)


def few(found: Sequence[str]) -> str:
    """The first ones, and how many more there are."""
    if len(found) > _FEW + 1:
        return f"{', '.join(found[:_FEW])} and {len(found) - _FEW} more"
    return listed(found)


def short(module: str, modules: Iterable[str]) -> str:
    """The last part of a name; as much of it as no other one of the modules has."""
    parts, modules = module.split("."), list(modules)
    for count in range(1, len(parts)):
        end = "." + ".".join(parts[-count:])
        if sum(f".{each}".endswith(end) for each in modules) == 1:
            return end[1:]
    return module


def last(name: str) -> str:
    return name.rpartition(".")[2]
