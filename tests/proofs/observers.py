"""How the hazard of each rule is seen when its example is executed: one observer a code.

Executed by every Python found, with the standard library alone. An observer runs the example and
returns what went wrong, or None. Modules of the world say which execution an object is of:
`f()` and `C.generation` are its number.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import logging
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

_MODULE = """\
import executions

GENERATION = executions.begin(__name__)
exec("def f(): return %d" % GENERATION)
X = object()


def deco(function):
    return function


class C:
    generation = GENERATION


class E(Exception):
    pass
"""
WORLD = {
    "executions.py": (
        "from collections import Counter\n\ncounts = Counter()\n\n\n"
        "def begin(name):\n    counts[name] += 1\n    return counts[name]\n"
    ),
    "m.py": _MODULE,
    "n.py": _MODULE,
    "pkg/__init__.py": "",
    "pkg/sub.py": _MODULE,
    "reexporting/__init__.py": "from reexporting.sub import C, f\n",
    "reexporting/sub.py": _MODULE,
    "replacing.py": (
        "import sys, types\n\n\nclass Module(types.ModuleType):\n    def f(self):\n        return 1\n\n\n"
        "new = Module(__name__)\nnew.__spec__ = __spec__\nsys.modules[__name__] = new\n"
    ),
    "broken.py": 'raise ValueError("the error that matters")\n',
    "requests.py": (
        "import executions\n\n\nclass Session:\n    def __init__(self):\n        executions.begin('client')\n"
    ),
    "app.log": "the log of the last run\n",
    "VERSION": "1.0\n",
}


class Example:
    """An example in its world, to be run once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.error: BaseException | None = None
        self.names: dict[str, Any] = {}

    def run(self) -> dict[str, Any]:
        """Execute it as a module of its own, `example`; an error is kept."""
        Path("example.py").write_text(self.source)
        importlib.invalidate_caches()
        try:
            importlib.import_module("example")
        except Exception as error:
            self.error = error
        self.names = vars(sys.modules.get("example", ModuleType("example")))
        return self.names

    def must_run(self) -> dict[str, Any]:
        """The same, where no error is expected in any case."""
        names = self.run()
        if self.error is not None:
            raise self.error
        return names

    def run_as_script(self) -> dict[str, Any]:
        """Execute it outside of the import system."""
        exec(compile(self.source, "example", "exec"), self.names)
        return self.names


Observer = Callable[[Example], "str | None"]


class Proof(NamedTuple):
    """An observer, and the Pythons that it speaks of: from ``since``, to before ``until``."""

    observe: Observer
    since: tuple[int, int] = (3, 10)
    until: tuple[int, int] = (9, 0)


PROOFS: dict[str, Proof] = {}


def proof(code: str, **bounds: tuple[int, int]) -> Callable[[Observer], Observer]:
    """Register an observer."""

    def register(observe: Observer) -> Observer:
        PROOFS[code] = Proof(observe, **bounds)
        return observe

    return register


def raised(
    example: Example, kind: type[BaseException], ignore: tuple[type[BaseException], ...] = ()
) -> str | None:
    """The error of the example where it is of this kind; any other but the ignored ones is a failed proof."""
    error = example.error
    if error is None or (isinstance(error, ignore) and not isinstance(error, kind)):
        return None
    if type(error) is kind:
        return f"{kind.__name__}: {error}"
    raise error


# -- unload ------------------------------------------------------------------------------------
@proof("UNL101")
def stale_module_name(example: Example) -> str | None:
    held = example.must_run()["m"]
    fresh = importlib.import_module("m")
    return None if held is fresh else f"the name holds execution {held.f()}, an import gives {fresh.f()}"


@proof("UNL102")
def stale_submodule(example: Example) -> str | None:
    held = example.must_run()["sub"]
    fresh = importlib.import_module("pkg.sub")
    return None if held is fresh else f"the import gave execution {held.f()}, another gives {fresh.f()}"


@proof("UNL103")
def orphaned_submodules(example: Example) -> str | None:
    example.run()
    return raised(example, AttributeError)


@proof("UNL104")
def wrong_unload_key(example: Example) -> str | None:
    example.must_run()
    return "the module is still loaded" if "m" in sys.modules else None


