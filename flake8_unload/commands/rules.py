"""`flake8-unload rules`: the list of rules, for people or as JSON."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator

from flake8_unload import registry
from flake8_unload.commands.printing import columns, put

EXAMPLES = """\
examples:
  flake8-unload rules
  flake8-unload rules --format json
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "rules",
        help="list the rules",
        description="List every rule: code, name, whether it is on by default, summary.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text is the default")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the list; always 0."""
    if args.format == "json":
        print(_json())
        return 0
    for line in columns(_rows(), sys.stdout):
        put(line, sys.stdout)
    return 0


def _rows() -> Iterator[tuple[str, ...]]:
    for each in registry.rules().values():
        yield each.code, each.name, "opt-in" if each.opt_in else "default", each.summary


def _json() -> str:
    rows = [
        {"code": each.code, "name": each.name, "default": not each.opt_in, "summary": each.summary}
        for each in registry.rules().values()
    ]
    return json.dumps(rows, indent=2)
