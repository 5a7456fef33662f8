"""`flake8-unload explain`: the page of one rule, in the terminal."""

from __future__ import annotations

import argparse

from flake8_unload import registry
from flake8_unload.errors import UserError, nearest
from flake8_unload.failures import UNREADABLE

EXAMPLES = """\
examples:
  flake8-unload explain UNL201
  flake8-unload explain stale-from-import
"""
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
        print(_UNREADABLE_PAGE)
        return 0
    rule = registry.find(args.rule)
    if rule is None:
        rules = registry.rules()
        known = [*rules, *(each.name for each in rules.values())]
        raise UserError(f"no rule has the code or name `{args.rule}`{nearest(args.rule, known)}")
    print(rule.page.rstrip())
    return 0
