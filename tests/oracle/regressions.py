"""Projects on which rehearsal and run once disagreed, cut down; written as `Project` prints them."""

from __future__ import annotations

from pathlib import Path

REGRESSIONS = {
    path.stem: path.read_text(encoding="utf-8")
    for path in sorted(Path(__file__).with_name("once").glob("*.txt"))
}
