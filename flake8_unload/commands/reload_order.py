"""`flake8-unload reload-order`: the reloads that a change of some modules needs, as lines to paste."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator

from flake8_unload.commands.linking import add_folder, module_path, project_in
from flake8_unload.commands.printing import put
from flake8_unload.errors import UserError
from flake8_unload.project.linked import Project
from flake8_unload.project.order import Reordered, reload_order
from flake8_unload.project.values import Unprovable

EXAMPLES = """\
examples:
  flake8-unload reload-order shop.settings          what must follow its change
  flake8-unload reload-order shop --in src          all modules of a package
  flake8-unload reload-order src/shop/settings.py --format json

exit status: 0 there is an order, 1 a circle of imports has none, or a module
reloads others in an order of its own, 2 it cannot be told
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "reload-order",
        help="print reloads in the right order",
        description="Print the reloads of modules and of all that keep old objects of them, in order.",
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
        order = reload_order(project, paths)
    except (Unprovable, RecursionError) as error:
        raise UserError(str(error)) from None
    lines = _json(order, project) if args.format == "json" else _lines(order, set(paths), project)
    for line in lines:
        put(line, sys.stdout)
    return int(any(each.circle or each.spoils for each in order))


def _files(project: Project, target: str) -> list[str]:
    """The files of a module, or of a package with all that is in it."""
    path = module_path(project, os.path.join(target, "__init__.py") if os.path.isdir(target) else target)
    if not path.endswith("__init__.py"):
        return [path]
    folder = os.path.dirname(path) + os.sep
    inside = [each for each in sorted(project.layout.files) if each.startswith(folder)]
    return [each for each in inside if not project.is_test(each) and not project.is_script(each)]


def _lines(order: list[Reordered], asked: set[str], project: Project) -> Iterator[str]:
    package = project.layout.space(order[0].path).hosted_name if order else ""
    yield "import importlib"
    yield "import sys"
    yield ""
    if package:
        yield f'package = "{package}"  # as the host calls it'
    yield "for name in ["
    inside: set[str] = set()
    for each in order:
        if inside and each.module not in inside:
            yield "    # the circle ends here"
        if each.circle and each.module not in inside:
            yield "    # a circle: these import names of each other, so that no order is right"
        inside = {each.module, *each.circle} if each.circle else set()
        yield from _line(each, asked, package)
    if inside:
        yield "    # the circle ends here"
    yield "]:"
    yield "    if name in sys.modules:"
    yield "        importlib.reload(sys.modules[name])"


def _line(each: Reordered, asked: set[str], package: str) -> Iterator[str]:
    """One entry, or why there is none."""
    name = f'"{each.module}"'
    if package:
        inner = each.module.removeprefix(package)
        name = f'f"{{package}}{inner}"' if inner else "package"
    more = f" and {len(each.takes) - 1} more" if len(each.takes) > 1 else ""
    note = f"  # keeps {_short(each.takes[0])}{more}" if each.path not in asked else ""
    if each.spoils:
        what = "the package itself" if name == "package" else name
        yield f"    # not {what}: its line {each.spoils} reloads some of these too early; sort that first"
    else:
        yield f"    {name},{note}"


def _short(name: str) -> str:
    """The last part of the module, and the name in it."""
    return ".".join(name.split(".")[-2:])


def _json(order: list[Reordered], project: Project) -> Iterator[str]:
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
