"""Displays of nothing but constants: their items are made when somebody looks at them, which few do.

Tables of thousands of constants are most of what some projects execute. Evaluates nothing else.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from typing import Any

from flake8_unload.project.values import Thing, const

_DISPLAYS = (ast.List, ast.Tuple, ast.Set)
_PLAIN: set[type[ast.expr]] = {*_DISPLAYS, ast.Dict, ast.UnaryOp}
_LONG = 4  # parts
_DATA: Any = Thing.__dict__["data"]  # where it is, once it is made


class Literal(Thing):
    """A list or dict of constants, and of others of its kind; ``path`` is the file that it stands in."""

    __slots__ = ("_node", "_path")
    _node: ast.expr | None  # what it is still to be made of

    def __init__(self, node: ast.expr, path: str) -> None:
        super().__init__("dict" if isinstance(node, ast.Dict) else "list")
        self._node = node
        self._path = path

    @property
    def data(self) -> Any:
        """See `Thing`."""
        if self._node is not None:
            node, self._node = self._node, None
            _DATA.__set__(self, self._made(node))
        return _DATA.__get__(self)

    @data.setter
    def data(self, data: Any) -> None:
        self._node = None
        _DATA.__set__(self, data)

    def _made(self, node: ast.expr) -> Any:
        if isinstance(node, ast.Dict):
            keys = (_given(each, self._path).data for each in node.keys if each is not None)
            return dict(zip(keys, (_given(each, self._path) for each in node.values), strict=True))
        return [_given(each, self._path) for each in getattr(node, "elts", ())]

    def _items(self) -> Iterator[Thing]:
        """See `Thing`; what nobody has looked at yet holds constants alone, which come from nowhere."""
        return super()._items() if self._node is None else iter(())


def literal(node: ast.List | ast.Tuple | ast.Set | ast.Dict, path: str) -> Literal | None:
    """What a display in a file gives, if it is long and all in it are constants."""
    parts = node.values if isinstance(node, ast.Dict) else node.elts
    return Literal(node, path) if len(parts) >= _LONG and _is_plain(node) else None


def _is_plain(node: ast.expr) -> bool:
    if isinstance(node, ast.Dict):
        return all(map(_is_key, node.keys)) and _are_plain(node.values)
    return _are_plain(node.elts) if isinstance(node, _DISPLAYS) else _is_negative(node)


def _are_plain(parts: list[ast.expr]) -> bool:
    kinds = {*map(type, parts)} - {ast.Constant}
    return kinds <= _PLAIN and all(_is_plain(each) for each in parts if type(each) is not ast.Constant)


def _is_key(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) or _is_negative(node)


def _is_negative(node: ast.expr | None) -> bool:
    match node:
        case ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=int() | float())):
            return True
    return False


def _given(node: ast.expr, path: str) -> Thing:
    """What a part of a display gives."""
    match node:
        case ast.Constant(value=data):
            return const(data, (path, node.lineno))
        case ast.UnaryOp(operand=ast.Constant(value=int() | float() as number)):
            return const(-number)
    return Literal(node, path)
