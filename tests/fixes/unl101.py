# --- the later read is given a module: the name cannot be deleted
import sys
import m

del sys.modules["m"]  # away
m.f()
# === unsafe
import importlib
import sys
import m

del sys.modules["m"]  # away
m = importlib.import_module(m.__name__)
m.f()
# --- pop, on a line with others
from sys import modules
import m as mm

if modules: modules.pop("m", None); mm.f()
# === unsafe
import importlib
from sys import modules
import m as mm

if modules:
    modules.pop("m", None)
    mm = importlib.import_module(mm.__name__)
    mm.f()
# --- a submodule that is reached through its parent
import sys
import pkg.sub

del sys.modules["pkg.sub"]
pkg.sub.f()
# === unsafe
import importlib
import sys
import pkg.sub

del sys.modules["pkg.sub"]
importlib.import_module("pkg.sub")
pkg.sub.f()
# --- a submodule that was taken from its parent is imported by its own name
import sys
from pkg import sub

del sys.modules["pkg.sub"]
sub.f()
# === unsafe
import importlib
import sys
from pkg import sub

del sys.modules["pkg.sub"]
sub = importlib.import_module(sub.__name__)
sub.f()
# --- what import_module gave
import importlib
import sys

s = importlib.import_module("pkg.sub")
del sys.modules["pkg.sub"]
s.f()
# === unsafe
import importlib
import sys

s = importlib.import_module("pkg.sub")
del sys.modules["pkg.sub"]
s = importlib.import_module("pkg.sub")
s.f()
# --- a second name
import sys
import m

alias = m
del sys.modules["m"]
import m

alias.f()
# === unsafe
import importlib
import sys
import m

alias = m
del sys.modules["m"]
import m
alias = importlib.import_module("m")

alias.f()
# --- behind all removals that belong together, which read the names of the modules
import gc
import importlib
import sys
import m
import n

# forget both
del sys.modules[m.__name__]
sys.modules.pop(n.__name__, None)
importlib.invalidate_caches()
gc.collect()

m.f(n.X)
# === unsafe
import gc
import importlib
import sys
import m
import n

# forget both
del sys.modules[m.__name__]
sys.modules.pop(n.__name__, None)
importlib.invalidate_caches()
gc.collect()
m = importlib.import_module("m")
n = importlib.import_module("n")

m.f(n.X)
# --- a loop over keys
import sys
import m
import n

for name in ("m", "n"):
    sys.modules.pop(name, None)
m.f()
n.f()
# === unsafe
import importlib
import sys
import m
import n

for name in ("m", "n"):
    sys.modules.pop(name, None)
m = importlib.import_module(m.__name__)
n = importlib.import_module(n.__name__)
m.f()
n.f()
# --- a loop over a prefix
import sys
import pkg.sub

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]

pkg.sub.f()
# === unsafe
import importlib
import sys
import pkg.sub

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]
pkg = importlib.import_module(pkg.__name__)
importlib.import_module("pkg.sub")

pkg.sub.f()
# --- the import is in front of the loop: the next round reads it
import sys
import m

for _ in range(2):
    m.f()
    sys.modules.pop("m", None)
# === unsafe
import importlib
import sys
import m

for _ in range(2):
    m.f()
    sys.modules.pop("m", None)
    m = importlib.import_module("m")
# --- only where it was there
import sys
import m

if "m" in sys.modules:
    del sys.modules["m"]
m.f()
# === unsafe
import importlib
import sys
import m

if "m" in sys.modules:
    del sys.modules["m"]
    m = importlib.import_module(m.__name__)
m.f()
# --- behind a try that takes the KeyError
import sys
import m

try:
    del sys.modules["m"]
except KeyError:
    pass
m.f()
# === unsafe
import importlib
import sys
import m

try:
    del sys.modules["m"]
except KeyError:
    pass
m = importlib.import_module(m.__name__)
m.f()
# --- behind a try further out
import sys
import m

try:
    with open("log") as log:
        print(sys.modules.pop("n"), file=log)
        del sys.modules["m"]
except (KeyError, OSError):
    pass
m.f()
# === unsafe
import importlib
import sys
import m

