"""Really reloads a project, its host stubbed, and prints who keeps old objects. Knows no rule and no finding.

    python tests/corpus/observe_project.py ROOT --first CODE --then CODE [--mount NAME=DIR]

``CODE`` is Python, or `@FILE`: ``--first`` imports what runs in the host, ``--then`` reloads it.
``ROOT`` goes to the front of `sys.path`, unless ``--mount`` lets folders of it be imported under other
names, as hosts do with add-ons. Every module that is not found is stubbed: its attributes are classes
made on demand. One JSON line for each old object that a module of the project still holds.

It runs foreign code: give it a throw-away home and no network.
"""

from __future__ import annotations

import argparse
import ast
import importlib.util
import inspect
import itertools
import json
import os
import sys
import tempfile
from collections.abc import Iterator, Sequence
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from stub_host import StubFinder, of_host

Import = tuple[str, int, str, str, str]  # file, line, source module, name there, name here


def from_imports(module: ModuleType, file: Path) -> Iterator[Import]:
    """From-imports of the module's own code; functions are left out, they import at every call."""
    package = module.__name__ if hasattr(module, "__path__") else module.__name__.rpartition(".")[0]
    for node in _import_time(ast.parse(file.read_bytes())):
        if not isinstance(node, ast.ImportFrom):
            continue
        try:
            relative = "." * node.level + (node.module or "")
            source = importlib.util.resolve_name(relative, package)
        except ImportError:
            continue
        for alias in node.names:
            if alias.name != "*":
                yield str(file), node.lineno, source, alias.name, alias.asname or alias.name
                continue
            held = sys.modules.get(source)
            public = getattr(held, "__all__", None) or [n for n in vars(held or module) if n[0] != "_"]
            yield from ((str(file), node.lineno, source, name, name) for name in public)


def _import_time(tree: ast.Module) -> Iterator[ast.AST]:
    left: list[ast.AST] = list(tree.body)
    while left:
        node = left.pop()
        yield node
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            left += ast.iter_child_nodes(node)


def assigns(file: Path, name: str) -> bool:
    """Whether the file itself binds the name by an assignment at import time."""
    nodes = _import_time(ast.parse(file.read_bytes()))
    return any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in nodes)


class Executions:
    """When each module of a file began and ended to be executed, and what each execution left in it."""

    def __init__(self) -> None:
        self.began: dict[str, int] = {}
        self.ended: dict[str, int] = {}
        self.left: dict[str, list[dict[str, Any]]] = {}
        self._now = itertools.count()
        execute = SourceFileLoader.exec_module

        def watched(loader: SourceFileLoader, module: ModuleType) -> None:
            self.began[module.__name__] = next(self._now)
            try:
                execute(loader, module)
            finally:
                self.ended[module.__name__] = next(self._now)
                self.left.setdefault(module.__name__, []).append(dict(vars(module)))

        SourceFileLoader.exec_module = watched  # type: ignore[assignment]

    def missed(self, holder: str, source: str) -> bool:
        """Whether the source was executed again after the holder: equal constants are no other objects."""
        return self.began.get(source, -1) > self.ended.get(holder, sys.maxsize)

    def made_before(self, module: str, name: str, held: object) -> bool:
        """Whether an execution before the last one left the object under this dotted name."""
        for namespace in self.left.get(module, [])[:-1]:
            found: Any = namespace.get(name.partition(".")[0], _NOTHING)
            for part in name.split(".")[1:]:
                found = getattr(found, part, _NOTHING)
            if found is held:
                return True
        return False


_NOTHING = object()


