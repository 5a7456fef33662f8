"""What stands in generated modules: texts that make or capture objects. Knows no imports and no scripts.

`$any`, `$value` (no module), `$class`, `$deco` are what the module can refer to; `$n` is a number, so
that modules define the same names now and then.
"""

from __future__ import annotations

from pathlib import Path
from string import Template

from tests.oracle.modules import Dice, Module
from tests.oracle.project import FLAG


def _read(name: str) -> tuple[tuple[str, str, str], ...]:
    """The letter, kind and text of each definition of a file; each is headed `# letter kind`."""
    parts = Path(__file__).with_name(name).read_text().replace("$flag", FLAG).split("# ")[1:]
    heads = [part.partition("\n") for part in parts]
    return tuple((*head.split(), body.rstrip("\n")) for head, _, body in heads)  # type: ignore[misc]


_PLAIN = _read("made.txt")
_CAPTURES = _read("captured.txt")
_NUMBERS = "00000111223456789"  # few, so that names meet
_RARE = (
    "= $class()",
    "[$class]",
    "$class | ",
    "@$deco",
    "@$factory",
    "$registry",
    "$keeper",
    "$context",
    "$pair",
    "$module",
    "$metaclass",
    "$dispatch",
    "$subclasser",
    "$enumeration",
)  # few definitions hold things in these ways
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


_VALUES = (
    "function",
    "class",
    "object",
    "list",
    "table",
    "decorator",
    "marker",
    "factory",
    "constant",
    "pair",
    "alias",
    "dispatch",
)
_WANTED = {
    "$any": (*_VALUES, "module"),
    "$value": _VALUES,
    "$callable": ("function", "decorator"),
    "$class": ("class",),
    "$list": ("list",),
    "$module": ("module",),
    "$registry": ("registry",),
    "$keeper": ("keeper",),
    "$context": ("context",),
    "$pair": ("pair",),
    "$metaclass": ("metaclass",),
    "$dispatch": ("dispatch",),
    "$subclasser": ("subclasser",),
    "$enumeration": ("enumeration",),
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
