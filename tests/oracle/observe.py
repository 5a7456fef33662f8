"""Sees which module-level names of a project hold old objects after a reload or an unload, by running it.

A script for any Python: one project a line in on stdin, one observation a line out. It must not import
anything of the tests or of the package: other Pythons run it as it is. Needs `os.fork`.

An object belongs to the name under which it first stood in a module of the project, looked at whenever
a module has been executed, and whenever a module being executed imports another. It is old when the
module has been executed again since and that name holds something else, and gone when the module is not
loaded any more. What an object keeps is told once: where it was made, if it is not old itself.

All executions of a module share its constants, so that nobody could see which are old. What a module body
assigns is therefore another object each time, with the same value.
"""

from __future__ import annotations

import ast
import builtins
import collections
import contextlib
import dataclasses  # noqa: F401 - what projects import is there already when a process is forked
import functools
import gc
import importlib
import importlib.machinery
import json
import os
import pkgutil  # noqa: F401
import shutil
import signal
import sys
import tempfile
import traceback
import types
import typing  # noqa: F401
from collections.abc import Callable, Iterator
from pathlib import Path
from types import CodeType, FunctionType, ModuleType
from typing import Any

_LIMIT = 20  # seconds
_DEPTH = 3  # of containers in containers
_CONTAINERS = (list, tuple, dict, set, frozenset, collections.deque, types.MappingProxyType)
_MAKERS = ("functools", "collections", "types", "typing", "contextlib")
_PLAIN = (int, float, complex, str, bytes, type(None), type(Ellipsis), type(NotImplemented), range)


class _Int(int):
    """An integer of one execution."""


class _Text(str):
    """A text of one execution."""

    __slots__ = ()


class _Nothing:
    """`None` of one execution."""

    def __bool__(self) -> bool:
        return False


_CONSTANTS = (_Int, _Text, _Nothing)


def _own_constant(value: object) -> object:
    kinds: dict[type, Callable[..., object]] = {int: _Int, str: _Text}
    return _Nothing() if value is None else kinds[type(value)](value)