try:
    with open("log") as log:
        print(sys.modules.pop("n"), file=log)
        del sys.modules["m"]
except (KeyError, OSError):
    pass
m = importlib.import_module(m.__name__)
m.f()
# --- behind suppress
import contextlib
import sys
import m

with contextlib.suppress(KeyError):
    del sys.modules["m"]
m.f()
# === unsafe
import contextlib
import importlib
import sys
import m

with contextlib.suppress(KeyError):
    del sys.modules["m"]
m = importlib.import_module(m.__name__)
m.f()
# --- a function removes a module of the file
import sys
import m


def forget():
    """Forget it."""
    # at once
    sys.modules.pop("m", None)  # away


def use():
    return m.f()
# === unsafe
import importlib
import sys
import m


def forget():
    """Forget it."""
    global m
    # at once
    sys.modules.pop("m", None)  # away
    m = importlib.import_module("m")


def use():
    return m.f()
# --- a function that begins with a loop
import sys
import m


def forget():
    for name in ("m", "n"):
        sys.modules.pop(name, None)


def use():
    return m.f()
# === unsafe
import importlib
import sys
import m


def forget():
    global m
    for name in ("m", "n"):
        sys.modules.pop(name, None)
    m = importlib.import_module("m")


def use():
    return m.f()
# --- a name of the function around it
import sys


def outer():
    import m

    def forget():
        del sys.modules["m"]
        return m.f()

    return forget
# === unsafe
import importlib
import sys


def outer():
    import m

    def forget():
        nonlocal m
        del sys.modules["m"]
        m = importlib.import_module(m.__name__)
        return m.f()

    return forget
# --- a function that says global already
import sys
import m


def forget():
    global m
    del sys.modules["m"]
    m.f()
# === unsafe
import importlib
import sys
import m


def forget():
    global m
    del sys.modules["m"]
    m = importlib.import_module(m.__name__)
    m.f()
# --- a function imports it again, but for itself
import sys
import m


def fresh():
    del sys.modules["m"]
    import m

    return m.f()


def use():
    return m.f()
# === unsafe
import sys
import m


def fresh():
    global m
    del sys.modules["m"]
    import m

    return m.f()


def use():
    return m.f()
# --- an exported name stays one
import sys
import m as m

__all__ = ["m"]
del sys.modules["m"]
# === unsafe
import importlib
import sys
import m as m

__all__ = ["m"]
del sys.modules["m"]
m = importlib.import_module(m.__name__)
# --- a test hits the other tests
# file: test_example.py
import sys
import m


def test_fresh():
    del sys.modules["m"]
    import m

    assert m.f()


def test_use():
    assert m.f()
# === unsafe
# file: test_example.py
import sys
import m


def test_fresh(monkeypatch):
    monkeypatch.delitem(sys.modules, "m")
    import m

    assert m.f()


def test_use():
    assert m.f()
# --- the submodule is taken again: by its own name
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg import sub

print(sub, pkg.sub.f)
# === fixed
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
import pkg.sub as sub

print(sub, pkg.sub.f)
# --- the submodule is taken again among other names: its attribute goes
import sys
import pkg.sub

del sys.modules["pkg.sub"]  # away
from pkg import other, sub

print(other, sub, pkg.sub.f)
# === fixed
import sys
import pkg.sub

del sys.modules["pkg.sub"]  # away
del pkg.sub
from pkg import other, sub

print(other, sub, pkg.sub.f)
# --- the same in a loop, where the attribute may not be there: unsafe
import sys
import pkg.sub

for _ in range(2):
    sys.modules.pop("pkg.sub", None)
    from pkg import other, sub

    print(other, sub, pkg.sub.f)
# === unsafe
import importlib
import sys
import pkg.sub

for _ in range(2):
    sys.modules.pop("pkg.sub", None)
    from pkg import other, sub
    importlib.import_module("pkg.sub")

    print(other, sub, pkg.sub.f)
# --- a class body
import sys
import m


class Plugin:
    sys.modules.pop("m", None)


m.f()
# === refused: a class body cannot bind `m`, which is of the code around it
# --- a lambda gives the removed module away
import sys
import m

forget = lambda: sys.modules.pop("m", None)


def use():
    return m.f()
