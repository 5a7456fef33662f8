"""Which files can have events at all: cheap looks at text and tree that never miss one. Knows no rule.

Everything here runs on every file, so it is written for speed: only statements that stand on a line with
one of the words are looked into.
"""

from __future__ import annotations

import ast
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Any

from flake8_unload.settings import Settings
from flake8_unload.triggers import acts_at_import

_WORDS = ("modules", "reload")
_RELOADS = frozenset({"reload", "reload_module"})
_IMPORTERS = re.compile(r"importlib|\bimp\b|six|past")
_REMOVERS = frozenset({"pop", "popitem", "clear", "__delitem__"})
_PUTTERS = frozenset({"setdefault", "__setitem__"})
_ACTING = _RELOADS | _REMOVERS
_METHODS = _PUTTERS | _REMOVERS | {"delitem"}
_BUILDERS = frozenset({"dict", "list", "set", "frozenset", "tuple", "sorted", "str", "repr", "vars"})
_WRITTEN_OUT = frozenset(
    {ast.Dict, ast.List, ast.Set, ast.Tuple, ast.DictComp, ast.ListComp, ast.SetComp, ast.GeneratorExp}
    | {ast.JoinedStr, ast.BinOp}
)
_WRITTEN_TO = re.compile(
    r"\b(?!\.)[^\n=]*=\s*(?:[\[{(\"'\d]|[bfruBFRU]{1,2}[\"']|(?:dict|list|set|tuple|sorted|str|repr)\()"
    r"|\b(?!\.)[^\n=]*=[^\n=]*(?:\.__dict__|\.__name__|\bmodules\b(?!\s*\[|\.(?!copy))|True|False)"
)
"""What follows a name that is given a value: a look at the text, since few files store what has a name."""
_PARAMETERS = re.compile(r"def \w+\([^)]*")
_OPT_IN = re.compile(r"\b(?:del|modules)\b")  # `del name`, patches of `sys.modules`


def eventful(tree: ast.Module, lines: Sequence[str], settings: Settings) -> bool:
    """False when the file certainly has nothing to report; True costs time, never a false alarm."""
    text = "".join(lines)
    if any(word in text for word in _WORDS):
        if any(_acts(node, text) for node in _nodes_on(tree, _lines_with_words(text))):
            return True
    if any(word in text for word in settings.words):
        return True
    opt_in = any(prefix.startswith("UNL9") for prefix in settings.select)
    if settings.extend_factories or (opt_in and _OPT_IN.search(text)):
        return True
    return acts_at_import(tree, opt_in)


def mentions(tree: ast.Module, lines: Sequence[str]) -> tuple[list[int], bool]:
    """The lines that name `sys.modules` or a reload function, sorted; and whether one gets another name."""
    numbers, renamed = set(), False
    for node in _nodes_on(tree, _lines_with_words("".join(lines))):
        if _named(node):
            numbers.add(node.lineno)
        renamed = renamed or _renames(node)
    return sorted(numbers), renamed


def _lines_with_words(text: str) -> list[int]:
    """The numbers of the lines that hold `modules` or `reload`, sorted."""
    found: list[int] = []
    number, counted = 1, 0
    for at in sorted(at for word in _WORDS for at in _places(text, word)):
        number += text.count("\n", counted, at)
        counted = at
        found.append(number)
    return found


def _places(text: str, word: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)


def _named(node: Any) -> bool:
    kind = type(node)
    name = node.attr if kind is ast.Attribute else node.id if kind is ast.Name else ""
    if kind is ast.Constant:
        return node.value == "modules" or node.value in _RELOADS
    return name == "modules" or name in _RELOADS


def _renames(node: Any) -> bool:
    """Something that is or holds one of the words is imported under another name, or bound to one."""
    kind = type(node)
    if kind is ast.alias:
        return node.asname is not None and (node.name == "modules" or node.name in _RELOADS)
    if kind is ast.Assign or kind is ast.AnnAssign or kind is ast.NamedExpr:
        values = node.value.elts if isinstance(node.value, (ast.Tuple, ast.List)) else [node.value]
        return any(_holds(value) for value in values)
    return False


def _holds(value: Any) -> bool:
    """One of the words, a removing method of it, or what `partial` and `getattr` make of it."""
    kind = type(value)
    if kind is ast.Call:
        func = value.func
        makes = getattr(func, "attr", getattr(func, "id", ""))
        return makes in ("partial", "getattr") and any(map(_holds, value.args))
    return _named(value) or (kind is ast.Attribute and value.attr in _REMOVERS and _named(value.value))


