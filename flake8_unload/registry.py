"""The catalogue of rules. A rule registers itself here; nothing here knows what a rule does."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

Check = Callable[..., Iterator[Any]]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: a public code, its kebab-case name, the event it wants and its check.

    ``fix`` is `safe` or `unsafe` for a rule that can repair what it reports, at least sometimes.
    """

    code: str
    name: str
    event: str
    check: Check
    page: str
    fix: str = ""

    @property
    def opt_in(self) -> bool:
        """Off unless selected by a prefix that names the UNL9 family or this very code."""
        return self.code.startswith("UNL9")

    @property
    def summary(self) -> str:
        """The first line of the page, without the code and name in front."""
        return self.page.partition("\n")[0].partition(": ")[2].rstrip(".")


_RULES: dict[str, Rule] = {}


def rule(code: str, name: str, fix: str = "") -> Callable[[Check], Check]:
    """Register a check: its first parameter's annotation names the event class it is called with."""

    def register(check: Check) -> Check:
        event = next(iter(check.__annotations__.values()))
        module = importlib.import_module(check.__module__)
        _RULES[code] = Rule(code, name, str(event).rpartition(".")[2], check, module.__doc__ or "", fix)
        return check

    return register


def rules() -> dict[str, Rule]:
    """All rules by code, in order of their codes; imports the rule modules on the first call."""
    if not _RULES:
        package = importlib.import_module("flake8_unload.rules")
        for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
            importlib.import_module(found.name)
    return dict(sorted(_RULES.items()))


def find(word: str) -> Rule | None:
    """The rule with this code or kebab-case name, in any letter case."""
    for each in rules().values():
        if word.upper() == each.code or word.lower() == each.name:
            return each
    return None