@proof("UNL105")
def sys_modules_rebound(example: Example) -> str | None:
    example.must_run()
    found: dict[str, Any] = {}
    exec("import m", found)
    return None if sys.modules.get("m") is found["m"] else "`import m` gives a module that sys.modules lacks"


@proof("UNL106")
def changed_during_iteration(example: Example) -> str | None:
    importlib.import_module("m")
    example.run()
    return raised(example, RuntimeError)


@proof("UNL107")
def unsafe_unload(example: Example) -> str | None:
    example.run_as_script()
    found: dict[str, Any] = {}
    try:
        exec("import sys", found)
    except Exception as error:
        return f"`import sys` fails: {error!r}"
    return None if found["sys"] is sys else "`import sys` gives another sys"


@proof("UNL108")
def unload_key_error(example: Example) -> str | None:
    example.run()
    return raised(example, KeyError, ignore=(ValueError,))


@proof("UNL109")
def use_after_unload(example: Example) -> str | None:
    example.run()
    return raised(example, NameError)


@proof("UNL110")
def stale_imported_name(example: Example) -> str | None:
    names = example.must_run()
    old, new = names["f"](), importlib.import_module("m").f()
    return None if old == new else f"`f` is of execution {old}, the module of {new}"


@proof("UNL111")
def no_module(example: Example) -> str | None:
    example.must_run()
    found = importlib.import_module("m")
    return None if isinstance(found, ModuleType) else f"`import m` gives a {type(found).__name__}"


# -- reload ------------------------------------------------------------------------------------
@proof("UNL201")
def stale_from_import(example: Example) -> str | None:
    names = example.must_run()
    old, new = names["f"](), sys.modules["m"].f()
    return None if old == new else f"`f` is of execution {old}, the module of {new}"


@proof("UNL202")
def stale_capture(example: Example) -> str | None:
    names = example.must_run()
    old, new = names["TABLE"]["f"](), sys.modules["m"].f()
    return None if old == new else f"the table is of execution {old}, the module of {new}"


@proof("UNL203")
def reload_not_a_module(example: Example) -> str | None:
    example.run()
    return raised(example, TypeError)


@proof("UNL204")
def reload_after_unload(example: Example) -> str | None:
    example.run()
    return raised(example, ImportError)


@proof("UNL205")
def removed_reload_api(example: Example) -> str | None:
    example.run()
    return raised(example, NameError)


@proof("UNL206")
def reload_order(example: Example) -> str | None:
    package = example.must_run()["reexporting"]
    old, new = package.f(), package.sub.f()
    return None if old == new else f"the package passes on execution {old}, its submodule is of {new}"


@proof("UNL207")
def reload_guard_mismatch(example: Example) -> str | None:
    example.run()
    if example.error is None:
        importlib.reload(sys.modules["example"])
    return raised(example, NameError)


@proof("UNL208")
def reload_has_no_effect(example: Example) -> str | None:
    reloaded: list[ModuleType] = []
    reload = importlib.reload

    def spy(module: ModuleType) -> ModuleType:
        reloaded.append(module)
        return reload(module)

    def hook(*_: object) -> None:
        return None

    importlib.reload, sys.excepthook = spy, hook
    example.must_run()
    return "what was changed is still so" if reloaded and sys.excepthook is hook else None


# -- state -------------------------------------------------------------------------------------
def _opened(name: str) -> int:
    """How many descriptors of this process stand for the file."""
    wanted, found = os.stat(name), 0
    for descriptor in range(256):
        try:
            found += os.path.samestat(os.fstat(descriptor), wanted)
        except OSError:
            continue
    return found


def _unload_example() -> None:
    del sys.modules["example"]
    gc.collect()


@proof("UNL301")
def module_level_resource(example: Example) -> str | None:
    text = Path("app.log").read_text()
    note = example.must_run()["note"]
    example.names = {}
    held = _opened("app.log")
    _unload_example()  # `note` lives on, in a callback of somebody
    kept = _opened("app.log")
    assert callable(note)
    if held or kept or Path("app.log").read_text() != text:
        return f"the import opened {held} descriptors, {kept} stay after the unload; the file is empty"
    return None


@proof("UNL302")
def shared_resource(example: Example) -> str | None:
    example.must_run()
    held = _opened("app.log")
    return f"the import opened {held} descriptors" if held else None


