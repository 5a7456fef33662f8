"""What a name can hold in a rehearsal: modules, things that code made, constants, the unknown. Data only."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Place = tuple[str, int]
"""A path and a line that counts from 1."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Which execution of which module made a thing, and under which name it was bound there first."""

    module: str
    name: str
    run: int


@dataclass(slots=True, eq=False, repr=False)
class Thing:
    """One object, compared by identity.

    ``kind`` is one of: `module` (``data`` is its `Module`), `class` (``data``: its attributes), `function`
    (``data``: a `Function`), `bound` (a function and its first argument), `instance` (``data``: its class),
    `object` (made here, nothing else is known), `const` (``data``: the Python value), `list` (any sequence or
    set; ``data``: things), `dict` (``data``: constants or things to things), `foreign` (``data``: its dotted
    name), `modules` (`sys.modules`, or a copy of its items), `names` (a namespace; ``data``: the dict),
    `unknown`.

    ``parts`` are the bases and defaults it keeps, each with the word for it; `held` has the items, too.
    """

    kind: str
    data: Any = None
    origin: Origin | None = None
    parts: list[tuple[str, Thing]] = field(default_factory=list)
    place: Place | None = None
    note: str = ""  # `walk`: the items are entries of `sys.modules`; `folder`: they are what a folder holds

    def held(self) -> Iterator[tuple[str, Thing]]:
        """What it keeps, each with the word for it; see `Stale`."""
        yield from self.parts
        if self.kind == "class":
            for each in self.data.values():
                own = each.kind == "function" and each.origin is None  # a method
                yield from each.parts if own else [("item", each)]
        elif self.kind == "instance":
            yield "instance", self.data
        elif self.kind == "list":
            yield from (("item", each) for each in self.data)
        elif self.kind == "dict":
            yield from (("item", each) for each in self.data if isinstance(each, Thing))
            yield from (("item", each) for each in self.data.values())

    @property
    def is_text(self) -> bool:
        """A string constant."""
        return self.kind == "const" and isinstance(self.data, str)

    @property
    def is_fresh(self) -> bool:
        """Every execution of the code that made it makes another one."""
        return self.kind not in ("module", "foreign", "unknown", "modules", "names", "bound")


@dataclass(slots=True, eq=False, repr=False)
class Function:
    """A function or lambda: its code, the module whose globals it sees, the names of functions around it."""

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    module: Module
    outer: tuple[dict[str, Thing], ...] = ()


@dataclass(slots=True, eq=False, repr=False)
class Module:
    """One module object. ``run`` is its last execution; 0 before the first. ``path`` is a file or a folder.

    ``lines`` are the lines of the statements that bound its names last.
    """

    name: str
    path: str
    names: dict[str, Thing] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    run: int = 0
    thing: Thing = field(init=False)

    def __post_init__(self) -> None:
        self.thing = Thing("module", self)

    @property
    def by_name_alone(self) -> bool:
        """It is thought to be loaded, but its first execution is left out."""
        return self.run == 0

    @property
    def is_package(self) -> bool:
        """It may have submodules."""
        return not self.path.endswith(".py") or self.path.endswith("__init__.py")

    @property
    def package(self) -> str:
        """What relative imports start from."""
        return self.name if self.is_package else self.name.rpartition(".")[0]


UNKNOWN = Thing("unknown")
NONE = Thing("const", None)


def const(value: Any, place: Place | None = None) -> Thing:
    """A constant."""
    return Thing("const", value, place=place)


def listed(items: list[Thing]) -> Thing:
    """A sequence of known items."""
    return Thing("list", items)


class Raised(Exception):
    """The code of the project raises; ``name`` is the class of the exception."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


class Unprovable(Exception):
    """The rehearsal cannot go on; says why."""


class Returned(Exception):
    """A `return` statement."""

    def __init__(self, thing: Thing) -> None:
        super().__init__()
        self.thing = thing


class Leave(Exception):
    """`break` or `continue`."""

    def __init__(self, breaks: bool) -> None:
        super().__init__()
        self.breaks = breaks
