"""What reloads do to the host once more, in words. Knows no analysis."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from flake8_unload.project.advice import Advice
from flake8_unload.project.order import Reordered
from flake8_unload.reports.reload_leftovers import few, last, listed, short


def repeated(advice: Advice) -> Iterator[str]:
    """Which modules repeat what, what comes of an error there, and what is old without them."""
    acting = [each for each in advice.order if each.path in advice.repeats and not each.spoils]
    usual = [each for each in acting if {one.what for one in advice.repeats[each.path]} <= advice.usual]
    unusual = [each for each in acting if each not in usual]
    tail = list(takewhile(lambda each: each.path in advice.repeats, reversed(advice.order)))
    if unusual:
        today = ", which nothing that is reloaded today does" if advice.kind == "replace" else ""
        yield f"# {_repeat(unusual, advice)} when executed again{today}.{_without(unusual, tail)}"
    if usual:
        yield f"# {_repeat(usual, advice)}, as modules that are reloaded today do."
    first = [each for each in acting if each not in tail]
    if acting:
        told = "It comes last: an error there stops nothing else. "
        if len(acting) > 1:
            told = f"These {len(acting)} come last: an error in one stops only those behind it. "
        if first:
            told = f"If that fails in {_names(first, advice)}, what comes later in the list is not reloaded. "
        alone = len(acting) == len(advice.order)
        yield f"# {'' if alone else told}The rehearsal did not execute such calls."


def _repeat(modules: Sequence[Reordered], advice: Advice) -> str:
    """Subject, verb and object."""
    acts = [one for each in modules for one in advice.repeats[each.path]]
    does = list(dict.fromkeys(f"`{one.name}{' = …' if one.sets else '(…)'}`" for one in acts))
    return f"{_names(modules, advice)} repeat{'s' if len(modules) == 1 else ''} {few(does)}"


def _without(modules: Sequence[Reordered], tail: Sequence[Reordered]) -> str:
    """What to do about a host that refuses it, where nothing else needs these modules."""
    if not all(each in tail and each.takes for each in modules):
        return ""
    own = few(list(dict.fromkeys(f"`{last(name)}`" for each in modules for name in each.takes)))
    entry, its = ("its entry", "its") if len(modules) == 1 else ("their entries", "their")
    return f" If the host refuses that, delete {entry}: then only {its} own {own} {_stay(own)} old."


def _stay(names: str) -> str:
    return "stay" if " and " in names else "stays"


def _names(modules: Sequence[Reordered], advice: Advice) -> str:
    known = [each.module for each in advice.order]
    return listed([f"`{short(each.module, known)}`" for each in modules])
