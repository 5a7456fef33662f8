"""Which fixes a run applies, and why it does not apply the others. Knows no libcst."""

from __future__ import annotations

from dataclasses import dataclass

from flake8_unload.edits import Refusal
from flake8_unload.findings import Finding

NEEDS_UNSAFE = "the fix is unsafe; `--unsafe-fixes` applies it"
NOT_FIXABLE = "left out by `--fixable`"


@dataclass(frozen=True, slots=True)
class Wanted:
    """Unsafe fixes too, or only safe ones; those of rules with one of the code prefixes."""

    unsafe: bool = False
    fixable: tuple[str, ...] = ("UNL",)

    def why_not(self, finding: Finding) -> str | None:
        """The reason why the fix of a finding is not applied; None where it is, or where there is none."""
        if isinstance(finding.fix, Refusal):
            return finding.fix.reason
        if finding.fix is None:
            return None
        if not finding.code.startswith(self.fixable):
            return NOT_FIXABLE
        return NEEDS_UNSAFE if not (finding.fix.safe or self.unsafe) else None

    def applies(self, finding: Finding) -> bool:
        """True when the finding has a fix that this run applies."""
        return finding.fix is not None and self.why_not(finding) is None
