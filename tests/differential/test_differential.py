"""What the rules say about generated programs is what happens when the programs are executed.

See `sampling` for longer runs.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.differential import world
from tests.differential.program import Program
from tests.differential.programs import HEADER
from tests.differential.regressions import REGRESSIONS, Regression
from tests.differential.sampling import look_at_programs, show
from tests.differential.verdict import judge

CI_EXAMPLES = 500
ONCE = sorted((Path(__file__).parent / "once").glob("*.txt"))
"""Random programs by their number, as they were when they showed a disagreement."""
COVERED = {"UNL101", "UNL102", "UNL106", "UNL108", "UNL109", "UNL110", "UNL201", "UNL202", "UNL204"}


def test_rules_and_executions_agree(tmp_path: Path) -> None:
    filename = str(world.write(tmp_path))
    figures: Counter[str] = Counter()

    def disagreement(program: Program) -> str:
        verdict = judge(program, filename)
        figures.update(f"findings {each.code}" for each in verdict.findings)
        figures.update({"programs": 1, "executions": verdict.runs, **verdict.figures})
        return str(verdict) if verdict.disagreements else ""

    look_at_programs(disagreement, CI_EXAMPLES)
    show(figures)
    told = {what.removeprefix("findings ") for what in figures}
    assert told >= COVERED, "the generator no longer reaches every rule that it is meant to test"


@pytest.mark.parametrize("case", REGRESSIONS, ids=lambda each: each.title)
def test_programs_that_once_disagreed(case: Regression, tmp_path: Path) -> None:
    verdict = judge(case.program(HEADER), str(world.write(tmp_path)))
    start = HEADER.count("\n")
    found = {(each.line - start, each.code) for each in verdict.findings}
    assert not verdict.disagreements, f"\n{verdict}"
    assert found >= set(case.told), f"\n{verdict}"
    assert not found & set(case.quiet), f"\n{verdict}"


@pytest.mark.parametrize("path", ONCE, ids=lambda each: each.stem)
def test_random_programs_that_once_disagreed(path: Path, tmp_path: Path) -> None:
    verdict = judge(Program(HEADER + path.read_text()), str(world.write(tmp_path)))
    assert not verdict.disagreements, f"\n{verdict}"
