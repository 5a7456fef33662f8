"""`flake8-unload baseline`: accept what is found now, so that only new findings fail."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from dataclasses import replace

from flake8_unload.baseline import Baseline, read, write
from flake8_unload.commands.arguments import (
    add_detection,
    add_discovery,
    add_paths,
    add_project,
    add_selection,
    inputs,
    inspector,
    surveyor,
)
from flake8_unload.commands.known import DEFAULT, file, judge
from flake8_unload.commands.printing import count, put_finding, tell
from flake8_unload.failures import UNREADABLE
from flake8_unload.reports.text import line
from flake8_unload.results import Result

EXAMPLES = """\
examples:
  flake8-unload baseline write             accept what this folder has now
  flake8-unload baseline prune             drop the entries of what is repaired
  flake8-unload baseline write --select UNL3 --baseline debt.json src

then `flake8-unload check --baseline unload-baseline.json` reports what is new

exit status: 0 done, 2 something could not be read, written or was misused
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the two commands and their options."""
    parser = commands.add_parser(
        "baseline",
        help="accept the findings of an old code base",
        description="Keep accepted findings in a file, so that `check` reports new ones only.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    kinds = parser.add_subparsers(title="commands", metavar="write|prune", required=True)
    _add(
        kinds, "write", _written, "accept what is found now; files that are not looked at keep their entries"
    )
    _add(kinds, "prune", _pruned, "drop the entries that no finding needs any more, and accept nothing")


_Files = list[tuple[str, list[Result]]]
_Judges = Callable[[str, str], bool]
_Change = Callable[[Baseline, _Files, _Judges], Baseline]


def _add(
    kinds: argparse._SubParsersAction[argparse.ArgumentParser], name: str, change: _Change, text: str
) -> None:
    parser = kinds.add_parser(
        name,
        help=text,
        description=text.capitalize() + ".",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=lambda args: run(args, change))
    add_paths(parser)
    add_project(parser)
    parser.add_argument("--baseline", metavar="FILE", help=f"the one of the configuration, or {DEFAULT}")
    add_selection(parser, "accept" if name == "write" else "drop")
    add_discovery(parser)
    add_detection(parser)
    parser.add_argument("--quiet", "-q", action="store_true", help="no summary on stderr")


def run(args: argparse.Namespace, change: _Change) -> int:
    """Change the baseline, say what changed; the exit status. Raises UserError."""
    old = _old(file(args) or DEFAULT, must_exist=change is _pruned)
    chosen = replace(inspector(args), identified=True)
    paths, unlisted = inputs(args)
    looker = surveyor(args, chosen)
    files = list(zip((path for path, _ in paths), looker.results_all(paths, None), strict=True))
    failures = unlisted + [
        (path, each.finding) for path, found in files for each in found if each.finding.code == UNREADABLE
    ]
    for path, failure in failures:
        put_finding(line(path, failure), sys.stdout)
    new = change(old, files, judge(chosen.selection, looker))
    write(new)
    if not args.quiet:
        sys.stdout.flush()
        tell(_summary(old, new), sys.stderr)
    return 2 if failures else 0


def _old(path: str, must_exist: bool) -> Baseline:
    return read(path) if must_exist or os.path.lexists(path) else Baseline(path)


def _written(old: Baseline, files: _Files, judged: _Judges) -> Baseline:
    return old.updated(files, judged)


def _pruned(old: Baseline, files: _Files, judged: _Judges) -> Baseline:
    for path, found in files:
        old.accept(path, found)
    return old.without(old.stale(judged))


def _summary(old: Baseline, new: Baseline) -> str:
    """One line for a person."""
    before, after = set(old.entries), set(new.entries)
    return (
        f"{new.file}: {count(len(after), 'finding')}, "
        f"{len(after - before)} of them new; {len(before - after)} dropped"
    )
