"""What a run says about one finding: who it is, what suppresses it, what its fix changes. Data only."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_unload.findings import Finding

NOQA, BASELINE = "noqa", "baseline"


@dataclass(frozen=True, slots=True)
class Identity:
    """What makes a finding the same one after edits elsewhere: no line, no path.

    ``scope`` is the qualified name of the function or class around it, empty at the top of the module;
    ``subject`` the name that the message is about. ``fingerprint`` also covers the code and the source.
    """

    scope: str
    subject: str
    fingerprint: str


NOBODY = Identity("", "", "")
"""Of a result of a run that asks for no identities."""


@dataclass(frozen=True, slots=True)
class Replacement:
    """A span of the file and the text that comes there instead, with the line ends of the file.

    Lines count from 1, columns count characters from 0; the end is not included.
    """

    line: int
    column: int
    end_line: int
    end_column: int
    text: str


@dataclass(frozen=True, slots=True)
class Result:
    """One finding of the selected rules.

    ``suppressed`` is empty for what is reported, else NOQA or BASELINE. ``replacements`` are those of
    the fix, where a run asks for them and the fix can be made.
    """

    finding: Finding
    identity: Identity
    suppressed: str = ""
    replacements: tuple[Replacement, ...] = ()

    @property
    def reported(self) -> bool:
        """Nothing suppresses it."""
        return not self.suppressed