class _Renewed(ast.NodeTransformer):
    """Each constant that is assigned outside of functions is made anew by every execution."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        for each in ast.walk(node):
            if isinstance(each, ast.Return) and isinstance(each.value, ast.Constant):
                each.value = _Everywhere().visit(each.value)
        return node

    def visit_AsyncFunctionDef(self, node: ast.AST) -> ast.AST:
        return node

    visit_ClassDef = visit_AsyncFunctionDef

    def visit_Assign(self, node: Any) -> ast.AST:
        if isinstance(node.value, ast.Constant):
            node.value = _Everywhere().visit(node.value)
        return node  # type: ignore[no-any-return]

    visit_AnnAssign = visit_Assign

    def visit_For(self, node: ast.For) -> ast.AST:
        node.iter = _Everywhere().visit(node.iter)
        return self.generic_visit(node)


class _Everywhere(ast.NodeTransformer):
    """Each constant of an expression is made anew."""

    def visit_Constant(self, node: ast.Constant) -> ast.AST:
        if type(node.value) not in (int, str, type(None)):
            return node
        return ast.copy_location(ast.Call(ast.Name("_own_constant", ast.Load()), [node], []), node)

    def visit_JoinedStr(self, node: ast.JoinedStr) -> ast.AST:
        return node

    visit_Lambda: Any = visit_JoinedStr


def _compiled(loader: Any, data: bytes, path: str, *, _optimize: int = -1) -> CodeType:
    tree = _Renewed().visit(ast.parse(data, path))
    return compile(ast.fix_missing_locations(tree), path, "exec", dont_inherit=True)


def _is_special(name: str) -> bool:
    return name.startswith("__") and name != "__all__"


def _inner(code: CodeType) -> Iterator[CodeType]:
    """The code of the functions in a function."""
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield each
            yield from _inner(each)


class Watch:
    """Who made which object, for modules with these first names."""

    def __init__(self, tops: set[str]) -> None:
        self._tops = tops
        self.executed: list[str] = []
        self._origins: dict[int, tuple[str, list[str], int]] = {}  # module, names, execution
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
        loader.source_to_code = _compiled
        vars(builtins)["_own_constant"] = _own_constant

    def owns(self, module: object) -> bool:
        """Whether this is a module of the project."""
        return isinstance(module, ModuleType) and module.__name__.partition(".")[0] in self._tops

    def _defined_here(self, value: object) -> bool:
        """A class or function of the project, whose module may be gone."""
        return str(value.__module__).partition(".")[0] in self._tops

    def _execute(self, module: ModuleType, execute: Callable[[], None]) -> None:
        if self._running:
            self._look(self._running[-1])
        self.executed.append(module.__name__)
        self._running.append(module)
        try:
            execute()
        finally:
            self._look(module)
            self._settle(module)
            self._running.pop()

    def _look(self, module: ModuleType) -> None:
        names, run = vars(module), self.executed.count(module.__name__)
        for name, value in list(names.items()):
            if _is_special(name) or not self._made_here(value):
                continue
            if id(value) not in self._origins:
                self._made(value, module.__name__, name, run)
            origin, aliases, made_by = self._origins[id(value)]
            if (origin, made_by) == (module.__name__, run) and name not in aliases:
                own = getattr(value, "__name__", None) == name
                aliases.insert(0 if own else len(aliases), name)

    def _settle(self, module: ModuleType) -> None:
        """Under which of its names an object is known, now that the module is done: one that it still has."""
        made_now = (module.__name__, self.executed.count(module.__name__))
        for name, value in vars(module).items():
            origin, aliases, run = self._origins.get(id(value), ("", [], 0))
            if (origin, run) == made_now and name in aliases and vars(module).get(aliases[0]) is not value:
                aliases.remove(name)
                aliases.insert(0, name)

    def _made(self, value: object, module: str, name: str, run: int) -> None:
        self._origins[id(value)] = (module, [name], run)
        self._kept.append(value)
        if isinstance(value, FunctionType):
            for code in _inner(value.__code__):
                self._makers[id(code)] = value

    def _made_here(self, value: object) -> bool:
        if isinstance(value, _CONSTANTS):
            return True
        if isinstance(value, (ModuleType, *_PLAIN)) or id(value) in self._foreign:
            return False
        if isinstance(value, tuple) and not value:  # one for all
            return False
        if isinstance(value, (FunctionType, type)):
            return self._defined_here(value)
        kind = type(value)
        made = kind in (object, *_CONTAINERS) or kind.__module__ in _MAKERS
        return made or self._defined_here(kind)

    # -- what is there when all is done --------------------------------------------------------
    def bindings(self) -> dict[str, dict[str, list[tuple[str, str, str, str]]]]:
        """For each loaded module and each of its names: how, origin, attribute, `old` or `gone`."""
        loaded = {name: module for name, module in sys.modules.items() if self.owns(module)}
        return {
            key: {
                name: sorted(set(self._told(key, value)))
                for name, value in list(vars(module).items())
                if not _is_special(name)
            }
            for key, module in loaded.items()
        }

    def _told(self, key: str, value: object) -> Iterator[tuple[str, str, str, str]]:
        state = list(self._state("name", value))
        yield from state
        if (
            not state and self._origins.get(id(value), ("",))[0] == key
        ):  # elsewhere it is told where it was made
            yield from (told for told, inside in self._parts(value) if not inside)

    def within(self) -> list[tuple[str, str, str, str, str]]:
        """What only something old keeps: module, name, how, origin, attribute.

        What an old name keeps is told under the name where it was made, the rest as by `bindings`.
        """
        found: set[tuple[str, str, str, str, str]] = set()
        for key, module in list(sys.modules.items()):
            for name, value in list(vars(module).items()) if self.owns(module) else ():
                if _is_special(name) or id(value) not in self._origins:
                    continue
                is_old = any(self._state("name", value))
                origin, names, _ = self._origins[id(value)]
                place = (origin, names[0]) if is_old else (key, name)
                if is_old or origin == key:
                    told = (each for each, inside in self._parts(value) if inside or is_old)
                    found.update((*place, *each[:3]) for each in told if each[3] == "old")
        return sorted(found)

    def _parts(self, value: object) -> Iterator[tuple[tuple[str, str, str, str], bool]]:
        """The old things that it keeps; true for what stands in one of the others."""
        seen = {id(value)}
        fresh = [(how, each, 1) for how, each in self._held(value)]
        within: list[tuple[str, object, int]] = []  # comes last: what is here and there is here
        while fresh or within:
            inside = not fresh
            how, each, depth = (fresh or within).pop(0)
            if id(each) in seen or depth > _DEPTH:
                continue
            seen.add(id(each))
            state = list(self._state(how, each))
            yield from ((told, inside) for told in state)
            pending = within if inside or state else fresh
            pending += [(inner, part, depth + 1) for inner, part in self._looked_into(how, each)]

    def _looked_into(self, how: str, value: object) -> Iterator[tuple[str, object]]:
        """What is told of what is kept: more bases, and what a container or nameless thing holds."""
        if how == "base":
            yield from ((how, base) for base in value.__bases__)  # type: ignore[attr-defined]
        elif isinstance(value, _CONTAINERS) or (id(value) not in self._origins and how != "decorator"):
            yield from self._held(value)

    def _held(self, value: object) -> Iterator[tuple[str, object]]:
        if isinstance(value, type):
            if self._defined_here(value):
                yield from self._of_class(value)
        elif isinstance(value, FunctionType):
            yield from self._of_function(value)
        elif isinstance(value, (dict, types.MappingProxyType)):
            yield from (("item", each) for each in [*value.keys(), *value.values()])
            yield "item", getattr(value, "default_factory", None)
        elif isinstance(value, _CONTAINERS):
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
        elif self._defined_here(type(value)):
            yield "instance", type(value)
            fields = getattr(value, "__dataclass_fields__", ())  # what they are set to is told at the class
            given = getattr(value, "__dict__", {}).items()
            yield from (("item", each) for name, each in given if name not in fields)

    def _of_class(self, value: type) -> Iterator[tuple[str, object]]:
        yield from (("base", base) for base in value.__bases__)
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
        if isinstance(value, FunctionType) and id(value) not in self._origins:
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
        if id(function.__code__) in self._makers:  # what a decorator left runs the code of the decorator
            yield "decorator", self._makers[id(function.__code__)]

    def _state(self, how: str, value: object) -> Iterator[tuple[str, str, str, str]]:
        if isinstance(value, ModuleType):
            current = sys.modules.get(value.__name__)
            if self.owns(value) and current is not value:
                yield how, value.__name__, "", "old" if current else "gone"
            return
        if id(value) not in self._origins:
            return
        module, names, run = self._origins[id(value)]
        current = sys.modules.get(module)
        if current is None:
            yield how, module, " ".join(names), "gone"
        elif vars(current).get(names[0], value) is not value and self.executed.count(module) > run:
            yield how, module, " ".join(names), "old"


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


def observe(files: dict[str, str], steps: list[list[str]]) -> dict[str, object]:
    """Write ``files`` where we are, take the ``steps``, and say what there is then."""
    for name, text in files.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    sys.path[0] = os.getcwd()
    importlib.invalidate_caches()
    watch = Watch({Path(name).parts[0].removesuffix(".py") for name in files})
    watch.install()
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
    return {
        "taken": taken,
        "error": error,
        "place": place,
        "executed": watch.executed,
        "bindings": watch.bindings(),
        "within": watch.within(),
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
        done = json.dumps(observe(job["files"], job["steps"])).encode()
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
