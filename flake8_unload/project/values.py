"""What a name can hold in a rehearsal: modules, things that code made, constants, the unknown. Data only."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from flake8_unload.project.once import once

Place = tuple[str, int]
"""A path and a line that counts from 1."""

Span = tuple[str, int, int, int]
"""A function by its path, its first and last line, and the column where it starts."""

_NONE_OF_IT: frozenset[int] = frozenset()
_NOTHING: Any = MappingProxyType({})  # what most things have; a dict of their own would be most of a thing


@dataclass(frozen=True, slots=True)
class Origin:
    """Which execution of which module made a thing, and under which name it was bound there first."""

    module: str
    name: str
    run: int


@dataclass(slots=True, init=False, eq=False, repr=False)
class Thing:
    """One object, compared by identity.

    ``kind`` is one of: `module` (``data`` is its `Module`), `class` (``data``: its attributes), `function`
    (``data``: a `Function`), `bound` (a function and its first argument), `instance` (``data``: its class),
    `object` (made here, nothing else is known), `const` (``data``: the Python value), `list` (any sequence or
    set; ``data``: things), `dict` (``data``: constants or things to things), `foreign` (``data``: its dotted
    name), `modules` (`sys.modules`, or a copy of its items), `names` (a namespace; ``data``: the dict),
    `later` (see `needed`; ``data``: what gives it, then the thing), `unknown`.

    ``parts`` are the bases and defaults it keeps, each with the word for it; `held` has the items, too.
    ``attributes`` are those that an instance, function or other object was given; ``doubtful`` are the ids
    of what stands in a container only if a test holds that cannot be known; ``givers`` are the modules whose
    import put a part into it, by the id of the part.
    """

    kind: str
    data: Any
    origin: Origin | None
    parts: Sequence[tuple[str, Thing]]
    place: Place | None
    # `walk`: the items are entries of `sys.modules`; `folder`: what a folder holds; `acts`; `made`: not None
    note: str
    attributes: Mapping[str, Thing]
    doubtful: frozenset[int]
    givers: dict[int, str]

    def __init__(
        self,
        kind: str,
        data: Any = None,
        origin: Origin | None = None,
        parts: Sequence[tuple[str, Thing]] = (),
        place: Place | None = None,
        note: str = "",
        attributes: Mapping[str, Thing] = _NOTHING,
    ) -> None:
        self.kind = kind
        self.data = data
        self.origin = origin
        self.parts = parts
        self.place = place
        self.note = note
        self.attributes = attributes
        self.doubtful = _NONE_OF_IT
        self.givers = _NOTHING

    def take(self, parts: Iterable[Thing], giver: str, in_doubt: bool) -> None:
        """Remember which module puts parts into it, and if a test that is not known decides about that."""
        taken = dict.fromkeys(map(id, parts), giver)
        if self.givers is _NOTHING:
            self.givers = {}
        self.givers.update(taken)
        if in_doubt:
            self.doubtful |= taken.keys()

    def dissolve(self) -> None:
        """Let go of everything."""
        if isinstance(self.data, dict):
            self.data.clear()
        self.data, self.parts, self.attributes = None, (), _NOTHING

    def held(self) -> Iterator[tuple[str, Thing]]:
        """What it keeps, each with the word for it; see `Stale`."""
        yield from self.parts
        if self.kind == "class":
            for each in self._items():
                own = each.kind == "function" and each.origin is None  # a method
                yield from each.held() if own else [("item", each)]
        elif self.kind == "instance":
            yield "instance", self.data
        elif self.kind == "function":
            yield from self.data.closure()
        elif self.kind in ("list", "dict"):
            yield from (("item", each) for each in self._items())
        yield from (("item", each) for each in self.attributes.values() if id(each) not in self.doubtful)

    def _items(self) -> Iterator[Thing]:
        """What is certainly in it, but for constants that no name had: they come from nowhere."""
        keys = self.data if self.kind == "dict" else ()
        values = self.data if self.kind == "list" else self.data.values()
        for each in (*keys, *values):
            if isinstance(each, Thing) and (each.kind != "const" or each.origin is not None):
                if id(each) not in self.doubtful:
                    yield each

    @property
    def is_text(self) -> bool:
        """A string constant."""
        return self.kind == "const" and isinstance(self.data, str)

    @property
    def is_fresh(self) -> bool:
        """Every execution of the code that made it makes another one."""
        return self.kind not in ("module", "foreign", "unknown", "modules", "names", "bound", "later")


@dataclass(slots=True, eq=False, repr=False)
class Function:
    """A function or lambda: its code, the module whose globals it sees, the names of functions around it.

    ``owner`` is the class that a method was defined in.
    """

    node: ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda
    module: Module
    outer: tuple[dict[str, Thing], ...] = ()
    owner: Thing | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        node = self.node
        return self.module.path, node.lineno, node.end_lineno or node.lineno, node.col_offset

    def closure(self, seen: frozenset[int] = frozenset()) -> Iterator[tuple[str, Thing]]:
        """What it keeps of the functions around it; of a function that has no other name, what that keeps."""
        seen |= {id(self)}
        for name in read_names(self.node) if self.outer else ():
            each = next((names[name] for names in self.outer if name in names), UNKNOWN)
            if each.kind == "function" and each.origin is None:
                if id(each.data) not in seen:
                    yield from each.parts
                    yield from each.data.closure(seen)
            elif each is not UNKNOWN:
                yield "item", each


@dataclass(slots=True, eq=False, repr=False)
class Module:
    """One module object. ``run`` is its last execution; 0 before the first. ``path`` is a file or a folder.

    ``lines`` are the lines of the statements that bound its names last, 0 for those of other modules;
    ``givers`` says which execution of which other module gave a name, directly or to where an import took it.
    ``later`` gives a name of one that is executed only when something of it is needed, which it was not yet.
    """

    name: str
    path: str
    names: dict[str, Thing] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    givers: dict[str, tuple[str, int]] = field(default_factory=dict)
    run: int = 0
    later: Callable[[str], Thing] | None = None
    thing: Thing = field(init=False)

    def __post_init__(self) -> None:
        self.thing = Thing("module", self)

    def dissolve(self) -> None:
        """Let go of everything."""
        self.names.clear()
        self.later = None
        self.thing.dissolve()

    def line_of(self, name: str) -> int:
        """The line of the statement that bound a name; the first where another module did."""
        return self.lines.get(name) or 1

    def introduce(self) -> None:
        """Give it the names that it has before its body runs."""
        self.names["__name__"] = const(self.name)
        self.names["__package__"] = const(self.package)
        self.names["__file__"] = const(self.path)

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


@once
def read_names(node: ast.AST) -> tuple[str, ...]:
    """The names that code of a function reads, and does not bind itself."""
    names = [each for each in ast.walk(node) if isinstance(each, ast.Name)]
    bound = {each.id for each in names if not isinstance(each.ctx, ast.Load)}
    bound |= {each.arg for each in ast.walk(node) if isinstance(each, ast.arg)}
    return tuple(dict.fromkeys(each.id for each in names if each.id not in bound))


UNKNOWN = Thing("unknown")
NONE = Thing("const", None)


def const(value: Any, place: Place | None = None) -> Thing:
    """A constant."""
    return Thing("const", value, place=place)


def listed(items: list[Thing]) -> Thing:
    """A sequence of known items."""
    return Thing("list", items)


def has_no_origin(thing: Thing) -> bool:
    """True for a thing that gets its origin where a module body binds it to a name first."""
    return thing.origin is None and thing.is_fresh and thing is not NONE


def needed(thing: Thing) -> Thing:
    """The thing; one that is left for later is made now. Raises Raised and Unprovable."""
    while thing.kind == "later":
        if not isinstance(thing.data, Thing):
            make, thing.data = thing.data, UNKNOWN  # which it is for whoever needs it to make it
            thing.data = make()
        thing = thing.data
    return thing


def needed_to_act(thing: Thing) -> Thing:
    """The thing; one that is left for later is made now if its name says that it may act."""
    return needed(thing) if thing.note == "acts" else thing


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
