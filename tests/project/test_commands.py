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
    attribute = "the attribute `base` of the package `app` (the import system set it, no line here)"
    until = "`from . import base` gets that, until some file runs `from .base import …`"
    assert f"app/__init__.py  {attribute}: {until}\n" in text
    code = """\
import sys, app.base, app.middle
before = sys.modules.pop("app.base")
from app import base
assert base is before
from app.base import Base
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
    assert "app/other.py:1  the name `build` (in top `make`)\n" in text
    remedy = "import the module itself, `from app import top` in app/other.py:1, and use `top.NAME`.\nOr r"
    assert f"\nRemedy for a reload only: {remedy}" in text
    assert (
        "`flake8-unload reload-order app.top`\nFor an unload: unload this file, too, and the package" in text
    )
    assert " `app` (or delete its attribute `top`), and all that imports from these, in turn, before" in text
    elsewhere = run(folder.parent, "why", "app.top", folder.name).stdout
    assert f"`flake8-unload reload-order app.top --in {folder.name}`\n" in elsewhere
    write(
        folder,
        {"app/more.py": "import app.top\nfrom .top import (\n    make)\n", "next.py": "import app.more"},
    )
    text = run(folder, "why", "app.top").stdout
    assert (
        "`from . import top` in app/more.py:2 (and the like in all, 2 names in 2 files), and use `top.NAME`"
        in text
    )


def test_why_gives_no_remedy_that_does_not_help(folder: Path) -> None:
    text = run(folder, "why", "app.base").stdout
    remedy = "reload these files afterwards, too, in order: `flake8-unload reload-order app.base`\n"
    useless = "To import the module itself there does not help: all this is made with it at import time.\n"
    assert f"\nRemedy for a reload: {remedy}{useless}For an unload: unload these 2 files, too, and" in text
    write(folder, {"app/also.py": "from app.base import Base\n", "last.py": "import app.also\n"})
    text = run(folder, "why", "app.base").stdout
    remedy = (
        "`from app import base` in app/also.py:1, and use `base.NAME`; what is made with it at import time"
    )
    assert f"{remedy} is old even then.\nOr reload these" in text


def test_the_remedies_of_why_help(tmp_path: Path) -> None:
    write(tmp_path, {"pack/__init__.py": "from .user import *\n", "pack/lib.py": "def made(): pass\n"})
    write(tmp_path, {"pack/user.py": "from .lib import made\ndef use(): return made\n"})
    text = run(tmp_path, "why", "pack.lib").stdout
    passed_on = "by way of `user` and `*`: no change here; it goes when pack/user.py:1 is changed\n"
    assert f"pack/__init__.py:1  the name `made`, {passed_on}" in text
    assert (
        "unload these 2 files, too (the package `pack` is one of them), and all that imports from these"
        in text
    )
    checks = "import importlib, sys, pack, pack.lib\nold = pack.lib.made\n"
    unload = "for name in ['pack.lib', 'pack.user', 'pack']: del sys.modules[name]\nimport pack, pack.lib\n"
    executed(tmp_path, f"{checks}{unload}assert pack.made is pack.user.use() is pack.lib.made is not old\n")
    assert "`from . import lib` in pack/user.py:1, and use `lib.NAME`" in text
    write(tmp_path, {"pack/user.py": "from . import lib\ndef use(): return lib.made\n"})
    again = "importlib.reload(pack.lib)\nassert pack.user.use() is pack.lib.made is not old\n"
    executed(tmp_path, f"{checks}{again}assert not hasattr(pack, 'made')\n")


def test_a_new_entry_that_is_needed_by_no_other_stops_none(tmp_path: Path) -> None:
    stub = "def once(x, known=[]):\n    known.append(x)\n    if len(known) > 1: raise KeyError(x)\n"
    again = "import importlib\nfrom . import base\ndef again():\n    importlib.reload(base)\n"
    first = "from .base import Base\nimport atexit, host\nhost.once(1)\natexit.register(print)\n"
    package = {
        "__init__.py": "from . import again, first, zuse\n",
        "base.py": "class Base: pass\n",
        "again.py": again,
        "first.py": first,
        "zuse.py": "from .base import Base\n",
    }
    write(tmp_path / "project", {f"shop/{name}": text for name, text in package.items()})
    write(tmp_path, {"host.py": stub})
    text = follow(tmp_path / "project", "shop.base")
    assert (
        '"shop.first",  # new here; takes base.Base; calls host.once(…) and 1 more again, from line 3 on\n'
        in text
    )
    effects = run(tmp_path / "project", "why", "shop.first").stdout
    assert "shop/first.py:4  an entry in a registry of the process, such as atexit\n" in effects
    assert "# `first` repeats `host.once(…)` and `atexit.register(…)` when executed again, which" in text
    last = "It comes last: an error there stops nothing else. The rehearsal did not execute such calls.\n"
    assert last in joined(text)
    code = "import sys; sys.path.append('..'); import shop\ntry: shop.again.again()\nexcept KeyError: pass\n"
    executed(
        tmp_path / "project", f"{code}else: raise SystemError\nassert shop.zuse.Base is shop.base.Base\n"
    )


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
    assert "attribute base of the package, set by the import system" in picture
    legend = re.findall(r"solid, A to B to C|solid, A to B:|dashed|thick", picture)
    assert legend == ["thick", "solid, A to B:", "solid, A to B to C", "dashed"]
    assert run(folder, "why", "base", "--format", "dot").stdout.startswith("digraph why {")


def test_why_shows_the_part_that_matters(folder: Path) -> None:
    names = [f"f{number}" for number in range(30)]
    many = {f"app/user{number}.py": "from app.lib import *\n" for number in range(40)}
    functions = "".join(f"def {name}(): pass\n" for name in names)
    imports = "import " + ", ".join(f"app.user{number}" for number in range(40))
    write(folder, many | {"app/lib.py": functions, "main2.py": imports})
    lines = run(folder, "why", "app.lib").stdout.splitlines()
    assert (
        sum("user" in line and "the names" in line for line in lines) == 25
    )  # one for each import statement, not for each name
    assert any("the names `f0`, `f1`, `f2`, `f3` and 26 more" in line for line in lines)
    assert any("and 15 more in 15 files" in line for line in lines)
    picture = run(folder, "why", "app.lib", "--format", "mermaid").stdout
    assert len(re.findall(r"^    n\d+\[", picture, re.M)) == 14
    assert "more files are left out" in picture
    assert "attribute lib of the package" in picture and "-.->" in picture  # though it is the last of them


def test_why_says_which_module_passes_a_name_on(folder: Path) -> None:
    write(folder, {"app/facade.py": "from app.top import *\nfrom app.plain import make as other\n"})
    write(folder, {"app/user.py": "from app.facade import make\n", "last.py": "import app.user\n"})
    text = run(folder, "why", "app.top").stdout
    assert "app/facade.py:1  the name `make`\n" in text
    assert "app/user.py:1  the name `make`, by way of `facade`\n" in text
    write(folder, {"app/user.py": "from app.facade import *\n"})
    text = run(folder, "why", "app.top").stdout
    passed_on = "by way of `facade` and `*`: no change here; it goes when app/facade.py:1 is changed"
    assert f"the name `make`, {passed_on}\n" in text
    picture = run(folder, "why", "app.top", "--format", "mermaid").stdout
    boxes = {path: box for box, path in re.findall(r'(n\d+)\["(.+?)(?:<br/>.*)?"\]', picture)}
    assert f"{boxes['app/user.py']} --> {boxes['app/facade.py']}\n" in picture
    assert f"{boxes['app/user.py']} --> {boxes['app/top.py']}\n" not in picture


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


def follow(folder: Path, target: str) -> str:
    """Do what `reload-order` says: delete lines, paste the others. What it says."""
    text = run(folder, "reload-order", target).stdout
    found = re.search(r"^# In (\S+).*, delete lines? (\d+)(?:-(\d+))?", text)
    assert found, text
    file = folder / found[1]
    lines = file.read_text().splitlines(keepends=True)
    first, last = int(found[2]), int(found[3] or found[2])
    pasted = re.sub(r"\A(?:#.*\n)+", "", text)
    file.write_text("".join([*lines[: first - 1], pasted, *lines[last:]]))
    return text


def joined(text: str) -> str:
    """Comments that are broken into lines, put together again."""
    return text.replace("\n#   ", " ")


def executed(folder: Path, code: str) -> None:
    subprocess.run([sys.executable, "-c", code], cwd=folder, check=True, capture_output=True)


def findings(folder: Path) -> str:
    return run(folder, "check", "--select", "UNL401,UNL402,UNL403").stdout


def test_what_reload_order_says_cures_it(folder: Path) -> None:
    again = """\