# === nothing
# --- bound under a condition
import sys

if len(sys.argv) > 1:
    import m
sys.modules.pop("m", None)
m.f()
# === refused: `m` is bound on some paths only
# --- None where the import fails
import sys

try:
    import m
except ImportError:
    m = None
sys.modules.pop("m", None)
if m:
    m.f()
# === refused: `m` is None where the import of `m` fails
# --- imported again, but too late for a read
import sys
import m

del sys.modules["m"]
m.f()
import m

m.f()
# === refused: `m` is imported again at line 6; that import belongs here
# --- imported again in time
import sys
import m

del sys.modules["m"]
import m

m.f()
# === nothing
# --- not read again
import sys
import m

m.f()
del sys.modules["m"]
# === nothing
# --- local to a function that ends
import sys


def forget():
    import m

    m.f()
    del sys.modules["m"]
# === nothing
# --- the removed module is tested
import sys
import m

if sys.modules.pop("m", None):
    m.f()
# === refused: the removal is part of another statement
# --- the removed module is kept
import sys
import m

saved = sys.modules.pop("m")
sys.modules["m"] = saved
m.f()
# === nothing
# --- a patch puts it back
import sys
from unittest import mock
import m

with mock.patch.dict(sys.modules):
    del sys.modules["m"]
m.f()
# === nothing
# --- monkeypatch puts it back
import sys
import m


def test_without(monkeypatch):
    monkeypatch.delitem(sys.modules, "m")


def test_use():
    m.f()
# === nothing
# --- in finally
import sys
import m

try:
    m.f()
finally:
    del sys.modules["m"]
m.f()
# === nothing
# --- a name that was taken from the module: UNL110
import sys
from m import f

del sys.modules["m"]
f()
# === nothing
# --- the name is another thing by now
import sys
import m

m = m.X
del sys.modules["m"]
m.f()
# === nothing
# --- a star may have bound it
import sys
from n import *

del sys.modules["m"]
m.f()
# === nothing
# --- the key is computed
import sys
import m

del sys.modules[input()]
m.f()
# === nothing
# --- a failure is expected
import sys
import pytest
import m

with pytest.raises(KeyError):
    del sys.modules["m"]
m.f()
# === refused: a failure is expected here
# --- the standard library
import sys
import json

del sys.modules["json"]
json.dumps(1)
# === refused: `json` is of the standard library, whose state a second copy does not have
# --- an extension
import sys
import numpy as np

del sys.modules["numpy"]
np.zeros(1)
# === refused: `numpy` is an extension, which cannot be loaded twice
# --- the main module
import sys
import __main__

del sys.modules["__main__"]
__main__.f()
# === refused: `__main__` cannot be imported again
# --- the module itself
# file: m.py
import sys
import m as me


def forget():
    del sys.modules["m"]
    return me.f()
# === refused: `m` is this file, or the package around it
# --- a name that no import statement can have
import importlib
import sys

plugin = importlib.import_module("my-plugin")
del sys.modules["my-plugin"]
plugin.f()
# === refused: no import statement can name `my-plugin`
# --- the parent alone goes
import sys
import pkg.sub

sys.modules.pop("pkg", None)
pkg.sub.f()
# === refused: `pkg.sub` stays loaded, and would be no attribute of a new `pkg`
# --- the parent alone goes, other attributes are read: UNL103 comes first
import sys
import pkg.sub

sys.modules.pop("pkg", None)
print(pkg.VERSION)
# === refused: the fix would bring UNL103 at line 5: `pkg.sub` stays in `sys.modules` without its package; remove `pkg.*` too
# --- a submodule that the file has loaded otherwise is read as an attribute
import sys
import pkg
from pkg.sub import f

for name in ("pkg", "pkg.sub"):
    sys.modules.pop(name, None)
print(f, pkg.sub.f)
# === unsafe
import importlib
import sys
import pkg
from pkg.sub import f

for name in ("pkg", "pkg.sub"):
    sys.modules.pop(name, None)
pkg = importlib.import_module(pkg.__name__)
importlib.import_module("pkg.sub")
print(f, pkg.sub.f)
# --- the same under another name
import sys
import pkg as p
from pkg.sub import f

