"""What the rules say about generated programs is what happens when the programs are executed.

See `sampling` for longer runs.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.differential import world
from tests.differential.execution import execute
from tests.differential.observed import Observed
from tests.differential.program import Program
from tests.differential.programs import HEADER, random_program
from tests.differential.regressions import REGRESSIONS, Regression
from tests.differential.sampling import look_at_programs, show
from tests.differential.verdict import compare, judge, linted

CI_EXAMPLES = 500
SEEDED = range(7000, 7200)  # random programs in which the silence of any one rule is noticed
ONCE = sorted((Path(__file__).parent / "once").glob("*.txt"))
"""Random programs by their number, as they were when they showed a disagreement."""
COVERED = {
    "UNL101",
    "UNL102",
    "UNL103",
    "UNL104",
    "UNL106",
    "UNL108",
    "UNL109",
    "UNL110",
    "UNL201",
    "UNL202",
    "UNL204",
}


def test_rules_and_executions_agree(tmp_path: Path) -> None:
    filename = str(world.write(tmp_path))
    figures: Counter[str] = Counter()

    def disagreement(program: Program) -> str:
        verdict = judge(program, filename)
        figures.update(f"findings {each.code}" for each in verdict.findings)
        figures.update({"programs": 1, "executions": verdict.runs, **verdict.figures})
        return str(verdict) if verdict.disagreements else ""

    try:
        look_at_programs(disagreement, CI_EXAMPLES)
    finally:
        show(figures)
    told = {what.removeprefix("findings ") for what in figures}
    assert told >= COVERED or figures["programs"] < CI_EXAMPLES, (
        "the generator no longer reaches every rule that it is meant to test"
    )


def test_a_rule_that_says_nothing_is_noticed(tmp_path: Path) -> None:
    filename = str(world.write(tmp_path))
    unnoticed = set(COVERED)
    for number in SEEDED:
        program = random_program(number)
        found = linted(program, filename)
        told = unnoticed & {each.code for each in found}
        observed = Observed(program, *execute(program)) if told else None
        for code in told if observed else ():
            verdict = compare([each for each in found if each.code != code], observed)
            if verdict.disagreements:
                unnoticed.discard(code)
        if not unnoticed:
            break
    assert not unnoticed


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
