"""The shapes of scripts that name what they reload: statements, lists, loops, helpers."""

from __future__ import annotations

from tests.oracle.driver import Driver, Scribe
from tests.oracle.modules import Module, indented


def statements(scribe: Scribe, driver: Driver) -> None:
    """One call after the other."""
    for name in driver.targets:
        expression = scribe.module(driver, name, loose=True)
        line = scribe.reload(driver, expression)
        if expression.isidentifier() and scribe.chance(6):
            line = f"{expression} = {line}"
            driver.rebound.append(expression)
        driver.body += scribe.guarded(line, driver)


def bare_statements(scribe: Scribe, driver: Driver) -> None:
    """One call after the other, and nothing else."""
    driver.body += [scribe.reload(driver, scribe.module(driver, name, loose=True)) for name in driver.targets]


def guards(scribe: Scribe, driver: Driver) -> None:
    """Each module only if it is loaded."""
    driver.need("import sys", "import importlib")
    if scribe.chance(2):
        scribe.load(driver)
    else:
        driver.need(f"import {driver.targets[0]}")
    for name in driver.targets:
        driver.body += [f'if "{name}" in sys.modules:', f'    importlib.reload(sys.modules["{name}"])']


def names_in_locals(scribe: Scribe, driver: Driver) -> None:
    """Each module only if its name is bound."""
    driver.need("import importlib")
    for name in driver.targets:
        alias = name.replace(".", "_")
        if not scribe.chance(4):
            driver.need(f"import {name} as {alias}")
        where = scribe.pick(
            ["globals()", "globals()", "dir(sys.modules[__name__])", "vars(sys.modules[__name__])"]
        )
        driver.need("import sys")
        driver.body += [f'if "{alias}" in {where}:', f"    importlib.reload({alias})"]


def sequence(scribe: Scribe, driver: Driver, items: list[str]) -> str:
    """A literal of ``items``, in place, under a name, or in another file."""
    text = f"[{', '.join(items)}]" if scribe.chance(2) else f"({', '.join(items)},)"
    quoted = all(item.startswith('"') for item in items)
    if quoted and scribe.chance(5):
        text = '"' + " ".join(item.strip('"') for item in items) + '".split()'
    match scribe.count(0, 7):
        case 0 | 1:
            driver.need(f"LISTED = {text}")
            return "LISTED"
        case 2:
            driver.body.append(f"listed = {text}")
            return "listed"
        case 3 if len(items) > 1:
            driver.body += [f"listed = [{items[0]}]", *[f"listed.append({item})" for item in items[1:]]]
            return "listed"
        case 4 if quoted and driver.helper is None:
            driver.helper = Module("listing", lines=[f"LISTED = {text}"])
            driver.need("from listing import LISTED")
            return "LISTED"
    return text


def ordered(scribe: Scribe, text: str, sortable: bool) -> str:
    """The sequence, now and then in another order."""
    orders = ["{}"] * 6 + ["reversed({})", "{}[::-1]"]
    orders += ["sorted({})", "sorted({}, reverse=True)", "sorted(set({}))"] * sortable
    return scribe.pick(orders).format(text)


def modules_loop(scribe: Scribe, driver: Driver) -> None:
    """A loop over module objects."""
    names = [scribe.module(driver, name) for name in driver.targets]
    call = scribe.reload(driver, "module")
    match scribe.count(0, 11):
        case 0:
            entries = ", ".join(f'"{name}": {name}' for name in names)
            driver.body += [f"table = {{{entries}}}", "for module in table.values():", "    " + call]
        case 1:
            driver.need(f"def reload_modules(*modules):\n    for module in modules:\n        {call}")
            driver.body += [f"reload_modules({', '.join(names)})"]
        case 2:
            rows = ", ".join(f"({number}, {name})" for number, name in enumerate(names))
            driver.body += [f"for _, module in [{rows}]:", "    " + call]
        case shape:
            text = ordered(scribe, sequence(scribe, driver, names), sortable=False)
            _loop_over(scribe, driver, shape, text, call)


def _loop_over(scribe: Scribe, driver: Driver, shape: int, text: str, call: str) -> None:
    match shape:
        case 3:
            driver.body.append(f"[{call} for module in {text}]")
        case 4:
            driver.need("import importlib")
            driver.body.append(f"list(map(importlib.reload, {text}))")
        case 5:
            driver.body += [f"for number, module in enumerate({text}):", "    " + call]
        case 6:
            loop = [f"listed_modules = list({text})", "while listed_modules:"]
            driver.body += [*loop, "    module = listed_modules.pop(0)", "    " + call]
        case _:
            driver.body += [f"for module in {text}:", *indented(scribe.guarded(call, driver))]


