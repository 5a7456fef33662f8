"""Projects on which rehearsal and run once disagreed, cut down; written as `Project` prints them."""

from __future__ import annotations

from pathlib import Path


def _written(folder: str) -> dict[str, str]:
    paths = sorted(Path(__file__).with_name(folder).glob("*.txt"))
    return {path.stem: path.read_text(encoding="utf-8") for path in paths}


REGRESSIONS = _written("once")
SORTED = _written("sorted")
"""Those whose sorted reloads once left something that was not expected."""
