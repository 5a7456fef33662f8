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
    ("X", "list", "X$n = []"),
    ("X", "object", "for X$n in [object()]: pass"),
    ("X", "object", "try:\n    X$n = object()\nfinally:\n    pass"),
    ("X", "object", "X$n, *rest = [object(), object()]"),
    ("X", "object", "X$n = [object() for _ in range(2)]"),
    ("X", "object", "X$n = dict(a=object())"),
    ("f", "function", "if True:\n    def f$n(): return 1"),
    ("f", "function", "def f$n():\n    yield 1"),
    ("f", "object", "import functools\n@functools.lru_cache(maxsize=None)\ndef f$n(a=1): return 1"),
    ("E", "class", "class E$n(Exception): pass"),
    ("E", "object", "import enum\nclass E$n(enum.Enum):\n    ONE = 1"),
    ("P", "object", "import collections\nP$n = collections.namedtuple('P$n', 'x y')"),
    ("D", "class", "import dataclasses\n@dataclasses.dataclass\nclass D$n:\n    x: int = 1"),
    ("D", "class", "from dataclasses import dataclass\n@dataclass(frozen=True)\nclass D$n:\n    x: int = 1"),
    ("G", "object", "def __getattr__(name):\n    raise AttributeError(name)\nG$n = object()"),
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
    ("d", "marker", "def d$n(function): return function"),
    ("d", "marker", "KEPT$n = []\ndef d$n(function):\n    KEPT$n.append(0)\n    return function"),
    ("d", "marker", "REG$n = []\ndef d$n(function):\n    REG$n.append(function)\n    return function"),
    ("d", "decorator", "def d$n(function):\n    def wrapper(): return function()\n    return wrapper"),
    (
        "d",
        "decorator",
        "import functools\ndef d$n(function):\n    @functools.wraps(function)\n"
        "    def wrapper(): return function()\n    return wrapper",
    ),
    ("a", "factory", "def a$n(text):\n    def mark(function): return function\n    return mark"),
    ("a", "factory", "def a$n(text):\n    return lambda function: function"),
    (
        "a",
        "factory",
        "def a$n(text):\n    def decorate(function):\n        def wrapper(): return function(text)\n"
        "        return wrapper\n    return decorate",
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
    ("f", "function", "@$factory('text')\ndef f$n(): return 1"),
    ("f", "function", "@$factory('text')\n@$deco\ndef f$n(a=$value): return 1"),
    ("f", "object", "import functools\n@functools.lru_cache(maxsize=None)\ndef f$n(a=$value): return 1"),
    ("f", "function", "def f$n(a: $class, b: '$class' = None) -> $class: return 1"),
    ("C", "class", "@$marker\nclass C$n: pass"),
    ("C", "class", "@$marker\nclass C$n($class): pass"),
    ("E", "class", "class E$n($class, Exception): pass"),
    (
        "D",
        "class",
        "import dataclasses\n@dataclasses.dataclass\nclass D$n($class):\n    y: object = $callable",
    ),
    ("D", "class", "import dataclasses\n@dataclasses.dataclass\nclass D$n:\n    y: $class = None"),
    ("C", "class", "class C$n:\n    @classmethod\n    def method(cls, a=$value): return a"),
    ("C", "class", "class C$n($class):\n    method = $callable"),
    ("Q", "constant", "$class.extra$n = $value\nQ$n = 1"),
    ("Q", "constant", "$list.append($any)\nQ$n = 1"),
    ("T", "table", "T$n = {$class}"),
    ("T", "table", "T$n = frozenset([$class])"),
    ("T", "table", "T$n = {$class: 'text'}"),
    ("T", "table", "T$n = {$class: $any}"),
    ("T", "table", "T$n = {'k': $any}\nT$n.update(l=$any)"),
    ("T", "table", "T$n = {'k': $any}\nT$n.update({'l': $any})"),
    ("T", "table", "T$n = {}\nT$n.setdefault('k', $any)"),
    ("T", "table", "T$n = {'k': []}\nT$n['k'].append($any)"),
    ("T", "table", "T$n = [$any] * 2"),
    ("T", "table", "T$n = [$any] + [$any]"),
    ("T", "table", "T$n = [*($any, $any)]"),
    ("T", "table", "T$n = {**{'k': $any}}"),
    ("T", "table", "T$n = [('k', $any)]"),
    ("T", "table", "T$n = []\nfor each in ($any, $any):\n    T$n.append(each)"),
    ("T", "table", "T$n = {}\nfor key, each in (('k', $any), ('l', $any)):\n    T$n[key] = each"),
    ("T", "table", "T$n = [lambda: $any, $any]"),
    ("g", "any", "try:\n    g$n = $any\nexcept AttributeError:\n    g$n = None"),
    ("g", "any", "g$n = $class or None"),
    ("g", "any", "g$n = [$any][0]"),
    ("g", "any", "g$n = {'k': $any}['k']"),
    ("g", "any", "def keep$n(thing): return thing\ng$n = $any"),
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
_RARE = ("= $class()", "@$deco", "@$factory")  # few definitions hold things in these ways
_LATE = ("f", "function", "def f$n(): return $value")


def define(dice: Dice, module: Module, least: int, most: int) -> None:
    """Add some definitions to a module."""
    for _ in range(dice.count(least, most)):
        _one(dice, module)


def _one(dice: Dice, module: Module) -> None:
    kinds = {kind for _, kind in module.refs}
    possible = [each for each in _CAPTURES if _served(each[2], kinds)]
    letter, kind, text = dice.pick(possible) if possible and not dice.chance(3) else dice.pick(_PLAIN)
    rare = [each for each in possible if any(part in each[2] for part in _RARE)]
    if rare and dice.chance(6):
        letter, kind, text = dice.pick(rare)
    if dice.late and kinds & set(_VALUES) and not dice.chance(3):
        letter, kind, text = _LATE
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


_VALUES = ("function", "class", "object", "list", "table", "decorator", "marker", "factory", "constant")
_WANTED = {
    "$any": (*_VALUES, "module"),
    "$value": _VALUES,
    "$callable": ("function", "decorator"),
    "$class": ("class",),
    "$list": ("list",),
    "$deco": ("decorator", "marker"),
    "$marker": ("marker",),
    "$factory": ("factory",),
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
