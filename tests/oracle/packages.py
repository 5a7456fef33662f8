"""Hypothesis strategies for packages: modules that import each other in every form. Knows no scripts.

Modules are written in the order of their dependencies, so that most projects can be imported; what an
import makes available is what definitions take bases, defaults and captures from.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.oracle.definitions import define
from tests.oracle.modules import Dice, Module, indented
from tests.oracle.project import FLAG, FOREIGN_TWIN, LENT

_LAYOUTS = (
    ("pkg", "pkg.a", "pkg.b", "pkg.c"),
    ("pkg", "pkg.a", "pkg.b", "pkg.c", "pkg.d", "pkg.e"),
    ("pkg", "pkg.a", "pkg.b", "pkg.sub", "pkg.sub.a", "pkg.sub.c"),
    ("pkg", "pkg.a", "pkg.sub", "pkg.sub.a", "m"),
    ("pkg", "pkg.sub", "pkg.sub.a", "pkg.sub.deep", "pkg.sub.deep.b"),
    ("pkg", "pkg.a", "pkg.b", "m", "n"),
    ("m", "n", "o", "p"),
    ("pkg.a", "pkg.b", "pkg.c"),  # a namespace package
    ("pkg", "pkg.a", "pkg.space.b", "pkg.space.c"),  # a namespace package in a package
)
_MODULE_FORMS = ("import", "import as", "from", "from", "relative", "relative", "relative", "call", "other")
_NAME_FORMS = ("names",) * 2 + ("relative names",) * 3 + ("star", "relative star")


class Writer(Dice):
    """Writes all modules of a project."""

    def __init__(self, draw: st.DrawFn, late: bool) -> None:
        super().__init__(draw, late)
        layout = self.pick(_LAYOUTS)
        packages = {name.rpartition(".")[0] for name in layout} & set(layout)
        self.modules = {name: Module(name, name in packages) for name in layout}
        self.packages = [self.modules[name] for name in sorted(packages)]
        self.order = self.shuffled([module for module in self.modules.values() if not module.package])
        self.last = [each for each in self.order if self.packages and "." not in each.name and self.chance(2)]
        self.order = [each for each in self.order if each not in self.last]

    def write(self) -> None:
        """Fill every module: packages begin, leaves follow in order, packages end with what they export."""
        done: list[Module] = []
        for package in self.packages:
            if self.chance(3):
                define(self, package, 1, 2)
                done.append(package)
        for module in self.order:
            self.fill(module, done)
        self.cycles()
        for package in reversed(self.packages):
            children = [each for each in done if each.parent.startswith(package.name) and each is not package]
            for child in self.some(children, 0, 3):
                self.use(package, child)
            if self.chance(4):
                define(self, package, 1, 2)
            self.hide(package, children)
            self.lend(package, children)
            if self.chance(4):
                self.export(package)
            done.append(package)
        for module in self.last:
            self.fill(module, done)

    def fill(self, module: Module, done: list[Module]) -> None:
        """Write a module that uses some of those that are done."""
        for dependency in self.some(done, self.late, 3):
            self.use(module, dependency)
        define(self, module, 1 + 2 * self.late, 4)
        self.lend(module, done)
        if self.chance(5):
            self.export(module)
        done.append(module)

    def hide(self, package: Module, children: list[Module]) -> None:
        """Now and then a name of a submodule stands in the place of the submodule."""
        near = [each for each in children if each.parent == package.name and each.names]
        if near and not self.late and self.chance(12):
            child = self.pick(near)
            leaf, name = child.name.rpartition(".")[2], self.pick(list(child.names))
            package.lines.append(f"from .{leaf} import {name} as {leaf}")
            package.take(leaf, child.names[name])

    def lend(self, module: Module, targets: list[Module]) -> None:
        """Now and then a `__getattr__` that imports what it is asked for."""
        targets = [each for each in targets if each.names]
        if not targets or self.late or "def __getattr__(name):" in module.lines or not self.chance(8):
            return
        target = self.pick(targets)
        name = self.pick(list(target.names))
        where, lent = module.relative(target.name) or target.name, LENT + name
        raising = "    raise AttributeError(name)"
        ask = [f"    if name == '{lent}':"]
        forms = [
            ["def __getattr__(name):", *ask, f"        from {where} import {name}", f"        return {name}"],
            [
                "import importlib",
                f"_LENT = {{'{lent}': ('{target.name}', '{name}')}}",
                "def __getattr__(name):",
                "    if name in _LENT:",
                "        module, attribute = _LENT[name]",
                "        return getattr(importlib.import_module(module), attribute)",
            ],
            [
                "def __getattr__(name):",
                *ask,
                f"        from {where} import {name} as value",
                "        globals()[name] = value",
                "        return value",
            ],
        ]
        module.lines += [*self.pick(forms), raising]
        module.lent[lent] = target.names[name]

    def cycles(self) -> None:
        """Some modules import at their end, or in a function, what is written after them."""
        for place, module in enumerate(self.order[:-1]):
            if self.chance(8):
                later = self.pick(self.order[place + 1 :])
                if self.chance(2):
                    module.lines.append(f"def late_{len(module.lines)}():")
                    module.lines += indented(self.late_import(module, later))
                else:
                    self.use(module, later)

    def late_import(self, module: Module, target: Module) -> list[str]:
        """An import that a function executes, and the module body does not."""
        where = module.relative(target.name) or target.name
        if target.names:
            return [f"from {where} import {self.pick(list(target.names))} as late", "return late"]
        return [f"import {target.name}"]

    def export(self, module: Module) -> None:
        """Give it an `__all__`."""
        module.exported = [name for name in module.names if self.chance(2)]
        texts = [f"__all__ = {module.exported!r}", f"__all__ = {tuple(module.exported)!r}"]
        if all(name[0] != "_" for name in module.names) and self.chance(3):
            module.exported = list(module.names)
            texts = ["__all__ = [name for name in dir() if not name.startswith('_')]"]
            texts += ["__all__ = [name for name in list(globals()) if name[0] != '_']"]
        elif module.stars and self.chance(2):
            source, names = self.pick(module.stars)
            module.exported = list(dict.fromkeys([*names, *module.exported]))
            texts = [f"from {source} import __all__ as _all\n__all__ = [*_all, *{module.exported!r}]"]
            texts += [
                f"from {source} import __all__ as _all\n__all__ = list(_all)\n__all__ += {module.exported!r}"
            ]
            texts.append(f"from {source} import __all__ as _all\n__all__ = {module.exported!r} + list(_all)")
        elif module.exported:
            start, rest = module.exported[:1], module.exported[1:]
            texts.append(f"__all__ = {start!r} + {rest!r}")
            texts.append(f"_more = {rest!r}\n__all__ = {start!r}\n__all__ += _more")
            texts.append(f"__all__ = {module.exported[:1]!r}\n__all__ += {module.exported[1:]!r}")
            texts.append(f"__all__ = []\n__all__.extend({module.exported!r})")
        module.lines += self.pick(texts).split("\n")

    def use(self, module: Module, target: Module) -> None:
        """Import ``target``, or names of it, in any form."""
        if target.names and (self.late or not self.chance(3)):
            self.use_names(module, target)
        else:
            self.use_module(module, target)

    def use_module(self, module: Module, target: Module) -> None:
        form = self.pick(_MODULE_FORMS)
        parent, _, leaf = target.name.rpartition(".")
        alias = self.pick([leaf, leaf, leaf + "_"])
        near = module.relative(parent) if parent else None
        bound = leaf if alias == leaf else f"{leaf} as {alias}"
        if form == "relative" and near:
            line = f"from {near} import {bound}"
        elif form == "from" and parent:
            line = f"from {parent} import {bound}"
        elif form == "call":
            module.lines.append("import importlib")
            line = f'{alias} = importlib.import_module("{target.name}")'
            if parent and parent == module.parent and self.chance(2):
                line = f'{alias} = importlib.import_module(".{leaf}", __package__)'
        elif form == "import as":
            line = f"import {target.name} as {alias}"
        elif form == "other":
            line = self.other_form(target, leaf, alias, parent)
        else:
            line, alias = f"import {target.name}", target.name
        module.lines += self.tried(line.split("\n"), alias, target)
        top = alias.partition(".")[0]
        module.take(top, "module")
        module.refs += [(f"{alias}.{name}", kind) for name, kind in target.names.items()]

    def tried(self, lines: list[str], alias: str, target: Module) -> list[str]:
        """The import as it is, or in a `try` with another way to it, which comes first or second."""
        if self.late or not self.chance(8):
            return lines
        other = [f"import {target.name} as {alias}" if "." not in alias else f"import {target.name}"]
        failing = [f"from . import absent as {alias.replace('.', '_')}"]
        first, second = self.pick([(failing, lines), (lines, other), (failing, other)])
        error = self.pick(["ImportError", "(ImportError, ValueError)", "ImportError as error"])
        return ["try:", *indented(first), f"except {error}:", *indented(second)]

    def other_form(self, target: Module, leaf: str, alias: str, parent: str) -> str:
        """A rare way to import a module."""
        forms = [
            f"import sys, {target.name}\n{alias} = sys.modules['{target.name}']",
            f"{alias} = __import__('{target.name}', fromlist=['x'])",
            f"import importlib\nfor {alias} in [importlib.import_module('{target.name}')]: pass",
            f"import importlib\nglobals()['{alias}'] = importlib.import_module('{target.name}')",
            f"def load_{alias}():\n    import {target.name} as it\n    return it\n{alias} = load_{alias}()",
            f"def load_{alias}():\n    global {alias}\n    import {target.name} as {alias}\nload_{alias}()",
        ]
        if parent:
            forms += [f"import {target.name}\n{alias} = getattr({parent}, '{leaf}')"]
            forms += [f"class Loaded:\n    from {parent} import {leaf} as {alias}\n{alias} = Loaded.{alias}"]
        return self.pick(forms)

    def use_names(self, module: Module, target: Module) -> None:
        form = self.pick(_NAME_FORMS[: -2 * self.late or None])
        where = (module.relative(target.name) if "relative" in form else None) or target.name
        module.sources.append(target.name)
        if form.endswith("star"):
            names = list(target.names) if target.exported is None else target.exported
            module.stars += [(where, target.exported)] if target.exported else []
            taken = {name: target.names[name] for name in names}
            module.lines.append(f"from {where} import *")
        else:
            taken, parts = {}, []
            known = {**target.names, **target.lent}
            for name in self.some(list(known), 1, 3):
                alias = self.pick([name, name, name, name + "_"])
                taken[alias] = known[name]
                parts.append(name if alias == name else f"{name} as {alias}")
            module.lines += self.wrapped(module, f"from {where} import {', '.join(parts)}", list(taken))
        for name, kind in taken.items():
            module.take(name, kind)

    def wrapped(self, module: Module, line: str, names: list[str]) -> list[str]:
        """The import as it is, or in one of the blocks that people put around imports."""
        absent = self.pick([f"{module.parent}.absent" if module.parent else "m.absent", "foreign_absent"])
        match -1 if self.late else self.draw(st.integers(0, 26)):
            case 0 | 1:
                return [
                    "try:",
                    "    " + line,
                    "except ImportError:",
                    *[f"    {name} = None" for name in names],
                ]
            case 2 | 3:
                return ["try:", f"    from {absent} import f", "except ImportError:", "    " + line]
            case 8 if not any("*" in name for name in names):
                twin = f"    from {FOREIGN_TWIN} import {', '.join(names)}"
                return ["try:", twin, "except ImportError:", "    " + line]
            case 4:
                return ["from contextlib import suppress", "with suppress(ImportError):", "    " + line]
            case 5:
                hidden = ["from typing import TYPE_CHECKING", "if TYPE_CHECKING:"]
                return [*hidden, f"    from {absent} import f", "else:", "    " + line]
            case 6:
                return ["if True:", "    " + line]
            case 9:
                asked = f"    global {', '.join(names)}"
                return [f"def take{len(module.lines)}():", asked, "    " + line, f"take{len(module.lines)}()"]
            case 10:
                given = ", ".join(names) + ","
                take = f"take{len(module.lines)}"
                return [f"def {take}():", "    " + line, f"    return {given}", f"{given} = {take}()"]
            case 11:
                own = [f"{name} = Taken.{name}" for name in names]
                return ["class Taken:", "    " + line, *own]
            case 12:
                return ["for _ in range(1):", "    " + line]
            case 13:
                return ["try:", "    " + line, "except ImportError:", "    raise", "else:", "    pass"]
            case 14:
                return [
                    "import sys",
                    "if sys.version_info < (3,):",
                    f"    from {absent} import f",
                    "else:",
                    "    " + line,
                ]
            case 7:
                other = [f"    {name} = None" for name in names]
                return ["import os", f"if {FLAG}:", "    " + line, "else:", *other]
            case _:
                return [line]


@st.composite
def packages(draw: st.DrawFn, late: bool = False) -> dict[str, Module]:
    """The modules of a project, by name, without a script. ``late``: see `Dice`."""
    writer = Writer(draw, late)
    writer.write()
    return writer.modules