def entry(scribe: Scribe, driver: Driver, key: str) -> list[str]:
    """Reload the module that ``key`` names."""
    driver.need("import sys", "import importlib")
    call = f"importlib.reload(sys.modules[{key}])"
    match scribe.count(0, 8):
        case 0:
            return [f"importlib.reload(importlib.import_module({key}))"]
        case 1:
            return [f"if {key} in sys.modules:", "    " + call]
        case 2:
            return [
                f"module = sys.modules.get({key})",
                "if module is not None:",
                "    importlib.reload(module)",
            ]
        case 3:
            return ["try:", "    " + call, "except KeyError:", "    pass"]
        case 4:
            return [
                f"if {key} in sys.modules:",
                "    " + call,
                "else:",
                f"    importlib.import_module({key})",
            ]
        case 5:
            return [f"if {key} not in sys.modules:", "    continue", call]
        case 6:
            return [
                f"module = sys.modules.get({key})",
                "if not module:",
                "    continue",
                "importlib.reload(module)",
            ]
    return [call]


def names_loop(scribe: Scribe, driver: Driver) -> None:
    """A loop over dotted names."""
    scribe.load(driver)
    names = [f'"{name}"' for name in driver.targets]
    lines = entry(scribe, driver, "name")
    if scribe.chance(8):
        names.insert(len(names) // 2, f'"{driver.targets[0].partition(".")[0]}.absent"')
        lines = ["if name in sys.modules:", "    importlib.reload(sys.modules[name])"]
    text = ordered(scribe, sequence(scribe, driver, names), sortable=True)
    if scribe.chance(10) and "absent" not in "".join(names):
        driver.body += [
            f"for module in [sys.modules[name] for name in {text}]:",
            "    importlib.reload(module)",
        ]
    else:
        driver.body += [f"for name in {text}:", *indented(lines)]


def below(scribe: Scribe, driver: Driver) -> tuple[str, list[str]]:
    """A package, and the targets in it by their names below it."""
    parents = [name.rpartition(".")[0] for name in driver.targets if "." in name]
    package = scribe.pick(parents) if parents else ""
    return package, [name[len(package) + 1 :] for name in driver.targets if name.startswith(package + ".")]


def prefix_loop(scribe: Scribe, driver: Driver) -> None:
    """A loop over names below a package."""
    package, names = below(scribe, driver)
    if not package:
        return names_loop(scribe, driver)
    scribe.load(driver)
    prefix, key = f'"{package}"', '{0} + "." + name'
    if driver.module.parent == package and scribe.chance(2):
        prefix = scribe.pick(["__package__", "__name__.rpartition('.')[0]", "__name__.split('.')[0]"])
    elif scribe.chance(2):
        driver.need(f"PREFIX = {prefix}")
        prefix = "PREFIX"
    if prefix.isidentifier():  # no quotes in an f-string before 3.12
        keys = [key, 'f"{{{0}}}.{{name}}"', '"{{}}.{{}}".format({0}, name)', '"%s.%s" % ({0}, name)']
        key = scribe.pick([*keys, '".".join([{0}, name])'])
    driver.need("import sys", "import importlib")
    text = ordered(scribe, sequence(scribe, driver, [f'"{name}"' for name in names]), sortable=True)
    lines = entry(scribe, driver, key.format(prefix))
    if scribe.chance(6):
        lines = [f"importlib.reload(importlib.import_module('.' + name, {prefix}))"]
    driver.body += [f"for name in {text}:", *indented(lines)]
    if package in scribe.modules and scribe.modules[package].package and scribe.chance(2):
        driver.body.append(f'importlib.reload(sys.modules["{package}"])')
    return None


def helper(scribe: Scribe, driver: Driver) -> None:
    """A function of another module gets prefix and names, or modules."""
    package, names = below(scribe, driver)
    if not package:
        return modules_loop(scribe, driver)
    scribe.load(driver)
    home = scribe.pick(["reloader", "pkg.reloader"])
    lines = entry(scribe, driver, scribe.pick(['f"{prefix}.{name}"', 'prefix + "." + name']))
    loop = ["for name in names:", *indented(lines)]
    head = ["import importlib", "import sys", "", "def reload_all(prefix, names):"]
    driver.helper = Module(home, lines=head + indented(loop))
    text = sequence(scribe, driver, [f'"{name}"' for name in names])
    prefix = "__package__" if driver.module.parent == package and scribe.chance(2) else f'"{package}"'
    if scribe.chance(2):
        driver.need(f"from {home} import reload_all")
        driver.body.append(f"reload_all({prefix}, {text})")
    else:
        driver.need(f"import {home} as helping")
        driver.body.append(f"helping.reload_all(prefix={prefix}, names={text})")
    return None


def folder_loop(scribe: Scribe, driver: Driver) -> None:
    """A loop over what a folder holds."""
    package, _ = below(scribe, driver)
    if not package:
        return modules_loop(scribe, driver)
    scribe.load(driver)
    driver.need(
        "import importlib", "import os", "import pkgutil", "import sys", f"import {package} as walked"
    )
    listings = [
        "[name[:-3] for name in os.listdir(list(walked.__path__)[0]) if name.endswith('.py')]",
        "[name for _, name, _ in pkgutil.iter_modules(walked.__path__)]",
    ]
    driver.body += [f"for name in {scribe.pick(listings)}:", f'    name = f"{package}.{{name}}"']
    driver.body += [f'    if name in sys.modules and name != "{driver.module.name}":']
    driver.body += ["        importlib.reload(sys.modules[name])"]
    return None
