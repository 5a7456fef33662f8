"""Which rules report: codes, prefixes and names from the command line, decided as flake8 decides."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from flake8_unload.errors import UserError, nearest
from flake8_unload.findings import Finding


class Selection(NamedTuple):
    """Code prefixes, with the meaning of flake8's options of these names."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    extend_ignore: tuple[str, ...] = ()

    def named(self) -> tuple[str, ...]:
        """The prefixes that were asked for; an opt-in rule runs only if one of them names it."""
        return (*self.select, *self.extend_select)


def prefixes(text: str) -> tuple[str, ...]:
    """Codes, code prefixes and rule names, separated by commas, as code prefixes. Raises UserError."""
    return tuple(_prefix(word) for word in text.replace(",", " ").split())


def _prefix(word: str) -> str:
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


def chosen(findings: Sequence[Finding], selection: Selection) -> list[Finding]:
    """The findings that flake8 would report with these options."""
    if not findings or selection == Selection():
        return list(findings)  # the engine leaves opt-in rules out unless they are named
    import argparse

    from flake8.style_guide import Decision, DecisionEngine

    options = argparse.Namespace(
        select=list(selection.select) or None,
        ignore=list(selection.ignore) or None,
        extend_select=list(selection.extend_select),
        extend_ignore=list(selection.extend_ignore),
        extended_default_select=["UNL"],
        extended_default_ignore=["UNL9"],
    )
    engine = DecisionEngine(options)
    return [each for each in findings if engine.decision_for(each.code) is Decision.Selected]