for name in ("pkg", "pkg.sub"):
    sys.modules.pop(name, None)
print(f, p.sub.f)
# === unsafe
import importlib
import sys
import pkg as p
from pkg.sub import f

for name in ("pkg", "pkg.sub"):
    sys.modules.pop(name, None)
p = importlib.import_module(p.__name__)
importlib.import_module("pkg.sub")
print(f, p.sub.f)
# --- the name is another one in the function
import sys
import m


def forget(m=None):
    del sys.modules["m"]


def use():
    return m.f()
# === refused: `m` is another name in `forget`
# --- a test case has no fixtures
# file: test_example.py
import sys
import unittest
import m


class Tests(unittest.TestCase):
    def test_fresh(self):
        del sys.modules["m"]
        import m

        self.assertTrue(m.f())

    def test_use(self):
        self.assertTrue(m.f())
# === refused: a `TestCase` is given no fixtures
# --- two globals in one function
import sys
import m
import n


def refresh():
    del sys.modules["m"]
    print(m.f())
    del sys.modules["n"]
    print(n.f())
# === unsafe
import importlib
import sys
import m
import n


def refresh():
    global m, n
    del sys.modules["m"]
    m = importlib.import_module(m.__name__)
    print(m.f())
    del sys.modules["n"]
    n = importlib.import_module(n.__name__)
    print(n.f())
# --- comments above the removal
import sys
import m


def refresh():
    """Again."""

    # the old one goes
    del sys.modules["m"]
    # and is used
    return m.f()
# === unsafe
import importlib
import sys
import m


def refresh():
    """Again."""

    global m
    # the old one goes
    del sys.modules["m"]
    m = importlib.import_module(m.__name__)
    # and is used
    return m.f()
# --- a while loop
import sys
import m

while "m" in sys.modules:
    del sys.modules["m"]
m.f()
# === refused: a `while` loop is around the removal, which an import in it might keep going for ever
# --- tests that read it import it, each for itself
import os
import sys

import pkg.sub
from elsewhere import total


def load(stage):
    os.environ["STAGE"] = stage
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            del sys.modules[name]


def test_production():
    load("production")
    assert pkg.sub.f() == total([1])


def test_staging():
    """On stage."""
    assert pkg.sub.X
# === unsafe
import os
import sys

from elsewhere import total


def load(stage):
    os.environ["STAGE"] = stage
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            del sys.modules[name]


def test_production():
    load("production")
    import pkg.sub

    assert pkg.sub.f() == total([1])


def test_staging():
    """On stage."""
    import pkg.sub

    assert pkg.sub.X
# --- a test that reads it on both sides of the removal
import sys
import m


def forget():
    sys.modules.pop("m", None)


def test_twice():
    print(m.f())
    forget()
    print(m.f())
# === unsafe
import importlib
import sys
import m


def forget():
    global m
    sys.modules.pop("m", None)
    m = importlib.import_module("m")


def test_twice():
    print(m.f())
    forget()
    print(m.f())
# --- the removal minds that there is no entry
import sys
import m


def forget():
    del sys.modules["m"]


def test_once():
    forget()
    assert m.f()
# === unsafe
import importlib
import sys
import m


def forget():
    global m
    del sys.modules["m"]
    m = importlib.import_module("m")


def test_once():
    forget()
    assert m.f()
# --- a lambda in a test reads it, too
import sys
import m


def forget():
    sys.modules.pop("m", None)


def test_once():
    forget()
    assert m.f()
    assert (lambda: m.f())()
# === unsafe
import importlib
import sys
import m


def forget():
    global m
    sys.modules.pop("m", None)
    m = importlib.import_module("m")


def test_once():
    forget()
    assert m.f()
    assert (lambda: m.f())()
# --- not only tests read it
import sys
import m


def forget():
    sys.modules.pop("m", None)


def helper():
    return m.f()


def test_once():
    forget()
    assert m.f() == helper()
# === unsafe
import importlib
import sys
import m


def forget():
    global m
    sys.modules.pop("m", None)
    m = importlib.import_module("m")


def helper():
    return m.f()


def test_once():
    forget()
    assert m.f() == helper()
