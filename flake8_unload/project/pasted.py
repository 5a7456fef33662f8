"""The lines that reload modules in an order, as they fit into their place. Knows no advice."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from flake8_unload.project.layout import Space
from flake8_unload.project.linked import Project
from flake8_unload.project.order import Reordered
from flake8_unload.project.places import Stretch
from flake8_unload.project.repeats import Repeat

_MOST = 6  # modules of a circle of which it is told what they take
_MOST_NAMES = 4


def code(
    project: Project,
    order: Sequence[Reordered],
    asked: Collection[str],
    stretch: Stretch | None,
    kept: Collection[str],
    new: Collection[str],
    acting: Mapping[str, Sequence[Repeat]],
) -> Iterator[str]:
    """The lines, indented as the statements are that they replace."""
    tree = project.tree(stretch.path) if stretch is not None else None
    taken = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} if tree is not None else set()
    name = next(each for each in ("name", "module_name", "reloaded_name") if each not in taken)
    package = next(each for each in ("package", "package_name", "reloaded_package") if each not in taken)
    indent = _indent(project, stretch) if stretch is not None else ""
    inner = "\t" if "\t" in indent else "    "
    imports = [f"import {each}" for each in ("importlib", "sys") if not _imports(tree, each)]
    found = [*imports, *([""] if imports else [])]
    found += _package(project, order, stretch, package)
    found.append(f"for {name} in [")
    notes = {each.path: _note(each, asked, kept, new, acting.get(each.path, ())) for each in order}
    found += [f"{inner}{each}" for each in _entries(project, order, package, notes)]
    found += ["]:", f"{inner}if {name} in sys.modules:"]
    found += [f"{inner}{inner}importlib.reload(sys.modules[{name}])"]
    yield from (f"{indent}{each.replace('    ', inner)}" if each else "" for each in found)


def in_place(project: Project, stretch: Stretch, lines: Sequence[str]) -> Iterator[str]:
    """The lines of the file afterwards."""
    before = project.lines(stretch.path)
    first, last = stretch.cut or (stretch.first, stretch.last)
    yield from before[: stretch.first - 1]
    yield from (f"{each}\n" for each in lines)
    yield from before[stretch.first - 1 : first - 1]
    yield from before[last:]


def _indent(project: Project, stretch: Stretch) -> str:
    found = re.match(r"[ \t]*", project.lines(stretch.path)[stretch.first - 1])
    return found[0] if found else ""


def _imports(tree: ast.Module | None, module: str) -> bool:
    """The module is imported under its own name for the whole file."""
    return tree is not None and any(
        isinstance(each, ast.Import) and any(a.name == module and not a.asname for a in each.names)
        for each in tree.body
    )


def _package(
    project: Project, order: Sequence[Reordered], stretch: Stretch | None, variable: str
) -> Iterator[str]:
    """The name of an add-on, that its host knows: any of its own modules has it in its name, too."""
    space = project.layout.space(order[0].path)
    package = space.hosted_name
    if not package:
        return
    own = space.name_of(stretch.path) if stretch and project.layout.space(stretch.path) is space else ""
    if own == package:
        yield f"{variable} = __name__"
    elif own.startswith(f"{package}."):
        depth = own.count(".") - package.count(".")
        cut = '.rpartition(".")[0]' if depth == 1 else f'.rsplit(".", {depth})[0]'
        inner = own.removeprefix(f"{package}.")
        assumed = f"assumes that this is PACKAGE.{inner}; if not, nothing is reloaded"
        yield f"{variable} = __name__{cut}  # {assumed}"
    else:
        yield f'{variable} = "{package}"  # {_guess(package, space)}'
        yield f"if {variable} not in sys.modules:"
        yield f'    raise ImportError(f"no package {{{variable}}} is loaded")'


def _guess(package: str, space: Space) -> str:
    """Where the name comes from."""
    folders = [re.sub(r"\W", "_", os.path.basename(each.folder)) for each in space.roots if each.prefix]
    source = "the folder" if package in folders else "texts of the project"
    return f"guessed from {source}; change it if the host uses another name"


def _entries(
    project: Project, order: Sequence[Reordered], variable: str, notes: Mapping[str, str]
) -> Iterator[str]:
    package = project.layout.space(order[0].path).hosted_name
    inside: set[str] = set()
    for each in order:
        if inside and each.module not in inside:
            yield "# the circle ends here"
        if each.circle and each.module not in inside:
            yield from _circle([one for one in order if one.module in (each.module, *each.circle)])
        inside = {each.module, *each.circle} if each.circle else set()
        name = _spelled(each.module, package, variable)
        if each.spoils:
            yield f"# left out: {'the package itself' if name == variable else name}"
        else:
            yield f"{name},{notes[each.path]}"
    if inside:
        yield "# the circle ends here"


def _spelled(module: str, package: str, variable: str) -> str:
    if not package:
        return f'"{module}"'
    inner = module.removeprefix(package)
    return f'f"{{{variable}}}{inner}"' if inner else variable


def _note(
    each: Reordered,
    asked: Collection[str],
    kept: Collection[str],
    new: Collection[str],
    acts: Sequence[Repeat],
) -> str:
    """Why it is in the list."""
    notes = ["new here"] if each.path in new else []
    if each.path in kept:
        notes.append("as today")
    elif each.path not in asked and each.takes:
        more = f" and {len(each.takes) - 1} more" if len(each.takes) > 1 else ""
        notes.append(f"takes {'.'.join(each.takes[0].split('.')[-2:])}{more}")
    notes += [_again(acts)] if acts else []
    return f"  # {'; '.join(notes)}" if notes else ""


def _again(acts: Sequence[Repeat]) -> str:
    """What its code does once more when it is executed."""
    first = acts[0]
    does = f"sets {first.name}" if first.sets else f"calls {first.name}(…)"
    if len(acts) > 1:
        return f"{does} and {len(acts) - 1} more again, from line {first.line} on"
    return f"{does} again, line {first.line}"


def _circle(members: list[Reordered]) -> Iterator[str]:
    """Who takes what of whom."""
    yield "# a circle: these import names of each other"
    told = [each for each in members if each.shares]
    for each in told[:_MOST]:
        shares = (f"{_names(names)} of `{_last(module)}`" for module, names in each.shares)
        yield f"#   `{_last(each.module)}` takes {', '.join(shares)}"
    if len(told) > _MOST:
        yield f"#   and {len(told) - _MOST} more"


def _names(names: Sequence[str]) -> str:
    more = f" and {len(names) - _MOST_NAMES} more" if len(names) > _MOST_NAMES else ""
    return ", ".join(f"`{each}`" for each in names[:_MOST_NAMES]) + more


def _last(name: str) -> str:
    return name.rpartition(".")[2]
