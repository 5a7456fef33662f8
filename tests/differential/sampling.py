"""Which programs a test looks at: a fixed sample for CI, or as many as asked for.

`DIFFERENTIAL_EXAMPLES=3000 DIFFERENTIAL_FIRST=7000 pytest tests/differential -s` takes the random programs
numbered 7000 to 9999 (from a number of its own each time, if none is given), and prints figures.
"""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings

from tests.differential.program import Program
from tests.differential.programs import programs, random_program

EXAMPLES = int(os.environ.get("DIFFERENTIAL_EXAMPLES", "0"))
FIRST = int(os.environ.get("DIFFERENTIAL_FIRST", "0")) or time.time_ns() // 10**6

Check = Callable[[Program], str]
"""What is wrong with a program; empty where nothing is."""


def look_at_programs(check: Check, ci_examples: int) -> None:
    """Raises AssertionError where something is wrong: with a program cut down, or with all that are."""
    if EXAMPLES:
        found = {number: check(random_program(number)) for number in range(FIRST, FIRST + EXAMPLES)}
        wrong = {number: what for number, what in found.items() if what}
        assert not wrong, "\n".join(f"program {number}\n{what}" for number, what in wrong.items())
        return

    @settings(
        max_examples=ci_examples,
        derandomize=True,
        database=None,
        deadline=None,
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(programs())
    def nothing_is_wrong(program: Program) -> None:
        wrong = check(program)
        assert not wrong, f"\n{wrong}"

    nothing_is_wrong()


def show(figures: Counter[str]) -> None:
    """Print what was looked at."""
    print("", *(f"{count:8} {what}" for what, count in sorted(figures.items())), sep="\n")
