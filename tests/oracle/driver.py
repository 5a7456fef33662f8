"""The module that reloads or unloads: how it names modules, loads them, and is put together with a script."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import strategies as st

from tests.oracle.modules import Dice, Module, indented
from tests.oracle.project import FLAG, Project, Step


@dataclass
class Driver:
    """``targets`` are what it may reload, ``head`` its imports and constants, ``body`` the script."""

    module: Module
    targets: list[str]
    head: list[str] = field(default_factory=list)
    body: list[str] = field(default_factory=list)
    rebound: list[str] = field(default_factory=list)  # names that the script binds at module level
    helper: Module | None = None  # a module that the script uses

    def need(self, *lines: str) -> None:
        """Have some lines at the top, once."""
        self.head += [line for line in lines if line not in self.head]


class Scribe(Dice):
    """Writes a driver for ``modules``; shapes of scripts are in `shapes`."""

    def __init__(self, draw: st.DrawFn, modules: dict[str, Module]) -> None:
        super().__init__(draw)
        self.modules = modules

    def driver(self) -> Driver:
        """A driver without a script; its targets are most of the modules, a package mostly at the end."""
        places = ["driver", "driver"] + ["pkg.driver"] * 3 * ("pkg" in self.tops)
        targets = [name for name in self.modules if not self.chance(4)] or list(self.modules)
        targets = self.shuffled(targets)
        if not self.chance(3):
            targets.sort(key=lambda name: self.modules[name].package)
        return Driver(Module(self.pick(places)), targets)

    @property
    def tops(self) -> set[str]:
        """The first names of all modules."""
        return {name.partition(".")[0] for name in self.modules}

    # -- how a module is named -----------------------------------------------------------------
    def module(self, driver: Driver, name: str, loose: bool = False) -> str:
        """An expression for a module, with the import that it needs; ``loose``: any expression."""
        parent, _, leaf = name.rpartition(".")
        near = driver.module.relative(parent) if parent else None
        forms = ["import", "as"] + ["sys", "call", "getattr", "named"] * loose + ["from"] * 2 * bool(parent)
        alias = name.replace(".", "_")
        match self.pick(forms + ["relative"] * 3 * bool(near)):
            case "import":
                driver.need(f"import {name}")
                return name
            case "as":
                driver.need(f"import {name} as {alias}")
            case "sys":
                driver.need("import sys", f"import {name}")
                return f'sys.modules["{name}"]'
            case "named":
                driver.need("import sys", f"import {name} as {alias}")
                return f"sys.modules[{alias}.__name__]"
            case "call":
                driver.need("import importlib")
                return f'importlib.import_module("{name}")'
            case "getattr" if parent:
                driver.need(f"import {name}")
                return f'getattr({parent}, "{leaf}")'
            case "relative":
                driver.need(f"from {near} import {leaf} as {alias}")
            case "from":
                driver.need(f"from {parent} import {leaf} as {alias}")
            case _:
                driver.need(f"import {name} as {alias}")
        return alias

    def load(self, driver: Driver) -> None:
        """The driver imports its targets, in any order and form."""
        for name in self.shuffled(driver.targets):
            self.module(driver, name)

    def reload(self, driver: Driver, expression: str) -> str:
        """A call that reloads."""
        match self.pick(["importlib"] * 3 + ["from", "as", "alias", "keyword"]):
            case "alias":
                driver.need("import importlib", "renew = importlib.reload")
                return f"renew({expression})"
            case "keyword":
                driver.need("import importlib")
                return f"importlib.reload(module={expression})"
            case "from":
                driver.need("from importlib import reload")
                return f"reload({expression})"
            case "as":
                driver.need("import importlib as imp")
                return f"imp.reload({expression})"
        driver.need("import importlib")
        return f"importlib.reload({expression})"

    def guarded(self, line: str, driver: Driver) -> list[str]:
        """A statement, now and then in a `try`, or under a test that nobody can know."""
        match self.count(0, 15):
            case 3:
                driver.need("import os")
                return [f"if {FLAG}:", "    " + line]
            case 0:
                return ["try:", "    " + line, "except Exception:", "    pass"]
            case 1:
                return [
                    "try:",
                    "    " + line,
                    "except ImportError as error:",
                    "    print(error)",
                    "    raise",
                ]
            case 2:
                return ["try:", "    " + line, "finally:", "    print()"]
        return [line]

    # -- how it is put together ----------------------------------------------------------------
    def assembled(self, driver: Driver) -> Project:
        """The project, with the script in a function, in a method or at module level."""
        form = self.pick(["function"] * 3 + ["called", "method", "module", "module", "twice", "elsewhere"])
        if form == "module":
            lines = [*driver.head, *self.taken(driver), *driver.body]
            lines += self.taken(driver) if self.chance(2) else []
            acts: tuple[Step, ...] = ()
        elif form == "elsewhere" and driver.helper is None:
            parent = driver.module.parent
            near = driver.module.relative(parent) if parent else None
            script = [f"global {', '.join(dict.fromkeys(driver.rebound))}"] if driver.rebound else []
            acting = f"{parent}.acting" if parent else "acting"
            driver.helper = Module(acting, lines=[*driver.head, *_functions("", script, driver.body)])
            line = self.pick(
                [f"import {acting} as acting", f"from {near or parent} import acting"][: 1 + bool(parent)]
            )
            lines = [line, *self.taken(driver), "def refresh():", "    acting.refresh()"]
            acts = (("call", driver.module.name, "refresh"),)
        else:
            script = [f"global {', '.join(dict.fromkeys(driver.rebound))}"] if driver.rebound else []
            lines = [*driver.head, *self.taken(driver), *_functions(form, script, driver.body)]
            acts = (("call", driver.module.name, "refresh"),)
        driver.module.lines = lines
        others = [name for name in self.modules if self.chance(3)]
        before = [("import", name) for name in others if self.chance(2)]
        after = [("import", name) for name in others] if acts else []
        steps = (*before, ("import", driver.module.name), *after, *acts)
        written = [*self.modules.values(), driver.module, *([driver.helper] if driver.helper else [])]
        return Project({each.path: each.source for each in written}, steps)

    def taken(self, driver: Driver) -> list[str]:
        """Names that the driver itself takes from the modules."""
        lines = []
        for name in driver.targets:
            if self.modules[name].names and self.chance(4):
                lines.append(
                    f"from {name} import {self.pick(list(self.modules[name].names))} as k{len(lines)}"
                )
        return lines


def _functions(form: str, script: list[str], body: list[str]) -> list[str]:
    match form:
        case "called":
            return ["def _work():", *indented(script + body), "", "def refresh():", "    _work()"]
        case "method":
            method = ["    def execute(self, context=None):", *indented(indented(script + body))]
            return ["class Operator:", *method, "", "def refresh():", "    Operator().execute()"]
        case "twice":
            return ["def refresh():", *indented([*script, "for _ in range(2):", *indented(body)])]
    return ["def refresh():", *indented(script + body)]
