"""The catalogue of rules. A rule registers itself here; nothing here knows what a rule does."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from flake8_unload import extensions

Check = Callable[..., Iterator[Any]]
_OWN = "flake8_unload."
_PAGES = "https://github.com/flake8-unload/flake8-unload/blob/main/docs/rules/"
_FOREIGN_CODE = re.compile(r"UNL8\d\d")


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
    def across_files(self) -> bool:
        """It is about a project, not about one file."""
        return self.event == "Project"

    @property
    def url(self) -> str:
        """Where the page can be read; nothing for the rule of an extension."""
        return "" if _FOREIGN_CODE.fullmatch(self.code) else f"{_PAGES}{self.code}.md"

    @property
    def summary(self) -> str:
        """The first line of the page, without the code and name in front."""
        return self.page.partition("\n")[0].partition(": ")[2].rstrip(".")


_RULES: dict[str, Rule] = {}


def rule(code: str, name: str, fix: str = "") -> Callable[[Check], Check]:
    """Register a check: its first parameter's annotation names the event class it is called with.

    Raises ValueError for a rule of another package whose code is taken, or is not of UNL800 to UNL899.
    """

    def register(check: Check) -> Check:
        if not check.__module__.startswith(_OWN) and not _FOREIGN_CODE.fullmatch(code):
            raise ValueError(f"the rules of an extension are UNL800 to UNL899, not {code}")
        if code in _RULES and _RULES[code].check.__module__ != check.__module__:
            raise ValueError(f"{code} is {_RULES[code].name} already, of {_RULES[code].check.__module__}")
        event = next(iter(check.__annotations__.values()))
        kind = getattr(event, "__name__", str(event)).rpartition(".")[2]
        module = importlib.import_module(check.__module__)
        _RULES[code] = Rule(code, name, kind, check, module.__doc__ or "", fix)
        return check

    return register


def rules() -> dict[str, Rule]:
    """All rules by code, in order of their codes, those of extensions too. Raises ExtensionError."""
    _import_all()
    return dict(sorted(_RULES.items()))


@cache
def _import_all() -> None:
    package = importlib.import_module("flake8_unload.rules")
    for found in pkgutil.walk_packages(package.__path__, package.__name__ + "."):
        importlib.import_module(found.name)
    extensions.load()


def find(word: str) -> Rule | None:
    """The rule with this code or kebab-case name, in any letter case."""
    for each in rules().values():
        if word.upper() == each.code or word.lower() == each.name:
            return each
    return None
