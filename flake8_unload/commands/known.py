"""`--baseline` for the commands that respect one: what it has, and what nothing needs any more."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from flake8_unload.baseline import Baseline, Judged, read
from flake8_unload.commands.arguments import configured
from flake8_unload.commands.printing import put
from flake8_unload.engine import selects_opt_in
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.results import BASELINE, Result
from flake8_unload.selection import Selection, chosen
from flake8_unload.survey.run import Survey

DEFAULT = "unload-baseline.json"


def add_baseline(parser: argparse.ArgumentParser) -> None:
    """`--baseline FILE`."""
    parser.add_argument("--baseline", metavar="FILE", help="leave alone what `baseline write` accepted in it")


def file(args: argparse.Namespace) -> str:
    """Where the baseline is, by the command line or the configuration; empty for none."""
    path: str = configured(args)["baseline"]
    return path


def given(args: argparse.Namespace) -> Baseline | None:
    """The baseline of this run. Raises UserError."""
    path = file(args)
    return read(path) if path else None


def accepting(inspector: Inspector, results: Sequence[Result]) -> Inspector:
    """An inspector of this one file that leaves alone what the baseline has of it."""
    known = frozenset(each.identity.fingerprint for each in results if each.suppressed == BASELINE)
    return replace(inspector, accepted=known)


def judge(selection: Selection, looker: Inspector | Survey) -> Judged:
    """Whether a run can say that a finding of a rule is gone: it would report one in this file."""

    def judged(path: str, code: str) -> bool:
        if code.startswith("UNL9") and not selects_opt_in(code, selection.named()):
            return False
        if code.startswith("UNL4") and not _sees_project_of(path, looker):
            return False
        return bool(chosen([Finding(1, 0, code, "")], selection, path))

    return judged


def _sees_project_of(path: str, looker: Inspector | Survey) -> bool:
    """A finding across files needs them all; a run over a few of them misses it."""
    if not isinstance(looker, Survey):
        return False
    return os.path.abspath(path).startswith(os.path.join(looker.root, ""))


def stale(baseline: Baseline, judged: Judged, silent: bool = False) -> int:
    """Show the entries of the baseline that nothing needs any more; how many there are."""
    left = baseline.stale(judged)
    for each in left if not silent else ():
        put(f"{baseline.file}: stale: {each}", sys.stderr)
    return len(left)
