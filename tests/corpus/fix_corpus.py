"""Fixes copies of real code and checks what came of it. Knows folders and the fixer, no rule.

    python tests/corpus/fix_corpus.py [--check-tests] [--select RULES] [--jobs N] FOLDER...

Every folder is copied; `fix --unsafe-fixes` is worked out in memory and then done by the real command
on the copy. Checked for each file: both give the same bytes, what compiled compiles, a second run
changes nothing, every comment is there, and each line that `git diff` shows is owned by a fix. Figures: fixes
offered (a finding has one), applied, and not offered or not applied, by reason. Exit status 1 where a
check failed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flake8_unload.edits import Edit, Fix  # stand-alone: run from a checkout, nothing installed
from flake8_unload.failures import UNREADABLE
from flake8_unload.inspection import Inspector
from flake8_unload.repair import rounds
from flake8_unload.repair.apply import Applied, apply, lost_comments
from flake8_unload.repair.splice import spliced
from flake8_unload.repair.wanted import Wanted
from flake8_unload.selection import Selection, prefixes
from flake8_unload.settings import Settings
from flake8_unload.source import decode, normalised
from tests.owned import unowned

ROOT = Path(__file__).resolve().parents[2]
_SKIPPED = shutil.ignore_patterns(".git", "__pycache__", "*.so", "*.pyc", "node_modules")
_NAMES = re.compile(r"[`'\"].*?[`'\"]|line \d+")
_CARRIAGE = re.compile(r"\r(?!\n)")  # alone it ends a line for Python, and none for git


@dataclass
class Outcome:
    """One file, or the sum of many."""

    files: int = 0
    unreadable: int = 0
    offered: Counter[str] = field(default_factory=Counter)
    applied: Counter[str] = field(default_factory=Counter)
    left: Counter[tuple[str, str]] = field(default_factory=Counter)
    without: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    results: dict[str, bytes] = field(default_factory=dict)

    def add(self, other: Outcome) -> None:
        self.files += other.files
        self.unreadable += other.unreadable
        for name in ("offered", "applied", "left", "without"):
            getattr(self, name).update(getattr(other, name))
        self.failures += other.failures
        self.results.update(other.results)


# -- one file --------------------------------------------------------------------------------------
def examined(job: tuple[str, bool, tuple[str, ...]]) -> Outcome:
    """Fix one file in memory and check the result."""
    path, check_tests, select = job
    settings = Settings(fixes=True, check_tests=check_tests, select=select)
    inspector = Inspector(settings, Selection(select=select))
    data = Path(path).read_bytes()
    found = inspector.inspect(path, data)
    outcome = Outcome(1, any(each.code == UNREADABLE for each in found))
    outcome.offered.update(each.code for each in found if isinstance(each.fix, Fix))
    outcome.without.update(each.code for each in found if each.fix is None)
    if not any(each.fix for each in found):
        return outcome
    strangers: list[str] = []
    _record(strangers)
    done = rounds.repaired(path, data, inspector, Wanted(unsafe=True))
    outcome.applied.update(each.code for each in done.fixed)
    outcome.left.update((each.code, _NAMES.sub("…", reason)) for each, reason in done.left)
    failed = [*strangers, *_wrong(path, data, done.data, inspector)]
    outcome.failures += (f"{path}: {each}" for each in failed)
    if done.data != data:
        outcome.results[path] = done.data
    return outcome


def _record(strangers: list[str]) -> None:
    """Have every attempt of a fix looked at: which lines of the file it changes, line ends included."""
    made: list[Edit] = []

    def applied(text: str, fixes: Sequence[Fix]) -> Applied:
        done = apply(text, fixes)
        made[:] = [edit for number in done.done for edit in fixes[number].edits]
        return done

    def written(data: bytes, before: str, after: str) -> bytes:
        new = spliced(data, before, after)
        old_text, new_text = (_CARRIAGE.sub("\n", decode(each)[0]) for each in (data, new))
        strangers.extend(unowned(old_text, new_text, made))
        return new

    rounds.apply, rounds.spliced = applied, written  # type: ignore[attr-defined]


def _wrong(path: str, old: bytes, new: bytes, inspector: Inspector) -> Iterator[str]:
    before, after = (normalised(decode(data)[0]) for data in (old, new))
    if _compiles(before) and not _compiles(after):
        yield "does not compile any more"
    lost = lost_comments(before, after)
    if lost:
        yield f"lost {lost[0]}"
    again = rounds.repaired(path, new, inspector, Wanted(unsafe=True))
    if again.data != new or again.fixed:
        yield f"a second run changes it: {[each.code for each in again.fixed]}"


def _compiles(text: str) -> bool:
    try:
        compile(text, "<file>", "exec", dont_inherit=True)
    except (SyntaxError, ValueError, RecursionError):
        return False
    return True


# -- one folder ------------------------------------------------------------------------------------
def of_folder(folder: Path, check_tests: bool, select: tuple[str, ...], jobs: int) -> Outcome:
    """Everything below a folder, in a copy of it."""
    with tempfile.TemporaryDirectory() as temporary:
        copy = Path(temporary, folder.name)
        shutil.copytree(folder, copy, ignore=_SKIPPED, ignore_dangling_symlinks=True)
        paths = sorted(str(each) for each in copy.rglob("*.py") if each.is_file())
        total = Outcome()
        with Pool(jobs) as pool:
            work = [(path, check_tests, select) for path in paths]
            for each in pool.imap(examined, work, chunksize=8):
                total.add(each)
        total.failures += _by_command(copy, total.results, check_tests, select)
        total.failures = [each.replace(f"{copy}/", f"{folder.name}/") for each in total.failures]
    return total


def _by_command(
    copy: Path, results: dict[str, bytes], check_tests: bool, select: tuple[str, ...]
) -> Iterator[str]:
    """The real command, twice, on the files that change."""
    if not results:
        return
    files = list(results)
    command = [sys.executable, "-m", "flake8_unload", "fix", "--unsafe-fixes", "-q", "--isolated", *files]
    command += ["--check-tests"] if check_tests else []
    command += ["--select", ",".join(select)] if select else []
    for _ in range(2):
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            yield f"{copy.name}: exit status {done.returncode}: {done.stderr.strip()}"
        for path, wanted in results.items():
            if Path(path).read_bytes() != wanted:
                yield f"{path}: the command writes something else"


def report(total: Outcome) -> None:
    """The figures, and what failed."""
    print(f"{total.files} files, {total.unreadable} of them unreadable; {len(total.results)} changed")
    print("code     offered  applied  not offered or applied  rule without a fix")
    left = Counter[str]()
    for (code, _), count in total.left.items():
        left[code] += count
    for code in sorted({*total.offered, *total.applied, *left, *total.without}):
        row = total.offered[code], total.applied[code], left[code], total.without[code]
        print(f"{code}  {row[0]:7}  {row[1]:7}  {row[2]:22}  {row[3]:18}")
    sums = (sum(each.values()) for each in (total.offered, total.applied, left, total.without))
    print("all     {:7}  {:7}  {:22}  {:18}".format(*sums))
    print("\nreasons:")
    for (code, reason), count in sorted(total.left.items()):
        print(f"{count:5}  {code}  {reason}")
    print(f"\n{len(total.failures)} checks failed")
    print(*total.failures, sep="\n")


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status 0 where every check of every file held."""
    parser = argparse.ArgumentParser(description="fix copies of real code and check the result")
    parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
    parser.add_argument("--check-tests", action="store_true", help="the state rules in tests, too")
    parser.add_argument("--select", metavar="RULES", default="", help="code prefixes, with commas between")
    parser.add_argument("--jobs", metavar="N", type=int, default=1, help="processes at the same time")
    args = parser.parse_args(arguments)
    warnings.simplefilter("ignore")
    total = Outcome()
    for folder in args.folders:
        total.add(of_folder(folder.resolve(), args.check_tests, prefixes(args.select), args.jobs))
    report(total)
    return int(bool(total.failures))


if __name__ == "__main__":
    sys.exit(main())