import importlib, app.middle, app.base, app.plain
class Command:
    def run(self):
        try:
            importlib.reload(app.middle)
            importlib.reload(app.base)
            importlib.reload(app.plain)
        except Exception:
            raise
"""
    write(folder, {"app/again.py": again, "main2.py": "import app.again, app.top\n"})
    assert "UNL402" in findings(folder) and "UNL403" in findings(folder)
    text = follow(folder, "app.base")
    assert "(function `Command.run`), delete lines 5-7,\n" in text
    assert "#   the first is: importlib.reload(app.middle)\n" in text
    assert "#   the last is:  importlib.reload(app.plain)\n" in text
    assert "# New in the list, as it would stay old: `top`.\n" in text
    assert (
        '"as today" (1): reloaded today, too, not concerned' in text and '"app.plain",  # as today\n' in text
    )
    assert "# Afterwards no module has old objects of `base`" in text
    assert findings(folder) == ""
    executed(
        folder,
        "import main2, app.again\napp.again.Command().run()\n"
        "assert isinstance(app.top.make(), app.middle.Middle)\n"
        "assert issubclass(app.middle.Middle, app.base.Base)",
    )
    assert run(folder, "reload-order", "app.base").stdout.startswith("# There is nothing to change: app/aga")


def test_reload_order_says_what_else_is_in_the_lines_to_delete(folder: Path) -> None:
    again = """\
