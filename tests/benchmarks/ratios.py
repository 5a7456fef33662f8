"""What the plugin costs, as ratios measured in one run. Not a test: run it on a quiet machine.

`python -m tests.benchmarks.ratios [FOLDER]`; the standard library without its tests by default.
flake8-bugbear is measured beside it where it is installed.
"""

from __future__ import annotations

import ast
import gc
import io
import platform
import subprocess
import sys
import sysconfig
import time
import tokenize
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from flake8_unload.plugin import Plugin

_TESTS = {"test", "tests", "idle_test", "site-packages"}
Parsed = tuple[str, list[str], ast.Module]


def sources(folder: Path) -> Iterator[Parsed]:
    """Name, lines and tree of every file that parses."""
    for path in sorted(folder.rglob("*.py")):
        if _TESTS & set(path.relative_to(folder).parts):
            continue
        try:
            with tokenize.open(path) as stream:
                text = stream.read()
            yield str(path), io.StringIO(text).readlines(), ast.parse(text)
        except (SyntaxError, UnicodeDecodeError, ValueError, RecursionError):
            continue


def best(work: Callable[[], Any], rounds: int = 5) -> float:
    """The least CPU time of several rounds, in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def parse(files: list[Parsed]) -> None:
    for _, lines, _ in files:
        ast.parse("".join(lines))


def plugin(files: list[Parsed]) -> None:
    for name, lines, tree in files:
        list(Plugin(tree, lines, name).run())


def bugbear(files: list[Parsed]) -> Callable[[], None] | None:
    """A run of flake8-bugbear over the same trees, or None where it is not installed."""
    try:
        from bugbear import BugBearChecker
    except ImportError:
        return None

    def run() -> None:
        for name, lines, tree in files:
            list(BugBearChecker(tree=tree, filename=name, lines=lines).run())

    return run


def import_cost() -> float:
    """Milliseconds that `import flake8_unload.plugin` adds to a process with flake8, and that it must not
    take for libcst."""
    code = (
        "import sys, time, flake8.main.application, flake8.options.manager; a = time.perf_counter();"
        "import flake8_unload.plugin; print((time.perf_counter() - a) * 1000, 'libcst' in sys.modules)"
    )
    found = []
    for _ in range(7):
        milliseconds, libcst = subprocess.check_output([sys.executable, "-c", code], text=True).split()
        assert libcst == "False"
        found.append(float(milliseconds))
    return min(found)


def main(folder: Path) -> None:
    """Print the ratios."""
    warnings.simplefilter("ignore")
    files = list(sources(folder))
    gc.freeze()  # a real run holds one tree at a time; 734 of them would only slow the collector
    print(
        f"{len(files)} files, {sum(len(lines) for _, lines, _ in files)} lines, "
        f"Python {platform.python_version()}"
    )
    parsing, running = best(lambda: parse(files)), best(lambda: plugin(files))
    print(f"ast.parse             {parsing:7.3f} s")
    print(f"plugin                {running:7.3f} s = {running / parsing:.3f} x ast.parse (bound 0.15)")
    other = bugbear(files)
    if other is not None:
        cost = best(other, 1)
        print(f"flake8-bugbear        {cost:7.3f} s; plugin = 1/{cost / running:.0f} of it (bound 1/20)")
    print(f"import of the plugin  {import_cost():7.1f} ms (bound 30), libcst not imported")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sysconfig.get_paths()["stdlib"]))
