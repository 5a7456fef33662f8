"""Sees which module-level names of a project hold old objects after a reload or an unload, by running it.

A script for any Python: one project a line in on stdin, one observation a line out. It must not import
anything of the tests or of the package: other Pythons run it as it is. Needs `os.fork`.

An object belongs to the name under which it first stood in a module of the project, looked at whenever
a module has been executed, and whenever a module being executed imports another. It is old when that
name now holds something else, and gone when the module or the name is there no more.
"""

from __future__ import annotations

import gc
import importlib
import importlib.machinery
import json
import os
import shutil
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

_LIMIT = 20  # seconds
_CONTAINERS = (list, tuple, dict, set, frozenset)
_TOLD_APART = (FunctionType, type, object, *_CONTAINERS)
_PLAIN = (int, float, complex, str, bytes, type(None), type(Ellipsis), type(NotImplemented), range)


_NOTHING = object()


class Watch:
    """Who made which object, for the modules below ``root``."""

    def __init__(self, root: str) -> None:
        self.root = os.path.realpath(root) + os.sep
        self.executed: list[str] = []
        self._origins: dict[int, tuple[str, str]] = {}
        self._makers: dict[int, FunctionType] = {}
        self._kept: list[object] = []  # an id stays the id of one object
        self._running: list[ModuleType] = []
        self._foreign = {id(value) for value in vars(sys).values()}

    def install(self) -> None:
        """From now on, look at modules when they are executed."""
        loader: Any = importlib.machinery.SourceFileLoader
        execute = loader.exec_module

        def exec_module(self_: Any, module: ModuleType) -> None:
            if self.owns(module):
                self._execute(module, lambda: execute(self_, module))
            else:
                execute(self_, module)

        loader.exec_module = exec_module

    def owns(self, module: object) -> bool:
        """Whether this is a module of the project, namespace packages included."""
        if not isinstance(module, ModuleType):
            return False
        places = [getattr(module, "__file__", None) or "", *getattr(module, "__path__", ())]
        return any(os.path.realpath(place).startswith(self.root) for place in places if place)

    def _execute(self, module: ModuleType, execute: Callable[[], None]) -> None:
        if self._running:
            self._look(self._running[-1])
        self.executed.append(module.__name__)
        self._running.append(module)
        try:
            execute()
        finally:
            self._look(module)
            self._running.pop()

    def _look(self, module: ModuleType) -> None:
        names = vars(module)
        for name, value in list(names.items()):
            if name.startswith("__") or id(value) in self._origins or not self._made_here(value):
                continue
            own = getattr(value, "__name__", None)
            if isinstance(value, (FunctionType, type)) and names.get(own) is value:
                name = own
            self._origins[id(value)] = (module.__name__, name)
            self._kept.append(value)
            if isinstance(value, FunctionType):
                for code in value.__code__.co_consts:
                    if isinstance(code, CodeType):
                        self._makers[id(code)] = value

    def _made_here(self, value: object) -> bool:
        if isinstance(value, (ModuleType, *_PLAIN)) or id(value) in self._foreign:
            return False
        if isinstance(value, tuple) and not value:  # one for all
            return False
        if isinstance(value, (FunctionType, type)):
            return self.owns(sys.modules.get(value.__module__))
        kind = type(value)
        return kind is object or kind in _CONTAINERS or self.owns(sys.modules.get(kind.__module__))

    # -- what is there when all is done --------------------------------------------------------
    def bindings(self) -> dict[str, dict[str, list[list[str]]]]:
        """For each loaded module and each of its names: how, origin, attribute, `old` or `gone`."""
        loaded = {name: module for name, module in sys.modules.items() if self.owns(module)}
        return {
            key: {
                name: sorted(set(map(tuple, self._told(value))))  # type: ignore[misc]
                for name, value in list(vars(module).items())
                if not name.startswith("__")
            }
            for key, module in loaded.items()
        }

    def _told(self, value: object) -> Iterator[tuple[str, str, str, str]]:
        yield from self._state("name", value)
        if isinstance(value, type):
            for base in value.__mro__[1:]:
                yield from self._state("base", base)
            for method in vars(value).values():
                yield from self._defaults(method)
        elif isinstance(value, FunctionType):
            yield from self._defaults(value)
            yield from self._maker(value)
        elif isinstance(value, dict):
            for element in [*value.keys(), *value.values()]:
                yield from self._state("item", element)
        elif isinstance(value, _CONTAINERS):
            for element in value:
                yield from self._state("item", element)

    def _defaults(self, function: object) -> Iterator[tuple[str, str, str, str]]:
        if isinstance(function, FunctionType):
            for default in [*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()]:
                yield from self._state("default", default)

    def _maker(self, function: FunctionType) -> Iterator[tuple[str, str, str, str]]:
        """What a decorator left runs the code of the decorator."""
        if id(function.__code__) in self._makers:
            yield from self._state("decorator", self._makers[id(function.__code__)])

    def _state(self, how: str, value: object) -> Iterator[tuple[str, str, str, str]]:
        if isinstance(value, ModuleType):
            if self.owns(value):
                state = _compared(sys.modules.get(value.__name__) or _NOTHING, value)
                if state:
                    yield how, value.__name__, "", state
            return
        if id(value) not in self._origins:
            return
        module, name = self._origins[id(value)]
        current = sys.modules.get(module)
        state = _compared(vars(current).get(name, _NOTHING) if current else _NOTHING, value)
        if state:
            yield how, module, name, state


def _compared(current: object, value: object) -> str:
    return "" if current is value else "gone" if current is _NOTHING else "old"


# -- one project -------------------------------------------------------------------------------
def _step(what: str, *arguments: str) -> None:
    if what == "import":
        importlib.import_module(arguments[0])
    elif what == "reload":
        importlib.reload(sys.modules[arguments[0]])
    else:
        module, function = arguments
        getattr(sys.modules[module], function)()


def observe(files: dict[str, str], steps: list[list[str]]) -> dict[str, object]:
    """Write ``files`` where we are, take the ``steps``, and say what there is then."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    root = os.getcwd()
    sys.path[0] = root
    importlib.invalidate_caches()
    watch = Watch(root)
    watch.install()
    taken, error, place = 0, "", ""
    for step in steps:
        try:
            _step(*step)
        except BaseException as raised:
            error = f"{type(raised).__name__}: {raised}"
            place = "".join(traceback.format_exception(type(raised), raised, raised.__traceback__)[-4:])
            break
        taken += 1
    return {
        "taken": taken,
        "error": error,
        "place": place,
        "executed": watch.executed,
        "bindings": watch.bindings(),
    }


def _child(job: dict[str, Any], answer: int) -> None:
    import signal

    signal.alarm(_LIMIT)
    gc.disable()
    folder = tempfile.mkdtemp(prefix="oracle_")
    try:
        os.chdir(folder)
        sys.dont_write_bytecode = True
        sys.stdout = sys.stderr
        done = json.dumps(observe(job["files"], job["steps"])).encode()
        with open(answer, "wb") as pipe:
            pipe.write(done)
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def main() -> None:
    """Answer until stdin ends."""
    for line in sys.stdin:
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            _child(json.loads(line), writing)
        os.close(writing)
        with open(reading, "rb") as pipe:
            answer = pipe.read()
        os.waitpid(child, 0)
        print(answer.decode() or '{"error": "no answer", "taken": 0, "bindings": {}}', flush=True)


if __name__ == "__main__":
    main()
