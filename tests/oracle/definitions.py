"""What stands in generated modules: texts that make or capture objects. Knows no imports and no scripts.

`$any`, `$value` (no module), `$class`, `$deco` are what the module can refer to; `$n` is a number, so
that modules define the same names now and then.
"""

from __future__ import annotations

from string import Template

from tests.oracle.modules import Dice, Module
from tests.oracle.project import FLAG

_PLAIN = (
    ("f", "function", "def f$n(): return 1"),
    ("f", "function", "async def f$n(): return 1"),
    ("C", "class", "class C$n: pass"),
    ("C", "class", "class C$n:\n    def method(self): return 1"),
    ("X", "object", "X$n = object()"),
    ("X", "object", "X$n = []"),
    ("X", "object", "X$n = [object()]"),
    ("X", "object", "X$n = {'k': object()}"),
    ("X", "object", "X$n: object = object()"),
    ("X", "object", "X$n = Y$n = object()"),
    ("X", "object", "try:\n    X$n\nexcept NameError:\n    X$n = object()"),
    ("X", "object", 'if "X$n" not in globals():\n    X$n = object()'),
    ("X", "object", "X$n = globals().get('X$n') or [object()]"),
    ("X", "object", "def make$n():\n    global X$n\n    X$n = object()\nX$n = None\nmake$n()"),
    ("X", "object", "import sys\nif sys.version_info >= (3, 8):\n    X$n = object()\nelse:\n    X$n = []"),
    ("X", "object", f"import os\nif {FLAG}:\n    X$n = object()\nelse:\n    X$n = []"),
    ("X", "object", f"import os\nX$n = object()\nif {FLAG}:\n    X$n = []"),
    ("N", "constant", "N$n = $n"),
    ("N", "constant", "N$n = 'text'"),
    ("d", "decorator", "def d$n(function): return function"),
    ("d", "decorator", "KEPT$n = []\ndef d$n(function):\n    KEPT$n.append(0)\n    return function"),
    ("d", "decorator", "REG$n = []\ndef d$n(function):\n    REG$n.append(function)\n    return function"),
    ("d", "decorator", "def d$n(function):\n    def wrapper(): return function()\n    return wrapper"),
    (
        "d",
        "decorator",
        "import functools\ndef d$n(function):\n    @functools.wraps(function)\n"
        "    def wrapper(): return function()\n    return wrapper",
    ),
)
_NUMBERS = "00000111223456789"  # few, so that names meet
_CAPTURES = (
    ("f", "function", "def f$n(a=$value): return 1"),
    ("f", "function", "def f$n(*, a=$value): return 1"),
    ("f", "function", "def f$n(a, *rest, b=$value): return 1"),
    ("f", "function", "f$n = lambda a=$value: a"),
    ("f", "function", "def f$n(): return $any"),
    ("f", "function", "@$deco\ndef f$n(): return 1"),
    ("f", "function", "@$deco\ndef f$n(a=$value): return 1"),
    ("C", "class", "class C$n($class): pass"),
    ("C", "class", "class C$n($class):\n    def method(self): return 1"),
    ("C", "class", "class C$n($class):\n    def method(self, a=$value): return a"),
    ("C", "class", "class C$n:\n    attribute = $any"),
    ("C", "class", "class C$n:\n    @staticmethod\n    def method(a=$value): return a"),
    ("C", "class", "class C$n:\n    class Inner($class): pass"),
    ("g", "any", "g$n = $any"),
    ("g", "any", "g$n = $any if True else None"),
    ("g", "any", "(g$n := $any)"),
    ("g", "any", "for g$n in ($any,): pass"),
    ("g", "any", "temp = $any\ng$n = temp\ndel temp"),
    ("g", "any", "g$n, h$n = $any, object()"),
    ("g", "object", "import functools\ng$n = functools.partial(print, $value)"),
    ("g", "object", "g$n = $class()"),
    ("T", "table", "T$n = {'k': $any}"),
    ("T", "table", "T$n = {'k': $any, 'l': $any}"),
    ("T", "table", "T$n = [$any, $any]"),
    ("T", "table", "T$n = ($any,)"),
    ("T", "table", "T$n = {'k': [$any]}"),
    ("T", "table", "T$n = []\nT$n.append($any)"),
    ("T", "table", "T$n = {}\nT$n['k'] = $any"),
    ("T", "table", "T$n = []\nT$n += [$any]"),
    ("T", "table", "T$n = [each for each in ($any, $any)]"),
    ("T", "table", "T$n = {name: each for name, each in [('k', $any)]}"),
    ("T", "table", "T$n = dict(k=$any)"),
    ("T", "table", "T$n = list(($any,))"),
)


def define(dice: Dice, module: Module, least: int, most: int) -> None:
    """Add some definitions to a module."""
    for _ in range(dice.count(least, most)):
        _one(dice, module)


def _one(dice: Dice, module: Module) -> None:
    kinds = {kind for _, kind in module.refs}
    possible = [each for each in _CAPTURES if _served(each[2], kinds)]
    letter, kind, text = dice.pick(possible) if possible and not dice.chance(3) else dice.pick(_PLAIN)
    asks = "NameError" in text or "globals()" in text  # of an import it would be asking something else
    numbers = [each for each in _NUMBERS if module.may_define(letter + each, asks)]
    if not asks and dice.chance(8):
        numbers = list(_NUMBERS[:5])  # perhaps the second definition of a name
    number = dice.pick(numbers)
    taken: list[str] = []
    filled = _filled(dice, module, text, taken)
    module.lines += Template(filled).substitute(n=number).split("\n")
    module.hold(letter + number, _kind(module, taken[0]) if kind == "any" else kind)


def _served(text: str, kinds: set[str]) -> bool:
    return all(bool(kinds & set(wanted)) for token, wanted in _WANTED.items() if token in text)


_WANTED = {
    "$any": ("function", "class", "object", "table", "decorator", "constant", "module"),
    "$value": ("function", "class", "object", "table", "decorator", "constant"),
    "$class": ("class",),
    "$deco": ("decorator",),
}


def _filled(dice: Dice, module: Module, text: str, taken: list[str]) -> str:
    for token, wanted in _WANTED.items():
        while token in text:
            ref = _ref(dice, module, wanted)
            taken.append(ref)
            text = text.replace(token, ref, 1)
    return text


def _ref(dice: Dice, module: Module, kinds: tuple[str, ...]) -> str:
    """Something that the module can refer to; mostly of another module."""
    found = [ref for ref, kind in module.refs if kind in kinds]
    foreign = [ref for ref in found if "." in ref or ref in module.taken]
    return dice.pick(foreign) if foreign and not dice.chance(4) else dice.pick(found)


def _kind(module: Module, ref: str) -> str:
    return next(kind for each, kind in module.refs if each == ref)
