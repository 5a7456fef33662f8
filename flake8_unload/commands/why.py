"""`flake8-unload why`: who keeps the old objects of a module after a reload or an unload."""

from __future__ import annotations

import argparse
import shlex
import sys

from flake8_unload.commands.linking import add_folder, module_path, project_in
from flake8_unload.commands.printing import put
from flake8_unload.errors import UserError
from flake8_unload.project.keepers import kept
from flake8_unload.project.values import Unprovable
from flake8_unload.reports.keeper_remedies import remedy
from flake8_unload.reports.keepers import FORMATS

EXAMPLES = """\
examples:
  flake8-unload why shop.settings            in the project below this folder
  flake8-unload why settings src             the end of the name is enough
  flake8-unload why src/shop/settings.py --format mermaid
  flake8-unload why shop.settings --format dot | dot -Tsvg > why.svg

exit status: 0 nothing keeps it, 1 something does, 2 it cannot be told
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "why",
        help="show who keeps a module's old objects alive",
        description="Show what keeps a module, or what it made, after a reload or unload.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("module", metavar="MODULE", help="a dotted name, the end of it, or a path")
    parser.add_argument("folder", metavar="DIR", nargs="?", default=".", help="the project; default: here")
    parser.add_argument("--format", choices=FORMATS, default="text", help="text is the default")
    add_folder(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the tree; the exit status. Raises UserError."""
    project = project_in(args, args.folder)
    try:
        found = kept(project, module_path(project, args.module))
    except (Unprovable, RecursionError) as error:
        raise UserError(f"`{args.module}`: {error}") from None
    for line in FORMATS[args.format](found, project.shown):
        put(line, sys.stdout)
    if args.format == "text" and found.after_reload:
        put("", sys.stdout)
        for line in remedy(found, project, _command(args)):
            put(line, sys.stdout)
    return int(bool(found.after_reload or found.names or found.effects))


def _command(args: argparse.Namespace) -> str:
    """What tells the order of the reloads."""
    folder = [] if args.folder == "." else ["--in", args.folder]
    return shlex.join(["flake8-unload", "reload-order", args.module, *folder])
