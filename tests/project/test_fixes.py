"""Fixes about several files: what they write and refuse, and that the hazard is gone when it is run."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_unload.settings import Settings
from tests.project.trees import files, project_findings, write

LIBRARY = "# file: shapes.py\nclass Shape:\n    pass\n\n\ndef area(s):\n    return s\n"
RELOADER = """\
# file: reloader.py
import importlib

import shapes
import user


def refresh():
    importlib.reload(shapes)
"""


def fix(folder: Path, text: str, *options: str) -> tuple[dict[str, str], str]:
    """The files after `flake8-unload fix`, and what it printed."""
    tree = files(text)
    write(folder, tree)
    command = [sys.executable, "-m", "flake8_unload", "fix", "--no-cache", *options, "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return {name: (folder / name).read_text() for name in tree}, done.stdout + done.stderr


def test_reloads_are_sorted_by_what_imports_what(tmp_path: Path) -> None:
    text = """\
# file: base.py
class Base: pass
# file: middle.py
from base import Base
class Middle(Base): pass
# file: top.py
from middle import Middle
class Top(Middle): pass
# file: host.py
import importlib
import base, middle, top

def refresh():
    print("first")
    importlib.reload(top)
    importlib.reload(middle)
    importlib.reload(base)
    print("last")
"""
    after, _ = fix(tmp_path, text)
    lines = [line.strip() for line in after["host.py"].splitlines()[4:]]
    reloads = [f"importlib.reload({each})" for each in ("base", "middle", "top")]
    assert lines == ['print("first")', *reloads, 'print("last")']
    code = (
        "import host, top, middle, base\nhost.refresh()\n"
        "assert top.Top.__mro__[1:3] == (middle.Middle, base.Base)\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("between", "reason"),
    [
        ("print(1)\n    ", "something stands between the reloads"),
        ("# first the shapes\n    ", "the reloads have comments, whose place is for a person"),
    ],
)
def test_reloads_that_are_not_alone_stay(between: str, reason: str, tmp_path: Path) -> None:
    user = "# file: user.py\nfrom shapes import Shape\n\n\nclass Circle(Shape):\n    pass\n"
    host = RELOADER.replace(
        "    importlib.reload(shapes)", f"    importlib.reload(user)\n    {between}importlib.reload(shapes)"
    )
    after, said = fix(tmp_path, LIBRARY + user + host)
    assert after["reloader.py"] == files(host)["reloader.py"]
    assert reason in said


@pytest.mark.parametrize(
    "taking",
    [
        'import importlib\na = importlib.import_module("pkg.a")\ng = [a.f]',
        "def take():\n    global f\n    from pkg.a import f\ntake()",
    ],
)
def test_a_circle_that_a_call_closes_is_named(taking: str, tmp_path: Path) -> None:
    package = f"# file: pkg/__init__.py\nclass Circle: pass\n{taking}\n"
    rest = """\
# file: pkg/a.py
import pkg
class Small(pkg.Circle): pass
def f(): return 1
# file: host.py
import importlib, pkg.a
def refresh():
    importlib.reload(pkg.a)
    importlib.reload(pkg)
"""
    after, said = fix(tmp_path, package + rest)
    assert after == files(package + rest)
    assert "without a fix" in said
    said = "`Small` keeps an old `Circle` in any order of reloads, `pkg` imports this file; break the circle"
    found = project_findings(tmp_path, files(package + rest), Settings())
    assert said in [each.message for _, each in found if each.code == "UNL402"]


def test_the_module_is_imported_instead_of_its_names(tmp_path: Path) -> None:
    user = """\
# file: user.py
from shapes import Shape  , area as size
from shapes import area

def draw(shape):
    return isinstance(shape, Shape) and size(shape) == area(shape)  # both
"""
    after, _ = fix(tmp_path, LIBRARY + user + RELOADER, "--unsafe-fixes")
    assert (
        after["user.py"]
        == """\
import shapes

def draw(shape):
    return isinstance(shape, shapes.Shape) and shapes.area(shape) == shapes.area(shape)  # both