# --- a comment says why it is imported
import sys
import m  # the one that counts


def forget():
    sys.modules.pop("m", None)


def test_once():
    forget()
    assert m.f()
# === unsafe
import importlib
import sys
import m  # the one that counts


def forget():
    global m
    sys.modules.pop("m", None)
    m = importlib.import_module("m")


def test_once():
    forget()
    assert m.f()
# --- an import below is in place, as long as only imports and what tries them is above it
import contextlib
import sys
import m

with contextlib.suppress(KeyError):
    del sys.modules["m"]
try:
    import n
except ImportError:
    n = None
import pkg

print(m.f(), n, pkg)
# === unsafe
import contextlib
import sys
import m

with contextlib.suppress(KeyError):
    del sys.modules["m"]
import m  # noqa: F811

try:
    import n
except ImportError:
    n = None
import pkg

print(m.f(), n, pkg)
# --- importlib is another name
import sys
from elsewhere import importlib
import m

del sys.modules["m"]
m.f(importlib)
# === unsafe
import sys
from elsewhere import importlib
import m

del sys.modules["m"]
import m  # noqa: E402, F811

m.f(importlib)
# --- the function of importlib has a name here
import sys
from importlib import import_module
import m

del sys.modules["m"]
m.f(import_module)
# === unsafe
import sys
from importlib import import_module
import m

del sys.modules["m"]
m = import_module(m.__name__)
m.f(import_module)
# --- what replaces itself may have no `__name__`
import sys
import replacing

del sys.modules["replacing"]
replacing.f()
# === unsafe
import importlib
import sys
import replacing

del sys.modules["replacing"]
replacing = importlib.import_module("replacing")  # noqa: F811
replacing.f()
# --- a reload behind it is what becomes the import
import importlib
import sys
import m

del sys.modules["m"]
importlib.reload(m)
m.f()
# === unsafe
import importlib
import sys
import m

del sys.modules["m"]
m = importlib.import_module(m.__name__)
m.f()
# --- the `else` of the loop over the keys
import sys
import m

for name in ["m", "n"]:
    del sys.modules[name]
else:
    m.f()
m.f()
# === refused: the `else` of its loop reads `m`
# --- a module of importlib is imported
import importlib.util
import sys
import m

del sys.modules["m"]
m.f(importlib.util)
# === unsafe
import importlib.util
import sys
import m

del sys.modules["m"]
m = importlib.import_module(m.__name__)
m.f(importlib.util)
# --- importlib twice
import importlib
import importlib.util
import sys
import m

del sys.modules["m"]
m.f(importlib.util)
# === unsafe
import importlib
import importlib.util
import sys
import m

del sys.modules["m"]
m = importlib.import_module(m.__name__)
m.f(importlib.util)
# --- a test that declares the name global
import sys
import m


def forget():
    sys.modules.pop("m", None)


def test_one():
    forget()
    assert m.f()


def test_two():
    global m
    assert m.f()
# === unsafe
import importlib
import sys
import m


def forget():
    global m
    sys.modules.pop("m", None)
    m = importlib.import_module("m")


def test_one():
    forget()
    assert m.f()


def test_two():
    global m
    assert m.f()
# --- tests on one line
import sys, m
def forget(): sys.modules.pop("m", None)
def test_one(): forget(); assert m.f()
def test_two(): assert m.f()
# === unsafe
import sys
def forget(): sys.modules.pop("m", None)
def test_one(): forget(); import m; assert m.f()
def test_two():
    import m
    assert m.f()
# --- tests with comments, in a class
import sys
import m, n


class TestShop:
    # first
    def test_one(self):
        """Doc."""
        # the reason
        self.forget()
        # then
        assert n.f()  # both

    def test_two(self):
        # only
        assert [n.f() for _ in "a"]

    def forget(self):
        sys.modules.pop("n", None)


m.f()
# === unsafe
import sys
import m


class TestShop:
    # first
    def test_one(self):
        """Doc."""
        # the reason
        self.forget()
        import n

        # then
        assert n.f()  # both

    def test_two(self):
        import n
        # only
        assert [n.f() for _ in "a"]

    def forget(self):
        sys.modules.pop("n", None)


m.f()
