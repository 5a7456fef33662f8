"""What binds, removes or loads in the text of a program. No order."""

from __future__ import annotations

import ast
import re
from functools import cached_property

from tests.differential.places import Places, Scope
from tests.differential.statements import (
    BOUND,
    HEADER_NAMES,
    binds,
    heads,
    loads,
    read_by,
    reloads,
)

Aims = dict[int, tuple[int, tuple[str, ...]]]
"""Where a removal begins: the line that removes, and the keys that are gone when it is done."""

_IS_MODULE = re.compile(r"(\w+\.)*(?!(?:f|C|X)$)\w+")


def _takes(node: ast.Attribute) -> bool:
    return isinstance(node.ctx, ast.Load) and not ast.unparse(node).startswith(("sys.", "importlib."))


class Text(Places):
    """A program by its lines."""

    def __init__(self, tree: ast.Module, aims: Aims) -> None:
        super().__init__(tree)
        self.removed = dict(aims.values())
        self._functions = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}

    def owner(self, name: str, line: int) -> Scope:
        """The scope that ``name``, as the statement of ``line`` reads it, belongs to."""
        scope = self.scope(line)
        return scope if name.partition(".")[0] in self._locals.get(scope, ()) else self.tree

    @cached_property
    def _locals(self) -> dict[Scope, set[str]]:
        found: dict[Scope, set[str]] = {}
        for line, node in self.statements.items():
            scope = self.scope(line)
            if isinstance(scope, ast.FunctionDef):
                found.setdefault(scope, set()).update(name for name, _ in binds(node))
        for scope, names in found.items():
            names.difference_update(
                name for node in ast.walk(scope) if isinstance(node, ast.Global) for name in node.names
            )
        return found

    def binders(self, name: str, line: int) -> dict[int, str | None]:
        """The lines that bind or delete ``name`` as that of ``line`` reads it, with what it holds then."""
        return self._binders.get((self.owner(name, line), name), {})

    @cached_property
    def _binders(self) -> dict[tuple[Scope, str], dict[int, str | None]]:
        found: dict[tuple[Scope, str], dict[int, str | None]] = {}
        for line, node in self.statements.items():
            for name, what in binds(node):
                found.setdefault((self.owner(name, line), name), {})[line] = what
        return found

    @cached_property
    def reads(self) -> set[tuple[int, str]]:
        """Each line and a name that it reads: of a variable, `pkg.sub`, or what an import has just bound."""
        return {(line, name) for line, node in self.statements.items() for name in read_by(node)}

    @cached_property
    def taking(self) -> set[int]:
        """The lines that look up an attribute of a module, or import from one."""
        return {
            line
            for line, node in self.statements.items()
            if isinstance(node, (ast.Import, ast.ImportFrom))
            or any(isinstance(each, ast.Attribute) and _takes(each) for each in heads(node))
        }

    @cached_property
    def captures(self) -> set[int]:
        """The lines that bind a name to an object of a module, and are no imports."""
        return {
            line
            for line, node in self.statements.items()
            if not isinstance(node, (ast.Import, ast.ImportFrom))
            and any(what and not _IS_MODULE.fullmatch(what) for _, what in binds(node))
        }

    @cached_property
    def definitions(self) -> dict[str, set[int]]:
        """The functions and classes of the module, which others can import, by the lines that define them."""
        found: dict[str, set[int]] = {}
        for node in ast.walk(self.tree):
            if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and self.scope(node.lineno) is self.tree:
                found.setdefault(node.name, set()).add(node.lineno)
        return found

    @cached_property
    def breaking_off(self) -> set[int]:
        """The lines that remove entries in a loop over `sys.modules` itself."""
        return {
            node.body[0].body[0].lineno  # type: ignore[attr-defined]
            for node in self.statements.values()
            if isinstance(node, ast.For) and ast.unparse(node.iter) == "sys.modules"
        }

    def renewing(self, name: str, line: int) -> set[int]:
        """The lines after which ``name``, as ``line`` reads it, may be something else."""
        if name.startswith(BOUND) or name == "pkg.sub":
            gone = self.removing("pkg")
            renewed = self.loading("pkg.sub") - self.serving | self.deleting("pkg.sub") | gone
            bound = set(self.binders("pkg", line)) if gone and name == "pkg.sub" else set()
            return renewed | bound  # while the package is there, an import gives the same one
        return set(self.binders(name, line))

    @cached_property
    def serving(self) -> set[int]:
        """The lines with `from pkg import sub`: what the package has is served as it is."""
        return {
            line
            for line in self.loading("pkg.sub")
            if getattr(self.statements[line], "module", None) == "pkg"
        }

    def binding_scopes(self, name: str, line: int) -> set[Scope]:
        """The scopes whose code binds or deletes ``name`` as that of ``line`` reads it."""
        return {self.scope(each) for each in self.binders(name, line)}

    def reading(self, name: str) -> set[int]:
        """The lines that read ``name``."""
        return {
            line
            for line, node in self.statements.items()
            if any(
                isinstance(each, ast.Name) and each.id == name and isinstance(each.ctx, ast.Load)
                for each in heads(node)
            )
        }

    def reading_attribute(self, name: str) -> set[int]:
        """The lines that read ``name``, a dotted one."""
        return {line for line, read in self.reads if read == name}

    def loading(self, module: str) -> set[int]:
        """The lines after which ``module`` is loaded."""
        return {line for line, node in self.statements.items() if module in loads(node)}

    @cached_property
    def package_imports(self) -> set[int]:
        """The lines that import the package, or the submodule in it."""
        return self.loading("pkg")

    def removing(self, *modules: str) -> set[int]:
        """The lines that remove one of ``modules``."""
        return {line for line, keys in self.removed.items() if set(keys) & set(modules)}

    def deleting(self, attribute: str) -> set[int]:
        """The lines that delete ``attribute``."""
        return {
            line
            for line, node in self.statements.items()
            if isinstance(node, ast.Delete) and attribute in map(ast.unparse, node.targets)
        }

    @cached_property
    def reloading(self) -> dict[int, list[str]]:
        """The lines that reload something, with what."""
        return {line: what for line, node in self.statements.items() if (what := reloads(node))}

    @cached_property
    def foreign(self) -> set[int]:
        """The lines that call what is neither of the program nor of the import system."""
        return {
            line
            for line, node in self.statements.items()
            if any(isinstance(each, ast.Call) and self._is_foreign(each) for each in heads(node))
        }

    def _is_foreign(self, call: ast.Call) -> bool:
        name = ast.unparse(call.func)
        known = name in (*HEADER_NAMES, *self._functions, "range", "list", "id")
        return not known and not name.startswith(("sys.", "importlib.")) and ".startswith" not in name
