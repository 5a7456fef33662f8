"""`flake8-unload fix`: repair files, print what was done and why the rest was not."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flake8_unload import source
from flake8_unload.commands.arguments import (
    add_detection,
    add_discovery,
    add_paths,
    add_project,
    add_repair,
    add_selection,
    inputs,
    inspector,
    surveyor,
)
from flake8_unload.commands.known import accepting, add_baseline, given
from flake8_unload.commands.printing import count, put, put_diff, put_finding, tell
from flake8_unload.commands.progress import tracked
from flake8_unload.discover import STDIN
from flake8_unload.failures import UNREADABLE, Unreadable
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector, reported
from flake8_unload.repair.wanted import Wanted
from flake8_unload.reports.text import place
from flake8_unload.selection import prefixes
from flake8_unload.survey.run import Survey

EXAMPLES = """\
examples:
  flake8-unload fix                        safe fixes, below this folder
  flake8-unload fix --diff src             show what would change, write nothing
  flake8-unload fix --check src            for CI: exit 1 if something would
  flake8-unload fix --unsafe-fixes src/app.py
  flake8-unload fix --select UNL1 --fixable UNL106,unload-key-error src
  flake8-unload fix --from-import=qualify src    `m.f`, not another import
  flake8-unload fix - < app.py > fixed.py

exit status: 0 done, 1 something would change (--check),
2 something could not be read, written or was misused
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "fix",
        help="repair files and folders",
        description="Apply the fixes of the rules that have one. Suppressed findings are left alone.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    add_paths(parser)
    parser.add_argument("--unsafe-fixes", action="store_true", help="apply unsafe fixes, too")
    parser.add_argument("--diff", action="store_true", help="print what would change, write nothing")
    parser.add_argument(
        "--check", action="store_true", help="write nothing, exit 1 if something would change"
    )
    add_repair(parser)
    add_project(parser)
    group = add_selection(parser, "fix")
    group.add_argument("--fixable", metavar="RULES", default="", help="of the selected, fix only these")
    add_baseline(parser)
    add_discovery(parser)
    add_detection(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="no summary on stderr")


def run(args: argparse.Namespace) -> int:
    """Repair the files one by one; the exit status. Raises UserError."""
    chosen, baseline = inspector(args), given(args)
    chosen = replace(chosen, settings=replace(chosen.settings, fixes=True), identified=baseline is not None)
    mode = _Mode(Wanted(args.unsafe_fixes, prefixes(args.fixable) or ("UNL",)), args.diff, args.check)
    tally = _Tally(mode)
    files, unlisted = inputs(args)
    for path, failure in unlisted:
        tally.add(path, (), (), [failure])
    streamed = args.stdin_filename if STDIN in args.paths else None
    survey = surveyor(args, chosen)
    if isinstance(survey, Survey):
        across, every = survey.repairable(files, None)
        chosen = replace(chosen, across=across)
    else:
        every = chosen.results_all(files, None)
    pairs = zip(files, every, strict=True)
    for (path, data), results in tracked(pairs, len(files), lambda each: each[1], args.quiet):
        if baseline:
            results = baseline.accept(path, results)
        on_stdin = data is not None and path == streamed
        _one(path, data, reported(results), accepting(chosen, results), tally, on_stdin)
    if not args.quiet:
        sys.stdout.flush()
        tell(tally.summary(), sys.stderr)
    return tally.status()


@dataclass(frozen=True, slots=True)
class _Mode:
    wanted: Wanted
    diff: bool
    check: bool

    @property
    def writes(self) -> bool:
        return not (self.diff or self.check)


def _one(
    path: str, data: bytes | None, findings: list[Finding], chosen: Inspector, tally: _Tally, on_stdin: bool
) -> None:
    """Repair one file, if it has anything that this run repairs."""
    mode = tally.mode
    if not any(map(mode.wanted.applies, findings)):
        left = [(each, mode.wanted.why_not(each) or "") for each in findings if each.fix]
        tally.add(path, (), left, [each for each in findings if not each.fix], on_stdin)
        if on_stdin and mode.writes:
            sys.stdout.buffer.write(data or b"")
        return
    from flake8_unload.repair.rounds import repaired
    from flake8_unload.repair.writer import NotWritten, write

    try:
        old = source.read(path) if data is None else data
    except Unreadable as error:
        return tally.add(path, (), (), [error.finding])
    done = repaired(path, old, chosen, mode.wanted)
    try:
        if mode.writes and not on_stdin:
            write(path, old, done.data)
    except NotWritten as error:
        return tally.fail(path, str(error))
    tally.add(path, done.fixed, done.left, done.others, on_stdin)
    if mode.diff:
        put_diff(path, old, done.data)
    elif on_stdin and mode.writes:
        sys.stdout.buffer.write(done.data)


class _Tally:
    """Prints what became of each finding, and counts."""

    def __init__(self, mode: _Mode) -> None:
        self.mode = mode
        self._files = self._changed = self._fixed = self._left = self._others = self._failed = 0

    def add(
        self,
        path: str,
        fixed: Sequence[Finding],
        left: Sequence[tuple[Finding, str]],
        others: Sequence[Finding],
        on_stdin: bool = False,
    ) -> None:
        """One file. Diffs and fixed sources have standard output for themselves."""
        unreadable = [each for each in others if each.code == UNREADABLE]
        self._files += 1
        self._changed += bool(fixed)
        self._fixed += len(fixed)
        self._left += len(left)
        self._others += len(others) - len(unreadable)
        self._failed += bool(unreadable)
        stream = sys.stderr if self.mode.diff or on_stdin else sys.stdout
        verb = "fixed" if self.mode.writes else "would be fixed"
        lines = [(each, f"{verb}: {getattr(each.fix, 'title', '')}") for each in fixed]
        lines += [(each, f"not fixed: {reason}") for each, reason in left]
        lines += [(each, each.message) for each in unreadable]
        for finding, text in sorted(lines, key=lambda each: each[0]):
            put_finding(f"{place(path, finding)} {text}", stream)

    def fail(self, path: str, reason: str) -> None:
        """One file that could not be written."""
        self._files += 1
        self._failed += 1
        put(f"{path}: {reason}", sys.stderr)

    def summary(self) -> str:
        """One line for a person."""
        verbs = ("fixed", "changed") if self.mode.writes else ("would be fixed", "would change")
        parts = [f"{self._fixed} {verbs[0]}"]
        if self._left:
            parts.append(f"{self._left} not, as said")
        if self._others:
            parts.append(f"{self._others} without a fix")
        text = f"{', '.join(parts)}; {self._changed} of {count(self._files, 'file')} {verbs[1]}"
        return f"{text}, {self._failed} could not be read or written" if self._failed else text

    def status(self) -> int:
        """0 done, 1 something would change and that was the question, 2 a file could not be dealt with."""
        if self._failed:
            return 2
        return int(self.mode.check and self._changed > 0)