"""
    )
    code = "import user, reloader, shapes\nreloader.refresh()\nassert user.draw(shapes.Shape())\n"
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=True, capture_output=True)


@pytest.mark.parametrize(
    ("user", "reason"),
    [
        ("from shapes import Shape\nclass C(Shape): pass\n", "used while the file is imported"),
        (
            "from shapes import Shape  # noqa: F401\ndef f(): return Shape\n",
            "comment that is about its names",
        ),
        ("from shapes import Shape\nshapes = 1\ndef f(): return Shape\n", "the name `shapes` is taken"),
        ("from shapes import Shape\ndef f(x: Shape): return Shape\n", "also stands in an annotation"),
        (
            "from shapes import Shape\n__all__ = ['Shape']\ndef f(): return Shape\n",
            "other files take `Shape`",
        ),
        (
            "from facade import Shape\ndef f(): return Shape\n# file: facade.py\nfrom shapes import Shape\n",
            "`Shape` comes through a module that does not define it",
        ),
        ("from shapes import *\ndef f(): return Shape\n", "only a from-import of names"),
        (
            'from shapes import Shape\ndef f():\n    """\n    >>> Shape()\n    """\n    return Shape\n',
            "also stands in an annotation, a text",
        ),
        (
            "from shapes import Shape\ndef f(): return Shape\n# file: check.py\n"
            "from unittest.mock import patch\n\n\n@patch('user.Shape')\ndef check(shape): ...\n",
            "a text names `Shape` in this module, as patches do",
        ),
        (
            "from shapes import Shape\ndef g():\n    global Shape\n    Shape = 1\ndef f(): return Shape\n",
            "bound elsewhere",
        ),
    ],
)
def test_refusals_say_why(user: str, reason: str, tmp_path: Path) -> None:
    after, said = fix(tmp_path, LIBRARY + "# file: user.py\n" + user + RELOADER, "--unsafe-fixes")
    assert after["user.py"] == user.partition("# file:")[0]
    assert reason in said


OF_A_PACKAGE = """\
# file: pkg/deep/__init__.py
# file: pkg/deep/shapes.py
def area(s): return s
# file: reloader.py
import importlib
import pkg.deep.shapes
import user

def refresh():
    importlib.reload(pkg.deep.shapes)
"""
TAKES = "from pkg.deep.shapes import area\ndef size(s): return area(s)\n"


@pytest.mark.parametrize(
    "others",
    [
        f"# file: pkg/__init__.py\n{TAKES}# file: pkg/shapes.py\n# file: user.py\nimport pkg.shapes\n",
        "# file: pkg/__init__.py\n# file: pkg/deep/__init__.py\nfrom .other import shapes\n"
        f"# file: pkg/deep/other.py\ndef shapes(): ...\n# file: user.py\n{TAKES}",
    ],
)
def test_a_module_whose_name_is_taken_in_the_package_is_not_imported(others: str, tmp_path: Path) -> None:
    after, said = fix(tmp_path, OF_A_PACKAGE + others, "--unsafe-fixes")
    assert TAKES in after.values()
    assert "the name `shapes` stands for something else in the package" in said


def test_a_package_that_reloads_its_module_has_it_still(tmp_path: Path) -> None:
    again = "from . import shapes\nif shapes:\n    import importlib\n    shapes = importlib.reload(shapes)\n"
    others = f"# file: pkg/__init__.py\n# file: pkg/deep/__init__.py\n{again}# file: user.py\n{TAKES}"
    after, _ = fix(tmp_path, OF_A_PACKAGE + others, "--unsafe-fixes")
    assert after["user.py"] == "from pkg.deep import shapes\ndef size(s): return shapes.area(s)\n"


def test_unsafe_fixes_need_to_be_asked_for(tmp_path: Path) -> None:
    user = "from shapes import Shape\n\n\ndef f():\n    return Shape\n"
    after, said = fix(tmp_path, LIBRARY + "# file: user.py\n" + user + RELOADER)
    assert after["user.py"] == user
    assert "--unsafe-fixes" in said
