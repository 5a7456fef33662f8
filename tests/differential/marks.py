"""Which orders a program leaves open. The generator makes the marks with the program, from its text alone.

Only where there is a mark may a rule be silent about what executions show: the order of an event and a read
is not provable. (What RULES leaves alone is in `left_alone`: there it must be silent.) Every case that the
text could come to is marked beforehand, so that nothing is decided when findings are compared. Knows no
execution, and no verdict of a rule.
"""

from __future__ import annotations

from dataclasses import dataclass

from tests.differential.marks_failures import failures, missing
from tests.differential.marks_stale import orphaned, stale
from tests.differential.text import Text
from tests.differential.ways import Ways


@dataclass(frozen=True, slots=True)
class Marks:
    """For each case of a program that may stay untold, why. All keys are line numbers, names and codes."""

    stale: dict[tuple[int, int, str], str]
    """The line that makes an object old, the line that reads it, and the name by which it does."""
    orphaned: dict[tuple[int, int], str]
    """The line that removes the package alone, and the one that imports it again."""
    failures: dict[tuple[int, str], str]
    """The line that fails, and the rule that is about it."""
    missing: dict[tuple[int, str], str]
    """The line that reads a name which was deleted with its module, and the name."""


def marks_of(text: Text, ways: Ways) -> Marks:
    """The marks of a program."""
    return Marks(
        dict(stale(text, ways)),
        dict(orphaned(text, ways)),
        dict(failures(text, ways)),
        dict(missing(text, ways)),
    )
