"""What the file system says about module names: the file's own name, submodules, what a module defines."""

from __future__ import annotations

import ast
import os
import tokenize
import warnings
from functools import lru_cache

_SUFFIXES = (".py", ".pyi", ".so", ".pyd")
_LEVELS = 4  # folders above a file that may be on the path of its program
_PROJECT_ROOT = (".git", "pyproject.toml", "setup.py")
_LARGEST = 2_000_000  # bytes of source that are worth parsing for a definition


class Place:
    """Where a file stands. ``module`` and ``package`` are None where the path does not tell."""

    def __init__(self, filename: str) -> None:
        self.module: str | None = None
        self.package: str | None = None
        self.is_package = os.path.basename(filename) == "__init__.py"
        self._root: str | None = None
        self._folder: str | None = None
        path = os.path.abspath(filename)
        if filename.endswith((".py", ".pyi")) and os.path.isdir(os.path.dirname(path)):
            self._locate(path)

    def _locate(self, path: str) -> None:
        folder, base = os.path.split(path)
        self._folder = folder
        parts = [] if self.is_package else [os.path.splitext(base)[0]]
        while os.path.isfile(os.path.join(folder, "__init__.py")):
            folder, name = os.path.split(folder)
            parts.insert(0, name)
        self._root = folder
        if parts and all(part.isidentifier() for part in parts):
            self.module = ".".join(parts)
            package = self.module if self.is_package else self.module.rpartition(".")[0]
            self.package = package or None

    def is_submodule(self, parent: str, name: str) -> bool | None:
        """Whether ``parent.name`` is a module of its own on disk; None when ``parent`` is not found there."""
        path = self._path(parent)
        if path is None:
            return None
        if os.path.isdir(path):
            return _holds_module(path, name)
        return False if os.path.isfile(path + ".py") else None

    def source_of(self, module: str) -> str | None:
        """The path of the source of a module of the same tree, or None."""
        path = self._path(module)
        for candidate in (os.path.join(path, "__init__.py"), path + ".py") if path else ():
            if os.path.isfile(candidate):
                return candidate
        return None

    def definition(self, module: str, name: str) -> str | None:
        """What ``name`` is in the source of ``module``: `class`, `function`, `value`, `import`; or None.

        What the source does not define comes from its `from … import *`, if it has one.
        """
        source = self.source_of(module)
        if source is None:
            return None
        found = definitions(source)
        return found.get(name) or found.get("*")

    def gives_submodule(self, package: str, name: str) -> bool:
        """Whether `from package import name` gives the submodule: the package has nothing else so named."""
        return self.definition(package, name) in (None, "import:.", f"import:{package}")

    def is_lost_here(self, module: str) -> bool:
        """Whether a submodule of this package takes the name that an import of ``module`` binds in it.

        An import of `pkg.a`, whoever does it, makes that the `a` of `pkg`.
        """
        package, _, name = module.rpartition(".")
        if not self.is_package or module == f".{name}" or (package and package == self.module):
            return False
        return self.is_submodule(".", name) is True

    def _path(self, module: str) -> str | None:
        if self._root is None or self._folder is None or not module:
            return None
        rest = module.lstrip(".")
        folder = _home_of(rest.partition(".")[0], self._root)
        if len(rest) != len(module):
            folder = self._folder
            for _ in range(len(module) - len(rest) - 1):
                folder = os.path.dirname(folder)
        return os.path.join(folder, *rest.split(".")) if rest else folder


@lru_cache(maxsize=4096)
def _home_of(top: str, folder: str) -> str:
    """The folder that holds the module ``top``: ``folder``, or one above it in the same project."""
    above = folder
    for _ in range(_LEVELS):
        if _holds_module(above, top):
            return above
        if any(os.path.exists(os.path.join(above, each)) for each in _PROJECT_ROOT):
            break
        above = os.path.dirname(above)
    return folder


@lru_cache(maxsize=4096)
def _holds_module(folder: str, name: str) -> bool:
    path = os.path.join(folder, name)
    return os.path.isdir(path) or any(os.path.isfile(path + suffix) for suffix in _SUFFIXES)


@lru_cache(maxsize=256)
def definitions(path: str) -> dict[str, str]:
    """The top-level names of a source file and what they are; empty where it cannot be read.

    `import:m` stands for a name taken by a from-import of ``m`` (dots for relative ones).
    """
    found: dict[str, str] = {}
    for node in _statements(path):
        match node:
            case ast.ClassDef(name=name):
                found[name] = "class"
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                found[name] = "function"
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call(args=[ast.Name(id=same)]) as call
            ) if name == same and "reload" in ast.unparse(call.func):
                found.setdefault(name, "module")  # `m = reload(m)`: it stays what an import made it
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                found[name] = "value"
            case ast.ImportFrom(module=module, names=aliases, level=level):
                for alias in aliases:
                    found.setdefault(alias.asname or alias.name, f"import:{'.' * level}{module or ''}")
            case ast.Import(names=aliases):
                for alias in aliases:
                    found.setdefault(alias.asname or alias.name.partition(".")[0], "module")
    return found


@lru_cache(maxsize=256)
def replaces_itself(path: str) -> bool:
    """True when the module stores another object under its own name in `sys.modules`."""
    for node in _statements(path):
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) in (
            "sys.modules[__name__]",
            "modules[__name__]",
        ):
            return True
    return False


def _statements(path: str) -> list[ast.stmt]:
    """The statements at the top level of a file, those under `if` and `try` included."""
    try:
        if os.path.getsize(path) > _LARGEST:
            return []
        with tokenize.open(path) as stream:
            text = stream.read()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about somebody else's source
            tree = ast.parse(text)
    except (OSError, SyntaxError, ValueError, RecursionError, MemoryError):
        return []
    found: list[ast.stmt] = []
    pending: list[ast.stmt] = tree.body[::-1]
    while pending:
        node = pending.pop()
        found.append(node)
        if isinstance(node, (ast.If, ast.Try)):
            inner = [*node.body, *node.orelse]
            for handler in getattr(node, "handlers", ()):
                inner += handler.body
            pending.extend(inner[::-1])
    return found
