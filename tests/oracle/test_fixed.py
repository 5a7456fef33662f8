"""After the fix of UNL402 nothing is old that the order of reloads could have helped, nor anything new."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings

from tests.oracle.fixed import fixed, left_over
from tests.oracle.observed import observed
from tests.oracle.project import Project
from tests.oracle.scripts import sortable_projects
from tests.oracle.test_oracle import RUNNING, SEED
from tests.pythons import PYTHONS

FEW, MANY = 50, 1500


def sorted_and_run(examples: int, versions: list[str]) -> Counter[str]:
    """Fix so many projects and run them; the figures."""
    figures: Counter[str] = Counter()

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @seed(SEED)
    @given(sortable_projects())
    def helps(project: Project) -> None:
        before = observed(project, versions[0])
        if before.error:
            return
        figures["projects"] += 1
        with TemporaryDirectory(dir=os.environ.get("ORACLE_FOLDER")) as folder:
            after = fixed(project, "UNL402", Path(folder))
        if after is None:
            return
        figures["fixed"] += 1
        reloaded = {name for name, count in Counter(before.executed).items() if count > 1}
        for version in versions:
            old, new = observed(project, version), observed(after, version)
            assert not new.error, f"\n{after}\n{new.place}"
            said = f"\n{project}\n# --- fixed\n{after}\n# executed: {' '.join(new.executed)}\n"
            assert not left_over(new, reloaded), said + "\n".join(map(str, left_over(new, reloaded)))
            assert new.old <= old.old, said + "\n".join(map(str, new.old - old.old))
            assert len(new.old) < len(old.old), said
            figures[f"{version}: no longer old"] += len(old.old) - len(new.old)

    helps()
    print("", *(f"{count:8} {what}" for what, count in sorted(figures.items())), sep="\n")
    return figures


def test_sorted_reloads_leave_nothing_old() -> None:
    assert sorted_and_run(FEW, [RUNNING])["fixed"]


@pytest.mark.slow
def test_sorted_reloads_leave_nothing_old_hundreds_of_times() -> None:
    assert sorted_and_run(MANY, list(PYTHONS))["fixed"] >= 100
