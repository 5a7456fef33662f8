"""Who keeps a module, as pictures of at most a screen full. Knows no analysis."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from flake8_unload.project.keepers import Keeper, Kept
from flake8_unload.reports.keeper_rows import Shown, brief, rows

_MOST = 14  # boxes; what comes after is only counted
_MOST_NOTES = 3  # lines of one box
_MODULES = 3  # of these, those that have the module object
_ROOT = "thick: the module that is reloaded or unloaded"
_OLD = "solid, A to B: after a reload what A has of B, at the lines in the box of A, is old"
_CHAIN = (
    "solid, A to B to C: A is old, too, by way of B; new again when C, B and A are reloaded, in this order"
)
_MODULE = "dashed, A to B: A has the module object B itself; after an unload of B that is the old one"


@dataclass(slots=True)
class _Picture:
    """Files with what is kept at which of their lines; arrows between them: True for old objects,
    False for the module object."""

    root: str
    notes: dict[str, dict[tuple[int, str], None]] = field(default_factory=dict)
    arrows: dict[tuple[str, str, bool], None] = field(default_factory=dict)

    @property
    def boxes(self) -> dict[str, str]:
        """The files that are drawn, each with the name of its box."""
        holders = [start for start, _, old in self.arrows if not old][:_MODULES]
        first = [each for each in self.notes if each not in holders][: _MOST - len(holders)]
        drawn = [each for each in self.notes if each in first or each in holders]
        return {name: f"n{number}" for number, name in enumerate(drawn)}

    def lines(self, name: str) -> list[str]:
        """What stands in a box."""
        at: dict[int, list[str]] = {}
        for line, note in sorted(self.notes[name]):
            at.setdefault(line, []).append(note)
        notes = [f"{line}: {brief(found)}" if line else brief(found) for line, found in at.items()]
        told = notes if len(notes) <= _MOST_NOTES + 1 else notes[:_MOST_NOTES]
        more = [f"… {len(notes) - len(told)} more"] if len(told) < len(notes) else []
        return [name, *told, *more]

    def drawn(self) -> Iterator[tuple[str, str, bool]]:
        """The arrows between boxes that are drawn: of a file that keeps something itself, only that."""
        boxes = self.boxes
        for start, end, old in self.arrows:
            itself = end == self.root or (start, self.root, True) not in self.arrows
            if start in boxes and end in boxes and itself:
                yield boxes[start], boxes[end], old

    def legend(self) -> Iterator[str]:
        """What the arrows mean, as far as they are there."""
        drawn = list(self.drawn())
        olds = {old for _, _, old in drawn}
        if olds:
            yield _ROOT
        if True in olds:
            yield _OLD
        if {start for start, _, old in drawn if old} & {end for _, end, old in drawn if old}:
            yield _CHAIN
        if False in olds:
            yield _MODULE
        more = len(self.notes) - _MOST
        if more > 0:
            yield f"{more} more file{'s are' if more > 1 else ' is'} left out"


def _picture(found: Kept, shown: Shown) -> _Picture:
    """Those nearest to the module first, and of these the ones through which others keep it."""
    picture = _Picture(shown(found.path), {shown(found.path): {}})
    pending: deque[tuple[Sequence[Keeper], str, bool]] = deque()
    pending += [(found.after_reload, picture.root, True), (found.names, picture.root, False)]
    while pending:
        keepers, target, old = pending.popleft()
        ways = {each.way for each in keepers}
        for each in sorted(rows(keepers), key=lambda row: not (row.is_way or row.path in ways)):
            box = shown(each.path)
            notes = picture.notes.setdefault(box, {})
            notes |= dict.fromkeys((each.line, note if old else _of_module(note)) for note in each.notes())
            end = shown(each.keepers[0].way) if each.keepers[0].way else target
            if box != end:
                picture.arrows[box, end, old] = None
            pending.append((each.others, box, old))
    return picture


def _of_module(note: str) -> str:
    return note if " " in note else f"{note}, the module"


def mermaid(found: Kept, shown: Shown) -> Iterator[str]:
    """A flowchart for Markdown."""
    picture = _picture(found, shown)
    yield '%%{init: {"flowchart": {"wrappingWidth": 600, "rankSpacing": 130, "nodeSpacing": 20}}}%%'
    yield "flowchart LR"
    for name, box in picture.boxes.items():
        yield f'    {box}["{"<br/>".join(map(_quoted, picture.lines(name)))}"]'
    for start, end, old in picture.drawn():
        yield f"    {start} {'-->' if old else '-.->'} {end}"
    yield f"    style {picture.boxes[picture.root]} stroke-width:3px"
    legend = "<br/>".join(picture.legend())
    if legend:
        yield f'    {picture.boxes[picture.root]} ~~~ legend["{legend}"]'
        yield "    style legend fill:none,stroke:none"


def dot(found: Kept, shown: Shown) -> Iterator[str]:
    """A graph for Graphviz."""
    picture = _picture(found, shown)
    yield "digraph why {"
    yield '  rankdir=LR; node [shape=box, fontname="sans-serif", fontsize=12];'
    legend = "".join(f"{each}\\l" for each in picture.legend())
    yield f'  label="{legend}"; labeljust=l; fontname="sans-serif"; fontsize=11;'
    for name, box in picture.boxes.items():
        text = "".join(_quoted(each) + "\\l" for each in picture.lines(name))
        yield f'  {box} [label="{text}"{", penwidth=3" if name == picture.root else ""}];'
    for start, end, old in picture.drawn():
        yield f"  {start} -> {end}{'' if old else ' [style=dashed]'};"
    yield "}"


def _quoted(text: str) -> str:
    return text.replace("\\", "/").replace('"', "'")
