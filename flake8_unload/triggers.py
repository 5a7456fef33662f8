"""Does import time open, start, attach, replace or register anything? The cheap first look of the
state rules: import-time statements only, by the names of what they call. Never misses one.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from flake8_unload.factories import STARTABLE, looked_at, names
from flake8_unload.scripts import is_main_guard

_TABLE = names()
_SIMPLE = frozenset({type(None), str, ast.Constant, ast.Name, ast.Load, ast.Store})


def acts_at_import(tree: ast.Module, opt_in: bool) -> bool:
    """True when the full analysis must look at the import-time code of ``tree``."""
    scan = _Scan(*looked_at(opt_in))
    if scan.finds(tree.body, True):
        return True
    bodies = [_body(node) for name in scan.called_names() for node in scan.defined.get(name, ())]
    return any(scan.finds(body, False) for body in bodies)


def _body(node: Any) -> list[Any]:
    if type(node) is not ast.ClassDef:
        return list(node.body)
    made = (each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__")
    return [each for function in made for each in function.body]


class _Scan:
    """The names that a file's imports, and calls of what they bring, give so far."""

    def __init__(self, wanted: frozenset[str], last: frozenset[str]) -> None:
        self._wanted = wanted
        self._last = last
        self._known: dict[str, str] = {}
        self._imported: set[str] = set()
        self._outer = True  # the module body, not that of a function it calls
        self.defined: dict[str, list[Any]] = {}
        self._called: set[str] = set()
        self._second_names: dict[str, list[str]] = {}

    def called_names(self) -> set[str]:
        """The plain names that are called, and those that a called name is a second name of."""
        found: set[str] = set()
        pending = list(self._called)
        while pending:
            name = pending.pop()
            if name not in found:
                found.add(name)
                pending += self._second_names.get(name, ())
        return found

    def finds(self, body: list[Any], outer: bool) -> bool:
        """One pass over statements and the expressions they evaluate; function bodies are left out."""
        self._outer = outer
        pending = body[::-1]
        while pending:
            node = pending.pop()
            kind = type(node)
            if kind in _SIMPLE:
                continue
            visit = _VISITS.get(kind)
            if visit is not None:
                if visit(self, node, pending):
                    return True
                continue
            for field in node._fields:
                value = getattr(node, field, None)
                if type(value) is list:
                    pending.extend(value[::-1])
                elif type(value) not in _SIMPLE and isinstance(value, ast.AST):
                    pending.append(value)
        return False

    # Each visit puts what is evaluated on the stack, and says whether the search is over.
    def _function(self, node: Any, pending: list[Any]) -> bool:
        if self._outer:
            self.defined.setdefault(node.name, []).append(node)
        decorators, arguments = node.decorator_list, node.args
        for each in decorators:
            if self._dotted(each) in self._wanted:
                return True
            pending.append(each)
        pending += arguments.defaults
        pending += arguments.kw_defaults
        return False

    def _call(self, node: Any, pending: list[Any]) -> bool:
        func = node.func
        if type(func) is ast.Name:
            name = func.id
            self._called.add(name)
            if name == "setattr" and self._outer and self._sets_foreign(node.args):
                return True
            if name in self._known:
                if self._known[name] in self._wanted:
                    return True
            elif name in self._last and f"builtins.{name}" in self._wanted:
                return True
        elif type(func) is ast.Attribute:
            if func.attr in self._last and self._qualifies(func):
                return True
            pending.append(func.value)
        else:
            pending.append(func)
        pending += node.args
        for keyword in node.keywords:
            pending.append(keyword.value)
        return False

    def _attribute(self, node: Any, pending: list[Any]) -> bool:
        """`f(…).x`: what it is an attribute of, unless that is only a name."""
        root = node.value
        while type(root) is ast.Attribute:
            root = root.value
        if type(root) is not ast.Name:
            pending.append(root)
        return False

    def _class(self, node: Any, pending: list[Any]) -> bool:
        if self._outer:
            self._define(node)
        pending += node.decorator_list
        pending += reversed(node.body)
        pending += node.bases
        for keyword in node.keywords:
            pending.append(keyword.value)
        return False

    def _expression(self, node: Any, pending: list[Any]) -> bool:
        pending.append(node.value)
        return False

    def _assign(self, node: Any, pending: list[Any]) -> bool:
        value = node.value
        for target in node.targets:
            if type(target) is ast.Attribute and self._foreign(target, value):
                return True
        kind = type(value)
        if kind is ast.Call or kind is ast.Attribute or kind is ast.Name:
            for target in node.targets:
                self._alias(target, value)
        elif kind is ast.Tuple:
            self._aliases(node.targets[0], value)
        pending.append(value)
        return False

    def _binding(self, node: Any, pending: list[Any]) -> bool:
        """An annotated assignment or a walrus."""
        if node.value is not None:
            self._alias(node.target, node.value)
            pending.append(node.value)
        if type(node) is ast.AnnAssign:
            pending.append(node.annotation)
        return False

    def _lambda(self, node: Any, pending: list[Any]) -> bool:
        pending += [each for each in (*node.args.defaults, *node.args.kw_defaults) if each is not None]
        return False

    def _if(self, node: Any, pending: list[Any]) -> bool:
        pending += node.orelse[::-1]
        if not is_main_guard(node.test):
            pending += node.body[::-1]
            pending.append(node.test)
        return False

    def _import(self, node: Any, _: list[Any]) -> bool:
        for alias in node.names:
            top = alias.name.partition(".")[0]
            self._known[alias.asname or top] = alias.name if alias.asname else top
            self._imported.add(alias.asname or top)
        return False

    def _from(self, node: Any, _: list[Any]) -> bool:
        if node.module:
            for alias in node.names:
                name = alias.asname or alias.name
                self._known[name] = f"{node.module}.{alias.name}"
                self._imported.add(name)
        return False

    def _define(self, node: ast.ClassDef) -> None:
        self.defined.setdefault(node.name, []).append(node)
        for base in node.bases:  # a subclass of Thread is started like a Thread
            dotted = self._dotted(base)
            if dotted in _TABLE:
                self._known[node.name] = dotted

    def _aliases(self, target: Any, values: Any) -> None:
        if type(target) is ast.Tuple and len(target.elts) == len(values.elts):
            for each, value in zip(target.elts, values.elts, strict=True):
                self._alias(each, value)

    def _alias(self, target: Any, value: Any) -> None:
        """`name = factory(…)` and `name = module.factory`: what later calls through the name mean."""
        if type(target) is not ast.Name:
            return
        root = value
        while type(root) is not ast.Name:
            kind = type(root)
            if kind is ast.Attribute:
                root = root.value
            elif kind is ast.Call:
                root = root.func
            else:
                return
        if root is value:
            self._second_names.setdefault(target.id, []).append(root.id)  # maybe a function of this file
        if root.id in self._known or root.id in ("open", "__import__"):
            self._known[target.id] = self._dotted(value)
            if root.id in self._imported and type(value) is not ast.Call:
                self._imported.add(target.id)

    def _qualifies(self, func: ast.Attribute) -> bool:
        if func.attr == "addHandler":
            return True
        if not self._outer and func.attr == "start" and self._is_own(func.value):
            return True
        dotted = self._dotted(func)
        if dotted in self._wanted:
            return True
        entry = _TABLE.get(dotted.removesuffix("().start")) if dotted.endswith("().start") else None
        return entry is not None and entry.kind == STARTABLE

    def _is_own(self, node: Any) -> bool:
        """`self`, or an attribute of it."""
        return getattr(node if type(node) is ast.Name else getattr(node, "value", None), "id", "") == "self"

    def _dotted(self, node: Any) -> str:
        """The qualified name of a call chain (`f().m` for what `f` returns); empty where unknown."""
        ends = ""
        while True:
            kind = type(node)
            if kind is ast.Attribute:
                ends = f".{node.attr}{ends}"
                node = node.value
            elif kind is ast.Call:
                module = self._imports(node)
                if module:
                    return module + ends
                ends = f"(){ends}"
                node = node.func
            elif kind is ast.Name:
                root = self._known.get(node.id)
                return f"{root or 'builtins.' + node.id}{ends}"
            else:
                return ""

    def _imports(self, node: ast.Call) -> str:
        """The module that `import_module("socket")` or `__import__("socket")` gives."""
        first = node.args[0] if node.args else None
        if type(first) is not ast.Constant or type(first.value) is not str:
            return ""
        name = self._dotted(node.func)
        if name == "importlib.import_module":
            return first.value
        return first.value.partition(".")[0] if name == "builtins.__import__" else ""

    def _sets_foreign(self, args: list[Any]) -> bool:
        return len(args) == 3 and self._is_imported(args[0])

    def _is_imported(self, root: Any) -> bool:
        while type(root) is ast.Attribute:
            root = root.value
        return type(root) is ast.Name and root.id in self._imported

    def _foreign(self, target: ast.Attribute, value: ast.expr) -> bool:
        kind = type(value)
        if kind is ast.Name or kind is ast.Lambda or kind is ast.Attribute or _makes(value, target.attr):
            return self._is_imported(target)
        return False


def _makes(value: Any, attr: str) -> bool:
    """`staticmethod(f)`, `traced(m.f)`; for a standard stream, any call."""
    known = type(value) is ast.Call
    return known and (
        attr[:3] == "std" or any(type(each) in (ast.Name, ast.Attribute) for each in value.args)
    )


_VISITS: dict[type, Callable[[_Scan, Any, list[Any]], bool]] = {
    ast.FunctionDef: _Scan._function,
    ast.AsyncFunctionDef: _Scan._function,
    ast.Call: _Scan._call,
    ast.Attribute: _Scan._attribute,
    ast.ClassDef: _Scan._class,
    ast.Expr: _Scan._expression,
    ast.Assign: _Scan._assign,
    ast.AnnAssign: _Scan._binding,
    ast.NamedExpr: _Scan._binding,
    ast.Lambda: _Scan._lambda,
    ast.If: _Scan._if,
    ast.Import: _Scan._import,
    ast.ImportFrom: _Scan._from,
}
