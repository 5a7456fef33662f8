"""Who keeps a module, as a tree for people and as data. Knows no analysis."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from flake8_unload.project.keepers import Keeper, Kept
from flake8_unload.reports.keeper_pictures import dot, mermaid
from flake8_unload.reports.keeper_rows import Row, Shown, rows

_MOST = 25  # rows of a part, a screen full; of the others only the number is told
_INNER = ("via", "way", "star")  # no part of the data
_MOST_INNER = 6  # of those that keep it through one other


def text(found: Kept, shown: Shown) -> Iterator[str]:
    """A tree, for a terminal."""
    yield f"{found.module} ({shown(found.path)})"
    if not (found.after_reload or found.names or found.effects):
        yield "Nothing else keeps it: after a reload everything is new, after an unload nothing is left."
    if found.after_reload:
        yield ""
        nested = " (indented: through the line above)" if any(_others(found)) else ""
        yield f"After a reload of this module alone, these still have old objects that it defined{nested}:"
        yield from _tree(rows(found.after_reload), shown, "")
    if found.names or found.after_reload:
        yield ""
        yield from _unload(found)
        yield from _tree(rows(found.names), shown, "")
    if found.effects:
        yield ""
        yield "The import also leaves this behind, which neither takes back:"
        yield from _tree(rows(found.effects), shown, "")


def _others(found: Kept) -> Iterator[Keeper]:
    return (other for each in found.after_reload for other in each.others)


def _unload(found: Kept) -> Iterator[str]:
    """What an unload adds to a reload."""
    if found.after_reload:
        yield "After an unload (`del sys.modules[…]`) and a new import all of these are old, too."
    if found.names:
        yield f"From {'the' if found.after_reload else 'an'} unload on these have the old module object:"


def _tree(found: Sequence[Row], shown: Shown, indent: str) -> Iterator[str]:
    most = _MOST_INNER if indent else _MOST
    told = found if len(found) <= most + 1 else found[:most]
    for number, each in enumerate(told):
        last = number == len(found) - 1
        place = f"{shown(each.path)}:{each.line}" if each.line else shown(each.path)
        yield f"{indent}{'└── ' if last else '├── '}{place}  {each.words()}{_cure(each, found, shown)}"
        yield from _tree(rows(each.others), shown, indent + ("    " if last else "│   "))
    if len(told) < len(found):
        files = len({each.path for each in found[most:]})
        more = f"{len(found) - len(told)} more in {files} file{'s' if files > 1 else ''}"
        yield f"{indent}└── … and {more}; `--format json` has them all"


def _cure(row: Row, found: Sequence[Row], shown: Shown) -> str:
    """Of what an `import *` passes on: the line that has to be changed, in the place of this one."""
    first = row.keepers[0]
    lines = [each.line for each in found if each.path == first.way and set(each.names()) & set(row.names())]
    if not first.star or not lines:
        return ""
    return f": no change here; it goes when {shown(first.way)}:{lines[0]} is changed"


def as_json(found: Kept, shown: Shown) -> Iterator[str]:
    """One object."""
    yield json.dumps(_relative(asdict(found), shown), indent=2)


def _relative(value: Any, shown: Shown) -> Any:
    if isinstance(value, dict):
        return {key: _shown(key, each, shown) for key, each in value.items() if key not in _INNER}
    return [_relative(each, shown) for each in value] if isinstance(value, (list, tuple)) else value


def _shown(key: str, value: Any, shown: Shown) -> Any:
    if key == "line":
        return value or None
    return shown(value) if key == "path" else _relative(value, shown)


FORMATS: dict[str, Callable[[Kept, Shown], Iterator[str]]] = {
    "text": text,
    "json": as_json,
    "mermaid": mermaid,
    "dot": dot,
}
