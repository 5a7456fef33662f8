"""What the rules say about generated programs is what happens when the programs are executed.

`DIFFERENTIAL_EXAMPLES=20000 pytest tests/differential -s` runs longer, from another seed
each time, and prints figures.
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
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(programs())
    def agree(program: Program) -> None:
        verdict = judge(program, filename)
        told.update(each.code for each in verdict.findings)
        figures.update({"programs": 1, "executions": verdict.runs, **verdict.figures})
        assert not verdict.disagreements, f"\n{verdict}"

    agree()
    print(
        "",
        *(f"{count:8} {what}" for what, count in [*figures.most_common(), *sorted(told.items())]),
        sep="\n",
    )
    assert told.keys() >= COVERED, "the generator no longer reaches every rule that it is meant to test"


@pytest.mark.parametrize("case", REGRESSIONS, ids=lambda each: each.title)
def test_programs_that_once_disagreed(
    case: Regression, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    if case.open:
        request.applymarker(pytest.mark.xfail(reason=case.open))
    verdict = judge(case.program(HEADER), str(world.write(tmp_path)))
    start = HEADER.count("\n")
    found = {(each.line - start, each.code) for each in verdict.findings}
    assert not verdict.disagreements, f"\n{verdict}"
    assert found >= set(case.told), f"\n{verdict}"
    assert not found & set(case.quiet), f"\n{verdict}"
