# --- del, then a read
import sys
import m

del sys.modules["m"]  # UNL101: 4
m.f()

# --- pop
import sys
import m

sys.modules.pop("m")  # UNL101: 0
print(m.X)

# --- pop with a default
import sys
import m

sys.modules.pop("m", None)  # UNL101: 0
m.f()

# --- __delitem__
import sys
import m

sys.modules.__delitem__("m")  # UNL101
m.f()

# --- from sys import modules
from sys import modules
import m

del modules["m"]  # UNL101
m.f()

# --- from sys import modules as loaded
from sys import modules as loaded
import m

loaded.pop("m", None)  # UNL101
m.f()

# --- an alias of the dict
import sys
import m

mods = sys.modules
del mods["m"]  # UNL101
m.f()

# --- __import__("sys")
import m

del __import__("sys").modules["m"]  # UNL101
m.f()

# --- several targets
import sys
import m
import n

del sys.modules["m"], sys.modules["n"]  # UNL101: 4, UNL101: 22
m.f()
n.f()

# --- targets in a tuple
import sys
import m

del (sys.modules["m"], sys.path[0])  # UNL101
m.f()

# --- the key is a constant of the file
import sys
import m

NAME = "m"
del sys.modules[NAME]  # UNL101
m.f()

# --- the key is __name__
import sys
import m as alias

del sys.modules[alias.__name__]  # UNL101
alias.f()

# --- the key is an f-string
import sys
import pkg.sub as sub

PACKAGE = "pkg"
del sys.modules[f"{PACKAGE}.sub"]  # UNL101
sub.f()

# --- the key is a sum
import sys
import pkg.sub as sub

del sys.modules["pkg" + ".sub"]  # UNL101
sub.f()

# --- a loop over a literal tuple
import sys
import m
import n

for name in ("m", "n"):
    sys.modules.pop(name, None)  # UNL101, UNL101
m.f()
n.f()

# --- a loop over a list that is bound to a name, with a guard
import sys
import m

NAMES = ["m", "other"]
for name in NAMES:
    if name in sys.modules:
        del sys.modules[name]  # UNL101
m.f()

# --- a loop over modules
import sys
import m
import n

for module in (m, n):
    del sys.modules[module.__name__]  # UNL101
m.f()

# --- a loop with try
import sys
import m

for name in ("m",):
    try:
        del sys.modules[name]  # UNL101
    except KeyError:
        pass
m.f()

# --- a comprehension over literals
import sys
import m

[sys.modules.pop(name, None) for name in ("m", "n")]  # UNL101
m.f()

# --- a prefix loop
import sys
import pkg
import pkg.sub as sub

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]  # UNL101, UNL101
pkg.sub.f()
sub.f()

# --- a prefix loop over a collected list
import sys
import pkg.sub as sub

for name in [each for each in sys.modules if each.startswith("pkg.")]:
    del sys.modules[name]  # UNL101
sub.f()

# --- a prefix loop with an early continue
import sys
import pkg.sub as sub

for name in tuple(sys.modules):
    if name != "pkg" and not name.startswith("pkg."):
        continue
    del sys.modules[name]  # UNL101
sub.f()

# --- the top of the dotted name
import sys
import pkg.sub as sub

for name in sorted(sys.modules):
    if name.split(".")[0] == "pkg":
        sys.modules.pop(name)  # UNL101
sub.f()

# --- pairs of items
import sys
import pkg.sub as sub

for name, module in list(sys.modules.items()):
    if name.startswith("pkg"):
        del sys.modules[name]  # UNL101
sub.f()

# --- names appended to a list first
import sys
import pkg.sub as sub

gone = []
for name in sys.modules:
    if name.startswith("pkg."):
        gone.append(name)
for name in gone:
    del sys.modules[name]  # UNL101
sub.f()

# --- a submodule that is reached through its parent
import sys
import pkg.sub

del sys.modules["pkg.sub"]  # UNL101
pkg.sub.f()

# --- importing the parent again does not renew its attribute
import sys
import pkg.sub

del sys.modules["pkg.sub"]  # UNL101
import pkg

pkg.sub.f()

# --- a submodule that is imported by name
import sys
from pkg import sub

del sys.modules["pkg.sub"]  # UNL101
sub.f()

# --- the parent of a dotted import
import sys
import pkg.sub

sys.modules.pop("pkg", None)  # UNL101
pkg.sub.f()

