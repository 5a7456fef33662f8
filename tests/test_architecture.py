"""Dependencies point one way: faces, engine, rules, analysis, data."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import flake8_unload

PACKAGE = Path(flake8_unload.__file__).parent
ORDER = ("data", "analysis", "rules", "engine", "faces")
DATA = ("columns", "edits", "extensions", "factories", "factory_kinds", "factory_table", "findings")
DATA += ("registries", "registry", "settings")
FACES = (
    "__main__",
    "cli",
    "commands",
    "config_files",
    "configuration",
    "discover",
    "errors",
    "failures",
    "flake8_file",
    "gitignore",
    "inspection",
    "language_server",
    "options",
)
FACES += ("baseline", "codemods", "fingerprints", "plugin", "pyproject", "repair", "reports", "results")
FACES += ("selection", "source", "suppress", "survey")
LAYERS = {
    "rules": "rules",
    "engine": "engine",
    **dict.fromkeys(DATA, "data"),
    **dict.fromkeys(FACES, "faces"),
}
FILES = sorted(PACKAGE.rglob("*.py"))


def room(path: Path) -> str:
    """The top-level module or folder of the package that a file is, or is in."""
    return path.relative_to(PACKAGE).with_suffix("").parts[0]


def imported(path: Path) -> Iterator[str]:
    """The rooms that a file imports, lazily or not."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names: list[str] = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: relative import"
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            package, _, rest = name.partition(".")
            if package == "flake8_unload" and rest.split(".")[0] in ROOMS:
                yield rest.split(".")[0]


def test_only_repair_and_codemods_know_libcst() -> None:
    knowing = {room(path) for path in FILES if re.search(r"^\s*(import|from) libcst", path.read_text(), re.M)}
    assert knowing <= {"repair", "codemods"}


ROOMS = {room(path) for path in FILES} - {"__init__"}


def layer(name: str) -> int:
    """What is not listed above is analysis."""
    return ORDER.index(LAYERS.get(name, "analysis"))


def test_the_listed_modules_exist() -> None:
    assert set(LAYERS) <= ROOMS


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_imports_point_down(path: Path) -> None:
    if path.parent == PACKAGE and path.stem == "__init__":
        assert not list(imported(path))
        return
    above = {other for other in imported(path) if layer(other) > layer(room(path))}
    assert not above


def _loaded_by(statement: str) -> set[str]:
    code = f"import sys; import flake8.main.application; before = set(sys.modules); {statement}; "
    code += "print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return set(done.stdout.split())


def test_the_plugin_imports_next_to_nothing() -> None:
    loaded = _loaded_by("import flake8_unload.plugin")
    assert loaded == {"flake8_unload", "flake8_unload.plugin"}


def test_detection_never_imports_the_fixer() -> None:
    source = "import sys; sys.modules.clear(); L = open('x')  # noqa: X1"
    statement = (
        "import flake8_unload.inspection as i; "
        f"found = i.Inspector().inspect('x.py', {source!r}.encode()); assert found"
    )
    assert "libcst" not in _loaded_by(statement)
