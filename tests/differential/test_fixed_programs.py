"""A generated program and what a fix makes of it are executed: the hazard goes, and nothing gets worse.

The safe fixes of one rule at a time. Where an execution of the old program comes to its end without an error,
nothing new goes wrong in the fixed one, and no more where it meets the hazard; where an error of its own cuts
it short, only the hazard has to be gone.
`DIFFERENTIAL_EXAMPLES` as in `test_differential`.
"""

from __future__ import annotations

import difflib
import os
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings

from tests.differential import world
from tests.differential.execution import Program, Run
from tests.differential.fixed import Comparison, compared, ends_early, trouble
from tests.differential.programs import programs

EXAMPLES = int(os.environ.get("DIFFERENTIAL_EXAMPLES", "0"))
CI_EXAMPLES = 1000
REACHED = {"UNL102", "UNL106", "UNL108", "UNL201"}


def test_fixed_programs_are_never_worse(tmp_path: Path) -> None:
    filename = str(world.write(tmp_path))
    figures: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES or CI_EXAMPLES,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(programs())
    def better(program: Program) -> None:
        figures["programs"] += 1
        for comparison in compared(program, filename):
            figures[f"{comparison.code} fixed programs"] += 1
            for old, new in comparison.pairs:
                met = comparison.met(old)
                figures[f"{comparison.code} executions, hazard {'met' if met else 'not met'}"] += 1
                figures[f"{comparison.code} executions, to the end"] += not ends_early(old)
                wrong = _wrong(comparison, old, new, met)
                assert not wrong, f"\n{wrong}\n{old.choice}\n{_diff(comparison)}"

    better()
    print("", *(f"{count:8} {what}" for what, count in sorted(figures.items())), sep="\n")
    reached = {what.partition(" ")[0] for what in figures if what.endswith("hazard met")}
    assert reached >= REACHED, "the generator no longer reaches every fix that it is meant to test"


def _wrong(comparison: Comparison, old: Run, new: Run, met: set[tuple[int, str]]) -> str:
    """What speaks against the fix in one pair of executions."""
    if comparison.remains(new, met):
        return f"the hazard remains: {met}"
    if ends_early(old):
        return ""
    before, after = trouble(old), trouble(new)
    more = after - before
    if not met:
        return f"new without any hazard before: {dict(more)}" if more else ""
    return f"more goes wrong: {dict(more)}" if sum(after.values()) > sum(before.values()) else ""


def _diff(comparison: Comparison) -> str:
    old, new = (each.source.splitlines(keepends=True) for each in (comparison.before, comparison.after))
    return "".join(difflib.unified_diff(old, new, comparison.code, "fixed", n=100))