import importlib, sys, app.middle, app.base, app.plain
NAMES = ["app.middle", "app.base"]
def again():
\tfor name in NAMES:
\t\tif name in sys.modules:
\t\t\timportlib.reload(sys.modules[name])
\t\t\tprint("reloaded", name)
def more():
    importlib.reload(app.base)
"""
    write(folder, {"app/again.py": again, "main2.py": "import app.again, app.top\n"})
    text = follow(folder, "app.base")
    assert "delete lines 4-7," in text
    assert "these do something else; put back what is needed, after the loop:\n#   7: print(" in text
    assert "# Another place reloads some of these, too: app/again.py:9 (function `more`). Leave it" in text
    assert '\n\tfor module_name in [\n\t\t"app.base",\n' in text  # `name` is taken, and tabs are kept
    executed(
        folder,
        "import main2, app.again\napp.again.again()\nassert issubclass(app.middle.Middle, app.base.Base)",
    )


def test_reload_order_says_where_others_stay_old_and_which_names_no_file_has(folder: Path) -> None:
    again = """\
from importlib import import_module, reload
def again():
    def one(name):
        try:
            module = import_module(name)
        except ImportError:
            return
        reload(module)
    one("app.middle")
    one("app.base")
    one("app.set_big_place")
    one("app.gone")
    one("app.plain")
"""
    write(folder, {"app/again.py": again, "app/user.py": "from app.plain import make\n"})
    write(
        folder, {"app/set_place.py": "", "main2.py": "import app.again, app.top, app.user, app.set_place\n"}
    )
    text = joined(run(folder, "reload-order", "app.base").stdout)
    assert "these name no file of the project, and may do nothing today; put back what is needed, af" in text
    assert ' 11: one("app.set_big_place") (is `set_place` meant?)' in text
    assert ' 12: one("app.gone")\n' in text
    where = "stay, as they do today, in app/user.py, which is not reloaded.\n"
    assert f"# Not asked for: old objects of `plain` {where}" in text
    command = re.search(r"^# To be told about all at once: `flake8-unload (.*)`$", text, re.M)
    assert command and command[1] == "reload-order app.base plain"
    assert "Not asked for" not in run(folder, *command[1].split()).stdout


def test_a_loop_that_does_more_than_reload_stays(folder: Path) -> None:
    again = """\
import importlib
from app import middle, base
done = []
def again():
    for each in (middle, base):
        importlib.reload(each)
        done.append(each)
"""
    write(folder, {"app/again.py": again, "main2.py": "import app.again, app.top\n"})
    text = run(folder, "reload-order", "app.base").stdout
    assert "delete line 6: importlib.reload(each)\n" in text
    place = "comments above line 5, `for each in (middle, base):`, with their indentation."
    assert place in joined(text)
    assert "# Afterwards no module has old objects of `base`" in text


def test_reload_order_cuts_circles(folder: Path) -> None:
    done = run(folder, "reload-order", "app.one")
    assert done.returncode == 1
    assert re.search(
        r"    # a circle.*\n    #   `one` takes `Two` of `two`\n    #   `two` takes `One` of `one`\n"
        r'    "app.one",\n    "app.two",  # takes one.One\n    # the circle ends',
        done.stdout,
    )
    assert "# `one` and `two` import names of each other, a circle" in done.stdout
    remedy = "app/one.py:2  `Two` of `two`: write `from . import two` there instead, and use `two.Two`\n"
    assert f"# These are old afterwards:\n#   {remedy}" in done.stdout
    checked = "import app.one, app.two\n{}\nassert getattr(app.one, 'Two', app.two.Two) is app.two.Two"
    with pytest.raises(subprocess.CalledProcessError):
        executed(folder, checked.format(done.stdout))
    write(folder, {"app/one.py": "class One: pass\nfrom . import two\n"})
    done = run(folder, "reload-order", "app.one")
    assert "# Afterwards no module has old objects of `one`" in done.stdout
    executed(folder, checked.format(done.stdout))


def test_reload_order_says_what_to_put_before_what(folder: Path) -> None:
    package = """\
