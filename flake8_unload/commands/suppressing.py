"""`check --add-noqa`: suppress what is reported now, by comments in the files."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence

from flake8_unload import source
from flake8_unload.commands.printing import count, put, put_finding, tell
from flake8_unload.failures import UNREADABLE, Unreadable
from flake8_unload.findings import Finding
from flake8_unload.inspection import Input, Inspector, reported
from flake8_unload.reports.text import place
from flake8_unload.results import Result

NOT_HEARD = "flake8 does not find a comment on this line"


def suppress(files: Iterable[tuple[Input, Sequence[Result]]], chosen: Inspector, quiet: bool) -> int:
    """Write the comments, print what became of each finding; the exit status."""
    suppressed = changed = 0
    status = 0
    for (path, _), results in files:
        findings = reported(results)
        unreadable = [each for each in findings if each.code == UNREADABLE]
        left = [(each, each.message) for each in unreadable]
        if findings and not unreadable:
            try:
                left = [(each, f"not suppressed: {why}") for each, why in _suppress(path, findings, chosen)]
            except _NotDone as error:
                put(f"{path}: {error}", sys.stderr)
                status = 2
                continue
            changed += len(left) < len(findings)
            suppressed += len(findings) - len(left)
        for finding, text in left:
            put_finding(f"{place(path, finding)} {text}", sys.stdout)
        status = max(status, 2 if unreadable else int(bool(left)))
    if not quiet:
        sys.stdout.flush()
        tell(f"{count(suppressed, 'finding')} suppressed, {count(changed, 'file')} changed", sys.stderr)
    return status


class _NotDone(Exception):
    """The file stays as it was; says why."""


def _suppress(path: str, findings: Sequence[Finding], chosen: Inspector) -> list[tuple[Finding, str]]:
    """Suppress the findings of one file; those that could not be, with the reason. Raises _NotDone."""
    from flake8_unload.repair.noqa import with_noqa
    from flake8_unload.repair.splice import Unwritable
    from flake8_unload.repair.writer import NotWritten, write

    try:
        old = source.read(path)
        new, left = with_noqa(old, findings)
        known = {each for each, _ in left}
        deaf = [each for each in chosen.inspect(path, new) if each in findings and each not in known]
        write(path, old, new)
    except (Unwritable, NotWritten) as error:
        raise _NotDone(str(error)) from None
    except Unreadable as error:
        raise _NotDone(error.finding.message) from None
    return left + [(each, NOT_HEARD) for each in deaf]