@proof("UNL303")
def thread_at_import(example: Example) -> str | None:
    before = threading.active_count()
    example.must_run()
    example.names = {}
    _unload_example()
    left = threading.active_count() - before
    return f"{left} threads run after the unload" if left else None


@proof("UNL304")
def handler_at_import(example: Example) -> str | None:
    example.must_run()
    importlib.reload(sys.modules["example"])
    handlers = len(logging.getLogger("app").handlers)
    return f"{handlers} handlers after a reload: each line is written as often" if handlers > 1 else None


@proof("UNL305")
def unclosed_open(example: Example) -> str | None:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        example.must_run()
        gc.collect()
    return next((str(each.message) for each in caught if each.category is ResourceWarning), None)


@proof("UNL306")
def hook_replaced(example: Example) -> str | None:
    example.must_run()
    importlib.reload(sys.modules["example"])
    try:
        json.dumps(1)
    except RecursionError as error:
        return f"RecursionError: {error}"
    return None


# -- opt-in ------------------------------------------------------------------------------------
def _executions(name: str) -> int:
    count: int = importlib.import_module("executions").counts[name]
    return count


@proof("UNL901")
def name_deleted_module_kept(example: Example) -> str | None:
    example.must_run()
    return "the second import executed nothing" if _executions("m") == 1 else None


class _MonkeyPatch:
    """As much of pytest's as the examples use."""

    def __init__(self) -> None:
        self._undo: list[Callable[[], None]] = []

    def delitem(self, mapping: dict[str, object], key: str, raising: bool = True) -> None:
        if key in mapping or raising:
            old = mapping.pop(key)
            self._undo.append(lambda: mapping.__setitem__(key, old))

    def delattr(self, target: str, raising: bool = True) -> None:
        parent, _, name = target.rpartition(".")
        owner = importlib.import_module(parent)
        if raising or hasattr(owner, name):
            old = getattr(owner, name)
            delattr(owner, name)
            self._undo.append(lambda: setattr(owner, name, old))

    def undo(self) -> None:
        for each in reversed(self._undo):
            each()


def run_tests(names: dict[str, Any]) -> None:
    """Call every test as pytest would, with `monkeypatch` where it asks for that."""
    for name, test in list(names.items()):
        if name.startswith("test"):
            monkeypatch = _MonkeyPatch()
            test(*[monkeypatch][: test.__code__.co_argcount])
            monkeypatch.undo()


@proof("UNL902")
def unrestored_unload_in_test(example: Example) -> str | None:
    before = importlib.import_module("m")
    run_tests(example.must_run())
    return None if sys.modules.get("m") is before else "the next test finds another module, or none"


@proof("UNL903")
def lazy_client(example: Example) -> str | None:
    example.must_run()
    made = _executions("client")
    return f"the import made {made} clients" if made else None


@proof("UNL904")
def patch_leaves_parent_attribute(example: Example) -> str | None:
    for name, test in list(example.must_run().items()):
        if name.startswith("test"):
            test()
    held = getattr(importlib.import_module("pkg"), "sub", None)
    return (
        "the attribute is a module that sys.modules lacks" if held is not sys.modules.get("pkg.sub") else None
    )


@proof("UNL905")
def prefix_without_dot(example: Example) -> str | None:
    importlib.import_module("pkg.sub")
    importlib.import_module("pkgutil")
    example.must_run()
    return None if "pkgutil" in sys.modules else "pkgutil is gone as well"


@proof("UNL906")
def reload_after_first_import(example: Example) -> str | None:
    example.must_run()
    times = _executions("m")
    return f"the module was executed {times} times" if times > 1 else None


@proof("UNL907")
def registration_at_import(example: Example) -> str | None:
    before = atexit._ncallbacks()
    example.must_run()
    importlib.reload(sys.modules["example"])
    more = atexit._ncallbacks() - before
    return f"{more} more callbacks after a reload" if more > 0 else None


def observe(code: str, source: str) -> dict[str, str | None]:
    """What the observer of ``code`` sees of an example: a hazard, or a failure of the proof itself."""
    try:
        return {"hazard": PROOFS[code].observe(Example(source)), "failure": None}
    except BaseException:
        return {"hazard": None, "failure": traceback.format_exc()}
