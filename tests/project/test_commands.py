"""`why` and `reload-order`: what they print is what happens."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.project.trees import files, write

TREE = files(
    """\
# file: app/__init__.py
# file: app/base.py
class Base: pass
# file: app/middle.py
from app.base import Base
class Middle(Base): pass
# file: app/top.py
from app.middle import Middle
def make():
    return Middle()
# file: app/plain.py
import app.base
def make():
    return app.base.Base()
# file: app/one.py
class One: pass
from app.two import Two
# file: app/two.py
from app.one import One
class Two(One): pass
# file: main.py
import app.base, app.middle, app.top, app.plain
"""
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, TREE)
    return tmp_path


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flake8_unload", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_why_shows_who_keeps_what_through_whom(folder: Path) -> None:
    done = run(folder, "why", "app.base")
    assert done.returncode == 1, done.stderr
    assert "app/middle.py:1  the name `Base`: app.base.Base" in done.stdout
    assert "app/middle.py:2  as a base class: app.middle.Middle" in done.stdout
    assert "app/top.py:1  the name `Middle`: app.middle.Middle" in done.stdout
    assert "the attribute of its package" in done.stdout
    assert "plain.py" not in done.stdout


def test_why_gives_data_and_pictures(folder: Path) -> None:
    data = json.loads(run(folder, "why", "app/base.py", "--format", "json").stdout)
    (keeper,) = data["after_reload"]
    assert (keeper["path"], keeper["line"], keeper["others"][0]["others"][0]["path"]) == (
        "app/middle.py",
        1,
        "app/top.py",
    )
    picture = run(folder, "why", "base", "--format", "mermaid").stdout
    boxes = dict(re.findall(r'(n\d+)\["(.+?)"\]', picture))
    arrows = {
        (boxes[start], boxes[end]) for start, end in re.findall(r"(n\d+) -->.*? (n\d+)$", picture, re.M)
    }
    assert {("app/middle.py", "app/base.py"), ("app/top.py", "app/middle.py")} <= arrows
    assert run(folder, "why", "base", "--format", "dot").stdout.startswith("digraph why {")


def test_why_says_that_nothing_keeps_a_module(folder: Path) -> None:
    done = run(folder, "why", "main")
    assert (done.returncode, "Nothing else keeps it" in done.stdout) == (0, True)


def test_reload_order_is_right_when_it_is_run(folder: Path) -> None:
    done = run(folder, "reload-order", "app.base")
    assert done.returncode == 0, done.stderr
    assert re.findall(r'"(app\.\w+)"', done.stdout) == ["app.base", "app.middle", "app.top"]
    code = (
        "import main, app.base, app.middle, app.top\n"
        f"{done.stdout}\n"
        "assert isinstance(app.top.make(), app.middle.Middle)\n"
        "assert issubclass(app.middle.Middle, app.base.Base)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True)


def test_reload_order_marks_circles(folder: Path) -> None:
    done = run(folder, "reload-order", "app.one")
    assert done.returncode == 1
    assert "in a circle of imports with app.two" in done.stdout


@pytest.mark.parametrize("command", ["why", "reload-order"])
def test_a_wrong_name_is_one_line_with_the_nearest_right_one(command: str, folder: Path) -> None:
    done = run(folder, command, "app.bse")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "app.base" in done.stderr