# --- the result of import_module
import importlib
import sys

m = importlib.import_module("m")
del sys.modules["m"]  # UNL101
m.f()

# --- a second name for the module
import sys
import m

alias = m
del sys.modules["m"]  # UNL101
import m

alias.f()

# --- two names, one imported again
import sys
import m
import m as other

del sys.modules["m"]  # UNL101
import m

other.f()
m.f()

# --- a function-local name that is read in the same call
import sys


def use():
    import m

    del sys.modules["m"]  # UNL101
    return m.f()

# --- a global that another function reads
import sys
import m


def reset():
    sys.modules.pop("m", None)  # UNL101


def use():
    return m.f()

# --- a local import does not renew the global
import sys
import m


def reset():
    del sys.modules["m"]  # UNL101
    import m

    return m.f()


def use():
    return m.f()

# --- a removal at import, a read in a function
import sys
import m

del sys.modules["m"]  # UNL101


def use():
    return m.f()

# --- the caller reads after the call
import sys
import m


def reset():
    del sys.modules["m"]  # UNL101


reset()
m.f()

# --- the name is exported
import sys
import m

__all__ = ["m"]
del sys.modules["m"]  # UNL101

# --- the name is exported by its alias
import sys
import m as m

del sys.modules["m"]  # UNL101

# --- under a condition
import sys
import m

if "m" in sys.modules:
    del sys.modules["m"]  # UNL101
m.f()

# --- on one branch
import sys
import m

if len(sys.argv) > 1:
    del sys.modules["m"]  # UNL101
    m.f()
else:
    m.f()

# --- in a try that can only fail there
import sys
import m

try:
    del sys.modules["m"]  # UNL101
except KeyError:
    pass
m.f()

# --- read in the next round of a loop
import sys
import m

for _ in range(2):
    m.f()
    sys.modules.pop("m", None)  # UNL101

# --- read in a comprehension
import sys
import m

del sys.modules["m"]  # UNL101
found = [m.f() for _ in range(2)]

# --- read in a class body
import sys
import m

del sys.modules["m"]  # UNL101


class Child(m.C):
    pass

# --- written to
import sys
import m

del sys.modules["m"]  # UNL101
m.X = 1

# --- imported with a fallback
import sys

try:
    import m
except ImportError:
    m = None
sys.modules.pop("m", None)  # UNL101
if m:
    m.f()

# --- the fresh copy has another name
import importlib
import sys
import m

sys.modules.pop("m")  # UNL101
fresh = importlib.import_module("m")
fresh.f()
m.f()

# --- the removed module is dropped
import sys
import m

_ = sys.modules.pop("m", None)  # UNL101
m.f()

# --- the removed module is only tested
import sys
import m

if sys.modules.pop("m", None):  # UNL101
    m.f()

# --- compared, but with a value that it computes
import sys
import m

expected = object()
del sys.modules["m"]  # UNL101
assert m.f() == expected

# --- a sentinel of the old copy
import sys
import m


def reset():
    sys.modules.pop("m", None)  # UNL101


def use(value):
    return value is m.X

# --- a test unloads what other tests use
import sys
import m


def test_fresh():
    if "m" in sys.modules:
        del sys.modules["m"]  # UNL101
    import m

    assert m.f()


def test_use():
    assert m.f()

# --- a patch of something else restores nothing
import sys
from unittest import mock
import m


def test_fresh(monkeypatch):
    monkeypatch.setitem(sys.modules, "n", object())
    with mock.patch("builtins.print"):
        del sys.modules["m"]  # UNL101


def test_use():
    assert m.f()

# --- the module replaces itself, which puts nothing else back
import sys
import m

del sys.modules["m"]  # UNL101
sys.modules[__name__] = object()
m.f()

# --- a walrus and a match
import importlib
import sys

if (m := importlib.import_module("m")) is not None:
    del sys.modules["m"]  # UNL101
match sys.argv:
    case [first]:
        m.f()
    case _:
        m.f()

# --- async code
import sys
import m


async def reset():
    del sys.modules["m"]  # UNL101
    await m.f()

# --- clean: imported again under the same name
import sys
import m

del sys.modules["m"]
import m

m.f()

# --- clean: import_module rebinds
import importlib
import sys
import m

sys.modules.pop("m", None)
m = importlib.import_module("m")
m.f()

# --- clean: an import under the same alias
import sys
import pkg.sub as s

