"""Goes through generated projects: so many, from a seed, with figures. Knows nothing of what is checked."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.oracle.project import Project

SEED = int(os.environ.get("ORACLE_SEED", "1"))
RUNNING = "{}.{}".format(*sys.version_info)


def explored(
    strategy: st.SearchStrategy[Project],
    examples: int,
    check: Callable[[Project, Counter[str]], None],
) -> Counter[str]:
    """Check so many projects; the figures, in which each project counts once."""
    figures: Counter[str] = Counter()
    known: set[str] = set()

    @settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @seed(SEED)
    @given(strategy)
    def each(project: Project) -> None:
        fresh = str(project) not in known
        known.add(str(project))
        check(project, figures if fresh else Counter())

    each()
    print("", *(f"{count:8} {what}" for what, count in sorted(figures.items())), sep="\n")
    return figures
