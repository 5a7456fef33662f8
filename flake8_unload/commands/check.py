"""`flake8-unload check`: lint files, folders or standard input, and print as flake8 prints."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from dataclasses import replace

from flake8_unload import source
from flake8_unload.commands.arguments import (
    add_detection,
    add_discovery,
    add_noqa,
    add_paths,
    add_selection,
    configured,
    inputs,
    inspector,
)
from flake8_unload.commands.printing import count, place, put_diff, put_finding, tell
from flake8_unload.commands.progress import tracked
from flake8_unload.edits import Fix, Refusal
from flake8_unload.errors import UserError
from flake8_unload.failures import UNREADABLE, Unreadable
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.repair.wanted import Wanted
from flake8_unload.reports import FORMATS

_SAFE_FIX, _EVERY_FIX = Wanted(), Wanted(unsafe=True)
EXAMPLES = """\
examples:
  flake8-unload check                      the Python files below the current folder
  flake8-unload check src tests/test_x.py  these folders and files
  flake8-unload check --select UNL2,stale-module-name src
  flake8-unload check --extend-select UNL9 src
  flake8-unload check --show-fixes src     what `flake8-unload fix` would change
  flake8-unload check - --stdin-filename src/app.py < src/app.py

exit status: 0 clean, 1 findings, 2 something could not be read or was misused
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "check",
        help="lint files and folders",
        description="Report wrong unloads and reloads of modules, and resources that imports leave open.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    add_paths(parser)
    group = add_selection(parser, "report")
    add_noqa(group)
    add_discovery(parser)
    add_detection(parser)
    parser.add_argument("--show-fixes", action="store_true", help="print what the fixes would change")
    parser.add_argument("--format", choices=("text", *FORMATS), default="text", help="text is the default")
    parser.add_argument("--output", metavar="FILE", help="where the report goes, if not text")
    parser.add_argument("--exit-zero", action="store_true", help="findings do not fail; errors still do")
    parser.add_argument("--jobs", "-j", metavar="N", default="auto", help="processes, or auto (the default)")
    parser.add_argument("--quiet", "-q", action="store_true", help="no summary on stderr")


def run(args: argparse.Namespace) -> int:
    """Print findings to stdout and a summary to stderr; the exit status. Raises UserError."""
    chosen, jobs = inspector(args, noqa=not configured(args)["disable-noqa"]), _jobs(args.jobs)
    fixes = args.show_fixes or not args.quiet
    chosen = replace(chosen, settings=replace(chosen.settings, fixes=fixes))
    if args.format == "text" and args.output:
        raise UserError("--output needs a --format other than text")
    if args.format != "text" and args.show_fixes:
        raise UserError("--show-fixes prints text; leave --format out")
    tally = _Tally(args.show_fixes, args.format == "text")
    files, unlisted = inputs(args)
    for path, unreadable in unlisted:
        tally.add(path, [unreadable])
    results = zip(files, chosen.inspect_all(files, jobs), strict=True)
    for (path, data), findings in tracked(results, len(files), lambda each: each[1], args.quiet):
        tally.add(path, findings)
        if args.show_fixes and any(map(_EVERY_FIX.applies, findings)):
            _show(path, data, chosen)
    if args.format != "text":
        _report(FORMATS[args.format](tally.results), args.output)
    if not args.quiet:
        sys.stdout.flush()
        tell(tally.summary(), sys.stderr)
    status = tally.status()
    return 0 if args.exit_zero and status == 1 else status


def _report(text: str, output: str | None) -> None:
    if output is None:
        sys.stdout.write(text)
        return
    try:
        with open(output, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
    except OSError as error:
        raise UserError(f"--output: `{output}` cannot be written: {error.strerror}") from None


def _show(path: str, data: bytes | None, chosen: Inspector) -> None:
    """The diff of all fixes of one file, unsafe ones too."""
    from flake8_unload.repair.rounds import repaired

    try:
        old = source.read(path) if data is None else data
    except Unreadable:
        return  # it was there a moment ago; the findings have been printed
    put_diff(path, old, repaired(path, old, chosen, _EVERY_FIX).data)


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UserError(f"--jobs: `{text}` is neither a number above 0 nor `auto`")
    return int(text)


class _Tally:
    """Prints findings as they come, and counts them."""

    def __init__(self, show_fixes: bool, prints: bool) -> None:
        self.results: list[tuple[str, list[Finding]]] = []
        self._prints = prints
        self._show_fixes = show_fixes
        self._files = self._findings = self._with_findings = self._unreadable = 0
        self._safe = self._unsafe = 0

    def add(self, path: str, findings: Iterable[Finding]) -> None:
        """Print and count what was found in one file."""
        self._files += 1
        codes: list[str] = []
        if not self._prints:
            findings = list(findings)
            self.results.append((path, findings))
        for each in findings:
            if self._prints:
                mark = _mark(each) if self._show_fixes else ""
                put_finding(f"{place(path, each)} {each.message}{mark}", sys.stdout)
            codes.append(each.code)
            self._safe += _SAFE_FIX.applies(each)
            self._unsafe += _EVERY_FIX.applies(each) and not _SAFE_FIX.applies(each)
        unreadable = codes.count(UNREADABLE)
        self._unreadable += bool(unreadable)
        self._findings += len(codes) - unreadable
        self._with_findings += len(codes) > unreadable

    def summary(self) -> str:
        """One line for a person."""
        found = f"{count(self._findings, 'finding')} in {self._with_findings} of {count(self._files, 'file')}"
        if self._unreadable:
            found += f", {self._unreadable} could not be checked"
        if self._safe:
            found += f"; `flake8-unload fix` repairs {self._safe}"
        if self._unsafe:
            found += (
                f"; `flake8-unload fix --unsafe-fixes` repairs {self._unsafe}{' more' * (self._safe > 0)}"
            )
        return found

    def status(self) -> int:
        """0 clean, 1 findings, 2 when a file could not be checked."""
        return 2 if self._unreadable else int(self._findings > 0)


def _mark(finding: Finding) -> str:
    match finding.fix:
        case Fix(safe=safe):
            return " [fix]" if safe else " [unsafe fix]"
        case Refusal(reason=reason):
            return f" [no fix: {reason}]"
    return ""
