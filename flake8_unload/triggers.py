"""Does import time open, start, attach, replace or register anything? The cheap first look of the
state rules: import-time statements only, by the last names of what they call. Never misses one.
"""

from __future__ import annotations

import ast
from typing import Any

from flake8_unload.factories import LAST_NAMES, LAZY, names
from flake8_unload.scripts import is_main_guard

_ALWAYS = frozenset({"addHandler", "basicConfig", "signal", "start"})
_REGISTER = frozenset(
    """
    register register_error pickle filterwarnings simplefilter append insert extend enable captureWarnings
    setlocale add_type register_at_fork set_start_method settrace setprofile addaudithook setrecursionlimit
    setdefaulttimeout set_completer""".split()
)
_TABLE = names()
_EAGER_LAST = frozenset(name.rpartition(".")[2] for name, entry in _TABLE.items() if entry.kind != LAZY) | _ALWAYS
_METHODS = frozenset(name.rpartition(".")[2] for name in _TABLE if "()." in name) | {"start", "addHandler"}
_SIMPLE = frozenset({type(None), str, ast.Constant, ast.Name, ast.Attribute, ast.Lambda, ast.Load, ast.Store})
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def acts_at_import(tree: ast.Module, text: str, opt_in: bool) -> bool:
    """True when the full analysis must look at the import-time code of ``tree``."""
    wanted = LAST_NAMES | _ALWAYS | _REGISTER if opt_in else _EAGER_LAST
    imports: dict[str, str] = {}
    defined: dict[str, Any] = {}
    called: list[str] = []
    if _scan(list(tree.body), wanted, imports, defined, called, True):
        return True
    for name in called:
        if name in defined and _scan(_body(defined[name]), wanted, imports, {}, [], False):
            return True
    return False


def _body(node: Any) -> list[Any]:
    if type(node) is not ast.ClassDef:
        return list(node.body)
    return [each for function in node.body if isinstance(function, _FUNCTIONS) for each in function.body]


def _scan(
    pending: list[Any],
    wanted: frozenset[str],
    imports: dict[str, str],
    defined: dict[str, Any],
    called: list[str],
    outer: bool,
) -> bool:
    """One pass over statements and the expressions they evaluate; function bodies are left out."""
    pending.reverse()
    pop, push, extend = pending.pop, pending.append, pending.extend
    while pending:
        node = pop()
        kind = type(node)
        if kind in _SIMPLE:
            continue
        if kind is ast.FunctionDef or kind is ast.AsyncFunctionDef:
            if outer:
                defined.setdefault(node.name, node)
            if node.decorator_list:
                extend(node.decorator_list)
            arguments = node.args
            if arguments.defaults:
                extend(arguments.defaults)
            if arguments.kw_defaults:
                extend(arguments.kw_defaults)
        elif kind is ast.Call:
            func = node.func
            if type(func) is ast.Name:
                name = func.id
                if name in wanted or name in imports:
                    if _qualifies(imports.get(name, "builtins." + name)):
                        return True
                else:
                    called.append(name)
            elif type(func) is ast.Attribute:
                if func.attr in wanted and _method_qualifies(func, imports, node):
                    return True
                if type(func.value) is ast.Call or type(func.value) is ast.Attribute:
                    push(func.value)
            else:
                push(func)
            extend(node.args)
            for keyword in node.keywords:
                push(keyword.value)
        elif kind is ast.ClassDef:
            if outer:
                defined.setdefault(node.name, node)
            extend(node.decorator_list)
            extend(reversed(node.body))
            extend(node.bases)
        elif kind is ast.Expr:
            if type(node.value) is not ast.Constant:
                push(node.value)
        elif kind is ast.Assign:
            for target in node.targets:
                if type(target) is ast.Attribute and _foreign(target, node.value, imports):
                    return True
            if type(node.value) not in _SIMPLE:
                push(node.value)
        elif kind is ast.If:
            extend(reversed(node.orelse))
            if not is_main_guard(node.test):
                extend(reversed(node.body))
                push(node.test)
        elif kind is ast.Import:
            for alias in node.names:
                if alias.asname:
                    imports[alias.asname] = alias.name
                else:
                    top = alias.name.partition(".")[0]
                    imports[top] = top
        elif kind is ast.ImportFrom:
            if node.module:
                for alias in node.names:
                    imports[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        else:
            for field in node._fields:
                value = getattr(node, field, None)
                if type(value) is list:
                    if value:
                        extend(reversed(value))
                elif type(value) not in _SIMPLE and isinstance(value, ast.AST):
                    push(value)
    return False


def _qualifies(name: str) -> bool:
    return name in _TABLE or name in ("signal.signal", "logging.basicConfig") or name.rpartition(".")[2] in _REGISTER


def _method_qualifies(func: ast.Attribute, imports: dict[str, str], call: ast.Call) -> bool:
    """A dotted call: by its root's import; on other objects only what is a method of a table entry."""
    parts = [func.attr]
    root: ast.expr = func.value
    while type(root) is ast.Attribute:
        parts.append(root.attr)
        root = root.value
    if type(root) is ast.Name and root.id in imports:
        return _qualifies(".".join([imports[root.id], *reversed(parts)])) or func.attr in ("addHandler", "start")
    return func.attr in _METHODS or func.attr in _REGISTER


def _foreign(target: ast.Attribute, value: ast.expr, imports: dict[str, str]) -> bool:
    root: ast.expr = target
    while type(root) is ast.Attribute:
        root = root.value
    return type(root) is ast.Name and root.id in imports and type(value) in (ast.Name, ast.Lambda, ast.Attribute)