sys.modules.pop("pkg.sub", None)
import pkg.sub as s

s.f()

# --- clean: imported again through the parent
import sys
import pkg.sub

del sys.modules["pkg.sub"]
import pkg.sub

pkg.sub.f()

# --- clean: import_module renews the attribute
import importlib
import sys
import pkg.sub

del sys.modules["pkg.sub"]
importlib.import_module("pkg.sub")
pkg.sub.f()

# --- clean: the attribute is deleted
import sys
import pkg.sub

del sys.modules["pkg.sub"]
del pkg.sub
print(pkg.X)

# --- clean: other attributes of the parent
import sys
import pkg.sub

del sys.modules["pkg.sub"]
print(pkg.X)

# --- clean: the name goes as well
import sys
import m

m.f()
del sys.modules["m"], m

# --- clean: the name goes first
import sys
import m

m.f()
del m
del sys.modules["m"]

# --- clean: nothing reads it
import sys
import m

m.f()
del sys.modules["m"]

# --- clean: read before
import sys
import m

m.f()
del sys.modules["m"]
print("done")

# --- clean: a function-local name that dies
import sys


def forget():
    import m

    m.f()
    del sys.modules["m"]

# --- clean: early return
import sys
import m


def use(stop):
    if stop:
        sys.modules.pop("m", None)
        return None
    return m.__name__

# --- clean: the other branch
import sys


def use(stop):
    import m

    if stop:
        sys.modules.pop("m", None)
    else:
        m.f()

# --- clean: raise
import sys


def use(stop):
    import m

    if stop:
        del sys.modules["m"]
        raise RuntimeError
    m.f()

# --- clean: continue, and an import in every round
import sys

for stop in (True, False):
    import m

    if stop:
        del sys.modules["m"]
        continue
    m.f()

# --- clean: another path rebinds, so the order is not certain
import importlib
import sys
import m

del sys.modules["m"]
for _ in range(len(sys.argv)):
    m = importlib.import_module("m")
m.f()

# --- clean: one branch imports again
import sys
import m

sys.modules.pop("m", None)
if len(sys.argv) > 1:
    import m
m.f()

# --- clean: saved and restored
import sys
import m

saved = sys.modules.pop("m")
try:
    print("without")
finally:
    sys.modules["m"] = saved
m.f()

# --- clean: restored from a copy
import sys
import m


def test_without():
    before = sys.modules.copy()
    try:
        del sys.modules["m"]
    finally:
        sys.modules.clear()
        sys.modules.update(before)


def test_use():
    m.f()

# --- clean: restored in a loop
import sys
import m

kept = {name: sys.modules[name] for name in ("m", "n")}
for name in ("m", "n"):
    del sys.modules[name]
for name, module in kept.items():
    sys.modules[name] = module
m.f()

# --- clean: patch.dict
import sys
from unittest import mock
import m


def test_without():
    with mock.patch.dict(sys.modules):
        del sys.modules["m"]


def test_use():
    m.f()

# --- clean: patch.dict as a decorator
import sys
from unittest.mock import patch
import m


@patch.dict("sys.modules")
def test_without():
    del sys.modules["m"]


def test_use():
    m.f()

# --- clean: a patcher that is started
import sys
from unittest import TestCase, mock
import m


class Case(TestCase):
    def setUp(self):
        patcher = mock.patch.dict(sys.modules)
        patcher.start()
        self.addCleanup(patcher.stop)

    def test_without(self):
        del sys.modules["m"]

    def test_use(self):
        m.f()

# --- clean: pytest-mock
import sys
import m


def test_without(mocker):
    mocker.patch.dict(sys.modules)
    del sys.modules["m"]


def test_use():
    m.f()

# --- clean: monkeypatch puts the same key back
import sys
import m


def test_without(monkeypatch):
    monkeypatch.setitem(sys.modules, "m", m)
    del sys.modules["m"]


def test_use():
    m.f()

# --- clean: monkeypatch.delitem is no removal for good
import sys
import m


def test_without(monkeypatch):
    monkeypatch.delitem(sys.modules, "m")


def test_use():
    m.f()

# --- clean: addCleanup
import sys
import unittest
import m


class Case(unittest.TestCase):
    def test_without(self):
        self.addCleanup(sys.modules.update, {"m": m})
        del sys.modules["m"]

    def test_use(self):
        m.f()

