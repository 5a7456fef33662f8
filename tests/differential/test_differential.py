"""What the rules say about generated programs is what happens when the programs are executed.

`DIFFERENTIAL_EXAMPLES=20000 pytest tests/differential -s` runs longer, from another seed each time.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from tests.differential import world
from tests.differential.execution import Program
from tests.differential.programs import HEADER, programs
from tests.differential.regressions import REGRESSIONS, Regression
from tests.differential.verdict import judge

EXAMPLES = int(os.environ.get("DIFFERENTIAL_EXAMPLES", "0"))
CI_EXAMPLES = 500
COVERED = {"UNL101", "UNL102", "UNL106", "UNL108", "UNL109", "UNL110", "UNL201", "UNL202", "UNL204"}


def test_rules_and_executions_agree(tmp_path: Path) -> None:
    filename = str(world.write(tmp_path))
    told: Counter[str] = Counter()
    figures: Counter[str] = Counter()

    @settings(
        max_examples=EXAMPLES or CI_EXAMPLES,
        derandomize=not EXAMPLES,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(programs())
    def agree(program: Program) -> None:
        verdict = judge(program, filename)
        told.update(each.code for each in verdict.findings)
        figures.update(programs=1, executions=verdict.runs, **verdict.figures)
        assert not verdict.disagreements, f"\n{verdict}"

    agree()
    print("\n", dict(figures), dict(sorted(told.items())))
    assert told.keys() >= COVERED, "the generator no longer reaches every rule that it is meant to test"


@pytest.mark.parametrize("case", REGRESSIONS, ids=lambda each: each.title)
def test_programs_that_once_disagreed(case: Regression, tmp_path: Path) -> None:
    program = case.program(HEADER)
    verdict = judge(program, str(world.write(tmp_path)))
    assert not verdict.disagreements, f"\n{verdict}"
    start = HEADER.count("\n")
    assert {(each.line - start, each.code) for each in verdict.findings} >= set(case.told), f"\n{verdict}"
