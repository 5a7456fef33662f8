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
    assert "app/middle.py:1  the name `Base`\n" in done.stdout
    assert "app/middle.py:2  `Middle` has the old class as a base\n" in done.stdout
    assert "app/top.py:1  the name `Middle`\n" in done.stdout
    assert "(indented: through the line above):\n" in done.stdout
    assert "plain.py" not in done.stdout


def test_why_says_what_an_unload_leaves_old_and_until_when(folder: Path) -> None:
    text = run(folder, "why", "app.base").stdout
    assert "and a new import all of these are old, too.\nFrom the unload on these have the old module" in text
    assert (
        "app/__init__.py  the attribute `base` of the package `app`, until `import app.base` sets it" in text
    )
    code = """\
import sys, app.base, app.middle
before = sys.modules.pop("app.base")
from app import base
assert base is before
import app.base
assert app.base is not before
assert not issubclass(app.middle.Middle, app.base.Base)
"""
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True)
    data = json.loads(run(folder, "why", "app.base", "--format", "json").stdout)
    lines = {each["path"]: each["line"] for each in data["names"]}
    assert lines["app/__init__.py"] is None  # no statement sets it


def test_why_tells_the_name_in_its_own_module_and_a_remedy(folder: Path) -> None:
    write(folder, {"app/other.py": "from app.top import make as build\n", "last.py": "import app.other\n"})
    text = run(folder, "why", "app.top").stdout
    assert "app/other.py:1  the name `build` (there `make`)\n" in text
    assert "\nRemedy: import the module itself and write `top.NAME`.\nOr reload" in text
    assert text.endswith("`flake8-unload reload-order app.top`\n")
    assert (
        "`base.NAME`; that is no help to what is made with it at import time"
        in run(folder, "why", "app.base").stdout
    )
    elsewhere = run(folder.parent, "why", "app.top", folder.name).stdout
    assert elsewhere.endswith(f"`flake8-unload reload-order app.top --in {folder.name}`\n")


def test_why_gives_data_and_pictures(folder: Path) -> None:
    data = json.loads(run(folder, "why", "app/base.py", "--format", "json").stdout)
    (keeper,) = data["after_reload"]
    assert (keeper["path"], keeper["line"], keeper["others"][0]["others"][0]["path"]) == (
        "app/middle.py",
        1,
        "app/top.py",
    )
    picture = run(folder, "why", "base", "--format", "mermaid").stdout
    boxes = dict(re.findall(r'(n\d+)\["(.+?)(?:<br/>.*)?"\]', picture))
    arrows = {
        (boxes[start], boxes[end]) for start, end in re.findall(r"(n\d+) -->.*? (n\d+)$", picture, re.M)
    }
    assert {("app/middle.py", "app/base.py"), ("app/top.py", "app/middle.py")} <= arrows
    assert "app/middle.py<br/>1: Base<br/>2: base of Middle" in picture
    assert "attribute base of the package" in picture
    assert {"solid", "dashed", "thick"} <= set(re.findall(r"solid|dashed|thick", picture))
    assert run(folder, "why", "base", "--format", "dot").stdout.startswith("digraph why {")


def test_why_shows_the_part_that_matters(folder: Path) -> None:
    names = [f"f{number}" for number in range(30)]
    many = {f"app/user{number}.py": "from app.lib import *\n" for number in range(40)}
    functions = "".join(f"def {name}(): pass\n" for name in names)
    imports = "import " + ", ".join(f"app.user{number}" for number in range(40))
    write(folder, many | {"app/lib.py": functions, "main2.py": imports})
    lines = run(folder, "why", "app.lib").stdout.splitlines()
    assert sum("user" in line for line in lines) == 25  # one for each import statement, not for each name
    assert any("the names `f0`, `f1`, `f2`, `f3` and 26 more" in line for line in lines)
    assert any("and 15 more in 15 files" in line for line in lines)
    picture = run(folder, "why", "app.lib", "--format", "mermaid").stdout
    assert len(re.findall(r"^    n\d+\[", picture, re.M)) == 14
    assert "more files are left out" in picture


def test_why_says_which_module_passes_a_name_on(folder: Path) -> None:
    write(folder, {"app/facade.py": "from app.top import *\nfrom app.plain import make as other\n"})
    write(folder, {"app/user.py": "from app.facade import make\n", "last.py": "import app.user\n"})
    text = run(folder, "why", "app.top").stdout
    assert "app/facade.py:1  the name `make`\n" in text
    assert "app/user.py:1  the name `make`, by way of `facade`\n" in text


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
    assert re.search(
        r"# a circle.*\n    #   `one` takes `Two` of `two`\n    #   `two` takes `One` of `one`\n"
        r'    "app.one",\n    "app.two",  # keeps one.One\n    # the circle ends',
        done.stdout,
    )


