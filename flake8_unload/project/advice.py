"""What to do to the reloads of a project so that nothing of some modules stays old. Knows no output."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Mapping, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field, replace

from flake8_unload.project.linked import Project
from flake8_unload.project.order import Reordered, reload_order
from flake8_unload.project.pasted import code, in_place
from flake8_unload.project.places import Stretch, acts_on, stretches
from flake8_unload.project.rehearsal import Act, Rehearsal
from flake8_unload.project.repeats import Repeat, put_last, repeats
from flake8_unload.project.stale import Stale, stale_names
from flake8_unload.project.trial import Move, moves, old_after, old_of, rehearsed
from flake8_unload.project.values import Module, Unprovable


@dataclass(frozen=True, slots=True)
class Advice:
    """``kind``: `fine` (the project reloads it all in order), `move` (see ``moves``), `replace` (paste
    ``lines`` in the place of ``stretch``), `paste` (the project reloads none of it itself), `repair` (some
    modules of the ``order`` reload others too early, and have to be repaired first).

    ``kept`` are the paths of what is in the lines because it is reloaded today, ``new`` of what is not
    reloaded there today. ``old`` is what is old after that, None where the rehearsal cannot be followed;
    ``still`` are other modules that are reloaded then, and of which something is, ``as_today`` if that is so
    today; ``holders`` are the paths of those that have it, True if they are reloaded, too, but too early.
    ``others`` are more places with reloads of these, ``unsure`` are acts that may reload some of them,
    ``purges`` are those that take some out of `sys.modules`. ``repeats`` is what modules in the lines that
    are not reloaded today do to their host whenever they are executed, by path; ``usual`` are the dotted
    names of such calls that modules make that are reloaded today.
    """

    kind: str
    order: tuple[Reordered, ...]
    asked: frozenset[str]
    old: tuple[Stale, ...] | None
    lines: tuple[str, ...] = ()
    stretch: Stretch | None = None
    kept: frozenset[str] = frozenset()
    new: frozenset[str] = frozenset()
    still: tuple[str, ...] = ()
    as_today: bool = True
    holders: Mapping[str, bool] = field(default_factory=dict)
    repeats: Mapping[str, tuple[Repeat, ...]] = field(default_factory=dict)
    usual: frozenset[str] = frozenset()
    moves: tuple[Move, ...] = ()
    others: tuple[Stretch, ...] = ()
    unsure: tuple[Act, ...] = ()
    purges: tuple[Act, ...] = ()


def advise(project: Project, paths: Sequence[str]) -> Advice:
    """About a change of the modules at ``paths``. Raises Unprovable."""
    order = reload_order(project, paths)
    names = {each.module for each in order}
    acts = acts_on(project, [each.path for each in order])
    found = stretches(project, acts, names)
    purges = tuple(dict.fromkeys(each.act for each in acts if _unloads(each, names)))
    unsure = tuple(dict.fromkeys(each.act for each in acts if each.open and each.act not in purges))
    advice = _of_own(project, order, paths, found, acts) or _with_lines(project, order, paths, found)
    others = tuple(each for each in found if each is not advice.stretch)
    return replace(advice, asked=frozenset(paths), others=others, unsure=unsure, purges=purges)


def _unloads(act: Rehearsal, names: set[str]) -> bool:
    return any(step.kind == "unload" and step.module in names for step in act.steps)


def _of_own(
    project: Project,
    order: Sequence[Reordered],
    paths: Sequence[str],
    found: Sequence[Stretch],
    acts: Sequence[Rehearsal],
) -> Advice | None:
    """Where the reloads that there are do, as they are or with some lists in another order."""
    names = {each.module for each in order}
    act = max(acts, key=lambda each: len(names & each.renewed), default=None)
    if act is None or not found or act.open or not act.renewed >= _needed(order, paths, act):
        return None
    needed, after = moves(project, act, names)
    if old_after(project, after, names) or (needed and not any(each.spoils for each in order)):
        return None
    kind, stretch = ("move", None) if needed else ("fine", found[0])
    advice = Advice(kind, tuple(order), frozenset(), (), stretch=stretch, moves=tuple(needed))
    return _with_still(project, advice, act, after, after.renewed - names)


def _with_still(
    project: Project, advice: Advice, before: Rehearsal, after: Rehearsal, names: Set[str]
) -> Advice:
    """With the other modules of which something is old after it."""
    old = old_after(project, after, names)
    known = {(each.module, each.name, each.old.module) for each in old_after(project, before, names)}
    return replace(
        advice,
        still=tuple(dict.fromkeys(each.old.module for each in old)),
        holders={each.path: each.module in after.renewed for each in old},
        as_today=all((each.module, each.name, each.old.module) in known for each in old),
    )


def _needed(order: Sequence[Reordered], paths: Sequence[str], act: Rehearsal) -> set[str]:
    """What was asked for, and the others as far as they are loaded then."""
    return {each.module for each in order if each.path in paths or each.module in act.runs}


def _with_lines(
    project: Project, order: Sequence[Reordered], paths: Sequence[str], found: Sequence[Stretch]
) -> Advice:
    """Where lines have to be pasted."""
    spoilt = any(each.spoils for each in order)
    if not found or spoilt:
        acting = _acting(project, order)
        order = put_last(project, order, acting)
        lines = tuple(code(project, order, paths, None, (), (), acting))
        old = _old_of_order(project, [each for each in order if not each.spoils])
        return Advice("repair" if spoilt else "paste", tuple(order), frozenset(), old, lines, repeats=acting)
    return _replacing(project, order, paths, found[0])


def _replacing(
    project: Project, order: Sequence[Reordered], paths: Sequence[str], stretch: Stretch
) -> Advice:
    """In the place of the statements that reload most of it, with all that they reload."""
    known = {each.path: each for each in order}
    today = [each for name in stretch.modules if (each := stretch.act.paths.get(name)) is not None]
    full = [
        replace(each, takes=known[each.path].takes) if each.path in known else each
        for each in reload_order(project, list(dict.fromkeys([*known, *today])), others=False)
        if stretch.function or each.path != stretch.path  # that one is being executed
    ]
    inside = {each.path for each in full}
    new = frozenset(inside - set(today))
    kept = frozenset(inside & set(today) - set(known))
    acting = _acting(project, [each for each in full if each.path in new])
    usual = frozenset(one.what for each in today for one in (repeats(project, each) if acting else ()))
    unusual = {path: acts for path, acts in acting.items() if not {each.what for each in acts} <= usual}
    full = put_last(project, put_last(project, full, acting), unusual)
    lines = tuple(code(project, full, paths, stretch, kept, new, acting))
    advice = Advice("replace", tuple(full), frozenset(), None, lines, stretch, kept, new)
    advice = replace(advice, repeats=acting, usual=usual)
    after = _in_place(project, stretch, lines)
    names = {each.module for each in order if not each.spoils}
    if after is None or not after.renewed >= names & after.runs.keys():
        return advice
    advice = replace(advice, old=old_after(project, after, names))
    others = {each.module for each in full if each.path in kept}
    return _with_still(project, advice, stretch.act, after, others)


def _acting(project: Project, order: Iterable[Reordered]) -> dict[str, tuple[Repeat, ...]]:
    """What some of these do to their host, by path."""
    return {each.path: found for each in order if (found := repeats(project, each.path))}


def _in_place(project: Project, stretch: Stretch, lines: Sequence[str]) -> Rehearsal | None:
    """The reload of the project with the lines in the place of the statements, if it can be followed."""
    with suppress(SyntaxError, ValueError):
        tree = ast.parse("".join(in_place(project, stretch, lines)))
        return rehearsed(project, stretch.act, {stretch.path: tree})
    return None


def _old_of_order(project: Project, order: Sequence[Reordered]) -> tuple[Stale, ...] | None:
    """What is old when modules are reloaded in this order, by nobody."""
    if not order:
        return ()
    try:
        world, _ = project.staging.stage(order[-1].path).reloaded(*(each.path for each in order))
    except (Unprovable, RecursionError):
        return None
    modules: Iterable[Module] = [each for each in world.modules.values() if isinstance(each, Module)]
    stale = (each for module in modules for each in stale_names(world, module))
    return old_of(project, stale, {each.module for each in order})