if "shapes" in globals():
    import importlib
    importlib.reload(circles)
    importlib.reload(shapes)
from pack import shapes, circles
from pack.circles import Circle
"""
    circles = "from pack.shapes import Shape\nclass Circle(Shape): pass\n"
    tree = {"pack/circles.py": circles, "pack/shapes.py": "class Shape: pass\n"}
    write(folder, {"pack/__init__.py": package, **tree})
    done = run(folder, "reload-order", "pack.shapes")
    assert done.returncode == 1
    fault = (
        "# 1. pack/__init__.py:3 reloads `circles`, which takes `Shape` from `shapes`, before line 4 reloads"
    )
    assert fault in done.stdout and " that: put line 4 above it\n" in joined(done.stdout)
    assert "import importlib" not in done.stdout  # there is nothing to paste
    lines = package.splitlines(keepends=True)
    write(folder, {"pack/__init__.py": "".join([*lines[:2], lines[3], lines[2], *lines[4:]])})
    assert findings(folder) == ""
    code = "import importlib, pack\nimportlib.reload(pack)\nassert pack.Circle.__base__ is pack.shapes.Shape"
    executed(folder, code)
    assert "nothing to change" in run(folder, "reload-order", "pack.shapes").stdout


def test_reload_order_puts_lists_in_order(tmp_path: Path) -> None:
    loader = """\
import sys, importlib
def reload(names):
    for name in names:
        if "Shop." + name in sys.modules:
            importlib.reload(sys.modules["Shop." + name])
reload(["inner"])
from .inner import *
"""
    inner = 'from ..loader import reload\nreload(["inner.a", "inner.b"])\nfrom .a import made\n'
    files = {
        "inner/a.py": "from .b import Base\ndef made(): return Base()\n",
        "inner/b.py": "class Base: pass\n",
    }
    write(tmp_path, {"loader.py": loader, "inner/__init__.py": inner, **files})
    text = run(tmp_path, "reload-order", "inner.b").stdout
    fault = "# 1. inner/__init__.py:2 reloads `b` after `a`, which takes `Base` from it: put `b` before `a`\n"
    assert fault in text
    assert "#    the whole list is then ['inner.b', 'inner.a']\n" in text
    assert "# Afterwards no module has old objects of `b`, or of what takes from it" in text


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
    assert done.stdout.startswith("# Do this first, then run the same command again:\n# `pack` is left out")
    assert "pack/__init__.py:3 reloads `lines` before `squares`, which it takes from; put" in done.stdout
    assert '    # left out: "pack"\n' in done.stdout
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


def test_lines_for_a_file_of_an_add_on_guess_no_name(tmp_path: Path) -> None:
    again = """\
import importlib
from .. import tools, used
def again():
    importlib.reload(used)
    importlib.reload(tools)
