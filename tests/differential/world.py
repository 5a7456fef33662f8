"""The modules that programs import: each execution of one leaves objects that know their generation.

Modules are served from memory by an ordinary finder, so that imports, reloads, parent attributes and
failures are those of the real import system. The same sources are on disk for the static side.
"""

from __future__ import annotations

import importlib.machinery
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import NamedTuple

_SOURCE = """\
class C(__tagged__):
    pass


def f(tag=C.tag):
    return C


X = C()
"""
MODULES = ("m", "n", "pkg", "pkg.sub")
_FILES = {"m": "m.py", "n": "n.py", "pkg": "pkg/__init__.py", "pkg.sub": "pkg/sub.py"}


class Tag(NamedTuple):
    """Where an object comes from: a module, and which execution of it."""

    module: str
    generation: int


_generations: Counter[str] = Counter()


class _Loader:
    """Executes a module of the world and stamps it with its next generation."""

    code: CodeType = compile(_SOURCE, "<world>", "exec")

    def create_module(self, spec: importlib.machinery.ModuleSpec) -> None:
        return None

    def exec_module(self, module: ModuleType) -> None:
        name = module.__name__
        _generations[name] += 1
        tag = Tag(name, _generations[name])
        module.__dict__["tag"] = tag
        module.__dict__["__tagged__"] = type("Tagged", (), {"tag": tag})
        exec(self.code, module.__dict__)


class Finder:
    """Finds the modules of the world."""

    loader = _Loader()

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name not in MODULES:
            return None
        return importlib.machinery.ModuleSpec(name, self.loader, is_package=name == "pkg")  # type: ignore[arg-type]


def write(folder: Path) -> Path:
    """The world on disk, and the path of a program next to it."""
    for file in _FILES.values():
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_SOURCE)
    program = folder / "program.py"
    program.write_text("")
    return program


@contextmanager
def present() -> Iterator[None]:
    """The world can be imported; nothing of it was before, nor is afterwards."""
    finder = Finder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
        clear()
        sys.modules.pop("oracle", None)  # the choices of a program, see `execution`


def clear() -> None:
    """Forget every module of the world."""
    for name in MODULES:
        sys.modules.pop(name, None)


def generation(name: str) -> int:
    """How often a module has been executed so far."""
    return _generations[name]


State = dict[str, tuple[ModuleType, int]]
"""The loaded modules, each with its generation."""


def state() -> State:
    """The loaded modules of the world, each with its generation."""
    found = {}
    for name in MODULES:
        module = sys.modules.get(name)
        if module is not None:
            found[name] = (module, module.tag.generation)
    return found


def tag_of(value: object) -> Tag | None:
    """The origin of an object that a program holds: itself, or what it captured."""
    match value:
        case ModuleType():
            return None
        case dict():
            return next((tag_of(each) for each in value.values()), None)
        case FunctionType(__defaults__=(default, *_)):
            return default if isinstance(default, Tag) else tag_of(default)
        case _:
            found = getattr(value, "tag", None)
            return found if isinstance(found, Tag) else None
