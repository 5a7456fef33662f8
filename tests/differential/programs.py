"""Hypothesis strategies for small programs about the modules of the world.

Names: `m`, `n`, `pkg`, `sub`, `s`, `x` for modules; `f`, `C`,
`X` for what is imported from them; `g`, `t`, `d`, `D`, `i` for what is captured; `k…` for loop variables.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

from hypothesis import strategies as st

from tests.differential.compounds import COMPOUND
from tests.differential.program import Program
from tests.differential.pruning import pruned
from tests.differential.spellings import FLAT, SUB, binds, needs

HEADER = (
    "import importlib\nimport sys\nfrom contextlib import suppress\nfrom importlib import reload\n"
    "from oracle import boundary, flag, keep, rounds\n"
)
_POOLS = (("m",), ("m",), ("m", "n"), ("pkg.sub",), ("pkg.sub",), ("m", "pkg.sub"))
_FUNCTIONS = ("one", "two")
_MAX_CHOICES = 3
_MAX_GUARDED = 6

_MIX = (
    *("import",) * 4,
    *("take",) * 4,
    *("capture",) * 3,
    "forget",
    *("unload",) * 5,
    *("reload",) * 4,
    *("use",) * 6,
)


class _Writer:
    def __init__(self, one_of: Callable[[Sequence[Any]], Any]) -> None:
        self.one_of = one_of
        self.pool = one_of(_POOLS)
        self.lines = HEADER.splitlines()
        self.flags: list[str] = []
        self.rounds: list[str] = []
        self.functions: list[str] = []
        self.bound = {"sys", "importlib", "reload", "keep"}
        self.x = ""  # the module that `x` stands for
        self.several = False  # it has stood for another one: then functions do not know which
        self.guarded = 0
        self.loops = 0

    def program(self) -> Program:
        self.opening()
        self.suite("", 4, 9, top=True)
        return Program("\n".join(self.lines) + "\n")

    def opening(self) -> None:
        """Most programs begin with the imports that the rest is about."""
        for module in self.pool:
            self.simple("", module, "import")
            if self.one_of((False, True)):
                self.simple("", module, "take")

    def suite(self, indent: str, least: int, most: int, *, top: bool = False, loop: bool = False) -> None:
        for _ in range(self.one_of(range(least, most + 1))):
            self.statement(indent, top, loop)

    def statement(self, indent: str, top: bool, loop: bool) -> None:
        kind = self.one_of(range(16))
        deep = len(indent) >= 8
        if kind <= 2 and not deep:
            self.compound(indent, self.one_of(tuple(COMPOUND)), loop)
        elif kind == 3 and top and len(self.functions) < len(_FUNCTIONS) and not self.several:
            self.function()
        elif kind in (4, 5) and top and self.functions:
            self.add(indent, self.one_of(self.functions) + "()")
        elif kind == 6 and loop and self.more_choices():
            self.add(indent, f"if {self.flag()}: {self.one_of(['break', 'continue'])}")
        elif kind == 7 and indent and not top and not loop and self.lines_in_function and self.more_choices():
            self.add(indent, f"if {self.flag()}: return")
        else:
            self.simple(indent, self.one_of(self.pool), self.one_of(_MIX))

    lines_in_function = False

    def simple(self, indent: str, module: str, kind: str) -> None:
        table = SUB if module == "pkg.sub" else FLAT
        texts = [text.replace("@", module) for text in table[kind]]
        if self.one_of(range(16)):  # mostly about names that have been bound somewhere above
            texts = [text for text in texts if needs(text) <= self.bound] or ["import " + module]
        if self.functions or self.lines_in_function:
            texts = [text for text in texts if "x" not in binds(text) or self.x in ("", module)] or [
                "import m"
            ]
        text = self.one_of(texts)
        if "x" in binds(text):
            self.several = self.several or self.x not in ("", module)
            self.x = module
        self.bound |= binds(text)
        self.add(indent, text)

    def add(self, indent: str, text: str) -> None:
        self.lines.append(indent + text)

    def more_choices(self) -> bool:
        return len(self.flags) + len(self.rounds) < _MAX_CHOICES

    def flag(self) -> str:
        name = "abc"[len(self.flags)]
        self.flags.append(name)
        return f'flag("{name}")'

    def function(self) -> None:
        name = _FUNCTIONS[len(self.functions)]
        self.add("", f"def {name}():")
        if self.one_of(range(3)) == 0:
            self.add("    ", "global " + ("m, f" if "m" in self.pool else "sub, f"))
        self.lines_in_function = True
        self.suite("    ", 1, 3)
        self.lines_in_function = False
        self.functions.append(name)

    def compound(self, indent: str, kind: str, loop: bool) -> None:
        inner = indent + "    "
        if kind in ("if", "if else", "for") and not self.more_choices():
            kind = "with"
        if kind in ("try", "try finally", "suppress") and self.guarded >= _MAX_GUARDED:
            kind = "with"
        COMPOUND[kind](self, indent, inner, loop)

    def key(self) -> str:
        """A loop variable of its own."""
        self.loops += 1
        return f"k{self.loops}"


@st.composite
def programs(draw: st.DrawFn) -> Program:
    """Any program, as Hypothesis likes it: small ones first, and cut down where it fails."""
    return pruned(_Writer(lambda options: draw(st.sampled_from(options))).program())


def random_program(seed: object) -> Program:
    """The program of a seed; these differ from each other more than those of Hypothesis do."""
    return pruned(_Writer(random.Random(str(seed)).choice).program())