"""
    files = {"tools.py": "class Tool: pass\n", "used.py": "from .tools import Tool\nclass Used(Tool): pass\n"}
    init = "bl_info = {}\nfrom . import tools, used\nfrom .ops import again\n"
    folder = tmp_path / "checkout"
    write(folder, {"__init__.py": init, "ops/__init__.py": "", "ops/again.py": again, **files})
    text = follow(folder, "tools")
    assert (
        '    package = __name__.rsplit(".", 2)[0]  # assumes that this is PACKAGE.ops.again; if not,' in text
    )
    folder.rename(tmp_path / "Installed")  # as its user calls it
    code = "import Installed\nInstalled.again.again()\n"
    executed(tmp_path, code + "assert Installed.used.Used.__base__ is Installed.tools.Tool")


def test_reload_order_says_what_the_project_does_otherwise(folder: Path) -> None:
    text = run(folder, "reload-order", "app.base").stdout
    assert text.startswith("# The project reloads none of these itself: there is nothing to delete.\n")
    head = "import importlib, sys, app.base, app.middle, app.top\ndef again(names):\n"
    write(
        folder,
        {"app/again.py": f"{head}    for name in names:\n        importlib.reload(sys.modules[name])\n"},
    )
    text = run(folder, "reload-order", "app.base").stdout
    assert text.startswith("# As far as its code tells, the project reloads none of these itself")
    assert "# app/again.py:2 (function `again`) may reload some of these, too; which ones" in text
    loop = (
        "    for name in [*sys.modules]:\n        if name[:3] == 'app':\n            del sys.modules[name]\n"
    )
    write(folder, {"app/again.py": f"{head}{loop}    import app.top\n"})
    text = run(folder, "reload-order", "app.base").stdout
    assert "taken out of `sys.modules`, to be imported again, at app/again.py:2 (function `again`).\n" in text


@pytest.mark.parametrize("command", ["why", "reload-order"])
def test_a_wrong_name_is_one_line_with_the_nearest_right_one(command: str, folder: Path) -> None:
    done = run(folder, command, "app.bse")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "app.base" in done.stderr


def test_the_page_about_projects_shows_what_is_printed(tmp_path: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "project-mode.md").read_text(encoding="utf-8")
    names = re.findall(r"^`(src/\w+\.py)`:$", page, re.M)
    write(tmp_path, dict(zip(names, re.findall(r"```python\n(.*?)```", page, re.S), strict=True)))
    shown = re.findall(r"^\$ flake8-unload ((?:check|why|reload-order) .*)\n((?:.*\n)*?)```", page, re.M)
    assert len(shown) == 3
    for command, output in shown:
        done = run(tmp_path, *command.split())
        assert (done.stdout + done.stderr).strip() == output.strip()
    picture = re.search(r"```mermaid\n(.*?)```", page, re.S)
    assert picture and run(tmp_path, "why", "shapes", "src", "--format", "mermaid").stdout == picture[1]


def test_what_acts_on_its_host_when_it_is_executed_again_comes_last(tmp_path: Path) -> None:
    again = "import importlib\nfrom . import base, old\ndef again():\n    importlib.reload(old)\n"
    register = "from .base import Base\nimport host\nclass {0}(Base): pass\n{1}\n"
    plugin = {
        "__init__.py": "from . import again, board, bench, late\n",
        "base.py": "class Base: pass\n",
        "again.py": again + "    importlib.reload(base)\n",
        "old.py": register.format("Old", "host.add_command(Old)"),
        "bench.py": register.format("Bench", "if True:\n    host.add_workbench(Bench)"),
        "board.py": register.format("Board", "def go():\n    host.add_command(Board)\ngo()"),
        "late.py": register.format("Late", "if __name__ == '__main__':\n    host.add_workbench(Late)"),
        "used.py": register.format("Used", "host.add_command(Used)"),
        "zuse.py": "from .used import Used\nfrom .base import Base\nclass Zuse(Used): pass\n",
    }
    stub = "known = []\ndef add_command(x): pass\n"
    stub += (
        "def add_workbench(x):\n    if x.__name__ in known: raise KeyError(x)\n    known.append(x.__name__)\n"
    )
    (tmp_path / "project").mkdir()
    write(tmp_path / "project", {f"shop/{name}": text for name, text in plugin.items()})
    write(tmp_path / "project", {"main.py": "import shop, shop.zuse\n"})
    write(tmp_path, {"host.py": stub})
    text = follow(tmp_path / "project", "shop.base")
    entries = re.findall(r'^ +"shop\.(\w+)",(.*)', text, re.M)
    assert [name for name, _ in entries][-2:] == ["board", "bench"]
    notes = dict(entries)
    assert notes["bench"] == "  # new here; takes base.Base; calls host.add_workbench(…) again, line 5"
    assert notes["board"] == "  # new here; takes base.Base; calls host.add_command(…) again, line 5"
    assert "again" not in notes["late"]
    assert "If that fails in `used`, what comes later" in joined(text)  # `zuse` takes from it
    unusual = "`bench` repeats `host.add_workbench(…)` when executed again, which nothing that is reloaded"
    delete = "If the host refuses that, delete its entry: then only its own `Base` stays old."
    assert f"# {unusual} today does. {delete}\n" in joined(text)
    usual = "`used` and `board` repeat `host.add_command(…)`, as modules that are reloaded today do.\n"
    assert f"# {usual}" in joined(text)
    code = "import sys; sys.path.append('..'); import main, shop\n"
    code += "try: shop.again.again()\nexcept KeyError: pass\n"
    fresh = ("old.Old", "board.Board", "late.Late", "used.Used")
    code += "".join(f"assert shop.{each}.__base__ is shop.base.Base\n" for each in fresh)
    executed(tmp_path / "project", f"{code}assert shop.zuse.Zuse.__base__ is shop.used.Used")
