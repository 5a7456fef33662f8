"""The observer sees what is known to be stale, on every Python found: packages with a known outcome."""

from __future__ import annotations

import pytest

from tests.oracle.observed import Observation, observed
from tests.oracle.project import Project, Step
from tests.pythons import PYTHONS

M = """\
def f(): return 1
class C:
    def method(self): return 1
class B: pass
X = object()
L = [object()]
def deco(function):
    def wrapper(): return function()
    return wrapper
"""


def run(version: str, files: dict[str, str], *steps: Step) -> Observation:
    found = observed(Project(files, steps), version)
    assert not found.error, found.place
    return found


def told(found: Observation, state: str = "old") -> set[str]:
    return {str(each) for each in getattr(found, state)}


versions = pytest.mark.parametrize("version", PYTHONS)


@versions
def test_from_imports_are_stale_after_a_reload(version: str) -> None:  # HR-01
    files = {"m.py": M, "k.py": "import m, m as n\nfrom m import f, C as D, X\nfrom m import L\n"}
    found = run(version, files, ("import", "k"), ("reload", "m"))
    assert told(found) == {"k.f <- name m.f", "k.D <- name m.C", "k.X <- name m.X", "k.L <- name m.L"}
    assert found.executed == ("k", "m", "m")
    assert set(found.loaded["k"]) == {"m", "n", "f", "D", "X", "L"}


@versions
def test_from_imports_again_are_fresh(version: str) -> None:  # HR-01
    files = {
        "m.py": M,
        "k.py": "import importlib, m\nfrom m import f\nimportlib.reload(m)\nfrom m import f\n",
    }
    assert not told(run(version, files, ("import", "k")))


@versions
def test_captures_are_stale(version: str) -> None:  # HR-02
    k = (
        "import m\ng = m.f\nT = {'f': m.f}\nP = (m.X,)\ndef d(a=m.f, *, b=m.X): pass\n"
        "class S(m.C): pass\nclass U(S): pass\n@m.deco\ndef w(): pass\nlate = lambda: m.f()\n"
        "class W:\n    def method(self, a=m.f): pass\ni = m.C()\n"
    )
    found = run(version, {"m.py": M, "k.py": k}, ("import", "k"), ("reload", "m"))
    assert told(found) == {
        "k.g <- name m.f",
        "k.T <- item m.f",
        "k.P <- item m.X",
        "k.d <- default m.f",
        "k.d <- default m.X",
        "k.S <- base m.C",
        "k.U <- base m.C",
        "k.w <- decorator m.deco",
        "k.W <- default m.f",
        "k.i <- instance m.C",
    }


@versions
def test_a_module_that_is_executed_again_is_fresh(version: str) -> None:  # HR-06
    k = "import m\nfrom m import f\nclass S(m.C): pass\n"
    files = {"m.py": M, "k.py": k, "z.py": "from k import S\n"}
    first = (("import", "z"), ("reload", "m"))
    assert told(run(version, files, *first, ("reload", "k"))) == {"z.S <- name k.S"}
    assert not told(run(version, files, *first, ("reload", "k"), ("reload", "z")))


@versions
def test_a_package_before_its_submodule_is_stale(version: str) -> None:  # HR-06
    files = {"pkg/__init__.py": "from .sub import f\n", "pkg/sub.py": M}
    first = ("import", "pkg")
    one, two = ("reload", "pkg"), ("reload", "pkg.sub")
    assert not told(run(version, files, first, one))
    assert not told(run(version, files, first, two, one))
    assert told(run(version, files, first, one, two)) == {"pkg.f <- name pkg.sub.f"}


@versions
def test_star_imports_are_stale(version: str) -> None:  # HR-03
    files = {"m.py": "__all__ = ['f']\n" + M, "n.py": "_h = object()\ni = object()\n"}
    files["k.py"] = "from m import *\nfrom n import *\n"
    found = run(version, files, ("import", "k"), ("reload", "m"), ("reload", "n"))
    assert told(found) == {"k.f <- name m.f", "k.i <- name n.i"}


@versions
def test_a_cycle_is_stale_after_either_reload(version: str) -> None:  # HR-06
    files = {"a.py": "def f(): pass\nfrom b import g\n", "b.py": "import a\nfrom a import f\ndef g(): pass\n"}
    first = (("import", "a"), ("reload", "a"))
    assert told(run(version, files, *first)) == {"b.f <- name a.f"}
    assert told(run(version, files, *first, ("reload", "b"))) == {"a.g <- name b.g"}


@versions
def test_what_keeps_its_state_is_fresh(version: str) -> None:  # HR-14
    files = {
        "m.py": "try: X\nexcept NameError: X = object()\n"
        "if 'Y' not in globals(): Y = object()\nZ = object()\n",
        "k.py": "from m import X, Y, Z\n",
    }
    assert told(run(version, files, ("import", "k"), ("reload", "m"))) == {"k.Z <- name m.Z"}


