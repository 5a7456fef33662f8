"""`flake8-unload check`: lint files, folders or standard input, and print as flake8 prints."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable
from operator import itemgetter

from flake8_unload import options
from flake8_unload.discover import STDIN, python_files
from flake8_unload.errors import UserError
from flake8_unload.failures import UNREADABLE, failure
from flake8_unload.findings import Finding
from flake8_unload.inspection import Input, Inspector
from flake8_unload.selection import Selection, prefixes

EXAMPLES = """\
examples:
  flake8-unload check                      the Python files below the current folder
  flake8-unload check src tests/test_x.py  these folders and files
  flake8-unload check --select UNL2,stale-module-name src
  flake8-unload check --extend-select UNL9 src
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
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", default=["."], help="files, folders, or - (stdin)"
    )
    _add_selection(parser)
    _add_discovery(parser)
    group = parser.add_argument_group("detection", "The same as flake8's `--unload-…` options.")
    for option in options.OPTIONS:
        group.add_argument(f"--{option.name}", help=option.help, **option.argparse())
    parser.add_argument("--jobs", "-j", metavar="N", default="auto", help="processes, or auto (the default)")
    parser.add_argument("--quiet", "-q", action="store_true", help="no summary on stderr")


def _add_selection(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("rules", "Codes, code prefixes or names, separated by commas.")
    group.add_argument("--select", metavar="RULES", default="", help="report only these")
    group.add_argument("--ignore", metavar="RULES", default="", help="do not report these")
    group.add_argument(
        "--extend-select", metavar="RULES", default="", help="report these, too (opt-in rules)"
    )
    group.add_argument("--extend-ignore", metavar="RULES", default="", help="do not report these either")
    group.add_argument("--disable-noqa", action="store_true", help="report what `# noqa` suppresses")


def _add_discovery(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("files")
    group.add_argument(
        "--extend-exclude", metavar="PATTERNS", default="", help="names or paths to skip below folders"
    )
    group.add_argument("--no-gitignore", action="store_true", help="check what .gitignore ignores, too")
    group.add_argument(
        "--stdin-filename",
        "--stdin-display-name",
        metavar="PATH",
        default="stdin",
        help="the name of - (stdin)",
    )


def run(args: argparse.Namespace) -> int:
    """Print findings to stdout and a summary to stderr; the exit status. Raises UserError."""
    inspector, jobs = _inspector(args), _jobs(args.jobs)
    paths, failed = python_files(args.paths, _patterns(args.extend_exclude), not args.no_gitignore)
    tally = _Tally()
    for path, message in sorted({(each.filename, each.strerror) for each in failed}):
        tally.add(path, [failure(f"cannot be read: {message}")])
    inputs = sorted((_input(path, args.stdin_filename) for path in paths), key=itemgetter(0))
    for (path, _), findings in zip(inputs, inspector.inspect_all(inputs, jobs), strict=True):
        tally.add(path, findings)
    if not args.quiet:
        sys.stdout.flush()
        print(tally.summary(), file=sys.stderr)
    return tally.status()


def _input(path: str, stdin_name: str) -> Input:
    return (stdin_name, sys.stdin.buffer.read()) if path == STDIN else (path, None)


def _inspector(args: argparse.Namespace) -> Inspector:
    selection = Selection(
        prefixes(args.select),
        prefixes(args.ignore),
        prefixes(args.extend_select),
        prefixes(args.extend_ignore),
    )
    values = {option.name: getattr(args, option.dest) for option in options.OPTIONS}
    settings = options.settings(values, selection.named(), prefix="--")
    return Inspector(settings, selection, noqa=not args.disable_noqa)


def _jobs(text: str) -> int | None:
    if text == "auto":
        return None
    if not (text.isascii() and text.isdigit() and int(text)):
        raise UserError(f"--jobs: `{text}` is neither a number above 0 nor `auto`")
    return int(text)


def _patterns(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]


class _Tally:
    """Prints findings as they come, and counts them."""

    def __init__(self) -> None:
        self._files = self._findings = self._with_findings = self._unreadable = 0

    def add(self, path: str, findings: Iterable[Finding]) -> None:
        """Print and count what was found in one file."""
        self._files += 1
        codes = [_print(path, each) for each in findings]
        unreadable = codes.count(UNREADABLE)
        self._unreadable += bool(unreadable)
        self._findings += len(codes) - unreadable
        self._with_findings += len(codes) > unreadable

    def summary(self) -> str:
        """One line for a person."""
        found = (
            f"{_count(self._findings, 'finding')} in {self._with_findings} of {_count(self._files, 'file')}"
        )
        return f"{found}, {self._unreadable} could not be checked" if self._unreadable else found

    def status(self) -> int:
        """0 clean, 1 findings, 2 when a file could not be checked."""
        return 2 if self._unreadable else int(self._findings > 0)


def _print(path: str, finding: Finding) -> str:
    """Write one line as flake8 does: UTF-8 whatever the locale, columns from 1."""
    line = f"{path}:{finding.line}:{finding.column + 1}: {finding.code} {finding.message}\n"
    sys.stdout.buffer.write(line.encode("utf-8", "surrogateescape"))
    return finding.code


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
