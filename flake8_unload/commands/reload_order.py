"""`flake8-unload reload-order`: the reloads that a change of some modules needs, as lines to paste."""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Iterator, Sequence

from flake8_unload.commands.linking import add_folder, module_path, project_in
from flake8_unload.commands.printing import put
from flake8_unload.errors import UserError
from flake8_unload.project.linked import Project
from flake8_unload.project.order import Reordered, own_reloads, reload_order
from flake8_unload.project.values import Unprovable

_MOST = 6  # modules of a circle of which it is told what they take
_MOST_NAMES = 4

EXAMPLES = """\
examples:
  flake8-unload reload-order shop.settings          what must follow its change
  flake8-unload reload-order shop --in src          all modules of a package
  flake8-unload reload-order src/shop/settings.py --format json

exit status: 0 there is an order, 1 a circle of imports may keep old objects,
or a module is left out because it reloads others too early, 2 it cannot be told
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
    if args.format == "json":
        lines = _json(order, project)
    else:
        lines = _lines(order, set(paths), project)
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
    yield from _head(order, project)
    yield "import importlib"
    yield "import sys"
    yield ""
    if package:
        yield f'package = "{package}"  # {_guess(package, order[0], project)}'
        yield "if package not in sys.modules:"
        yield '    raise ImportError(f"no package {package} is loaded")'
    yield "for name in ["
    inside: set[str] = set()
    for each in order:
        if inside and each.module not in inside:
            yield "    # the circle ends here"
        if each.circle and each.module not in inside:
            yield from _circle([one for one in order if one.module in (each.module, *each.circle)])
        inside = {each.module, *each.circle} if each.circle else set()
        yield from _line(each, asked, package, project)
    if inside:
        yield "    # the circle ends here"
    yield "]:"
    yield "    if name in sys.modules:"
    yield "        importlib.reload(sys.modules[name])"


def _head(order: list[Reordered], project: Project) -> Iterator[str]:
    """Where to paste it, and what it lacks."""
    without = [f"`{_last(each.module)}`" for each in order if each.spoils]
    if without:
        keep = "is left out, and keeps" if len(without) == 1 else "are left out, and keep"
        yield f"# incomplete: {_listed(without)} {keep} old objects;"
        yield '# repair what stands below "left out", then run `flake8-unload reload-order` again'
    own, all_of_them = own_reloads(project, order)
    places = [f"{project.shown(path)}:{line}" for path, line in own]
    where = "# paste this where the reload is done"
    if len(places) == 1 and all_of_them:
        where = f"# paste this in the place of the reloads from {places[0]} on"
    elif places:
        where = (
            f"# paste this in the place of the reloads of these modules, which start at {_listed(places)};"
        )
        where += "\n# keep those of others"
    yield where
    if {path for path, _ in own} & {each.path for each in order}:
        yield "# (without the line of the module that it is pasted into, which would execute itself again)"


def _guess(package: str, first: Reordered, project: Project) -> str:
    """Where the name comes from."""
    roots = project.layout.space(first.path).roots
    folders = [re.sub(r"\W", "_", os.path.basename(each.folder)) for each in roots if each.prefix == package]
    source = "the folder" if package in folders else "texts of the project"
    return f"guessed from {source}; change it if the host uses another name"


def _circle(members: list[Reordered]) -> Iterator[str]:
    """Who takes what of whom."""
    yield "    # a circle: after one pass these may keep old objects of each other"
    told = [each for each in members if each.shares]
    for each in told[:_MOST]:
        shares = (f"{_names(names)} of `{_last(module)}`" for module, names in each.shares)
        yield f"    #   `{_last(each.module)}` takes {', '.join(shares)}"
    if len(told) > _MOST:
        yield f"    #   and {len(told) - _MOST} more"


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(f"`{each}`" for each in names[:_MOST_NAMES]) + more


def _line(each: Reordered, asked: set[str], package: str, project: Project) -> Iterator[str]:
    """One entry, or why there is none."""
    name = f'"{each.module}"'
    if package:
        inner = each.module.removeprefix(package)
        name = f'f"{{package}}{inner}"' if inner else "package"
    more = f" and {len(each.takes) - 1} more" if len(each.takes) > 1 else ""
    note = f"  # keeps {_short(each.takes[0])}{more}" if each.path not in asked else ""
    if each.spoils:
        what = "the package itself" if name == "package" else name
        yield f"    # left out: {what}"
        yield f"    #   {_reason(each, project)}"
    else:
        yield f"    {name},{note}"


def _reason(each: Reordered, project: Project) -> str:
    """What a module reloads too early, and where."""
    early = each.early
    if early is None:
        return f"line {each.spoils} of {project.shown(each.path)} reloads some of these too early"
    way = "" if early.path == each.path else "its execution leads to "
    line = f"{way}line {early.line} of {project.shown(early.path)}{', which' if way else ''}"
    module, before = _last(early.module), _last(early.before)
    return (
        f"{line} reloads `{module}` before `{before}`, which it takes from; put `{before}` before `{module}`"
    )


def _listed(words: Sequence[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _last(name: str) -> str:
    return name.rpartition(".")[2]


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
