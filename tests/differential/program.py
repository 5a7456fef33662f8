"""A program: its text, and what follows from it before anything is executed.

A program carries its marks from the moment on that its text stands: they are made here, of the text alone,
before it is executed for the first time. So they do not depend on what `pruning` sees of other texts.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.differential.left_alone import LeftAlone, left_alone
from tests.differential.marks import Marks, marks_of
from tests.differential.text import Aims, Text
from tests.differential.ways import Ways


@dataclass
class Program:
    """Source text, what each removal aims at, the choices that are open, and the orders left open."""

    source: str
    aims: Aims = field(init=False)
    text: Text = field(init=False)
    ways: Ways = field(init=False)
    marks: Marks = field(init=False)
    left_alone: LeftAlone = field(init=False)
    flags: tuple[str, ...] = field(init=False)
    rounds: tuple[str, ...] = field(init=False)
    functions: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        tree = ast.parse(self.source)
        functions = [node for node in tree.body if isinstance(node, ast.FunctionDef)]
        self.aims = dict(_aims(tree))
        self.text = Text(tree, self.aims)
        self.ways = Ways(self.text)
        self.marks = marks_of(self.text, self.ways)
        self.left_alone = left_alone(self.text, self.ways)
        self.flags = tuple(dict.fromkeys(re.findall(r'flag\("(\w+)"\)', self.source)))
        self.rounds = tuple(dict.fromkeys(re.findall(r'rounds\("(\w+)"\)', self.source)))
        self.functions = tuple(node.name for node in functions if not node.args.args)


def _aims(tree: ast.Module) -> Iterator[tuple[int, tuple[int, tuple[str, ...]]]]:
    loops: dict[str, ast.For] = {}
    for node in ast.walk(tree):  # a loop comes before its body
        match node:
            case ast.For(target=ast.Name(id=name)):
                loops[name] = node
            case (
                ast.Subscript(value=ast.Attribute(attr="modules"), slice=key, ctx=ast.Del())
                | ast.Call(func=ast.Attribute(attr="pop"), args=[key, *_])
            ):
                yield _aim(node.lineno, key, loops)


def _aim(line: int, key: ast.expr, loops: dict[str, ast.For]) -> tuple[int, tuple[int, tuple[str, ...]]]:
    match key:
        case ast.Constant(value=str(module)):
            return line, (line, (module,))
        case ast.Attribute(value=ast.Name(id=name), attr="__name__"):
            return line, (line, (name,))
        case ast.Name(id=name) if isinstance(loops[name].iter, ast.Tuple):
            return line, (line, ast.literal_eval(loops[name].iter))
        case ast.Name(id=name):  # the only prefix that programs purge
            return loops[name].lineno, (line, ("pkg", "pkg.sub"))
    raise ValueError(ast.unparse(key))
