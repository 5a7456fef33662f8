"""The options that `check` and `fix` share, and what they come to: paths, rules, detection."""

from __future__ import annotations

import argparse
import sys
from operator import itemgetter

from flake8_unload import options
from flake8_unload.discover import STDIN, python_files
from flake8_unload.failures import failure
from flake8_unload.findings import Finding
from flake8_unload.inspection import Input, Inspector
from flake8_unload.selection import Selection, prefixes


def add_paths(parser: argparse.ArgumentParser) -> None:
    """PATH…"""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", default=["."], help="files, folders, or - (stdin)"
    )


def add_selection(parser: argparse.ArgumentParser, verb: str) -> argparse._ArgumentGroup:
    """Which rules, and whether `# noqa` counts; ``verb`` is what is done about them."""
    group = parser.add_argument_group("rules", "Codes, code prefixes or names, separated by commas.")
    group.add_argument("--select", metavar="RULES", default="", help=f"{verb} only these")
    group.add_argument("--ignore", metavar="RULES", default="", help=f"do not {verb} these")
    group.add_argument(
        "--extend-select", metavar="RULES", default="", help=f"{verb} these, too (opt-in rules)"
    )
    group.add_argument("--extend-ignore", metavar="RULES", default="", help=f"do not {verb} these either")
    return group


def add_discovery(parser: argparse.ArgumentParser) -> None:
    """Which files below folders, and the name of what comes in on standard input."""
    group = parser.add_argument_group("files")
    group.add_argument(
        "--extend-exclude", metavar="PATTERNS", default="", help="names or paths to skip below folders"
    )
    group.add_argument("--no-gitignore", action="store_true", help="look at what .gitignore ignores, too")
    group.add_argument(
        "--stdin-filename",
        "--stdin-display-name",
        metavar="PATH",
        default="stdin",
        help="the name of - (stdin)",
    )


def add_detection(parser: argparse.ArgumentParser) -> None:
    """The detection options."""
    group = parser.add_argument_group("detection", "The same as flake8's `--unload-…` options.")
    for option in options.OPTIONS:
        group.add_argument(f"--{option.name}", help=option.help, **option.argparse())


def inputs(args: argparse.Namespace) -> tuple[list[Input], list[tuple[str, Finding]]]:
    """What to look at, in the order of the printed paths; and folders that cannot be listed."""
    paths, failed = python_files(args.paths, _patterns(args.extend_exclude), not args.no_gitignore)
    found = sorted((_input(path, args.stdin_filename) for path in paths), key=itemgetter(0))
    unlisted = sorted({(each.filename, each.strerror) for each in failed})
    return found, [(path, failure(f"cannot be read: {message}")) for path, message in unlisted]


def inspector(args: argparse.Namespace, noqa: bool = True) -> Inspector:
    """What is the same for every file. Raises UserError."""
    selection = Selection(
        prefixes(args.select),
        prefixes(args.ignore),
        prefixes(args.extend_select),
        prefixes(args.extend_ignore),
    )
    values = {option.name: getattr(args, option.dest) for option in options.OPTIONS}
    return Inspector(options.settings(values, selection.named(), prefix="--"), selection, noqa)


def _input(path: str, stdin_name: str) -> Input:
    return (stdin_name, sys.stdin.buffer.read()) if path == STDIN else (path, None)


def _patterns(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
