"""`flake8-unload reload-order`: the reloads that a change of some modules needs, and what to do for them."""

from __future__ import annotations

import argparse
import json
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from functools import partial

from flake8_unload.commands.linking import add_folder, module_path, project_in
from flake8_unload.commands.printing import put
from flake8_unload.errors import UserError
from flake8_unload.project.advice import advise
from flake8_unload.project.linked import Project
from flake8_unload.project.order import Reordered, reload_order
from flake8_unload.project.values import Unprovable
from flake8_unload.reports.reload_advice import words

EXAMPLES = """\
examples:
  flake8-unload reload-order shop.settings          what must follow its change
  flake8-unload reload-order shop --in src          all modules of a package
  flake8-unload reload-order src/shop/settings.py --format json

exit status: 0 there is an order, 1 a circle of imports may keep old objects,
or one of the modules reloads others too early, 2 it cannot be told
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "reload-order",
        help="print reloads in the right order",
        description="Print what to do so that no old objects of modules stay after a reload.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("targets", metavar="TARGET", nargs="+", help="modules or packages: names or paths")
    parser.add_argument("--in", dest="folder", metavar="DIR", default=".", help="the project; default: here")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text is the default")
    add_folder(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the lines; the exit status. Raises UserError."""
    project = project_in(args, args.folder)
    paths = list(dict.fromkeys(path for each in args.targets for path in _files(project, each)))
    try:
        if args.format == "json":
            order: Sequence[Reordered] = reload_order(project, paths)
            lines = _json(order, project)
        else:
            advice = advise(project, paths)
            order, lines = advice.order, words(advice, project, partial(_command, args))
    except (Unprovable, RecursionError) as error:
        raise UserError(str(error)) from None
    for line in lines:
        put(line, sys.stdout)
    return int(any(each.circle or each.spoils for each in order))


def _command(args: argparse.Namespace, more: Sequence[str]) -> str:
    """The same question about more modules."""
    folder = [] if args.folder == "." else ["--in", args.folder]
    return shlex.join(["flake8-unload", "reload-order", *args.targets, *more, *folder])


def _files(project: Project, target: str) -> list[str]:
    """The files of a module, or of a package with all that is in it."""
    path = module_path(project, os.path.join(target, "__init__.py") if os.path.isdir(target) else target)
    if not path.endswith("__init__.py"):
        return [path]
    folder = os.path.dirname(path) + os.sep
    inside = [each for each in sorted(project.layout.files) if each.startswith(folder)]
    return [each for each in inside if not project.is_test(each) and not project.is_script(each)]


def _json(order: Sequence[Reordered], project: Project) -> Iterator[str]:
    rows = [
        {
            "module": each.module,
            "path": project.shown(each.path),
            "takes": each.takes,
            "circle": each.circle,
            "spoils": each.spoils or None,
        }
        for each in order
    ]
    yield json.dumps(rows, indent=2)
