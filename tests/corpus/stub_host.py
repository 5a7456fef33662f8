"""Stands in for the application that a project runs in: modules whose attributes are classes made on demand.

Knows nothing of the project, but which names are its own.
"""

from __future__ import annotations

import importlib.util
import inspect
import os
import sys
from abc import ABCMeta
from collections.abc import Callable, Iterator
from importlib.machinery import ModuleSpec
from types import FunctionType, ModuleType
from typing import Any


class Stub(ABCMeta):
    """Makes classes whose attributes, calls and operators all give something usable."""

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        made = made_class(f"{cls.__name__}.{name}")
        setattr(cls, name, made)
        return made

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if "stubbed" not in vars(cls):
            return super().__call__(*args, **kwargs)
        if len(args) == 1 and not kwargs and decorable(args[0]):
            return args[0]  # a decorator of the host
        return super().__call__()

    def __iter__(cls) -> Iterator[Any]:
        return iter(())

    def __getitem__(cls, _: object) -> Any:
        return cls

    def __setitem__(cls, _: object, __: object) -> None:
        pass

    def __int__(cls) -> int:
        return 1

    __index__ = __int__

    def __fspath__(cls) -> str:
        return cls.__name__

    def __bool__(cls) -> bool:
        return True


class Thing(metaclass=Stub):
    """What a call of a stub gives."""

    stubbed = True

    def __init_subclass__(cls, **kwargs: Any) -> None:
        pass

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        pass

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__") and name.endswith("__"):
            raise AttributeError(name)
        return made_class(name)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return args[0] if len(args) == 1 and decorable(args[0]) else self

    def __enter__(self) -> Any:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def __iter__(self) -> Iterator[Any]:
        return iter(())

    def __len__(self) -> int:
        return 0

    def __bool__(self) -> bool:
        return True

    def __int__(self) -> int:
        return 1

    def __float__(self) -> float:
        return 1.0

    def __fspath__(self) -> str:
        return type(self).__name__

    def __contains__(self, _: object) -> bool:
        return False

    def __getitem__(self, _: object) -> Any:
        return Thing()

    def __setitem__(self, _: object, __: object) -> None:
        pass


for operator in "add sub mul truediv floordiv mod pow and or xor lshift rshift matmul".split():
    for kind in (Stub, Thing):
        setattr(kind, f"__{operator}__", lambda self, _: self)
        setattr(kind, f"__r{operator}__", lambda self, _: self)
for operator in "lt le gt ge".split():
    for kind in (Stub, Thing):
        setattr(kind, f"__{operator}__", lambda self, _: False)
for operator in "neg pos invert abs".split():
    for kind in (Stub, Thing):
        setattr(kind, f"__{operator}__", lambda self: self)


def decorable(value: object) -> bool:
    """Whether a call with this one argument is a decoration: a function or class of the project."""
    return isinstance(value, FunctionType) or (isinstance(value, type) and value.__module__ != "builtins")


def made_class(name: str) -> Any:
    """A class of the host: it can be called, subclassed and asked for any attribute."""
    return Stub(name.rpartition(".")[2], (Thing,), {"stubbed": True, "__module__": "stubbed"})


class StubModule(ModuleType):
    """A module of the host: whatever is asked for is there."""

    __version__ = "99.0"

    def __getattr__(self, name: str) -> Any:
        if name == "__all__":
            return []
        if name.startswith("__"):
            raise AttributeError(name)
        made = made_class(name)
        setattr(self, name, made)
        return made


class StubFinder:
    """Finds a stub for every name that is wanted."""

    def __init__(self, wanted: Callable[[str], bool]) -> None:
        self.wanted = wanted

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """A spec for a stub, or None."""
        if not self.wanted(name):
            return None
        return importlib.util.spec_from_loader(name, loader=self, is_package=True)  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        """An empty stub."""
        return StubModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to execute."""


def of_host(name: str, own: frozenset[str]) -> bool:
    """Whether a module that nothing else finds is the host's, and no optional part of a library."""
    top = name.partition(".")[0]
    return top not in own and top not in sys.stdlib_module_names and not _asked_by_installed()


def _asked_by_installed() -> bool:
    frame = inspect.currentframe()
    here = os.path.dirname(__file__)
    while frame and ("importlib" in frame.f_code.co_filename or frame.f_code.co_filename.startswith(here)):
        frame = frame.f_back
    return frame is not None and f"{os.sep}lib{os.sep}python" in frame.f_code.co_filename
