"""What to do with the reloads of a project, in words for the person who does it. Knows no analysis."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import wrap

from flake8_unload.project.advice import Advice
from flake8_unload.project.linked import Project
from flake8_unload.project.order import Reordered
from flake8_unload.project.places import Stretch
from flake8_unload.project.rehearsal import Act
from flake8_unload.project.trial import Move
from flake8_unload.reports.reload_leftovers import Command, afterwards, asked, last, listed, short
from flake8_unload.reports.reload_repeats import repeated
from flake8_unload.reports.reload_unknown import code_at, to_put_back

_WIDTH = 110
_LONGEST = 140  # characters of a list


def words(advice: Advice, project: Project, command: Command) -> Iterator[str]:
    """Comments, and right below them the lines to paste: behind a `try:` an empty line would be odd."""
    for each in _comments(advice, project, command):
        whole = re.sub("`[^`]*`", lambda code: code[0].replace(" ", "\0"), each)
        indent = "#     " if each.startswith("#   ") else "#   "
        told = wrap(whole, _WIDTH, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
        yield from (line.replace("\0", " ") for line in told)
    yield from advice.lines


def _comments(advice: Advice, project: Project, command: Command) -> Iterator[str]:
    match advice.kind:
        case "fine":
            yield from _fine(advice, project)
        case "move":
            yield from _moves(advice, project)
        case "replace":
            yield from _replace(advice, project)
        case "repair":
            yield from _repair(advice, project)
        case _:
            unless = "As far as its code tells, the" if advice.unsure else "The"
            yield f"# {unless} project reloads none of these itself: there is nothing to delete."
            yield "# Paste the lines below where you want to reload them: in a console, or in a function."
            yield "# (Not at the top of a module that is in the list: it would execute itself again.)"
    yield from _elsewhere(advice, project)
    yield from repeated(advice)
    yield from afterwards(advice, project, command)


def _fine(advice: Advice, project: Project) -> Iterator[str]:
    assert advice.stretch is not None
    place = _place(advice.stretch, project)
    yield f"# There is nothing to change: {place} reloads {_all(advice)} in the right order."


def _moves(advice: Advice, project: Project) -> Iterator[str]:
    """What to put before what: of a list that is changed more than once, how it ends."""
    several = len(advice.moves) > 1
    what = "these, one after the other (the lines are numbered as they are now)" if several else "this"
    name, them = asked(advice)
    yield f"# The project already reloads {name} and what takes from {them}, but in a wrong order."
    yield f"# There is nothing to paste or delete; change {what}:"
    for number, each in enumerate(advice.moves, 1):
        yield f"# {number}. {project.shown(each.path)}:{each.line} {_fault(each)}"
        if each.result and each is _last_of(each, advice.moves) and len(each.result) <= _LONGEST:
            yield f"#    the whole list is then {each.result}"


def _fault(move: Move) -> str:
    """What is wrong with a list, or with two statements, and the remedy."""
    module, before = last(move.module), last(move.before)
    takes = f"which takes `{move.name}` from it"
    if move.result:
        return f"reloads `{before}` after `{module}`, {takes}: put `{before}` before `{module}`"
    late = f"reloads `{module}`, {takes.replace(' from it', f' from `{before}`')}"
    return f"{late}, before line {move.now} reloads that: put line {move.now} above it"


def _all(advice: Advice) -> str:
    """What is reloaded, by name as far as these are few."""
    modules = [each.module for each in advice.order]
    return listed([f"`{short(each, modules)}`" for each in modules])


def _last_of(move: Move, moves: Sequence[Move]) -> Move:
    return [each for each in moves if (each.path, each.line) == (move.path, move.line)][-1]


def _replace(advice: Advice, project: Project) -> Iterator[str]:
    """From where to where to delete, what comes in its place, and what of it is new."""
    stretch = advice.stretch
    assert stretch is not None
    path = project.shown(stretch.path)
    first, last = stretch.cut or (stretch.first, stretch.last)
    if first == last:
        yield f"# In {path}{_inside(stretch)}, delete line {first}: {code_at(stretch, first, project)}"
    else:
        yield f"# In {path}{_inside(stretch)}, delete lines {first}-{last},"
        yield f"#   the first is: {code_at(stretch, first, project)}"
        yield f"#   the last is:  {code_at(stretch, last, project)}"
    place = f"in {'its' if first == last else 'their'} place"
    if stretch.cut:
        place = f"above line {stretch.first}, `{code_at(stretch, stretch.first, project)}`"
    yield f"# and paste the lines below these comments {place}, with their indentation."
    yield "# The rest of the file stays as it is. The list skips what is not loaded."
    yield from to_put_back(stretch, project)
    yield from _marks(advice)
    left_out = [each for each in advice.order if each.spoils]
    if left_out:
        yield from _left_out(left_out, project)


def _marks(advice: Advice) -> Iterator[str]:
    """What is new in the list, and what the comments in it mean."""
    if advice.new:
        modules = [each.module for each in advice.order]
        names = [f"`{short(each.module, modules)}`" for each in advice.order if each.path in advice.new]
        yield f"# New in the list, as {'it' if len(names) == 1 else 'they'} would stay old: {listed(names)}."
    marks = ['"new here": not reloaded today'] if advice.new else []
    marks += [f'"as today" ({len(advice.kept)}): reloaded today, too, not concerned'] if advice.kept else []
    if marks:
        others = "the others: reloaded today, too, now after what they take from"
        yield f"# Marks in the list: {'; '.join([*marks, others])}."


def _repair(advice: Advice, project: Project) -> Iterator[str]:
    """Modules that reload others too early, whenever they are executed."""
    left_out = [each for each in advice.order if each.spoils]
    yield "# Do this first, then run the same command again:"
    yield from _left_out(left_out, project)
    yield "# The lines below are incomplete until then; they are for a console, or another module."


def _left_out(modules: Sequence[Reordered], project: Project) -> Iterator[str]:
    for each in modules:
        yield f"# `{last(each.module)}` is left out, since it reloads others too early when it is executed:"
        yield f"#   {_reason(each, project)}"


def _reason(each: Reordered, project: Project) -> str:
    """What a module reloads too early, and where."""
    early = each.early
    if early is None:
        return f"line {each.spoils} of {project.shown(each.path)} reloads some of these too early"
    module, before = last(early.module), last(early.before)
    place = f"{project.shown(early.path)}:{early.line}"
    return (
        f"{place} reloads `{module}` before `{before}`, which it takes from; put `{before}` before `{module}`"
    )


def _elsewhere(advice: Advice, project: Project) -> Iterator[str]:
    """Other places that reload some of these."""
    if advice.kind == "replace":
        places = [_place(each, project) for each in advice.others]
        some = "Another place reloads" if len(places) == 1 else "Other places reload"
        if places:
            leave = "Leave it as it is" if len(places) == 1 else "Leave them as they are"
            yield f"# {some} some of these, too: {listed(places)}. {leave}."
    if advice.kind in ("fine", "move", "repair"):
        return
    own = (advice.stretch.path, advice.stretch.function) if advice.stretch else None
    unsure = [_at(each, project) for each in advice.unsure if (each.path, each.function) != own]
    if unsure:
        yield f"# {listed(unsure)} may reload some of these, too; which ones, the code does not tell."
        yield "# Leave that as it is, and do not run both."
    if advice.purges:
        purges = listed([_at(each, project) for each in advice.purges])
        yield f"# Some of these are taken out of `sys.modules`, to be imported again, at {purges}."
        yield "# That is another way to the same end: use one of the two, not both."


def _place(stretch: Stretch, project: Project) -> str:
    lines = f"{stretch.first}-{stretch.last}" if stretch.first < stretch.last else f"{stretch.first}"
    return f"{project.shown(stretch.path)}:{lines}{_inside(stretch)}"


def _inside(stretch: Stretch) -> str:
    return f" (function `{stretch.function}`)" if stretch.function else ""


def _at(act: Act, project: Project) -> str:
    function = f" (function `{act.function}`)" if act.function else ""
    return f"{project.shown(act.path)}:{act.line}{function}"
