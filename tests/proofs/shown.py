"""All that an execution of a source shows: its output, names and error, and the answer to a question.

Executed by every Python found, with the standard library and the observers beside it.
"""

from __future__ import annotations

import contextlib
import importlib
import io
import sys
import traceback
from pathlib import Path
from types import ModuleType
from typing import Any

from observers import run_tests  # type: ignore[import-not-found]  # beside this script

Shown = dict[str, Any]


def show(path: str, source: str, question: str, wanted: list[str]) -> Shown:
    """Execute the source as the module at ``path``, then evaluate ``question`` with its names.

    ``names`` are those of ``wanted`` that the module has, ``more`` its other public names, ``hidden`` the
    errors that were being handled when its own was raised.
    """
    name = path[: -len(".py")].replace("/", ".")
    Path(path).write_text(source)
    importlib.invalidate_caches()
    error: BaseException | None = None
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        try:
            exec(f"import {name}", {})
        except Exception as raised:
            error = raised
    output = printed.getvalue()
    module = _last_run(name, error)
    hazard = _answered(question, module, error) if question else None
    return {
        "hazard": hazard,
        "failure": None,
        "output": output,
        "error": type(error).__name__ if error else None,
        "hidden": _context(error),
        "names": [each for each in wanted if hasattr(module, each)],
        "more": sorted(each for each in vars(module) if not each.startswith("_") and each not in wanted),
    }


def _last_run(name: str, error: BaseException | None) -> ModuleType:
    """The module; where its import failed, what it had come to."""
    if name in sys.modules:
        return sys.modules[name]
    module = ModuleType(name)
    at = error.__traceback__ if error else None
    while at is not None:
        if at.tb_frame.f_globals.get("__name__") == name:
            vars(module).update(at.tb_frame.f_globals)
            break
        at = at.tb_next
    return module


def _answered(question: str, module: ModuleType, error: BaseException | None) -> str | None:
    known = {"importlib": importlib, "sys": sys, "error": error, "run_tests": lambda: run_tests(vars(module))}
    with contextlib.redirect_stdout(io.StringIO()):
        answer = eval(question, {**known, **vars(module)})
    return f"`{question}` is {answer!r}" if answer else None


def _context(error: BaseException | None) -> list[str]:
    found = []
    while error is not None and error.__context__ is not None:
        error = error.__context__
        found.append(type(error).__name__)
    return found


def shown(path: str, source: str, question: str, wanted: list[str]) -> Shown:
    """The same, or the failure of the proof itself."""
    try:
        return show(path, source, question, wanted)
    except BaseException:
        return {"hazard": None, "failure": traceback.format_exc()}
