"""The machine formats of `flake8-unload check` by name; text is printed by the command as it goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flake8_unload.findings import Finding
from flake8_unload.reports import github, gitlab, json, sarif

Results = Sequence[tuple[str, Sequence[Finding]]]
FORMATS: dict[str, Callable[[Results], str]] = {
    "json": json.render,
    "github": github.render,
    "gitlab": gitlab.render,
    "sarif": sarif.render,
}
