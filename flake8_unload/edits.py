"""Repairs as data: a small closed set of intentions, anchored in the source. Knows no rule and no libcst.

New code is text. In it, `__0__`, `__1__` … stand for expressions of the file that are kept as they are
written, with their own comments and line ends.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from flake8_unload.columns import characters


@dataclass(frozen=True, slots=True, order=True)
class Anchor:
    """One node of the file: the name of its `ast` class and its exact span.

    Lines count from 1, columns count characters from 0.
    """

    kind: str
    line: int
    column: int
    end_line: int
    end_column: int


def anchor(node: ast.expr | ast.stmt, lines: Sequence[str]) -> Anchor:
    """The anchor of a node in the source ``lines``."""
    end = node.end_lineno or node.lineno
    return Anchor(
        type(node).__name__,
        node.lineno,
        characters(lines, node.lineno, node.col_offset),
        end,
        characters(lines, end, node.end_col_offset or 0),
    )


@dataclass(frozen=True, slots=True)
class InsertBefore:
    """Put statements in front of a statement."""

    at: Anchor
    code: str


@dataclass(frozen=True, slots=True)
class InsertAfter:
    """Put statements behind a statement; ``apart`` leaves a blank line below them."""

    at: Anchor
    code: str
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Replace:
    """Put another expression in the place of an expression."""

    at: Anchor
    code: str
    kept: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class ReplaceStatement:
    """Put one or more statements in the place of a statement; its comments stay."""

    at: Anchor
    code: str
    kept: tuple[Anchor, ...] = ()


@dataclass(frozen=True, slots=True)
class AddArgument:
    """Add one more positional argument to a call that has no keywords and no stars."""

    at: Anchor
    code: str


@dataclass(frozen=True, slots=True)
class AddParameter:
    """Add one more positional parameter to a function statement, behind those without a default."""

    at: Anchor
    name: str


@dataclass(frozen=True, slots=True)
class Remove:
    """Take a statement away."""

    at: Anchor


@dataclass(frozen=True, slots=True)
class Swap:
    """Exchange two statements of one suite, each with its comments; blank lines stay where they are."""

    at: Anchor
    other: Anchor


@dataclass(frozen=True, slots=True)
class Enclose:
    """Put a statement into `with expression as name:`, and ``name`` in the place of the expression."""

    at: Anchor
    expression: Anchor
    name: str


@dataclass(frozen=True, slots=True)
class Surround:
    """Put a run of statements of one suite, ``first`` to ``last``, into a block: `header:` above them."""

    first: Anchor
    last: Anchor
    header: str


@dataclass(frozen=True, slots=True)
class ServeName:
    """Have the module's `__getattr__` give what the call ``code`` gives where ``name`` is asked for.

    A `__getattr__` that is there must be of the shape that this edit makes: it gets one more branch.
    """

    name: str
    code: str
    typed: bool = False


@dataclass(frozen=True, slots=True)
class EnsureImport:
    """Have `import module`, or `from module import name`, among the imports at the top."""

    module: str
    name: str | None = None


@dataclass(frozen=True, slots=True)
class DropImport:
    """Take ``name`` out of an import statement if nothing in the file mentions it any more.

    ``certain``: the fix has dealt with every use, so that other mentions are of other names.
    """

    at: Anchor
    name: str
    certain: bool = False


@dataclass(frozen=True, slots=True)
class ReplaceImport:
    """Import ``module`` where an import statement imports ``name``; beside it if that is still needed."""

    at: Anchor
    name: str
    module: str


Edit = (
    InsertBefore
    | InsertAfter
    | Replace
    | ReplaceStatement
    | AddArgument
    | AddParameter
    | Remove
    | Swap
    | Enclose
    | Surround
    | ServeName
    | EnsureImport
    | DropImport
    | ReplaceImport
)


@dataclass(frozen=True, slots=True)
class Fix:
    """What would repair a finding: all of the edits or none. ``title`` is an imperative phrase.

    ``safe``: what the file does otherwise stays the same.
    """

    title: str
    edits: tuple[Edit, ...]
    safe: bool = True


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a finding of a rule with a fix has none here."""

    reason: str


_INTENTIONS: dict[str, type[Edit]] = {each.__name__: each for each in Edit.__args__}


def to_json(repair: Fix | Refusal) -> dict[str, Any]:
    """The repair in plain lists, dicts, texts and numbers."""
    if isinstance(repair, Refusal):
        return {"refused": repair.reason}
    edits = [{"intention": type(each).__name__, **asdict(each)} for each in repair.edits]
    return {"title": repair.title, "safe": repair.safe, "edits": edits}


def from_json(data: Mapping[str, Any]) -> Fix | Refusal:
    """What `to_json` gave. Raises KeyError or TypeError for anything else."""
    if "refused" in data:
        return Refusal(data["refused"])
    return Fix(data["title"], tuple(_edit(each) for each in data["edits"]), data["safe"])


def _edit(data: Mapping[str, Any]) -> Edit:
    kind = _INTENTIONS[data["intention"]]
    values = {each.name: _value(data[each.name]) for each in fields(kind)}
    return kind(**values)


def _value(value: Any) -> Any:
    if isinstance(value, Mapping):
        return Anchor(**value)
    return tuple(map(_value, value)) if isinstance(value, (list, tuple)) else value
