"""The formats of `flake8-unload check` by name, and what each of them needs to know about a finding."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module

from flake8_unload.results import Result

Results = Sequence[tuple[str, Sequence[Result]]]
TEXT = "text"
FORMATS = (TEXT, "json", "sarif", "github", "gitlab", "junit")
IDENTIFYING = frozenset({"json", "sarif", "gitlab"})
"""Formats that show identities."""
EXACT = frozenset({"json", "sarif"})
"""Formats that show what a fix replaces."""


def rendered(name: str, results: Results) -> str:
    """The whole report in one of the formats. Each is a module, imported where it is asked for."""
    text: str = import_module(f"{__name__}.{name}").render(results)
    return text