# --- clean: a removal that is clean-up
import sys
import unittest
import m


class Case(unittest.TestCase):
    def test_use(self):
        self.addCleanup(lambda: sys.modules.pop("m", None))
        m.f()

# --- clean: a function that is registered as clean-up
import sys
import m


def test_use(request):
    def forget():
        del sys.modules["m"]

    request.addfinalizer(forget)
    m.f()

# --- clean: tearDown restores
import sys
import unittest
import m


class Case(unittest.TestCase):
    def setUp(self):
        self.saved = dict(sys.modules)

    def tearDown(self):
        sys.modules.update(self.saved)

    def test_without(self):
        del sys.modules["m"]

    def test_use(self):
        m.f()

# --- clean: tearDown removes
import sys
import unittest
import m


class Case(unittest.TestCase):
    def tearDown(self):
        sys.modules.pop("m", None)

    def test_use(self):
        m.f()

# --- clean: a base of the same file restores
import sys
import unittest
import m


class Base(unittest.TestCase):
    def setUp(self):
        self.saved = sys.modules.copy()

    def tearDown(self):
        sys.modules.update(self.saved)


class Case(Base):
    def test_without(self):
        del sys.modules["m"]

    def test_use(self):
        m.f()

# --- clean: a base of another file may restore
import sys
from harness import IsolatingTestCase
import m


class Case(IsolatingTestCase):
    def test_without(self):
        del sys.modules["m"]

    def test_use(self):
        m.f()

# --- clean: a fixture restores
import sys
import pytest
import m


@pytest.fixture
def kept():
    saved = dict(sys.modules)
    yield
    sys.modules.update(saved)


def test_without(kept):
    del sys.modules["m"]


def test_use():
    m.f()

# --- clean: an automatic fixture restores
import sys
import pytest
import m


@pytest.fixture(autouse=True)
def kept():
    saved = sys.modules["m"]
    yield
    sys.modules["m"] = saved


def test_without():
    del sys.modules["m"]


def test_use():
    m.f()

# --- clean: a fixture of another file says that it restores
import sys
import pytest
import m


@pytest.mark.usefixtures("restore_modules")
def test_without():
    del sys.modules["m"]


def test_use():
    m.f()

# --- clean: the teardown half of a fixture
import sys
import pytest
import m


@pytest.fixture
def module():
    yield m
    del sys.modules["m"]


def test_use(module):
    m.f()

# --- clean: a process of its own
import sys
import pytest
import m


@pytest.mark.subprocess()
def test_without():
    del sys.modules["m"]


def test_use():
    m.f()

# --- clean: the caller restores
import sys
import m


def without():
    del sys.modules["m"]


def test_without():
    saved = sys.modules["m"]
    without()
    sys.modules["m"] = saved


def test_use():
    m.f()

# --- clean: a context that isolates
import sys
from test.support import import_helper
import m


def test_without():
    with import_helper.isolated_modules():
        del sys.modules["m"]


def test_use():
    m.f()

# --- clean: the error path of a loader
import importlib
import sys

m = None
try:
    m = importlib.import_module("m")
except ImportError:
    sys.modules.pop("m", None)
if m is not None:
    m.f()

# --- clean: a stub that no import bound
import sys
import types

stub = types.ModuleType("m")
sys.modules["m"] = stub
try:
    import n
finally:
    del sys.modules["m"]
stub.x = 1

# --- clean: a stub that an import bound
import sys
import types

sys.modules["m"] = types.ModuleType("m")
import m

del sys.modules["m"]
m.f = None

# --- clean: an unload hook of a plugin host
import sys
import m


def plugin_unloaded():
    del sys.modules["m"]


def run():
    m.f()

# --- clean: __exit__ and __del__
import sys
import m


class Isolated:
    def __exit__(self, *exception):
        sys.modules.pop("m", None)


def use():
    m.f()

# --- clean: another module
import sys
import m

sys.modules.pop("other", None)
m.f()

# --- clean: the key is not known
import sys
import m


def unload(name):
    del sys.modules[name]
    m.f()

# --- clean: a condition on the key that is not known
import sys
import pkg.sub as sub


def purge(keep):
    for name in list(sys.modules):
        if name.startswith("pkg.") and name not in keep:
            del sys.modules[name]
    sub.f()

# --- clean: a literal key that a test may leave out
import sys
import m