def test_reload_order_leaves_out_what_reloads_the_others_too_early(folder: Path) -> None:
    package = """\
if "shapes" in globals():
    import importlib
    importlib.reload(circles)
    importlib.reload(shapes)
from pack import shapes, circles
from pack.circles import Circle
"""
    circles = "from pack.shapes import Shape\nclass Circle(Shape): pass\n"
    write(
        folder,
        {"pack/__init__.py": package, "pack/circles.py": circles, "pack/shapes.py": "class Shape: pass\n"},
    )
    done = run(folder, "reload-order", "pack.shapes")
    assert done.returncode == 1
    assert done.stdout.startswith("# incomplete: `pack` is left out")
    assert (
        '    # left out: "pack"\n    #   line 3 of pack/__init__.py reloads `circles` before `shapes`, '
        "which it takes from; put `shapes` before `circles`\n" in done.stdout
    )
    code = f"import pack\n{done.stdout}\nassert issubclass(pack.circles.Circle, pack.shapes.Shape)"
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True)


def test_reload_order_keeps_what_reloads_the_others_in_order(folder: Path) -> None:
    inner = """\
if "shapes" in globals():
    import importlib
    importlib.reload(shapes)
    importlib.reload(circles)
from pack.inner import shapes, circles
from pack.inner.circles import Circle
"""
    outer = inner.replace("shapes", "squares").replace("circles", "lines").replace(".inner", "")
    swapped = outer.replace("squares)\n    importlib.reload(lines)", "lines)\n    importlib.reload(squares)")
    tree = {
        "pack/__init__.py": swapped.replace("import Circle", "import Line") + "from pack import inner\n",
        "pack/squares.py": "class Square: pass\n",
        "pack/lines.py": "from pack.squares import Square\nclass Line(Square): pass\n",
        "pack/inner/__init__.py": inner,
        "pack/inner/shapes.py": "from pack.squares import Square\nclass Shape(Square): pass\n",
        "pack/inner/circles.py": "from pack.inner.shapes import Shape\nclass Circle(Shape): pass\n",
    }
    write(folder, tree)
    done = run(folder, "reload-order", "pack.squares")
    assert (
        '# left out: "pack"\n    #   line 3 of pack/__init__.py reloads `lines` before `squares`'
        in done.stdout
    )
    assert '    "pack.inner",' in done.stdout
    code = f"import pack\n{done.stdout}\nassert pack.inner.Circle is pack.inner.circles.Circle"
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True)


def test_an_add_on_may_be_called_as_its_host_does(tmp_path: Path) -> None:
    write(tmp_path, {"__init__.py": "bl_info = {}\nfrom . import tools\n", "tools.py": "def cut(): pass\n"})
    done = run(tmp_path, "reload-order", "some_addon.tools")
    assert done.returncode == 0, done.stderr
    assert re.search(r'package = "\w+"  # guessed from the folder; change it if', done.stdout)
    assert 'f"{package}.tools"' in done.stdout
    pasted = subprocess.run([sys.executable, "-c", done.stdout], capture_output=True, text=True)
    assert "ImportError: no package" in pasted.stderr  # nothing is reloaded by a wrong name, and it says so


def test_reload_order_says_where_to_paste_it(folder: Path) -> None:
    assert "# paste this where the reload is done\n" in run(folder, "reload-order", "app.base").stdout
    again = """\
import importlib, app.middle, app.base
def again():
    importlib.reload(app.middle)
    importlib.reload(app.base)
"""
    write(folder, {"app/again.py": again})
    place = "# paste this in the place of the reloads from app/again.py:3 on\n"
    assert place in run(folder, "reload-order", "app.base").stdout
    more = again + "    importlib.reload(app.plain)\n"
    write(folder, {"app/again.py": more.replace("app.base\n", "app.base, app.plain\n", 1)})
    place = "reloads of these modules, which start at app/again.py:3;\n# keep those of others\n"
    assert place in run(folder, "reload-order", "app.base").stdout


@pytest.mark.parametrize("command", ["why", "reload-order"])
def test_a_wrong_name_is_one_line_with_the_nearest_right_one(command: str, folder: Path) -> None:
    done = run(folder, command, "app.bse")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "app.base" in done.stderr
