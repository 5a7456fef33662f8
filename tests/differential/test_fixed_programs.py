"""A generated program and what a fix makes of it are executed: the hazard goes, and nothing gets worse.

The safe fixes of one rule at a time. No statement of the fixed program meets an error or an old object where
the same one of the old program did not. See `sampling` for longer runs.
"""

from __future__ import annotations

import difflib
from collections import Counter
from pathlib import Path

from tests.differential import world
from tests.differential.fixed import Comparison, compared, worse
from tests.differential.program import Program
from tests.differential.sampling import look_at_programs, show

CI_EXAMPLES = 1000
REACHED = {"UNL102", "UNL106", "UNL108", "UNL201"}


def test_fixed_programs_are_never_worse(tmp_path: Path) -> None:
    filename = str(world.write(tmp_path))
    figures: Counter[str] = Counter()

    def what_is_worse(program: Program) -> str:
        figures["programs"] += 1
        for comparison in compared(program, filename):
            figures[f"{comparison.code} fixed programs"] += 1
            if wrong := _first_wrong(comparison, figures):
                return wrong
        return ""

    look_at_programs(what_is_worse, CI_EXAMPLES)
    show(figures)
    reached = {what.partition(" ")[0] for what in figures if what.endswith("hazard met")}
    assert reached >= REACHED, "the generator no longer reaches every fix that it is meant to test"


def _first_wrong(comparison: Comparison, figures: Counter[str]) -> str:
    """What speaks against the fix in the first pair of executions in which anything does."""
    for old, new in comparison.pairs:
        met = comparison.met(old)
        figures[f"{comparison.code} executions, {'hazard met' if met else 'not met'}"] += 1
        wrong = worse(comparison, old, new)
        if comparison.remains(old, new, met):
            wrong.append(f"the hazard remains: {met}")
        if wrong:
            return f"{wrong}\n{old.choice}\n{_diff(comparison)}"
    return ""


def _diff(comparison: Comparison) -> str:
    old, new = (each.source.splitlines(keepends=True) for each in (comparison.before, comparison.after))
    return "".join(difflib.unified_diff(old, new, comparison.code, "fixed", n=100))