def purge(keep):
    for name in ("m", "n"):
        if name not in keep:
            del sys.modules[name]
    m.f()

# --- clean: not sys.modules
import m


class sys:
    modules = {}


del sys.modules["m"]
m.f()

# --- clean: another modules
from app import modules
import m

del modules["m"]
m.f()

# --- clean: the old copy is compared with the new one
import importlib
import sys
import m

del sys.modules["m"]
again = importlib.import_module("m")
assert again is not m
assert again.C is not m.C

# --- clean: assertIsNot
import importlib
import sys
import unittest
import m


class Case(unittest.TestCase):
    def test_again(self):
        sys.modules.pop("m", None)
        again = importlib.import_module("m")
        self.assertIsNot(again, m)

    def test_use(self):
        m.f()

# --- clean: values of both copies
import importlib
import sys
import m

del sys.modules["m"]
new = importlib.import_module("m")
print(new.X != m.X)

# --- clean: only its name
import sys
import m

del sys.modules["m"]
print(m.__name__)

# --- clean: only whether there is one
import sys

try:
    import m
except ImportError:
    m = None
sys.modules.pop("m", None)
HAS_M = m is not None
if not m:
    print("no m")

# --- clean: reload says so itself
import importlib
import sys
import m

del sys.modules["m"]
importlib.reload(m)  # UNL204

# --- clean: a private copy is returned
import sys


def private():
    import m

    del sys.modules["m"]
    return m

# --- clean: the name was bound to something else
import sys
import m

m = object()
del sys.modules["m"]
print(m)

# --- clean: the name may be another module
import sys

if len(sys.argv) > 1:
    import m as mod
else:
    import n as mod
del sys.modules["m"]
mod.f()

# --- clean: a parameter of the same name
import sys
import m


def use(m):
    sys.modules.pop("m", None)
    return m.f()

# --- clean: global, imported again in the function
import sys
import m


def reset():
    global m
    del sys.modules["m"]
    import m


def use():
    m.f()

# --- clean: another function imports it again, who knows when
import sys
import m


def reset():
    del sys.modules["m"]


def load():
    global m
    import m


def use():
    m.f()

# --- clean: every call imports it
import sys
import m


def reset():
    del sys.modules["m"]


def use():
    import m

    m.f()

# --- clean: the caller imports again
import sys
import m


def reset():
    del sys.modules["m"]


reset()
import m

m.f()

# --- clean: only annotations of a type checker
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import m
sys.modules.pop("m", None)


def use(value: "m.C"):
    return value

# --- clean: code in a string
import subprocess
import sys
import m

subprocess.run([sys.executable, "-c", "import sys, m; del sys.modules['m']; m.f()"])
m.f()

# --- clean: a name of a class
import sys
import m


class Plugin:
    modules = {"m": 1}

    def forget(self):
        del self.modules["m"]
        m.f()

# --- clean: while True with an import in each round
import sys

while True:
    import m

    if m.f():
        break
    del sys.modules["m"]

# --- clean: __main__ and own name
import sys

sys.modules[__name__] = object()

# --- clean: alias registration
import sys
import m

sys.modules["alias"] = m
del sys.modules["alias"]
m.f()

# --- the old attribute is imported, which renews nothing
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)  # UNL101
from pkg import sub  # UNL102

print(sub, pkg.sub.f)

# --- the name is given to the module after the function was called
import sys
import n as x

def forget():
    del sys.modules["m"]

forget()
x.f()
import m as x

x.f()

# --- clean: every global that is a module is imported again, as text
import importlib
import sys
import m


def purge():
    for name in list(sys.modules):
        if name == "m" or name.startswith("m."):
            del sys.modules[name]
    for name, value in list(globals().items()):
        if type(value) is type(sys):
            globals()[name] = importlib.import_module(value.__name__)


def work():
    m.f()

# --- clean: the global is bound again as text
import importlib
import sys
import m

del sys.modules["m"]
globals()["m"] = importlib.import_module("m")
m.f()

# --- clean: code that is executed as text
import sys
import m

del sys.modules["m"]
exec("import m")
m.f()

# --- clean: an attribute of this very module
import importlib
import sys
import m

del sys.modules["m"]
setattr(sys.modules[__name__], "m", importlib.import_module("m"))
m.f()

# --- clean: the namespace under a name
import importlib
import sys
import m

namespace = globals()
del sys.modules["m"]
namespace.update(m=importlib.import_module("m"))
m.f()