@versions
def test_a_stale_parent_attribute_brings_the_old_module_back(version: str) -> None:  # HU-09
    driver = "import sys, pkg.sub\ndef go():\n    global sub\n    del sys.modules['pkg.sub']\n    {}\n"
    for back, told_old, told_gone in (
        ("from pkg import sub", set(), {"pkg.sub <- name pkg.sub", "driver.sub <- name pkg.sub"}),
        ("import pkg.sub as sub", set(), set()),
        ("import pkg.sub; import k; sub = k.sub", {"k.f <- name pkg.sub.f"}, set()),
    ):
        files = {"pkg/__init__.py": "", "pkg/sub.py": M, "driver.py": driver.format(back)}
        files["k.py"] = "import pkg.sub as sub\nfrom pkg.sub import f\n"
        first = [("import", "driver"), ("import", "k")][: 1 + ("k.sub" in back)]
        found = run(version, files, *first, ("call", "driver", "go"))
        if "k.sub" in back:
            told_old |= {"k.sub <- name pkg.sub", "driver.sub <- name pkg.sub"}
        assert (told(found), told(found, "gone")) == (told_old, told_gone), back


@versions
def test_children_that_stay_when_the_parent_goes(version: str) -> None:  # HU-10
    driver = (
        "import sys, pkg.sub\ndef go():\n    global pkg\n    del sys.modules['pkg']\n    import pkg.sub\n"
    )
    files = {"pkg/__init__.py": "from .sub import f\nY = object()\n", "pkg/sub.py": M}
    files["driver.py"] = driver
    files["k.py"] = "import pkg\nfrom pkg import f, Y\n"
    found = run(version, files, ("import", "k"), ("import", "driver"), ("call", "driver", "go"))
    assert told(found) == {"k.pkg <- name pkg", "k.Y <- name pkg.Y"}
    assert "sub" not in found.loaded["pkg"]
    assert found.executed.count("pkg.sub") == 1


@versions
def test_what_is_unloaded_is_gone(version: str) -> None:
    driver = "import sys\ndef go():\n    for name in list(sys.modules):\n        if name.startswith('pkg'):\n"
    driver += "            del sys.modules[name]\n"
    files = {"pkg/__init__.py": "", "pkg/sub.py": M, "driver.py": driver}
    files["k.py"] = "import pkg.sub\nfrom pkg.sub import f\n"
    found = run(version, files, ("import", "k"), ("import", "driver"), ("call", "driver", "go"))
    assert not told(found)
    assert told(found, "gone") == {"k.pkg <- name pkg", "k.f <- name pkg.sub.f"}


@versions
def test_a_name_taken_in_the_middle_of_an_import_keeps_its_origin(version: str) -> None:
    files = {"a.py": "X = object()\nimport b\n", "b.py": "from a import X\n"}
    assert told(run(version, files, ("import", "a"), ("reload", "a"))) == {"b.X <- name a.X"}


@versions
def test_an_error_is_told(version: str) -> None:
    found = observed(Project({"m.py": "1 / 0\n"}, (("import", "m"),)), version)
    assert (found.error, found.taken) == ("ZeroDivisionError: division by zero", 0)


@versions
def test_objects_of_others_are_nobodys(version: str) -> None:
    m = "import sys\nfrom importlib import reload\nfrom json import dumps\nE = ()\nMODULES = sys.modules\n"
    files = {"m.py": m, "k.py": "from m import reload, dumps, E, MODULES\n"}
    assert not told(run(version, files, ("import", "k"), ("reload", "m")))


@versions
def test_constants_are_told_apart(version: str) -> None:
    m = "N = 1\nS: str = 's'\nO = None\nclass C: size = 1\n"
    k = "from m import N, S, O\nimport m\nn = N + m.C.size\nassert (N, S, bool(O)) == (1, 's', False)\n"
    found = run(version, {"m.py": m, "k.py": k}, ("import", "k"), ("reload", "m"))
    assert told(found) == {"k.N <- name m.N", "k.S <- name m.S", "k.O <- name m.O"}


@versions
def test_a_name_that_is_bound_twice_is_not_stale(version: str) -> None:
    files = {"a.py": "X = object()\nimport b\nX = object()\n", "b.py": "from a import X\n"}
    assert not told(run(version, files, ("import", "a")))
    assert told(run(version, files, ("import", "a"), ("reload", "a"))) == {"b.X <- name a.X"}


@versions
def test_import_as_goes_through_the_attributes_of_the_parents(version: str) -> None:
    driver = "import sys, pkg.sub.a\ndef go():\n    del sys.modules['pkg.sub'], sys.modules['pkg.sub.a']\n"
    files = {"pkg/__init__.py": "", "pkg/sub/__init__.py": "import pkg.sub.a as b\n", "pkg/sub/a.py": ""}
    files["driver.py"] = driver + "    import pkg.sub\n"
    found = run(version, files, ("import", "driver"), ("call", "driver", "go"))
    assert told(found) == {"pkg.sub.b <- name pkg.sub.a"}
