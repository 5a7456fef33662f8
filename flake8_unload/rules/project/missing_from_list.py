"""UNL403 missing-from-reload-list: A module stays out of a list of reloads that its siblings are in.

## What it does
Reports a list of reloads, once for every module of the same package that is not in it and keeps names, base
classes or defaults of modules that are. And a list of at least three that names all but one of the siblings
which the listed modules take classes and functions from, if the package itself has it and that one keeps no
state.

## Why is this bad?
Such lists are kept by hand. The module that was added last is forgotten, and from then on a reload gives a
mixture: new siblings beside one that still works with the old classes. The message names the module and the
place where it takes what is old. Where the forgotten one takes nothing, the others keep working with its code
of before, whatever was edited in it.

## Example
```python
# file: shapes/__init__.py
# file: shapes/base.py
class Shape:
    pass


# file: shapes/circle.py
from shapes.base import Shape


class Circle(Shape):
    pass


# file: shapes/square.py
from shapes.base import Shape


class Square(Shape):
    pass


# file: reloader.py
import importlib

import shapes.base
import shapes.circle
import shapes.square


def refresh():
    importlib.reload(shapes.base)
    importlib.reload(shapes.circle)
```

## Use instead
```python
# file: shapes/__init__.py
# file: shapes/base.py
class Shape:
    pass


# file: shapes/circle.py
from shapes.base import Shape


class Circle(Shape):
    pass


# file: shapes/square.py
from shapes.base import Shape


class Square(Shape):
    pass


# file: reloader.py
import importlib

import shapes.base
import shapes.circle
import shapes.square


def refresh():
    importlib.reload(shapes.base)
    importlib.reload(shapes.circle)
    importlib.reload(shapes.square)
```

## Clean
A sibling that takes nothing from the modules in the list may stay out of it:
```python
# file: shapes/__init__.py
# file: shapes/base.py
class Shape:
    pass


# file: shapes/circle.py
from shapes.base import Shape


class Circle(Shape):
    pass


# file: shapes/colours.py
RED = "red"


# file: reloader.py
import importlib

import shapes.base
import shapes.circle
import shapes.colours


def refresh():
    importlib.reload(shapes.base)
    importlib.reload(shapes.circle)
    return shapes.colours.RED
```

```python
# file: shapes/__init__.py
# file: shapes/base.py
SHAPES = []


def register(shape):
    SHAPES.append(shape)


# file: shapes/circle.py
from shapes.base import register


@register
class Circle:
    pass


# file: shapes/square.py
from shapes.base import register


@register
class Square:
    pass


# file: shapes/star.py
from shapes.base import register


@register
class Star:
    pass


# file: reloader.py
import importlib

import shapes.circle
import shapes.square
import shapes.star


def refresh():
    importlib.reload(shapes.circle)
    importlib.reload(shapes.square)
    importlib.reload(shapes.star)
```

## References
SEMANTICS HR-06; of nineteen projects that were really run, ten kept old objects after their own reload.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

from flake8_unload.findings import Hazard
from flake8_unload.project.code_names import set_in_functions
from flake8_unload.project.linked import Project
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.sites import Site, place_of, sites, statement
from flake8_unload.project.values import Place
from flake8_unload.registry import rule

_SIBLINGS = 2  # modules of one package that make a list
_ALL_BUT_ONE = 3  # of so many at least, and all others there are
_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
_PLAIN_CALLS = frozenset({"TypeVar", "getLogger", "namedtuple", "NewType", "compile", "frozenset"})


@rule("UNL403", "missing-from-reload-list")
def check(project: Project) -> Iterator[tuple[str, Hazard]]:
    """Siblings of the reloaded modules that are not executed again."""
    seen: set[tuple[str, int, str]] = set()
    for rehearsal in project.in_turn():
        if project.is_open(rehearsal):
            continue
        lists = _lists(rehearsal)
        absent: dict[str, Site] = {}
        for site in sites(project, rehearsal, again=False):
            places = lists.get(site.module.rpartition(".")[0], [])
            if len(places) >= _SIBLINGS and site.path != rehearsal.act.path:
                absent.setdefault(site.module, site)
        for module, site in absent.items():
            path, line = lists[module.rpartition(".")[0]][0]
            if (path, line, module) not in seen:
                seen.add((path, line, module))
                yield path, Hazard(statement(project, path, line), _message(module, site, project))
        for package, module, name in _forgotten(lists, rehearsal, project):
            path, line = lists[package][0]
            if (path, line, module) not in seen:
                seen.add((path, line, module))
                leaf = module.rpartition(".")[2]
                text = f"`{leaf}` alone is not among these reloads, which take `{name}` from it; add it"
                yield path, Hazard(statement(project, path, line), text)


def _lists(rehearsal: Rehearsal) -> dict[str, list[Place]]:
    """Where modules of a package are reloaded, in order, in the file that reloads most of them."""
    steps = {each.module: each for each in rehearsal.steps if each.kind == "reload" and each.places}
    found: dict[str, dict[str, list[Place]]] = {}
    for each in steps.values():
        place = place_of(each, rehearsal)
        found.setdefault(each.module.rpartition(".")[0], {}).setdefault(place[0], []).append(place)
    return {package: max(files.values(), key=len) for package, files in found.items()}


def _message(module: str, site: Site, project: Project) -> str:
    leaf, worst = module.rpartition(".")[2], site.worst
    where = f"{project.shown(site.path)}:{site.line}"
    return (
        f"`{leaf}` is not among these reloads and keeps `{worst.old.name}` of before them ({where}); add it"
    )


# -- all but one -------------------------------------------------------------------------------
def _forgotten(
    lists: dict[str, list[Place]], rehearsal: Rehearsal, project: Project
) -> Iterator[tuple[str, str, str]]:
    """Packages whose listed modules take from one alone that is not, with that one and what it lends."""
    for package, places in lists.items():
        path, _ = places[0]
        if not f"{project.layout.space(path).name_of(path)}.".startswith(f"{package}."):
            continue  # what others reload of a package is no list of it
        inside = sorted(each for each in rehearsal.runs if each.rpartition(".")[0] == package)
        listed = [rehearsal.paths[each] for each in inside if rehearsal.again(each)]
        lenders = {
            each: names
            for each in inside
            if len(places) >= _ALL_BUT_ONE
            and not rehearsal.again(each)
            and rehearsal.paths[each] != rehearsal.act.path
            if (names := _lent(rehearsal.paths[each], listed, project))
        }
        if len(lenders) == 1 and sum(_is_absent(each, rehearsal, project) for each in inside) == 1:
            yield from ((package, module, names[0]) for module, names in lenders.items())


def _is_absent(module: str, rehearsal: Rehearsal, project: Project) -> bool:
    """It has code that a reload would renew, and is not reloaded."""
    path = rehearsal.paths[module]
    if rehearsal.again(module) or path == rehearsal.act.path or not path.endswith(".py"):
        return False
    tree = None if project.is_test(path) else project.outline(path)
    return tree is not None and any(isinstance(e, _DEFINITIONS) for e in tree.body) and not _keeps_state(tree)


def _lent(path: str, users: list[str], project: Project) -> list[str]:
    """The classes and functions that others take from a module without state, in its order."""
    tree = project.outline(path) if path.endswith(".py") and not project.is_test(path) else None
    if tree is None or _keeps_state(tree):
        return []
    taken = {name for each in users for name in project.graph(each).names_from(each, path)}
    return [each.name for each in tree.body if isinstance(each, _DEFINITIONS) and taken & {each.name, "*"}]


def _keeps_state(tree: ast.Module) -> bool:
    """Something at the top that a reload would lose, so that it may stay out on purpose."""
    for node in tree.body:
        value = getattr(node, "value", None) if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        match value:
            case ast.Dict(keys=[]) | ast.List(elts=[]):
                return True
            case ast.Call(func=ast.Name(id=name) | ast.Attribute(attr=name)) if name not in _PLAIN_CALLS:
                return True
    return bool(set_in_functions(tree))