# --- another global is bound as text
import sys
import m

del sys.modules["m"]  # UNL101
globals()["other"] = 1
m.f()

# --- text executed in a namespace of its own
import sys
import m

del sys.modules["m"]  # UNL101
exec("x = 1", {})
m.f()

# --- the second of several keys, in a loop
import sys
import m
import n

for name in ("m", "n"):
    sys.modules.pop(name, None)  # UNL101
n.f()

# --- clean: a loop over several keys that is left half-way
import sys
import m
import n

for name in ("m", "n"):
    if name in sys.modules:
        del sys.modules[name]
        break
n.f()

# --- a key that a walrus names
import sys
import m

sys.modules.pop(key := "m")  # UNL101
m.f()
print(key)

# --- a function inside is called after the removal
import sys


def outer():
    import m

    def inner():
        return m.f()

    del sys.modules["m"]  # UNL101
    return inner()

# --- clean: a function inside is called before the removal
import sys


def outer():
    import m

    def inner():
        return m.f()

    found = inner()
    del sys.modules["m"]
    return found

# --- clean: a function inside imports again
import sys


def outer():
    import m

    def inner():
        nonlocal m
        import m

        return m.f()

    del sys.modules["m"]
    return inner()

# --- a case that removes, and a use behind the match
import sys
import m

match sys.argv:
    case [_]:
        del sys.modules["m"]  # UNL101
    case _:
        pass
m.f()

# --- looking whether the old module is among others is no comparison with its successor
import sys


def test_lazy():
    import pkg

    assert pkg in sys.modules.values()
    del sys.modules["pkg"]  # UNL101
    assert pkg not in sys.modules.values()
    assert pkg.attribute

# --- a function that is called before the module is imported again
import sys
import m


def use():
    return m.f()


del sys.modules["m"]  # UNL101
use()
import m

# --- the old package reaches a submodule that is reloaded
import importlib
import sys
import pkg

del sys.modules["pkg"]  # UNL101
from pkg import sub

importlib.reload(pkg.sub)
print(sub)

# --- clean: a generator runs later
import sys
import m


def use():
    yield m.f()


del sys.modules["m"]
made = use()
import m

print(list(made), m)

# --- a submodule that another import loaded is read through its package
import sys
import pkg
from pkg.sub import f

f()
del sys.modules["pkg.sub"]  # UNL101
print(pkg.sub)

# --- the first round of a loop reads it
import sys
import m

del sys.modules["m"]  # UNL101
for count in range(3):
    m.f()
    import m

# --- a key that is put together
import sys

PKG = "pkg"


def percent():
    import pkg.sub as sub

    sys.modules.pop("%s.sub" % PKG)  # UNL101
    sub.f()


def pair():
    import pkg.sub as sub

    del sys.modules["%s.%s" % (PKG, "sub")]  # UNL101
    sub.f()


def joined():
    import pkg.sub as sub

    sys.modules.pop(".".join((PKG, "sub")), None)  # UNL101
    sub.f()


def formatted():
    import pkg.sub as sub

    sys.modules.pop("{}.{leaf}".format(PKG, leaf="sub"), None)  # UNL101
    sub.f()

# --- texts with other formats are not known
import sys
import pkg.sub as sub

PKG = "pkg"
sys.modules.pop("%r.sub" % PKG, None)
sys.modules.pop("%s.sub" % (PKG, PKG), None)
sys.modules.pop("{!r}.sub".format(PKG), None)
sys.modules.pop("{0.name}.sub".format(PKG), None)
sys.modules.pop(".".join(PKG), None)
sub.f()

# --- map, where something walks over it
import sys
import m
import n
from collections import deque

list(map(sys.modules.pop, ["m"]))  # UNL101
m.f()
NAMES = ("n", "other")
deque(map(sys.modules.__delitem__, NAMES), 0)  # UNL101
n.f()

# --- map in a loop, and over what a filter picks
import sys
import pkg.sub
import m

for _ in map(sys.modules.pop, ["m"]):  # UNL101
    pass
m.f()
[*map(sys.modules.pop, [key for key in sys.modules if key == "pkg" or key.startswith("pkg.")])]  # UNL101
pkg.sub.f()

# --- map that nothing walks over, or not to its end
import sys
import m
import n

