"""Real linters, type checkers and formatters on correct unloads and reloads, as the page says."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import pytest

from tests.faces import flake8, ours, unmarked
from tests.integrations.tools import ROOT, python

PAGE = (ROOT / "docs" / "beside-other-linters.md").read_text(encoding="utf-8")
UNLOADED, AGAIN = re.findall(r"^```python\n(import (?:sys|importlib)\n.*?)^```", PAGE, re.S | re.M)[:2]
SPLIT = """\
import importlib

import shop
from shop import Cart

importlib.reload(  # noqa: UNL201
    shop,
)
print(
    importlib.reload(shop)  # noqa: UNL201
)
Cart()
"""
JOINED = """\
import importlib

import shop
from shop import Cart

print("a long line, so long", importlib.reload(shop), "that it is split")  # noqa: UNL201
Cart()
"""
FORMATTERS = {"black": ("black", "-q", "app.py"), "ruff": ("ruff", "format", "--no-cache", "-q", "app.py")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "shop.py").write_text("class Cart: ...\n", encoding="utf-8")
    return tmp_path


def write(folder: Path, source: str) -> Path:
    """The file that the tools are given."""
    app = folder / "app.py"
    app.write_text(source, encoding="utf-8")
    return app


def bare(source: str) -> str:
    """Without any `# noqa`."""
    return re.sub(r"  # noqa.*", "", source)


def reported(folder: Path) -> str:
    """Our codes, the same by both faces."""
    theirs = flake8(folder, "--select=UNL", "app.py").stdout
    assert unmarked(ours(folder, "check", "app.py").stdout) == theirs
    return " ".join(re.findall(r" (UNL\d+) ", theirs))


# -- what they report ----------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("tool", "arguments", "source", "said"),
    [
        ("pyflakes", (), UNLOADED, ["imported but unused"]),
        ("pyflakes", (), AGAIN, ["redefinition of unused 'Cart'"]),
        ("pylint", (), UNLOADED, ["W0611", "unused-import"]),
        ("pylint", (), AGAIN, ["W0404", "reimported", "C0413", "wrong-import-position"]),
        ("mypy", ("--cache-dir=.mypy",), UNLOADED, ["Success: no issues"]),
        ("mypy", ("--cache-dir=.mypy",), AGAIN, ["Success: no issues"]),
        ("pylint", (), 'LOG = open("app.log", "w")\n', ["R1732", "consider-using-with"]),
    ],
)
def test_what_they_say_of_it(
    folder: Path, tool: str, arguments: tuple[str, ...], source: str, said: list[str]
) -> None:
    app = write(folder, bare(source))
    done = python(folder, tool, *arguments, "app.py")
    assert [each for each in said if each not in done.stdout] == [], done.stdout
    assert app.read_text(encoding="utf-8") == bare(source)


def test_their_comments_silence_them(folder: Path) -> None:
    source = UNLOADED.replace("noqa: F401", "noqa: F401  # pylint: disable=unused-import")
    write(folder, source)
    assert "W0611" not in python(folder, "pylint", "app.py").stdout
    assert flake8(folder, "--select=F401,UNL", "app.py").stdout == ""


# -- the comparison ------------------------------------------------------------------------------
HAZARDS = {
    "from m import f": """\
import importlib

import shop
from shop import Cart


def refresh():
    importlib.reload(shop)


def use():
    return Cart()
""",
    "base class": """\
import importlib

import shop


class Basket(shop.Cart): ...


def refresh():
    importlib.reload(shop)


def use():
    return Basket()
""",
    "name left bound": 'import sys\n\nimport shop\n\ndel sys.modules["shop"]\nshop.Cart()\n',
    "submodule kept": """\
import sys


def fresh():
    del sys.modules["xml.dom"]
    from xml import dom

    return dom
""",
    "socket, thread": """\
import socket
import threading

