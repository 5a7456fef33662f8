"""`flake8-unload explain`: the page of one rule, in the terminal."""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterator
from itertools import groupby

from flake8_unload import registry
from flake8_unload.commands.printing import broken, coloured, put, width
from flake8_unload.errors import UserError, nearest
from flake8_unload.failures import UNREADABLE

EXAMPLES = """\
examples:
  flake8-unload explain UNL201
  flake8-unload explain stale-from-import
"""
_PARAGRAPH = re.compile(r"^(?:#.*|\n|.+(?:\n(?![-*#\n]).+)*)\n?", re.M)  # a heading, an empty line, or more
_UNREADABLE_PAGE = """\
UNL000: this file could not be read, parsed or analysed.

The bytes do not decode, Python cannot parse them, they nest too deeply, or the file cannot be opened.
The other files are still checked; the exit status is 2. It cannot be ignored or suppressed: nothing is
known about such a file. Leave the file out instead, with --extend-exclude."""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "explain",
        help="show the page of a rule",
        description="Show what a rule reports, why that is a hazard, and what to write instead.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("rule", metavar="RULE", help="a code or a name")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the page. Raises UserError for a word that is no rule."""
    if args.rule.upper() == UNREADABLE:
        _put_page(_UNREADABLE_PAGE)
        return 0
    rule = registry.find(args.rule)
    if rule is None:
        rules = registry.rules()
        known = [*rules, *(each.name for each in rules.values())]
        raise UserError(f"no rule has the code or name `{args.rule}`{nearest(args.rule, known)}")
    _put_page(rule.page.rstrip())
    return 0


def _put_page(page: str) -> None:
    """As it is; on a terminal, with headings in bold and paragraphs that fit."""
    columns, painted = width(sys.stdout), coloured(sys.stdout)
    lines = page.splitlines()
    for number, line in enumerate(lines if columns is None else _fitted(lines, columns)):
        heading = line.startswith("## ") or number == 0
        put(f"\x1b[1m{line}\x1b[m" if painted and heading else line, sys.stdout)


def _fitted(lines: list[str], columns: int) -> Iterator[str]:
    """The lines of a page with its paragraphs broken anew; code stays as it is."""
    for code, block in groupby(lines, _InCode()):
        if code:
            yield from block
            continue
        for paragraph in _PARAGRAPH.findall("\n".join(block) + "\n"):
            indent = "  " if paragraph.startswith(("- ", "* ")) else ""
            yield from broken(" ".join(paragraph.split()), columns, indent)


class _InCode:
    """Is a line between fences, or one of them? To be asked about every line in turn."""

    def __init__(self) -> None:
        self._inside = False

    def __call__(self, line: str) -> bool:
        fence = line.startswith("```")
        inside = self._inside
        self._inside ^= fence
        return inside or fence
