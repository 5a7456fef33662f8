"""The page of every rule tells the truth, on every Python found: executed, not asserted."""

from __future__ import annotations

import json
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from flake8_unload.registry import rules
from tests.proofs.observers import PROOFS
from tests.pythons import PYTHONS, environment
from tests.snippets import page_blocks, single_file_rules

HEADINGS = ("Example", "Use instead")
Results = dict[tuple[str, str], dict[str, str | None]]


def performed(version: str, jobs: list[list[Any]]) -> list[dict[str, Any]]:
    """What `stage.py` answers under one Python."""
    done = subprocess.run(
        [PYTHONS[version], str(Path(__file__).with_name("stage.py"))],
        input=json.dumps(jobs),
        env=environment(),
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    answers: list[dict[str, Any]] = json.loads(done.stdout)
    return answers


@cache
def _results(version: str) -> Results:
    jobs = [
        (code, heading, source)
        for rule in single_file_rules()
        if (code := rule.code) in PROOFS
        for heading in HEADINGS
        for source in page_blocks(rule, heading)
    ]
    answers = performed(version, [[code, source] for code, _, source in jobs])
    return {(code, heading): answer for (code, heading, _), answer in zip(jobs, answers, strict=True)}


def test_every_rule_has_a_proof() -> None:
    assert PROOFS.keys() >= {each.code for each in single_file_rules()}


def applies(code: str, version: str) -> bool:
    major, minor = version.split(".")
    return PROOFS[code].since <= (int(major), int(minor)) < PROOFS[code].until


@pytest.mark.parametrize("version", PYTHONS)
@pytest.mark.parametrize("code", [code for code in rules() if code in PROOFS])
def test_bad_example_shows_the_hazard_and_good_one_does_not(code: str, version: str) -> None:
    if not applies(code, version):
        pytest.skip("the page speaks of other versions")
    results = _results(version)
    bad, good = (results[code, heading] for heading in HEADINGS)
    assert bad["failure"] is None, bad["failure"]
    assert good["failure"] is None, good["failure"]
    assert bad["hazard"] is not None
    assert good["hazard"] is None
