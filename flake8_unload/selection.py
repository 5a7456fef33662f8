"""Which rules report in which file: codes, prefixes and names, decided as flake8 decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from flake8_unload.errors import UserError, nearest
from flake8_unload.findings import Finding

if TYPE_CHECKING:
    from flake8.style_guide import DecisionEngine

PerFile = tuple[tuple[str, tuple[str, ...]], ...]
"""File patterns, each with the code prefixes that are ignored in the files it matches."""

_NAME = re.compile(r"(?<=[:,\s])[A-Za-z]+(?:-[A-Za-z]+)+(?=[,\s]|$)")


class Selection(NamedTuple):
    """Code prefixes, with the meaning of flake8's options of these names."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()
    per_file_ignores: PerFile = ()

    def named(self) -> tuple[str, ...]:
        """The prefixes that were asked for; an opt-in rule runs only if one of them names it."""
        return (*self.select, *self.extend_select)


def prefixes(text: str) -> tuple[str, ...]:
    """Codes, code prefixes and rule names, separated by commas, as code prefixes. Raises UserError."""
    return tuple(map(prefix, text.replace(",", " ").split()))


def prefix(word: str) -> str:
    """The code or code prefix that a word is, or names. Raises UserError."""
    from flake8_unload import registry

    rules = registry.rules()
    code = word.upper()
    if code.startswith("UNL") and any(each.startswith(code) for each in rules):
        return code
    rule = registry.find(word)
    if rule is None:
        known = [*rules, *(each.name for each in rules.values())]
        raise UserError(f"no rule has the code or name `{word}`{nearest(word, known)}")
    return rule.code


def known(codes: Iterable[str]) -> tuple[str, ...]:
    """Codes of flake8's configuration: ours must exist, those of other plugins stay. Raises UserError."""
    return tuple(prefix(each) if each.startswith("UNL") else each for each in codes)


def per_file(text: str) -> PerFile:
    """`patterns:rules …`, as flake8 reads it, and with the names of rules. Raises UserError."""
    from flake8.exceptions import ExecutionError
    from flake8.utils import parse_files_to_codes_mapping

    from flake8_unload import registry

    def code(match: re.Match[str]) -> str:
        rule = registry.find(match[0])
        return rule.code if rule else match[0]

    try:
        pairs = parse_files_to_codes_mapping(_NAME.sub(code, text))
    except ExecutionError:
        pairs = []
    if text.strip() and not pairs:
        raise UserError(
            f"`{' '.join(text.split())}` is no file pattern, a colon, and rules; as in scripts/*:UNL3"
        )
    return tuple((pattern, known(codes)) for pattern, codes in pairs)


def chosen(findings: Sequence[Finding], selection: Selection, path: str) -> list[Finding]:
    """The findings that flake8 would report in this file with these options."""
    if not findings or selection == Selection():
        return list(findings)  # the engine leaves opt-in rules out unless they are named
    from flake8.style_guide import Decision

    engine = _engine(selection, _ignored_in(path, selection.per_file_ignores))
    return [each for each in findings if engine.decision_for(each.code) is Decision.Selected]


def _ignored_in(path: str, per_file_ignores: PerFile) -> tuple[str, ...]:
    """What the longest matching pattern ignores, as in flake8."""
    import logging

    from flake8.utils import matches_filename, normalize_path

    patterns = [(normalize_path(pattern), codes) for pattern, codes in per_file_ignores]
    matching = [
        each for each in patterns if matches_filename(path, [each[0]], "", logging.getLogger("flake8"))
    ]
    return max(matching, key=lambda each: len(each[0]), default=("", ()))[1]


@cache
def _engine(selection: Selection, ignored: tuple[str, ...]) -> DecisionEngine:
    import argparse

    from flake8.style_guide import DecisionEngine

    options = argparse.Namespace(
        select=list(selection.select) or None,
        ignore=list(selection.ignore) or None,
        extend_select=list(selection.extend_select),
        extend_ignore=[*selection.extend_ignore, *ignored],
        extended_default_select=["UNL"],
        extended_default_ignore=["UNL9"],
    )
    return DecisionEngine(options)
