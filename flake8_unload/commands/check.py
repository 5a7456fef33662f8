"""`flake8-unload check`: lint files, folders or standard input, and report in one format or several."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace

from flake8_unload import source
from flake8_unload.baseline import Baseline
from flake8_unload.commands.arguments import (
    add_detection,
    add_discovery,
    add_noqa,
    add_paths,
    add_project,
    add_repair,
    add_selection,
    configured,
    inputs,
    inspector,
    surveyor,
)
from flake8_unload.commands.known import accepting, add_baseline, file, given, judge, stale
from flake8_unload.commands.outputs import Output, add_outputs, outputs, refuse, write
from flake8_unload.commands.printing import put, put_diff, put_finding, tell
from flake8_unload.commands.progress import tracked
from flake8_unload.commands.suppressing import suppress
from flake8_unload.commands.tally import EVERY_FIX, Tally
from flake8_unload.discover import STDIN
from flake8_unload.errors import UserError
from flake8_unload.failures import Unreadable
from flake8_unload.findings import Finding
from flake8_unload.fingerprints import unplaced
from flake8_unload.inspection import Input, Inspector, reported
from flake8_unload.reports import EXACT, IDENTIFYING, TEXT
from flake8_unload.reports.text import line
from flake8_unload.results import Result

EXAMPLES = """\
examples:
  flake8-unload check                      all Python files below this folder
  flake8-unload check src tests/test_x.py  these folders and files
  flake8-unload check --select UNL2,stale-module-name src
  flake8-unload check --extend-select UNL9 src
  flake8-unload check --show-fixes src     what `flake8-unload fix` would change
  flake8-unload check --format sarif --output unload.sarif --format github
  flake8-unload check --baseline unload-baseline.json --fail-on-stale
  flake8-unload check --add-noqa src       suppress what is reported now
  flake8-unload check - --stdin-filename src/app.py < src/app.py

exit status: 0 clean, 1 findings, 2 something could not be read or was misused
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "check",
        help="lint files and folders",
        description="Report wrong unloads and reloads, and resources that imports leave open.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    add_paths(parser)
    add_project(parser)
    group = add_selection(parser, "report")
    add_noqa(group)
    add_baseline(parser)
    parser.add_argument(
        "--fail-on-stale", action="store_true", help="entries of the baseline without a finding fail, too"
    )
    add_discovery(parser)
    add_detection(parser)
    add_outputs(parser)
    parser.add_argument("--show-fixes", action="store_true", help="print what the fixes would change")
    add_repair(parser)
    parser.add_argument(
        "--statistics", action="store_true", help="count each code at the end, as flake8 does"
    )
    parser.add_argument(
        "--add-noqa", action="store_true", help="put a `# noqa: CODE` where each finding is suppressed by it"
    )
    parser.add_argument("--exit-zero", action="store_true", help="findings do not fail; errors still do")
    parser.add_argument("--jobs", "-j", metavar="N", default="auto", help="processes, or auto (the default)")
    parser.add_argument("--quiet", "-q", action="store_true", help="no summary on stderr")


def run(args: argparse.Namespace) -> int:
    """Write the reports, and a summary to stderr; the exit status. Raises UserError."""
    wanted, baseline = outputs(args), given(args)
    on_stdout = Output(TEXT, None) in wanted
    _fits_together(args, on_stdout)
    chosen = _inspector(args, wanted, baseline is not None)
    if args.add_noqa:
        return suppress(_files(args, chosen, baseline), chosen, args.quiet)
    tally, everything = Tally(), []
    for (path, data), results in _files(args, chosen, baseline):
        refuse(wanted, path)
        tally.add(results)
        everything.append((path, results))
        if on_stdout:
            _print(path, data, results, chosen, args.show_fixes)
    write(wanted, everything)
    if baseline:
        judged = judge(chosen.selection, surveyor(args, chosen))
        tally.stale = stale(baseline, judged, silent=args.quiet and not args.fail_on_stale)
    if args.statistics:
        for each in tally.statistics():
            put(each, sys.stdout if on_stdout else sys.stderr)
    sys.stdout.flush()
    if not args.quiet:
        tell(tally.summary(), sys.stderr)
    status = tally.status(args.fail_on_stale)
    return 0 if args.exit_zero and status == 1 else status


def _fits_together(args: argparse.Namespace, on_stdout: bool) -> None:
    """Raises UserError for options that contradict each other."""
    if args.show_fixes and not on_stdout:
        raise UserError(
            "--show-fixes prints text; leave --format out, or give it an --output beside --format text"
        )
    if args.fail_on_stale and not file(args):
        raise UserError("--fail-on-stale needs a --baseline")
    if args.add_noqa and configured(args)["disable-noqa"]:
        raise UserError("--add-noqa and --disable-noqa contradict each other")
    if args.add_noqa and STDIN in args.paths:
        raise UserError("--add-noqa writes files; standard input is none")
    if args.add_noqa and (args.show_fixes or args.statistics or hasattr(args, "outputs")):
        raise UserError(
            "--add-noqa writes no report; leave --format, --output, --statistics and --show-fixes out"
        )


def _inspector(args: argparse.Namespace, wanted: list[Output], identified: bool) -> Inspector:
    formats = {each.format for each in wanted}
    chosen = inspector(args)
    return replace(
        chosen,
        settings=replace(chosen.settings, fixes=not args.add_noqa),
        identified=identified or bool(formats & IDENTIFYING),
        replacing=_replacing if formats & EXACT else None,
    )


def _replacing(
    path: str, data: bytes | None, found: Sequence[Finding], results: Sequence[Result], chosen: Inspector
) -> list[Result]:
    from flake8_unload.repair.alone import with_replacements  # LibCST, only where there is a fix

    return with_replacements(path, data, found, results, chosen)


def _files(
    args: argparse.Namespace, chosen: Inspector, baseline: Baseline | None
) -> Iterator[tuple[Input, list[Result]]]:
    """Every file of the run with its results; first the folders that cannot be listed."""
    jobs = _jobs(args.jobs)
    files, unlisted = inputs(args)
    for path, failed in unlisted:
        yield (path, None), [Result(failed, unplaced(failed))]
    pairs = zip(files, surveyor(args, chosen).results_all(files, jobs), strict=True)
    for each, results in tracked(pairs, len(files), lambda pair: pair[1], args.quiet):
        known = baseline is not None and each[0] not in chosen.silent
        yield each, baseline.accept(each[0], results) if baseline and known else results


def _print(path: str, data: bytes | None, results: list[Result], chosen: Inspector, show_fixes: bool) -> None:
    for each in reported(results):
        put_finding(line(path, each, reasons=show_fixes), sys.stdout)
    if show_fixes and any(map(EVERY_FIX.applies, reported(results))):
        _show(path, data, results, chosen)


def _show(path: str, data: bytes | None, results: list[Result], chosen: Inspector) -> None:
    """The diff of all fixes of one file, unsafe ones too."""
    from flake8_unload.repair.rounds import repaired

    try:
        old = source.read(path) if data is None else data
    except Unreadable:
        return  # it was there a moment ago; the findings have been printed
    put_diff(path, old, repaired(path, old, accepting(chosen, results), EVERY_FIX).data)


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UserError(f"--jobs: `{text}` is neither a number above 0 nor `auto`")
    return int(text)