map(sys.modules.pop, ["m"])
m.f()
any(map(sys.modules.pop, ["n"]))
for _ in map(sys.modules.pop, ["n"]):
    break
n.f()

# --- map that keeps what it removes
import sys
import m

saved = list(map(sys.modules.pop, ["m"]))
m.f()
print(saved)

# --- a list that a while loop empties
import sys
import m

names = ["m", "n"]
while names:
    sys.modules.pop(names.pop(), None)  # UNL101
m.f()

# --- a list that others empty as well
import sys
import m

names = ["m", "n"]
names.pop(0)
while names:
    sys.modules.pop(names.pop(), None)
m.f()

# --- through other names of the function
import functools
import operator
import sys
import m
import n

pop = sys.modules.pop


def drop_one():
    pop("m", None)  # UNL101
    m.f()


def drop_two():
    functools.partial(sys.modules.pop, "n")()  # UNL101
    n.f()

# --- the name of a partial
import functools
import sys
import m

drop = functools.partial(sys.modules.pop, "m", None)


def check():
    m.f()


drop()  # UNL101
m.f()

# --- a partial that is never called, or called with something unknown
import functools
import sys
import m

drop = functools.partial(sys.modules.pop, "m", None)
drop_any = functools.partial(sys.modules.pop)


def run(name):
    drop_any(name)
    m.f()

# --- a lambda that is called by its name
import sys
import m

drop = lambda: sys.modules.pop("m", None)  # UNL101
drop()
m.f()

# --- a lambda that nobody calls here
import sys
import m
from hooks import register

drop = lambda: sys.modules.pop("m", None)
register(drop)
m.f()

# --- getattr
import sys
import m

getattr(sys, "modules").pop("m", None)  # UNL101
m.f()

# --- the name of a submodule is asked for, which says nothing of its copy
import importlib
import sys
import pkg.sub

del sys.modules["pkg.sub"]
print(importlib.import_module(pkg.sub.__name__))

# --- the submodule is loaded again into another copy of its package
import sys
import pkg.sub

del sys.modules["pkg"]  # UNL101
del sys.modules["pkg.sub"]  # UNL101: 4
from pkg.sub import f

pkg.sub.f()
f()

# --- clean: loaded again and bound, too
import sys
import pkg.sub

del sys.modules["pkg"]
del sys.modules["pkg.sub"]
import pkg.sub

pkg.sub.f()

# --- a called function loads the submodule again, into another copy of its package
import sys
import pkg.sub


def again():
    from pkg.sub import f

    return f


sys.modules.pop("pkg.sub")  # UNL101: 0
del sys.modules["pkg"]  # UNL101
again()
pkg.sub.f()

# --- a function loads the submodule into the new copy of its package, and reads the old copy
import sys
import pkg
from pkg import sub


def load():
    import pkg.sub as renewed

    return renewed, pkg.sub


del sys.modules["pkg.sub"], sub  # UNL101
try:
    print(1)
finally:
    del sys.modules["pkg"]
load()

# --- clean: the function may have been called before the package went
import sys
import pkg
from pkg import sub


def load():
    import pkg.sub as renewed

    return renewed, pkg.sub


del sys.modules["pkg.sub"], sub
load()
try:
    print(1)
finally:
    del sys.modules["pkg"]
load()

# --- clean: a called function purges the package, and the import makes both anew
import sys
import pkg.sub


def purge():
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            del sys.modules[name]


purge()
import pkg.sub

pkg.sub.f()

# --- a submodule that others have loaded, as a read of it shows
import sys
import pkg

pkg.sub.f()
del sys.modules["pkg.sub"]  # UNL101
pkg.sub.f()

# --- clean: no submodule on disk
import sys
import pkg

pkg.unknown.f()
del sys.modules["pkg.unknown"]
pkg.unknown.f()

# --- clean: the attribute went before the entry, so what comes next imports anew
import sys
import pkg.sub

del pkg.sub
del sys.modules["pkg.sub"]
from pkg import sub

print(sub, pkg.sub.f)

# --- clean: what is read only comes after a reload that fails, which is expected
import importlib
import sys
from contextlib import suppress

import m

with suppress(ImportError):
    del sys.modules["m"]
    importlib.reload(m)
    m.f()

# --- the failure is taken, and the code goes on
import importlib
import sys
from contextlib import suppress

import m

with suppress(ImportError):
    del sys.modules["m"]  # UNL101
    importlib.reload(m)
m.f()
