"""Does import time open, start, attach, replace or register anything? The cheap first look of the
state rules: import-time statements only, by the names of what they call. Never misses one.
"""

from __future__ import annotations

import ast
from functools import cache
from typing import Any

from flake8_unload.factories import LAZY, STARTABLE, names
from flake8_unload.registries import REGISTRIES
from flake8_unload.scripts import is_main_guard

_TABLE = names()
_SPECIAL = frozenset({"signal.signal", "logging.basicConfig"})
_EAGER = frozenset(name for name, entry in _TABLE.items() if entry.kind != LAZY) | _SPECIAL
_ALL = frozenset(_TABLE) | _SPECIAL | REGISTRIES
_SIMPLE = frozenset({type(None), str, ast.Constant, ast.Name, ast.Attribute, ast.Lambda, ast.Load, ast.Store})


def acts_at_import(tree: ast.Module, opt_in: bool) -> bool:
    """True when the full analysis must look at the import-time code of ``tree``."""
    scan = _Scan(_ALL if opt_in else _EAGER)
    if scan.finds(tree.body, True):
        return True
    called = {name for name in scan.called if name in scan.defined}
    return any(scan.finds(_body(scan.defined[name]), False) for name in called)


def _body(node: Any) -> list[Any]:
    if type(node) is not ast.ClassDef:
        return list(node.body)
    made = (each for each in node.body if isinstance(each, ast.FunctionDef) and each.name == "__init__")
    return [each for function in made for each in function.body]


@cache
def _last_names(wanted: frozenset[str]) -> frozenset[str]:
    return frozenset(name.rpartition(".")[2] for name in wanted) | {"start", "addHandler"}


class _Scan:
    """The names that a file's imports, and calls of what they bring, give so far."""

    def __init__(self, wanted: frozenset[str]) -> None:
        self._wanted = wanted
        self._last = _last_names(wanted)
        self._known: dict[str, str] = {}
        self._imported: set[str] = set()
        self.defined: dict[str, Any] = {}
        self.called: list[str] = []

    def finds(self, body: list[Any], outer: bool) -> bool:
        """One pass over statements and the expressions they evaluate; function bodies are left out."""
        pending = body[::-1]
        pop, push, extend = pending.pop, pending.append, pending.extend
        while pending:
            node = pop()
            kind = type(node)
            if kind in _SIMPLE:
                continue
            if kind is ast.FunctionDef or kind is ast.AsyncFunctionDef:
                if outer:
                    self.defined.setdefault(node.name, node)
                arguments = node.args
                if any(self._dotted(each) in self._wanted for each in node.decorator_list):
                    return True
                if node.decorator_list or arguments.defaults or arguments.kw_defaults:
                    extend(node.decorator_list)
                    extend(arguments.defaults)
                    extend(arguments.kw_defaults)
            elif kind is ast.Call:
                func = node.func
                if type(func) is ast.Name:
                    name = func.id
                    self.called.append(name)
                    if name in self._known:
                        if self._known[name] in self._wanted:
                            return True
                    elif name in self._last and f"builtins.{name}" in self._wanted:
                        return True
                elif type(func) is ast.Attribute:
                    if func.attr in self._last and self._qualifies(func):
                        return True
                    if type(func.value) not in _SIMPLE:
                        push(func.value)
                else:
                    push(func)
                extend(node.args)
                for keyword in node.keywords:
                    push(keyword.value)
            elif kind is ast.ClassDef:
                if outer:
                    self._define(node)
                extend(node.decorator_list)
                extend(node.body[::-1])
                extend(node.bases)
                for keyword in node.keywords:
                    push(keyword.value)
            elif kind is ast.Expr:
                if type(node.value) is not ast.Constant:
                    push(node.value)
            elif kind is ast.Assign:
                value = node.value
                for target in node.targets:
                    if type(target) is ast.Attribute and self._foreign(target, value):
                        return True
                valued = type(value)
                if valued is ast.Call or valued is ast.Attribute or valued is ast.Name:
                    self._alias(node.targets[0], value)
                if valued not in _SIMPLE:
                    push(value)
            elif kind is ast.If:
                extend(node.orelse[::-1])
                if not is_main_guard(node.test):
                    extend(node.body[::-1])
                    push(node.test)
            elif kind is ast.Import:
                for alias in node.names:
                    top = alias.name.partition(".")[0]
                    self._known[alias.asname or top] = alias.name if alias.asname else top
                    self._imported.add(alias.asname or top)
            elif kind is ast.ImportFrom:
                if node.module:
                    for alias in node.names:
                        self._known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                        self._imported.add(alias.asname or alias.name)
            else:
                for field in node._fields:
                    value = getattr(node, field, None)
                    if type(value) is list:
                        extend(value[::-1])
                    elif type(value) not in _SIMPLE and isinstance(value, ast.AST):
                        push(value)
        return False

    def _define(self, node: ast.ClassDef) -> None:
        self.defined.setdefault(node.name, node)
        for base in node.bases:  # a subclass of Thread is started like a Thread
            dotted = self._dotted(base)
            if dotted in _TABLE:
                self._known[node.name] = dotted

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
        if root.id in self._known or root.id == "open":
            self._known[target.id] = self._dotted(value)

    def _qualifies(self, func: ast.Attribute) -> bool:
        if func.attr == "addHandler":
            return True
        dotted = self._dotted(func)
        if dotted in self._wanted:
            return True
        entry = _TABLE.get(dotted.removesuffix("().start")) if dotted.endswith("().start") else None
        return entry is not None and entry.kind == STARTABLE

    def _dotted(self, node: Any) -> str:
        """The qualified name of a call chain (`f().m` for what `f` returns); empty where unknown."""
        ends = ""
        while True:
            kind = type(node)
            if kind is ast.Attribute:
                ends = f".{node.attr}{ends}"
                node = node.value
            elif kind is ast.Call:
                ends = f"(){ends}"
                node = node.func
            elif kind is ast.Name:
                root = self._known.get(node.id)
                return f"{root or 'builtins.' + node.id}{ends}"
            else:
                return ""

    def _foreign(self, target: ast.Attribute, value: ast.expr) -> bool:
        root: ast.expr = target
        while type(root) is ast.Attribute:
            root = root.value
        if type(root) is not ast.Name or root.id not in self._imported:
            return False
        return type(value) in (ast.Name, ast.Lambda, ast.Attribute)
