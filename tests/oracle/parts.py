"""What an object keeps: bases, defaults, items, attributes, closures. Knows nothing of what is old.

Runs on any Python, inside of projects.
"""

from __future__ import annotations

import contextlib
import functools
import types
from collections.abc import Iterator
from types import FunctionType

from tests.oracle.watch import CONTAINERS, Watch


class Parts:
    """Of the objects of watched modules."""

    def __init__(self, watch: Watch) -> None:
        self._watch = watch

    def held(self, value: object) -> Iterator[tuple[str, object]]:
        """What it keeps, each with the word for it."""
        if isinstance(value, type):
            if self._watch.defined_here(value):
                yield from self._of_class(value)
        elif isinstance(value, FunctionType):
            yield from self._of_function(value)
        elif isinstance(value, (dict, types.MappingProxyType)):
            yield from (("item", each) for each in [*value.keys(), *value.values()])
            yield "item", getattr(value, "default_factory", None)
        elif isinstance(value, CONTAINERS):
            yield from (("item", each) for each in value)
        elif isinstance(value, functools.partial):
            yield from (("item", each) for each in [value.func, *value.args, *value.keywords.values()])
        elif isinstance(getattr(value, "__wrapped__", None), FunctionType):  # a cache
            yield from self._unnamed(value.__wrapped__)  # type: ignore[attr-defined]
        elif type(value).__module__ in ("typing", "types") and getattr(value, "__args__", ()):
            yield from (("alias", each) for each in value.__args__)  # type: ignore[attr-defined]
        elif isinstance(value, property):
            yield from self._unnamed(value.fget)
        elif isinstance(value, types.SimpleNamespace):
            yield from (("item", each) for each in vars(value).values())
        elif isinstance(value, contextlib.nullcontext):
            yield "item", value.enter_result
        elif self._watch.defined_here(type(value)):
            yield "instance", type(value)
            fields = getattr(value, "__dataclass_fields__", ())  # what they are set to is told at the class
            given = getattr(value, "__dict__", {}).items()
            yield from (("item", each) for name, each in given if name not in fields)

    def _of_class(self, value: type) -> Iterator[tuple[str, object]]:
        yield from (("base", base) for base in value.__bases__)
        if self._watch.defined_here(type(value)):
            yield "instance", type(value)
        for name, attribute in vars(value).items():
            if name == "__annotations__":  # nothing is made of them
                continue
            if name == "__dataclass_fields__":
                own = [
                    attribute[each] for each in vars(value).get("__annotations__", ()) if each in attribute
                ]
                yield from (("item", part) for each in own for part in (each.default, each.default_factory))
                continue
            attribute = getattr(attribute, "__func__", attribute)  # of a static or class method
            if getattr(getattr(attribute, "__code__", None), "co_filename", "") == "<string>":
                continue  # written by `dataclasses`
            yield from self._unnamed(attribute)

    def _unnamed(self, value: object, seen: tuple[int, ...] = ()) -> Iterator[tuple[str, object]]:
        """A function that no module has a name for is told by what it keeps."""
        if isinstance(value, FunctionType) and id(value) not in self._watch.origins:
            if id(value) not in seen:
                yield from self._of_function(value, seen)
        else:
            yield "item", value

    def _of_function(
        self, function: FunctionType, seen: tuple[int, ...] = ()
    ) -> Iterator[tuple[str, object]]:
        for default in [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]:
            yield "default", default
        for cell in function.__closure__ or ():
            with contextlib.suppress(ValueError):  # it is empty
                yield from self._unnamed(cell.cell_contents, (*seen, id(function)))
        for value in vars(function).values():
            yield from self._unnamed(value, (*seen, id(function)))
        if (
            id(function.__code__) in self._watch.makers
        ):  # what a decorator left runs the code of the decorator
            yield "decorator", self._watch.makers[id(function.__code__)]
