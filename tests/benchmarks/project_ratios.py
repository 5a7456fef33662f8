"""What looking at all files together costs, as ratios measured in one run. Prints; judges nothing.

    python tests/benchmarks/project_ratios.py [--files 2000] [--growth 5000,10000,20000] [--tree DIR]

The tree is made of copies of the modules of the standard library, without its tests, in packages of fifty,
with a reloader in every tenth package. Cold and warm are `check` with the cache, alone is `--no-project`;
each is a process of its own, so start-up counts. With `--growth` the memory of the parent and the time are
printed for trees of these sizes, and for a warm `flake8 --unload-project` the time beside plain flake8 on
one file. With `--tree` the same ratios and the memory are those of a tree that is there, the packages of an
environment, say: of a copy of its Python files, as the cache is kept beside them.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import sysconfig
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

_PACKAGE = 50  # files
_LARGEST = 40_000  # bytes of a file that is copied
_RUNS = 3
_RELOADER = """\
import importlib
import sys

NAMES = [{names}]


def refresh():
    for name in NAMES:
        importlib.reload(sys.modules[f"{{__package__}}.{{name}}"])
"""


def sources() -> list[Path]:
    """Modules of the standard library that every Python can parse."""
    folder = Path(sysconfig.get_path("stdlib"))
    skipped = {"site-packages", "test", "tests", "idlelib", "lib2to3", "__pycache__"}
    return [
        each
        for each in sorted(folder.rglob("*.py"))
        if not skipped & set(each.relative_to(folder).parts) and each.stat().st_size < _LARGEST
    ]


def build(folder: Path, count: int) -> None:
    """A tree of ``count`` files."""
    for number, source in enumerate(islice(cycle(sources()), count)):
        package = folder / f"package{number // _PACKAGE}"
        if number % _PACKAGE == 0:
            package.mkdir(parents=True)
            names = ", ".join(f'"module{each}"' for each in range(2, 12))
            (package / "__init__.py").write_text("")
            (package / "reloader.py").write_text(_RELOADER.format(names=names) if number % 500 == 0 else "")
        shutil.copyfile(source, package / f"module{number % _PACKAGE}.py")


def seconds(*command: str, folder: Path) -> float:
    """Processor time of a command and its children, start-up included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode in (0, 1, 2), done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def check(folder: Path, *options: str) -> float:
    """One run of our own command."""
    command = [sys.executable, "-m", "flake8_unload", "check", "--quiet", "--jobs", "1", *options, "."]
    return seconds(*command, folder=folder)


def forget(folder: Path) -> None:
    """Remove the cache."""
    shutil.rmtree(folder / ".flake8-unload-cache", ignore_errors=True)


def ratios(folder: Path, *options: str) -> Iterator[str]:
    """Cold against alone, warm against cold; pairs in turn, the median of the ratios."""
    cold, warm = [], []
    for _ in range(_RUNS):
        alone = check(folder, *options, "--no-project")
        forget(folder)
        first = check(folder, *options)
        second = check(folder, *options)
        cold.append(first / alone)
        warm.append(second / first)
    yield f"cold / alone: {statistics.median(cold):.2f} (at most 1.3)"
    yield f"warm / cold:  {statistics.median(warm):.2f} (at most 0.15)"


def of_tree(tree: Path) -> Iterator[str]:
    """What a tree costs that is there; nothing is written into it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / tree.name
        shutil.copytree(tree, folder, ignore=_no_python, ignore_dangling_symlinks=True)
        for line in ratios(folder, "--no-gitignore"):
            yield f"{tree.name}: {line}"
        yield f"{tree.name}: the parent takes {memory(folder, '--no-gitignore')[1]:.0f} MiB (at most 250)"


def _no_python(folder: str, names: list[str]) -> list[str]:
    """What is neither a Python file nor a folder that may hold some."""
    paths = {each: Path(folder, each) for each in names}
    return [each for each, path in paths.items() if path.suffix != ".py" and not _is_wanted(path)]


def _is_wanted(path: Path) -> bool:
    return path.is_dir() and path.name not in (".git", "__pycache__") and not path.is_symlink()


def memory(folder: Path, *options: str) -> tuple[float, float]:
    """Seconds on the clock, and MiB of the parent, of a cold run."""
    forget(folder)
    code = (
        "import resource, sys\nfrom flake8_unload.cli import main\n"
        f"main(['check', '--quiet', *{options!r}, '.'])\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, file=sys.stderr)\n"
    )
    start = time.monotonic()
    done = subprocess.run([sys.executable, "-c", code], cwd=folder, capture_output=True, text=True)
    return time.monotonic() - start, float(done.stderr.split()[-1])


def in_flake8(folder: Path) -> float:
    """Milliseconds that a warm project adds to flake8 on one file."""
    one = str(next(folder.glob("package0/module*.py")).relative_to(folder))
    plain = [sys.executable, "-m", "flake8", "--select=UNL", one]
    seconds(*plain, "--unload-project=.", folder=folder)
    pairs = [
        seconds(*plain, "--unload-project=.", folder=folder) - seconds(*plain, folder=folder)
        for _ in range(9)
    ]
    return statistics.median(pairs) * 1000


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--files", type=int, default=2000)
    parser.add_argument("--growth", default="", help="sizes of trees, separated by commas")
    parser.add_argument("--tree", type=Path, help="a tree that is there")
    args = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package is compiled
    if args.tree:
        for line in of_tree(args.tree.resolve()):
            print(line)
        return
    with tempfile.TemporaryDirectory() as name:
        build(Path(name), args.files)
        print(f"{args.files} files")
        for line in ratios(Path(name)):
            print(line)
    for size in map(int, filter(None, args.growth.split(","))):
        with tempfile.TemporaryDirectory() as name:
            build(Path(name), size)
            took, parent = memory(Path(name))
            print(f"{size} files: {took:.1f} s, {1000 * took / size:.2f} ms a file")
            print(f"{size} files: the parent takes {parent:.0f} MiB (at most 250)")
            print(f"{size} files: warm, flake8 takes {in_flake8(Path(name)):.0f} ms more (at most 50)")


if __name__ == "__main__":
    main()
