"""Sees which module-level names of a project hold old objects after a reload or an unload, by running it.

Executed by any Python as `-m tests.oracle.observe`: one project a line in on stdin, one observation a line
out. With what it imports it must not need anything but the standard library. Needs `os.fork`.
"""

from __future__ import annotations

import dataclasses  # noqa: F401 - what projects import is there already when a process is forked
import enum  # noqa: F401
import gc
import importlib
import json
import os
import pkgutil  # noqa: F401
import shutil
import signal
import sys
import tempfile
import traceback
import typing  # noqa: F401
from pathlib import Path
from types import FunctionType, ModuleType
from typing import Any

from tests.oracle.hands import Hands
from tests.oracle.telling import Telling
from tests.oracle.watch import Watch

_LIMIT = 20  # seconds


class _Twin(ModuleType):
    """A foreign module that has everything that somebody may ask it for."""

    def __getattr__(self, name: str) -> type:
        if name.startswith("__"):
            raise AttributeError(name)
        made = type(name, (), {"__init__": lambda self, *given: None, "__module__": self.__name__})
        setattr(self, name, made)
        return made


# -- one project -------------------------------------------------------------------------------
def _step(what: str, *arguments: str) -> None:
    if what == "import":
        importlib.import_module(arguments[0])
    elif what == "reload":
        importlib.reload(sys.modules[arguments[0]])
    elif what == "keep":
        module, function = arguments
        names = vars(sys.modules[module]) if module in sys.modules else {}
        if isinstance(names.get(function), FunctionType):
            names[f"kept_{function}"] = names[function]()
    else:
        module, function = arguments
        getattr(sys.modules[module], function)()


def _by_module(files: dict[str, str]) -> dict[str, str]:
    names = {path: path.removesuffix(".py").removesuffix("/__init__").replace("/", ".") for path in files}
    return {names[path]: text for path, text in files.items()}


def observe(files: dict[str, str], steps: list[list[str]], closely: bool) -> dict[str, object]:
    """Write ``files`` where we are, take the ``steps``, and say what there is then.

    ``closely``: also through which hands it went.
    """
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    sys.path[0] = os.getcwd()
    importlib.invalidate_caches()
    watch = Watch({Path(name).parts[0].removesuffix(".py") for name in files})
    watch.install()
    hands = Hands(watch, _by_module(files)) if closely else None
    if os.environ.get("ORACLE_TWIN"):
        sys.modules["foreign_twin"] = _Twin("foreign_twin")
    taken, error, place = 0, "", ""
    for step in steps:
        try:
            _step(*step)
        except BaseException as raised:
            error = f"{type(raised).__name__}: {raised}"
            place = "".join(traceback.format_exception(type(raised), raised, raised.__traceback__)[-4:])
            break
        taken += 1
    if hands:
        hands.look(watch.running)
    return {
        "taken": taken,
        "error": error,
        "place": place,
        "executed": watch.executed,
        "bindings": Telling(watch).bindings(),
        "outdated": hands.outdated() if hands else [],
        "early": hands.early() if hands else [],
    }


def _child(job: dict[str, Any], answer: int) -> None:
    signal.alarm(_LIMIT)
    gc.disable()
    folder = tempfile.mkdtemp(prefix="oracle_")
    try:
        os.chdir(folder)
        sys.dont_write_bytecode = True
        sys.stdout = sys.stderr
        os.environ.update(job["environment"])
        done = json.dumps(observe(job["files"], job["steps"], job["closely"])).encode()
        with open(answer, "wb") as pipe:
            pipe.write(done)
    except BaseException:
        traceback.print_exc()  # a defect of ours
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def main() -> None:
    """Answer until stdin ends."""
    importlib.invalidate_caches()  # what it imports itself is there for every child
    gc.freeze()
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
