"""Who a finding is, whatever happens to the lines around it: code, scope, subject and normalised source.

Reads the tree; knows no rule, no path and no baseline. A fingerprint is the same on every Python, and
survives a formatter: comments, quotes, brackets, commas and line breaks are not in it.
"""

from __future__ import annotations

import ast
import hashlib
import re
from collections import Counter
from collections.abc import Sequence

from flake8_unload.columns import characters
from flake8_unload.findings import Finding
from flake8_unload.results import Identity

_VERSION = "1"
_SUBJECT = re.compile(r"`([^`]+)`")
_LINE_NUMBER = re.compile(r":\d+")
_WITHOUT_MEANING = frozenset({"ctx", "kind", "type_comment"})
_BODIES = frozenset({"body", "orelse", "finalbody", "handlers", "cases"})
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
_NAMES = (ast.Name, ast.Attribute, ast.Subscript, ast.Constant)
_LENGTH = 32  # of 64 hexadecimal digits
_Span = tuple[int, int, int, int]


def identities(tree: ast.Module, lines: Sequence[str], findings: Sequence[Finding]) -> list[Identity]:
    """The identity of each finding of one file. Equal ones are numbered in the order of their places."""
    places = _places(tree, lines, {_span(each) for each in findings})
    seen: Counter[tuple[str, ...]] = Counter()
    found: dict[int, Identity] = {}
    for number in sorted(range(len(findings)), key=lambda each: findings[each]):
        finding = findings[number]
        scope, source = places.get(_span(finding)) or ("", _text(finding, lines))
        subject = _subject(finding.message)
        key = (_VERSION, finding.code, scope, subject, source)
        seen[key] += 1
        found[number] = Identity(scope, subject, _digest((*key, str(seen[key]))))
    return [found[number] for number in range(len(findings))]


def unplaced(finding: Finding) -> Identity:
    """The identity of a finding in a file that has no tree."""
    return Identity("", "", _digest((_VERSION, finding.code, finding.message)))


def _digest(parts: Sequence[str]) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="backslashreplace")).hexdigest()[:_LENGTH]


def _span(finding: Finding) -> _Span:
    return finding.line, finding.column, finding.end_line, finding.end_column


def _subject(message: str) -> str:
    """What stands first in backticks: the words around it may be said better some day."""
    quoted = _SUBJECT.search(message)
    return _LINE_NUMBER.sub("", quoted[1]) if quoted else ""


def _text(finding: Finding, lines: Sequence[str]) -> str:
    """The source of a finding that points at no node, without regard to spaces."""
    return " ".join("".join(lines[finding.line - 1 : max(finding.end_line, finding.line)]).split())


def _places(tree: ast.Module, lines: Sequence[str], wanted: set[_Span]) -> dict[_Span, tuple[str, str]]:
    """Scope and normalised source of the outermost node at each span.

    A call or a statement speaks for itself; a mere name does so with the head of its statement.
    """
    rows = {(line, end_line) for line, _, end_line, _ in wanted}
    found: dict[_Span, tuple[str, str]] = {}
    stack: list[tuple[ast.AST, str, ast.AST]] = [(tree, "", tree)]
    while stack:
        node, scope, statement = stack.pop()
        statement = node if isinstance(node, ast.stmt) else statement
        row = (getattr(node, "lineno", 0), getattr(node, "end_lineno", 0))
        if row in rows:
            span = _span_of(node, lines)
            if span in wanted and span not in found:
                found[span] = scope, normal(statement if isinstance(node, _NAMES) else node)
        inner = f"{scope}.{node.name}".lstrip(".") if isinstance(node, _SCOPES) else scope
        stack += [(child, inner, statement) for child in ast.iter_child_nodes(node)]
    return found


def _span_of(node: ast.AST, lines: Sequence[str]) -> _Span:
    line, end = node.lineno, node.end_lineno  # type: ignore[attr-defined]
    return (
        line,
        characters(lines, line, node.col_offset),  # type: ignore[attr-defined]
        end,
        characters(lines, end, node.end_col_offset),  # type: ignore[attr-defined]
    )


def normal(node: ast.AST) -> str:
    """The node as text that no formatter and no version of Python changes; of a block, its head."""
    pieces: list[str] = []
    stack: list[object] = [node]
    while stack:
        item = stack.pop()
        if isinstance(item, ast.AST):
            pieces.append(f"{type(item).__name__}(")
            stack.append(_CLOSE)
            fields = [(name, value) for name, value in ast.iter_fields(item) if _means(name, value)]
            if isinstance(item, ast.JoinedStr):
                fields = [("values", [each for each in item.values if not _is_nothing(each)])]
            if item is node and isinstance(item, ast.stmt):
                fields = [each for each in fields if each[0] not in _BODIES]
            stack += [part for name, value in reversed(fields) for part in (value, _Name(name))]
        elif isinstance(item, list):
            stack += reversed(item)
        else:
            pieces.append(item if isinstance(item, _Name) else _constant(item))
    return " ".join(pieces)


class _Name(str):
    """The name of a field, which is no text of the file."""


_CLOSE = _Name(")")


def _means(name: str, value: object) -> bool:
    return name not in _WITHOUT_MEANING and value is not None and value != []


def _is_nothing(node: object) -> bool:
    """Python 3.12 has an empty text behind a nested format."""
    return isinstance(node, ast.Constant) and node.value == ""


def _constant(value: object) -> str:
    """A long number has no decimal form unless it is asked for; what is printable depends on Python."""
    return f"{value:x}" if type(value) is int else ascii(value)
