"""What python-lsp-server loads: each diagnostic of the plugin gets the link to its page. Knows no rule.

The diagnostics are those of flake8, which cannot carry links; editors show a code with a link as one.
"""

from __future__ import annotations

from collections.abc import Generator
from typing import Any

from pluggy import HookimplMarker  # the server depends on it

from flake8_unload import registry

Diagnostics = list[list[dict[str, Any]]]
"""What each linter of the server returned."""

hookimpl = HookimplMarker("pylsp")


@hookimpl(wrapper=True)
def pylsp_lint() -> Generator[None, Diagnostics, Diagnostics]:
    """Around all linters of the server."""
    results = yield
    rules = registry.rules()
    for diagnostic in (each for result in results for each in result or ()):
        rule = rules.get(str(diagnostic.get("code")))
        if rule and rule.url:
            diagnostic["codeDescription"] = {"href": rule.url}
    return results