def _nodes_on(tree: ast.Module, lines: list[int]) -> Iterator[Any]:
    """Every node of the statements that stand on one of ``lines``; of compound ones only what is there."""
    pending: list[Any] = [tree]
    last = len(lines)
    while pending:
        node = pending.pop()
        yield node
        for field in node._fields:
            value = getattr(node, field, None)
            if type(value) is not list:
                if isinstance(value, ast.AST):
                    pending.append(value)
                continue
            for each in value:
                if not isinstance(each, ast.stmt):
                    if isinstance(each, ast.AST):
                        pending.append(each)
                    continue
                decorators = getattr(each, "decorator_list", None)
                first = decorators[0].lineno if decorators else each.lineno
                at = bisect_left(lines, first)
                if at < last and lines[at] <= (each.end_lineno or first):
                    pending.append(each)


def _acts(node: Any, text: str) -> bool:
    """A reload function is named, something is taken out of `sys.modules`, or it gets another name."""
    kind = type(node)
    if kind is ast.Attribute:
        if node.attr not in _ACTING:
            return False
        if node.attr in _REMOVERS:
            return _is_modules(node.value)
        return node.attr in _RELOADS and not _is_method(node.value) and _imports_a_reloader(text)
    if kind is ast.Name:
        return node.id in _RELOADS and type(node.ctx) is ast.Load
    if kind is ast.alias:
        return node.name in _RELOADS or node.name == "modules"
    if kind is ast.Call:
        return _calls(node, text)
    if kind is ast.Delete:
        return any(_removes(target) for target in node.targets)
    if kind is ast.Assign:
        return _is_modules(node.value) or any(
            _changes(target, node.value, text, node.col_offset > 0) for target in node.targets
        )
    if kind is ast.AnnAssign or kind is ast.NamedExpr:
        return node.value is not None and (_is_modules(node.value) or _is_modules(node.target))
    return False


def _imports_a_reloader(text: str) -> bool:
    return _IMPORTERS.search(text) is not None


def _changes(target: Any, value: Any, text: str, inner: bool) -> bool:
    """`sys.modules` is rebound, or gets what may be no module."""
    if type(target) in (ast.Tuple, ast.List):
        return any(_changes(part, None, text, inner) for part in target.elts)
    if type(target) is ast.Subscript:
        return _is_modules(target.value) and _may_be_no_module(value, text, inner)
    return _is_modules(target)


def _may_be_no_module(value: Any, text: str, inner: bool) -> bool:
    """A value written out, what a builtin makes, or a name of such; all else stored is taken for a module.

    ``inner``: it stands in a block, where the name may be a parameter.
    """
    kind = type(value)
    if kind is ast.Name:
        return _is_given(value.id, text) or (inner and _is_parameter(value.id, text))
    if kind is ast.Constant:
        return value.value is not None
    if kind is ast.Call:
        return getattr(value.func, "id", "") in _BUILDERS or getattr(value.func, "attr", "") == "copy"
    return kind in _WRITTEN_OUT or getattr(value, "attr", "") in ("__dict__", "__name__")


def _is_given(name: str, text: str) -> bool:
    """A line of the text gives the name such a value."""
    at = text.find(name)
    while at >= 0:
        end = at + len(name)
        if _WRITTEN_TO.match(text, end) and not text[at - 1 : at].isidentifier():
            return True
        at = text.find(name, end)
    return False


def _is_parameter(name: str, text: str) -> bool:
    return any(name in each for each in _PARAMETERS.findall(text))


def _removes(target: Any) -> bool:
    if type(target) in (ast.Tuple, ast.List):
        return any(_removes(part) for part in target.elts)
    return _is_modules(target) or _is_modules(getattr(target, "value", target))


def _calls(node: Any, text: str) -> bool:
    func = node.func
    if type(func) is ast.Name and func.id in ("getattr", "setattr", "delattr"):
        return any(type(each) is ast.Constant and _named(each) for each in node.args)
    if type(func) is not ast.Attribute or func.attr not in _METHODS:
        return False
    given = node.args[0] if node.args else None
    if func.attr in _PUTTERS and len(node.args) == 2:
        return _is_modules(func.value) and _may_be_no_module(node.args[1], text, True)
    return _is_modules(given)


def _is_modules(node: Any) -> bool:
    """`<something>.modules`; where a plain name stands for it, an import or an assignment says so."""
    if type(node) is not ast.Attribute:
        return False
    return node.attr == "modules" and getattr(node.value, "id", "") not in ("self", "cls")


def _is_method(owner: Any) -> bool:
    """`self.reload`, `page.reload`: certainly no module function if the owner hangs on `self`."""
    while type(owner) is ast.Attribute:
        owner = owner.value
    return type(owner) is ast.Name and owner.id in ("self", "cls")