class Project:
    """The modules of the project that are loaded, by the real path of their file."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.executions = Executions()

    def modules(self) -> Iterator[tuple[ModuleType, Path]]:
        """Module and file, in the order of `sys.modules`."""
        for module in list(sys.modules.values()):
            file = getattr(module, "__file__", None)
            if isinstance(module, ModuleType) and isinstance(file, str) and file.endswith(".py"):
                real = Path(os.path.realpath(file))
                if real.is_relative_to(self.root):
                    yield module, real

    def imports(self) -> Iterator[tuple[ModuleType, Import]]:
        """The from-imports of the modules that are loaded."""
        for module, file in self.modules():
            yield from ((module, each) for each in from_imports(module, file))

    def stale_imports(self) -> Iterator[dict[str, Any]]:
        """From-imports whose name is what an earlier execution of the source module left there."""
        for holder, each in self.imports():
            file, line, source, there, here = each
            row = {"path": self.path(file), "line": line, "how": "import", "name": here}
            row["from"] = f"{source}.{there}"
            held = vars(holder).get(here, _NOTHING)
            current = vars(sys.modules[source]).get(there, _NOTHING) if source in sys.modules else _NOTHING
            if held is not current and self.executions.made_before(source, there, held):
                yield row | {"what": _what(held, current)}
            elif held is current and self._is_constant(holder, here, source, there):
                yield row | {"what": "constant"}

    def _is_constant(self, holder: ModuleType, here: str, source: str, there: str) -> bool:
        """One that the holder did not take again: the same object, unless the file is edited."""
        file = getattr(sys.modules.get(source), "__file__", None) or ""
        missed = self.executions.missed(holder.__name__, source) and file.endswith(".py")
        return missed and not isinstance(vars(holder).get(here), ModuleType) and assigns(Path(file), there)

    def stale_captures(self) -> Iterator[dict[str, Any]]:
        """Base classes, default values and globals that are objects of an earlier execution."""
        for module, file in self.modules():
            for name, value in list(vars(module).items()):
                for how, held, line in _captures(module, value):
                    if held.__module__ != module.__name__ and self._is_old(held):
                        row = {"path": self.path(str(file)), "line": line, "how": how, "name": name}
                        yield row | {"from": f"{held.__module__}.{held.__qualname__}", "what": _what(held)}

    def _is_old(self, held: Any) -> bool:
        source = sys.modules.get(held.__module__)
        own = getattr(source, "__file__", None) or ""
        if source is None or not Path(os.path.realpath(own)).is_relative_to(self.root):
            return False
        current: Any = source
        for part in held.__qualname__.split("."):
            current = getattr(current, part, None)
        if current is None or current is held or type(current) is not type(held):
            return False
        return self.executions.made_before(source.__name__, held.__qualname__, held)

    def path(self, file: str) -> str:
        """The file, relative to the project."""
        return str(Path(file).relative_to(self.root))


def _captures(module: ModuleType, value: Any) -> Iterator[tuple[str, Any, int]]:
    """How a global of the module holds classes and functions: (how, object, line)."""
    own = getattr(value, "__module__", None) == module.__name__
    if inspect.isclass(value) and own:
        yield from (("base", base, _line(value)) for base in value.__bases__)
        for each in vars(value).values():
            yield from _defaults(each)
    elif inspect.isfunction(value) and own:
        yield from _defaults(value)
    elif isinstance(value, list | tuple | set | frozenset):
        yield from (("table", each, 0) for each in value if inspect.isclass(each) or inspect.isfunction(each))
    elif isinstance(value, dict):
        yield from (
            ("table", each, 0) for each in value.values() if inspect.isclass(each) or inspect.isfunction(each)
        )
    elif not (inspect.isclass(value) or inspect.isfunction(value) or isinstance(value, ModuleType)):
        yield "instance", type(value), 0
    elif not own and not isinstance(value, ModuleType):
        yield "global", value, 0


def _defaults(function: Any) -> Iterator[tuple[str, Any, int]]:
    if inspect.isfunction(function):
        for each in (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values()):
            if inspect.isclass(each) or inspect.isfunction(each):
                yield "default", each, function.__code__.co_firstlineno


def _line(value: Any) -> int:
    try:
        return inspect.getsourcelines(value)[1]
    except (OSError, TypeError):
        return 0


def _what(value: Any, current: Any = _NOTHING) -> str:
    if inspect.isclass(value):
        return "class"
    if inspect.isfunction(value):
        return "function"
    try:
        return "equal value" if current is not _NOTHING and bool(value == current) else "instance"
    except Exception:  # foreign comparison
        return "instance"


def observe(root: Path, first: str, then: str) -> Iterator[dict[str, Any]]:
    """Runs both pieces of code, then looks. What the code raises goes through."""
    project = Project(root)
    scope: dict[str, Any] = {"__name__": "__host__"}
    exec(compile(first, "first", "exec"), scope)
    exec(compile(then, "then", "exec"), scope)
    seen = set()
    for row in (*project.stale_imports(), *project.stale_captures()):
        told = row["how"] == "global" and (row["path"], row["name"]) in seen  # as an import
        if not told:
            yield row
        seen.add((row["path"], row["name"]))


def _code(text: str) -> str:
    return Path(text[1:]).read_text("utf-8") if text.startswith("@") else text


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints one JSON line an old object that is still held."""
    parser = argparse.ArgumentParser(description="Reload a project for real and see what stays old.")
    parser.add_argument("root", type=Path)
    parser.add_argument("--first", required=True, metavar="CODE", help="imports the project")
    parser.add_argument("--then", required=True, metavar="CODE", help="reloads it")
    parser.add_argument(
        "--mount", action="append", default=[], metavar="NAME=DIR", help="DIR as package NAME"
    )
    parser.add_argument(
        "--stub", action="append", default=[], metavar="NAME", help="stub this module of it, too"
    )
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        names = _mount(options.root.resolve(), options.mount, Path(folder))
        sys.meta_path.insert(0, StubFinder(options.stub.__contains__))
        sys.meta_path.append(StubFinder(lambda name: of_host(name, names)))
        sys.dont_write_bytecode = True
        printed, sys.stdout = sys.stdout, sys.stderr  # what the project prints is no result
        for row in observe(options.root, _code(options.first), _code(options.then)):
            print(json.dumps(row), file=printed)
    return 0


def _mount(root: Path, mounts: Sequence[str], folder: Path) -> frozenset[str]:
    """Makes the project importable. Returns its top-level names."""
    for mount in mounts:
        name, _, source = mount.partition("=")
        (folder / name).symlink_to((root / source).resolve())
        if not (folder / name / "__init__.py").exists():  # a host makes such folders packages
            sys.modules[name] = package = ModuleType(name)
            package.__path__ = [str(folder / name)]
    place = folder if mounts else root
    sys.path.insert(0, str(place))
    return frozenset(each.stem for each in place.iterdir() if each.is_dir() or each.suffix == ".py")


if __name__ == "__main__":
    sys.exit(main())