LINK = socket.create_connection(("localhost", 80))
threading.Thread(target=print).start()
""",
    "in a module global": 'LOG = open("app.log", "w")\n',
    "as a default argument": 'def note(text, log=open("app.log", "a")):\n    log.write(text)\n',
    "builtin": "import shop\n\nreload(shop)\n",
}
STYLE = re.compile(r"ANN|C\d|CPY|D\d|INP|PLC0415|PLW1514|PTH|R0903|W1514")
"""What is said of every short file, hazard or not: docstrings, encodings, where an import stands."""


def tool_codes(folder: Path) -> dict[str, set[str]]:
    """What each tool says with all its rules, matters of style apart."""
    found = {
        "ruff": ("ruff", "check", "--isolated", "--no-cache", "-q", "--select=ALL", "--output-format=json"),
        "pylint": ("pylint", "--enable=all", "--disable=I", "--output-format=json2"),
    }
    codes = {
        name: set(re.findall(r'"(?:code|messageId)": "([A-Z]+\d+)"', python(folder, *each, "app.py").stdout))
        for name, each in found.items()
    }
    codes["flake8-unload"] = set(re.findall(r" (UNL\d+) ", ours(folder, "check", "app.py").stdout))
    if importlib.util.find_spec("bugbear"):
        done = python(folder, "flake8", "--isolated", "--select=B", "app.py")
        codes["flake8-bugbear"] = set(re.findall(r" (B\d+) ", done.stdout))
    return {name: {each for each in found if not STYLE.match(each)} for name, found in codes.items()}


@pytest.mark.parametrize("hazard", HAZARDS)
def test_the_comparison_is_true(folder: Path, hazard: str) -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in PAGE.splitlines() if line[:1] == "|"]
    heads = rows[0]
    assert len([row for row in rows if row[-1].startswith("UNL")]) == len(HAZARDS)
    (row,) = (row for row in rows if hazard in row[0] and row[-1].startswith("UNL"))
    write(folder, HAZARDS[hazard])
    said = dict(zip(heads, row, strict=True))
    for tool, codes in tool_codes(folder).items():
        named = set(re.findall(r"[A-Z]+\d+", said[tool]))
        assert named <= codes if tool in ("ruff", "pylint") and named else codes <= named, (tool, codes)
        assert bool(codes) == bool(named), tool


def test_the_readme_has_the_same_comparison() -> None:
    table = re.compile(r"^\| hazard \|.*?(?=\n\n)", re.S | re.M)
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert table.findall(readme) == table.findall(PAGE) != []


# -- imports -------------------------------------------------------------------------------------
@pytest.mark.parametrize("source", [UNLOADED, AGAIN], ids=["unloaded", "again"])
def test_isort_leaves_blocks_apart(folder: Path, source: str) -> None:
    app = write(folder, source)
    assert python(folder, "isort", "app.py").returncode == 0
    assert app.read_text(encoding="utf-8") == source


def test_isort_moves_an_import_above_a_reload_only_if_told_to(folder: Path) -> None:
    app = write(folder, bare(AGAIN))
    python(folder, "isort", "--float-to-top", "app.py")
    assert app.read_text(encoding="utf-8").rindex("import Cart") < app.read_text(encoding="utf-8").index(
        "reload("
    )
    assert reported(folder) == "UNL201"
    app = write(
        folder,
        kept := bare(AGAIN).replace(
            "(shop)\nfrom shop import Cart", "(shop)\nfrom shop import Cart  # isort: skip"
        ),
    )
    python(folder, "isort", "--float-to-top", "app.py")
    assert "reload(shop)\nfrom shop import Cart  # isort: skip" in kept
    assert "reload(shop)\nfrom shop import Cart  # isort: skip" in app.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "kept"), [(UNLOADED, True), (bare(UNLOADED), False)], ids=["noqa", "bare"]
)
def test_autoflake_deletes_what_is_only_unloaded(folder: Path, source: str, kept: bool) -> None:
    app = write(folder, source)
    python(folder, "autoflake", "--in-place", "--remove-all-unused-imports", "app.py")
    assert ("import xml.dom" in app.read_text(encoding="utf-8")) is kept


# -- comments ------------------------------------------------------------------------------------
@pytest.mark.parametrize("formatter", FORMATTERS.values(), ids=FORMATTERS)
def test_a_formatter_leaves_a_comment_on_the_line_of_the_finding(
    folder: Path, formatter: tuple[str, ...]
) -> None:
    assert bare(SPLIT) != SPLIT
    write(folder, bare(SPLIT))
    assert reported(folder) == "UNL201 UNL201"
    app = write(folder, SPLIT)
    assert python(folder, *formatter).returncode == 0
    assert (reported(folder), app.read_text(encoding="utf-8").count("# noqa: UNL201")) == ("", 2)


def test_black_moves_a_comment_when_it_splits_a_line(folder: Path) -> None:
    app = write(folder, JOINED)
    assert reported(folder) == ""
    assert python(folder, "black", "-q", "app.py").returncode == 0
    assert ")  # noqa: UNL201\n" in app.read_text(encoding="utf-8")
    assert reported(folder) == "UNL201"


def test_yesqa_keeps_ours_and_takes_what_silences_nothing(folder: Path) -> None:
    source = SPLIT + "\nimport os  # noqa: UNL201\n"
    app = write(folder, source)
    python(folder, "yesqa", "app.py")
    assert app.read_text(encoding="utf-8") == source.replace("import os  # noqa: UNL201", "import os")
