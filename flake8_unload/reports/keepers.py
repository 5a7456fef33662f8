"""Who keeps a module, as a tree for people, as data, and as pictures. Knows no analysis."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from flake8_unload.project.keepers import Keeper, Kept

Shown = Callable[[str], str]
_MOST = 20  # boxes of a picture, a screen full; what comes after is only counted
_LEGEND = "a box keeps what its arrow points at"


def text(found: Kept, shown: Shown) -> Iterator[str]:
    """A tree, for a terminal."""
    yield f"{found.module} ({shown(found.path)})"
    if not (found.after_reload or found.names or found.effects):
        yield "Nothing else keeps it: after a reload everything is new, after an unload nothing is left."
    if found.after_reload:
        yield ""
        yield "After a reload these still have the old objects:"
        yield from _tree(found.after_reload, shown, "")
    if found.names:
        yield ""
        yield "After an unload these still hold the module (after a reload they see the new one):"
        yield from _tree(found.names, shown, "")
    if found.effects:
        yield ""
        yield "The import also leaves this behind, which neither takes back:"
        yield from _tree(found.effects, shown, "")


def _tree(keepers: Sequence[Keeper], shown: Shown, indent: str) -> Iterator[str]:
    for number, each in enumerate(keepers):
        last = number == len(keepers) - 1
        yield f"{indent}{'└── ' if last else '├── '}{shown(each.path)}:{each.line}  {each.how}: {each.what}"
        yield from _tree(each.others, shown, indent + ("    " if last else "│   "))


def as_json(found: Kept, shown: Shown) -> Iterator[str]:
    """One object."""
    yield json.dumps(_relative(asdict(found), shown), indent=2)


def _relative(value: Any, shown: Shown) -> Any:
    if isinstance(value, dict):
        return {key: shown(each) if key == "path" else _relative(each, shown) for key, each in value.items()}
    return [_relative(each, shown) for each in value] if isinstance(value, (list, tuple)) else value


Arrow = tuple[str, str, str]
"""From a box to a box, and what stands at the arrow."""


def _arrows(found: Kept, shown: Shown) -> list[Arrow]:
    """The keepers as boxes by file, each arrow once."""
    arrows: dict[Arrow, None] = {}

    def add(keepers: Sequence[Keeper], target: str) -> None:
        for each in keepers:
            box = shown(each.path)
            if box != target:
                arrows.setdefault((box, target, f"{each.what.rpartition('.')[2]}, line {each.line}"))
            add(each.others, box)

    add([*found.after_reload, *found.names], shown(found.path))
    return list(arrows)


def _boxes(arrows: Sequence[Arrow], root: str) -> dict[str, str]:
    names = dict.fromkeys([root, *(box for box, _, _ in arrows)])
    return {name: f"n{number}" for number, name in enumerate(list(names)[:_MOST])}


def mermaid(found: Kept, shown: Shown) -> Iterator[str]:
    """A flowchart for Markdown."""
    root = shown(found.path)
    arrows = _arrows(found, shown)
    boxes = _boxes(arrows, root)
    yield "flowchart LR"
    for name, box in boxes.items():
        yield f'    {box}["{_quoted(name)}"]'
    for start, end, label in _merged(arrows, boxes):
        yield f'    {boxes[start]} -->|"{_quoted(label)}"| {boxes[end]}'
    yield f"    style {boxes[root]} stroke-width:3px"
    yield f'    legend["{_legend(arrows, boxes)}"]'
    yield "    style legend fill:none,stroke:none"


def dot(found: Kept, shown: Shown) -> Iterator[str]:
    """A graph for Graphviz."""
    root = shown(found.path)
    arrows = _arrows(found, shown)
    boxes = _boxes(arrows, root)
    yield "digraph why {"
    yield '  rankdir=LR; node [shape=box, fontname="sans-serif"]; edge [fontname="sans-serif", fontsize=10];'
    yield f'  label="{_legend(arrows, boxes)}"; fontname="sans-serif"; fontsize=10;'
    for name, box in boxes.items():
        yield f'  {box} [label="{_quoted(name)}"{", penwidth=3" if name == root else ""}];'
    for start, end, label in _merged(arrows, boxes):
        yield f'  {boxes[start]} -> {boxes[end]} [label="{_quoted(label)}"];'
    yield "}"


def _merged(arrows: Sequence[Arrow], boxes: dict[str, str]) -> Iterator[Arrow]:
    """One arrow for each pair of boxes, with the first things it stands for."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for start, end, label in arrows:
        if start in boxes and end in boxes:
            pairs.setdefault((start, end), []).append(label)
    for (start, end), labels in pairs.items():
        more = f" and {len(labels) - 2} more" if len(labels) > 2 else ""
        yield start, end, "; ".join(labels[:2]) + more


def _legend(arrows: Sequence[Arrow], boxes: dict[str, str]) -> str:
    missing = len({start for start, _, _ in arrows} - boxes.keys())
    return f"{_LEGEND}; {missing} more files are left out" if missing else _LEGEND


def _quoted(text: str) -> str:
    return text.replace("\\", "/").replace('"', "'")


FORMATS: dict[str, Callable[[Kept, Shown], Iterator[str]]] = {
    "text": text,
    "json": as_json,
    "mermaid": mermaid,
    "dot": dot,
}
