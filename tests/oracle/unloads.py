"""The shapes of scripts that go through `sys.modules`, and of packages that reload themselves."""

from __future__ import annotations

from tests.oracle.driver import Driver, Scribe
from tests.oracle.modules import Module, indented
from tests.oracle.project import Project, Step


def _condition(scribe: Scribe) -> str:
    """A test of ``name`` for the modules of the project."""
    top = scribe.pick(sorted(scribe.tops))
    if not any(name.startswith(top + ".") for name in scribe.modules):
        return scribe.pick([f'name == "{top}"', f'name in ("{top}", "absent")'])
    return scribe.pick(
        [
            f'name.startswith("{top}.")',
            f'(name == "{top}" or name.startswith("{top}."))',
            f'name.startswith("{top}")',
            f'name.split(".")[0] == "{top}"',
            f'name.partition(".")[0] in ("{top}", "absent")',
        ]
    )


def sys_modules_loop(scribe: Scribe, driver: Driver) -> None:
    """A loop over `sys.modules` that reloads."""
    scribe.load(driver)
    driver.need("import sys")
    condition = f'{_condition(scribe)} and name != "{driver.module.name}"'
    call = scribe.reload(driver, "module")
    match scribe.count(0, 5):
        case 0:
            driver.body += ["for name, module in list(sys.modules.items()):", f"    if {condition}:"]
            driver.body += ["        " + call]
        case 1:
            driver.body += ["for name, module in sys.modules.copy().items():"]
            driver.body += [f"    if not ({condition}):", "        continue", "    " + call]
        case 2:
            listed = scribe.pick(["[{}]", "sorted({})", "sorted([{}])", "list({})"])
            listed = listed.format(f"name for name in sys.modules if {condition}")
            driver.body += [f"for name in {listed}:", "    module = sys.modules[name]", "    " + call]
        case 3:
            driver.body += [f"found = [module for name, module in sys.modules.items() if {condition}]"]
            driver.body += ["for module in found:", "    " + call]
        case 4:
            driver.body += [f"found = {{name: each for name, each in sys.modules.items() if {condition}}}"]
            driver.body += ["for name, module in found.items():", "    " + call]
        case _:
            driver.body += ["for name in list(sys.modules):", f"    if {condition}:"]
            driver.body += ["        module = sys.modules[name]", "        " + call]


def purge(scribe: Scribe, driver: Driver) -> None:
    """Everything below a prefix is removed, and some of it imported again."""
    scribe.load(driver)
    driver.need("import sys", "import importlib")
    remove = scribe.pick(["del sys.modules[name]", "sys.modules.pop(name)", "sys.modules.pop(name, None)"])
    condition = _condition(scribe)
    if scribe.chance(3):
        listed = scribe.pick(["[{}]", "sorted({})"]).format(f"name for name in sys.modules if {condition}")
        driver.body += [f"names = {listed}", "for name in names:", "    " + remove]
        driver.body += ["for name in names:", "    importlib.import_module(name)"]
        return
    if scribe.chance(2):
        driver.body += ["for name in list(sys.modules):", f"    if {condition}:", "        " + remove]
    else:
        driver.body += [f"for name in [name for name in sys.modules if {condition}]:", "    " + remove]
    _back(scribe, driver, driver.targets)


def remove(scribe: Scribe, driver: Driver) -> None:
    """Some modules are removed, and some of them imported again."""
    scribe.load(driver)
    driver.need("import sys", "import importlib")
    some = driver.targets[: scribe.count(1, 3)]
    if scribe.chance(3):
        listed = ", ".join(f'"{name}"' for name in some)
        driver.body += [f"for name in [{listed}]:", "    sys.modules.pop(name, None)"]
    else:
        texts = ['del sys.modules["{}"]', 'sys.modules.pop("{}", None)', 'sys.modules.__delitem__("{}")']
        driver.body += [scribe.pick(texts).format(name) for name in some]
    _back(scribe, driver, some)


def _back(scribe: Scribe, driver: Driver, names: list[str]) -> None:
    for name in scribe.shuffled(names):
        parent, _, leaf = name.rpartition(".")
        forms = [f"import {name}", f'importlib.import_module("{name}")', f"import {name} as back_{leaf}"]
        forms += [f'globals()["back_{leaf}"] = importlib.import_module("{name}")']
        forms += [f"from {parent} import {leaf} as back_{leaf}"] * bool(parent)
        forms += [
            f"from {name} import {each} as back_{each}" for each in list(scribe.modules[name].names)[:1]
        ]
        if scribe.chance(5):
            continue
        line = scribe.pick(forms)
        driver.body.append(line)
        if line.startswith(("import ", "from ")):
            driver.rebound.append(line.split()[-1].partition(".")[0])


def marker(scribe: Scribe) -> Project | None:
    """`if "a" in locals()`, in the package itself, which the host reloads; None for other layouts."""
    package = scribe.modules.get("pkg")
    names = [name for name in scribe.driver().targets if name.count(".") == 1 and name.startswith("pkg.")]
    leaves = [name.rpartition(".")[2] for name in names if name in scribe.modules]
    if package is None or not package.package or not leaves:
        return None
    reloads = indented([f"importlib.reload({leaf})" for leaf in leaves])
    together = f"from . import {', '.join(leaves)}"
    match scribe.count(0, 3):
        case 0:
            lines = [f'if "{leaves[0]}" in locals():', *reloads]
            lines += ["else:", *[f"    from . import {leaf}" for leaf in leaves]]
        case 1:
            own = [[f'if "{leaf}" in locals():', f"    importlib.reload({leaf})"] for leaf in leaves]
            lines = [line for each in own for line in each] + [f"from . import {leaf}" for leaf in leaves]
        case 2:
            lines = ['if "_marked" in locals():', *reloads, "else:", "    " + together, "_marked = True"]
        case _:
            lines = [together, 'if "_marked" in globals():', *reloads, "_marked = True"]
    rest = package.lines
    package.lines = ["import importlib", *(rest + lines if scribe.chance(3) else lines + rest)]
    others: list[Step] = [("import", name) for name in scribe.modules if scribe.chance(3)]
    steps: tuple[Step, ...] = (("import", "pkg"), *others, ("reload", "pkg"))
    written: list[Module] = list(scribe.modules.values())
    return Project({each.path: each.source for each in written}, steps)
