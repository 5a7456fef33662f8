"""What a fix costs, as ratios measured in one run. Not a test: run it on a quiet machine.

`python -m tests.benchmarks.fix_ratios [FOLDER]`; the standard library without its tests by default. Each
of its larger files gets a hazard at its end; what `fix` takes for it is compared with what libcst alone
takes for the same file: parsing, one transform that changes nothing, the positions of all nodes.
"""

from __future__ import annotations

import gc
import statistics
import subprocess
import sys
import sysconfig
import time
import warnings
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import libcst as cst
from libcst.metadata import MetadataWrapper, PositionProvider

from flake8_unload.inspection import Inspector
from flake8_unload.repair.rounds import repaired
from flake8_unload.repair.wanted import Wanted
from tests.benchmarks.ratios import sources

HAZARDS = {
    "UNL106": "\n\nimport sys\n\nfor key in sys.modules:\n    del sys.modules[key]\n",
    "UNL301": "\n\nimport socket\n\n_channel = socket.socket()\n\n\ndef _send():\n    _channel.send(b'')\n",
    "UNL305": "\n\nimport json\n\n_DATA = json.load(open('data.json'))\n",
}
LARGE = 300  # lines; below that, the fixed costs of a run are measured
FILES = 20
BOUND = 1.5


def best(work: Callable[[], Any], rounds: int = 3) -> float:
    """The least CPU time of several rounds, in seconds."""
    times = []
    for _ in range(rounds):
        gc.collect()
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times)


def chosen(folder: Path) -> Iterator[tuple[str, str]]:
    """Larger files, spread evenly over the folder."""
    large = [(name, "".join(lines)) for name, lines, _ in sources(folder) if len(lines) > LARGE]
    yield from large[:: max(1, len(large) // FILES)]


def alone(text: str) -> None:
    """What any fixer with libcst has to do."""
    module = cst.parse_module(text)
    MetadataWrapper(module, unsafe_skip_copy=True).resolve(PositionProvider)
    module.visit(cst.CSTTransformer())


def ratios(code: str, files: list[tuple[str, str]]) -> Iterator[float]:
    """The cost of a fix in units of libcst alone, file by file."""
    inspector = Inspector()
    for name, text in files:
        source = text + HAZARDS[code]
        data = source.encode()
        done = repaired(name, data, inspector, Wanted(unsafe=True))
        if code in {each.code for each in done.fixed}:
            own = best(lambda data=data, name=name: repaired(name, data, inspector, Wanted(unsafe=True)))  # type: ignore[misc]
            yield own / best(lambda source=source: alone(source))  # type: ignore[misc]


def imports_libcst(folder: Path) -> bool:
    """Whether `fix` imports libcst for a folder in which nothing can be fixed."""
    code = (
        "import sys; from flake8_unload.cli import main; status = main(sys.argv[1:]); "
        "print('libcst' in sys.modules)"
    )
    command = [
        sys.executable,
        "-c",
        code,
        "fix",
        "--check",
        "--unsafe-fixes",
        "-q",
        "--isolated",
        str(folder),
    ]
    return subprocess.run(command, capture_output=True, text=True).stdout.splitlines()[-1] == "True"


def main(folder: Path) -> None:
    """Print the ratios."""
    warnings.simplefilter("ignore")
    files = list(chosen(folder))
    for code in HAZARDS:
        found = list(ratios(code, files))
        middle, most = statistics.median(found), max(found)
        print(f"{code}: {len(found)} files, {middle:.2f} x libcst alone, at most {most:.2f} (bound {BOUND})")
    print(f"libcst imported where nothing can be fixed: {imports_libcst(folder / 'json')}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(sysconfig.get_paths()["stdlib"]))
