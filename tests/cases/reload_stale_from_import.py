# --- a call after the reload
import importlib
import m
from m import f

importlib.reload(m)  # UNL201: 0
f()

# --- importlib under another name
import importlib as il
import m
from m import f

il.reload(m)  # UNL201
f()

# --- from importlib import reload as r
from importlib import reload as r
import m
from m import f

r(m)  # UNL201
f()

# --- the keyword
import importlib
import m
from m import f

importlib.reload(module=m)  # UNL201
f()

# --- map over a list
from importlib import reload
import m
import n
from m import f

list(map(reload, [m, n]))  # UNL201: 5
f()

# --- a loop over a tuple of modules
import importlib
import m
import n
from n import C

for each in (m, n):
    importlib.reload(each)  # UNL201: 4
C()

# --- a loop over a list with a name
import importlib
import m
import n
from n import C

MODULES = [m, n]
for each in MODULES:
    importlib.reload(each)  # UNL201
C()

# --- a list comprehension
import importlib
import m
import n
from n import C

[importlib.reload(each) for each in (m, n)]  # UNL201
C()

# --- a loop over names
import importlib
import sys
from m import f

for name in ("m", "n"):
    importlib.reload(sys.modules[name])  # UNL201
f()

# --- a loop over names, imported
import importlib
from m import f

for name in ("n", "m"):
    importlib.reload(importlib.import_module(name))  # UNL201
f()

# --- a loop over names, with a variable in between
import importlib
import sys
from m import f

for name in ["m", "n"]:
    module = sys.modules[name]
    importlib.reload(module)  # UNL201
f()

# --- a loop over a prefix
import importlib
import sys
from pkg.sub import f

for name in list(sys.modules):
    if name.startswith("pkg."):
        importlib.reload(sys.modules[name])  # UNL201
f()

# --- a loop over a prefix and the items
import importlib
import sys
from pkg.sub import f

for name, module in list(sys.modules.items()):
    if name == "pkg" or name.startswith("pkg."):
        importlib.reload(module)  # UNL201
f()

# --- an entry of sys.modules
import importlib
import sys
from m import f

importlib.reload(sys.modules["m"])  # UNL201
f()

# --- import_module
from importlib import import_module, reload
from m import f

reload(import_module("m"))  # UNL201
f()

# --- __import__
from importlib import reload
from m import f

reload(__import__("m"))  # UNL201
f()

# --- a dotted attribute
import importlib
import pkg.sub
from pkg.sub import f

importlib.reload(pkg.sub)  # UNL201
f()

# --- a submodule under another name
import importlib
import pkg.sub as sub
from pkg.sub import f

importlib.reload(sub)  # UNL201
f()

# --- six
from six.moves import reload_module
import m
from m import f

reload_module(m)  # UNL201
f()

# --- six.moves
import six
import m
from m import f

six.moves.reload_module(m)  # UNL201
f()

# --- a fallback of two imports
try:
    from importlib import reload
except ImportError:
    from imp import reload
import m
from m import f

reload(m)  # UNL201
f()

# --- the name is given its own reload
import importlib
import m
from m import f

m = importlib.reload(m)  # UNL201: 4
f()

# --- the result goes elsewhere
import importlib
import m
from m import f

fresh = importlib.reload(m)  # UNL201
f()

# --- another name for what is imported
import importlib
import m
from m import f as function

importlib.reload(m)  # UNL201
function()

# --- an instance of an old class
import importlib
import m
from m import C

importlib.reload(m)  # UNL201
C().run()

# --- an exception
import importlib
import m
from m import E

importlib.reload(m)  # UNL201
try:
    m.f()
except E:
    raise

# --- a constant
import importlib
import m
from m import X

importlib.reload(m)  # UNL201
print(m.f() is X)

# --- isinstance
import importlib
import m
from m import C

importlib.reload(m)  # UNL201
print(isinstance(m.C(), C))

# --- a base class of a class defined later
import importlib
import m
from m import C

importlib.reload(m)  # UNL201


class D(C):
    pass


# --- a function that is called later
import importlib
import m
from m import f


def work():
    return f()


importlib.reload(m)  # UNL201
work()

# --- a method
import importlib
import m
from m import C


class Panel:
    def draw(self):
        return C()


importlib.reload(m)  # UNL201

# --- a lambda
import importlib
import m
from m import f

later = lambda: f()
importlib.reload(m)  # UNL201
later()

# --- exported by __all__
import importlib
import m
from m import f

__all__ = ["f"]
importlib.reload(m)  # UNL201

# --- exported by a package
# file: facade/__init__.py
import importlib
import m
from m import C

importlib.reload(m)  # UNL201

# --- the reload is in a function, the names are global
import importlib
import m
from m import f


def refresh():
    importlib.reload(m)  # UNL201: 4


def work():
    return f()


# --- a reload command that goes on to use the name
import importlib
import m
from m import C


def refresh():
    importlib.reload(m)  # UNL201
    return C()


# --- both inside one function
import importlib


def refresh():
    import m
    from m import f

    importlib.reload(m)  # UNL201
    return f()


# --- a star import
import importlib
import m
from m import *

importlib.reload(m)  # UNL201
f()

# --- a star import read by a function
import importlib
import m
from m import *


def work():
    return C()


importlib.reload(m)  # UNL201

# --- a name that the package passes on, reloaded with its origin
import importlib
import reexporting
import reexporting.sub
from reexporting import f

importlib.reload(reexporting.sub)
importlib.reload(reexporting)  # UNL201
f()

# --- only under a test
import importlib
import m
import os
from m import f

if os.environ.get("DEBUG"):
    importlib.reload(m)  # UNL201
f()

# --- a try that minds only the reload
import importlib
import m
from m import f

try:
    importlib.reload(m)  # UNL201
except ImportError:
    pass
f()

# --- taken before the module is
from m import f
import importlib
import m

importlib.reload(m)  # UNL201
f()

# --- Blender: a from-import beside the modules
if "bpy" in locals():
    import importlib

    importlib.reload(m)
    importlib.reload(n)
else:
    from . import m
    from . import n
import bpy

m.f()
n.f()

# --- Blender: names in the other branch
import importlib

if "bpy" in locals():
    importlib.reload(m)  # UNL201
else:
    import m
    from m import C
import bpy

C()

# --- two modules, each with a name
import importlib
import m
import n
from m import f
from n import C

importlib.reload(m)  # UNL201
importlib.reload(n)  # UNL201
f(C())

# --- two names of one module
import importlib
import m
from m import C, f

importlib.reload(m)  # UNL201, UNL201
f(C())

# --- a watch loop
import importlib
import time
import m
from m import f

while True:
    importlib.reload(m)  # UNL201
    f()
    time.sleep(1)

# --- clean: wrapped before the reload
import functools
import importlib
import m
from m import f

f = functools.cache(f)
importlib.reload(m)
f()

# --- clean: qualified use
import importlib
import m

importlib.reload(m)
m.f()

# --- clean: imported again
import importlib
import m
from m import f

importlib.reload(m)
from m import f

f()

# --- clean: imported only afterwards
import importlib
import m

importlib.reload(m)
from m import C, f

f(C())

# --- clean: a star import afterwards
import importlib
import m

importlib.reload(m)
from m import *

f()

# --- clean: a star import before and after
import importlib
import m
from m import *

importlib.reload(m)
from m import *

f()

# --- clean: an import for each call
import importlib
import m


def refresh():
    importlib.reload(m)


def work():
    from m import f

    return f()


# --- clean: the name is used before the reload only
import importlib
import m
from m import f

f()
importlib.reload(m)

# --- clean: a submodule is a module
import importlib
from pkg import sub

importlib.reload(sub)
sub.f()

# --- clean: a submodule under another name
import importlib
from pkg import sub as tools

importlib.reload(tools)
tools.C()

# --- clean: the package is reloaded, a submodule was taken from it
import importlib
import pkg
from pkg import sub

importlib.reload(pkg)
sub.f()

# --- clean: submodules that are not on disk
import importlib
from elsewhere import thing

importlib.reload(thing)
thing.run()

# --- clean: a module of a package that is not on disk, reloaded with its package
import importlib
import elsewhere
from elsewhere import thing

importlib.reload(elsewhere)
thing.run()

# --- clean: passed on from a module that is not reloaded
import importlib
import reexporting
from reexporting import f

importlib.reload(reexporting)
f()

# --- clean: another module
import importlib
import m
import n
from n import f

importlib.reload(m)
f()

# --- clean: annotations only
from __future__ import annotations

import importlib
from typing import TYPE_CHECKING
import m

if TYPE_CHECKING:
    from m import C


def work(thing: C) -> C:
    return thing


importlib.reload(m)

# --- clean: compared with its successor
import importlib
import m
from m import C

importlib.reload(m)
assert C is not m.C

# --- clean: compared in a test
import importlib
import unittest
import m
from m import C as old


class Tests(unittest.TestCase):
    def test_reload(self):
        importlib.reload(m)
        self.assertIsNot(old, m.C)


# --- clean: a method called reload
import m
from m import f


class Page:
    def reload(self, module):
        return module


Page().reload(m)
f()

# --- clean: a function of that name
import m
from m import f


def reload(module):
    return module


reload(m)
f()

# --- clean: an argument of that name
import m
from m import f


def work(reload):
    reload(m)
    return f()


# --- clean: in code that is text
from m import f

CODE = "import importlib, m; importlib.reload(m)"
f()

# --- clean: dead code
import importlib
import m
from m import f

if False:
    importlib.reload(m)
f()

# --- clean: the name is bound to something else
import importlib
import m
from m import f

importlib.reload(m)
f = m.f
f()

# --- clean: the reloading function takes the name again
import importlib
import m
from m import f


def refresh():
    global f
    importlib.reload(m)
    from m import f


def work():
    return f()


# --- clean: the name is deleted
import importlib
import m
from m import f

f()
del f
importlib.reload(m)

# --- clean: Blender, names taken after the block
if "bpy" in locals():
    import importlib

    importlib.reload(m)
else:
    from . import m
import bpy
from .m import C

C()

# --- clean: Blender, names in both branches
import importlib

if "bpy" in locals():
    importlib.reload(m)
    from m import C
else:
    import m
    from m import C
import bpy

C()

# --- clean: Blender, inverted
if "bpy" not in locals():
    from . import m
    from . import n
else:
    import importlib

    importlib.reload(m)
    importlib.reload(n)
import bpy

m.f()
n.f()

# --- clean: a reload in a loop before the import
import importlib
import m
import n

for each in (m, n):
    importlib.reload(each)
from m import f
from n import C

f(C())

# --- clean: the next round imports again
import importlib
import m

while True:
    from m import f

    f()
    importlib.reload(m)

# --- clean: a prefix that the module is not under
import importlib
import sys
from m import f

for name in list(sys.modules):
    if name.startswith("pkg."):
        importlib.reload(sys.modules[name])
f()

# --- clean: nothing known about the target
import importlib
import m
from m import f


def work(module):
    importlib.reload(module)
    f()


# --- clean: the branch that reloads returns
import importlib
import sys
import m
from m import f


def work(again):
    if again:
        importlib.reload(m)
        return m.f()
    return f()


work("--again" in sys.argv)

# --- clean: another name for importlib only
import importlib as imp
import m

imp.reload(m)
m.f()

# --- clean: state-preserving guard and a reload with imports behind it
import importlib
import m

if "CACHE" not in globals():
    CACHE = {}
importlib.reload(m)
from m import f

f()

# --- names after a state-preserving guard
import importlib
import m
from m import f

if "CACHE" not in globals():
    CACHE = {}
importlib.reload(m)  # UNL201
f()

# --- walrus
import importlib
import m
from m import f

if (fresh := importlib.reload(m)):  # UNL201
    f()

# --- the reload in a decorator-wrapped command
import importlib
import m
from m import C


class Command:
    def run(self):
        importlib.reload(m)  # UNL201
        return C()


# --- async
import importlib
import m
from m import f


async def refresh():
    importlib.reload(m)  # UNL201
    await f()


# --- clean: only used in except of the import
import importlib
import m
try:
    from m import f
except ImportError:
    f = None

importlib.reload(m)
print(m.f)

# --- shim import
import importlib
import m
try:
    from m import f
except ImportError:
    f = None

importlib.reload(m)  # UNL201
f()

# --- clean: the namespace is updated
import importlib
import m
from m import f


def refresh():
    importlib.reload(m)
    globals().update(vars(m))


def work():
    return f()


# --- clean: globals item
import importlib
import m
from m import f


def refresh():
    importlib.reload(m)
    globals()["f"] = m.f


def work():
    return f()


# --- clean: setattr on this module
import importlib
import sys
import m
from m import f


def refresh():
    importlib.reload(m)
    setattr(sys.modules[__name__], "f", m.f)


def work():
    return f()


# --- clean: type alias
from __future__ import annotations

import importlib
import m
from m import C

Things = "list[C]"


def work(one: C, two: C | None = None) -> C:
    three: C = m.C()
    return three


importlib.reload(m)

# --- clean: cast by name
import importlib
from typing import cast
import m
from m import C

importlib.reload(m)
thing = cast("C", m.C())

# --- clean: reload then exec
import importlib
import m
from m import f


def restart():
    importlib.reload(m)
    raise SystemExit


f()

# --- clean: the test reloads to restore
import importlib
import m


def test_flag(monkeypatch):
    monkeypatch.setenv("FLAG", "1")
    module = importlib.reload(m)
    assert module.X
    monkeypatch.undo()
    importlib.reload(m)

# --- a test that uses the class from the top
import importlib
import m
from m import C


def test_flag(monkeypatch):
    monkeypatch.setenv("FLAG", "1")
    importlib.reload(m)  # UNL201
    assert C().run()

# --- clean: deepreload
from IPython.lib.deepreload import reload
import m
from m import f

reload(m)
f()

# --- clean: autoreload of uvicorn
import uvicorn

uvicorn.run("app:app", reload=True)

# --- clean: the reloaded module goes to an attribute
import importlib
import m


class Host:
    module = m

    def refresh(self):
        self.module = importlib.reload(self.module)
        return self.module.f()

# --- clean: modules in a dict
import importlib
import m
import n

PLUGINS = {"m": m, "n": n}
for name, module in PLUGINS.items():
    PLUGINS[name] = importlib.reload(module)

# --- clean: module is a variable with a from-import elsewhere
import importlib
import sys
from m import f


def refresh(name):
    importlib.reload(sys.modules[name])
    return f()

# --- clean: loop over a glob of names
import importlib
import os
import pkg
from pkg import sub

for file in os.listdir(os.path.dirname(pkg.__file__)):
    if file.endswith(".py"):
        importlib.reload(importlib.import_module("pkg." + file[:-3]))
sub.f()

# --- clean: prefix loop, the names taken afterwards
import importlib
import sys

for name in sorted(sys.modules):
    if name.startswith("pkg."):
        importlib.reload(sys.modules[name])
from pkg.sub import C, f

f(C())

# --- clean: prefix loop in a function, names per call
import importlib
import sys


def refresh():
    for name in [each for each in sys.modules if each.startswith("pkg.")]:
        importlib.reload(sys.modules[name])


def work():
    from pkg.sub import f

    return f()

# --- prefix loop over a comprehension
import importlib
import sys
from pkg.sub import f


def refresh():
    for name in [each for each in sys.modules if each.startswith("pkg.")]:
        importlib.reload(sys.modules[name])  # UNL201


def work():
    return f()

# --- clean: a prefix loop that leaves some out
import importlib
import sys
from pkg.sub import f

for name in list(sys.modules):
    if name.startswith("pkg.") and name != "pkg.sub":
        importlib.reload(sys.modules[name])
f()

# --- clean: a loop that leaves one out
import importlib
import sys
from m import f

for name in ("m", "n"):
    if name != "m":
        importlib.reload(sys.modules[name])
f()

# --- clean: a loop in which one is enough
import importlib
import sys
from m import f

f()
for name in ("m", "n"):
    if name in sys.modules:
        importlib.reload(sys.modules[name])
        break

# --- clean: the loop variable is used for another thing
import importlib
import m
import n
from m import f

for each in (m, n):
    print(each)
importlib.reload(n)
f()

# --- clean: the method of an object under that name
from elsewhere import page
from m import f

reload = page.refresh
reload()
f()

# --- clean: main guard in a notebook-like script
import importlib
import m

if __name__ == "__main__":
    importlib.reload(m)
    m.f()

# --- inverted idiom with names
if "bpy" not in locals():
    import bpy
    from . import m
    from .m import C
else:
    import importlib

    importlib.reload(m)  # UNL201

C()

# --- names from a relative import
# file: addon/__init__.py
import importlib
from . import tools
from .tools import C

importlib.reload(tools)  # UNL201


def draw():
    return C()


# --- names from a package that is known by its path
# file: reexporting/user.py
import importlib
from . import sub
from .sub import f

importlib.reload(sub)  # UNL201
f()

# --- clean: a relative submodule
# file: reexporting/user.py
import importlib
from . import sub

importlib.reload(sub)
sub.f()

# --- reload of the parent package by its name
# file: reexporting/user.py
import importlib
import reexporting.sub
from reexporting.sub import C

importlib.reload(reexporting.sub)  # UNL201
C()

# --- taken in the class body
import importlib
import m
from m import C


class Host:
    importlib.reload(m)  # UNL201
    made = C()


# --- reload in a nested function
import importlib
import m
from m import f


def outer():
    def inner():
        importlib.reload(m)  # UNL201
        return f()

    return inner()


# --- several statements on one line
import importlib, m
from m import f
importlib.reload(m); f()  # UNL201

# --- a lambda that reloads
import importlib
import m
from m import f

refresh = lambda: (importlib.reload(m), f())  # UNL201

# --- an expression that uses the result at once
import importlib
import m
from m import C

print(isinstance(importlib.reload(m).C(), C))  # UNL201

# --- match
import importlib
import sys
import m
from m import f

match sys.argv:
    case [_, "again"]:
        importlib.reload(m)  # UNL201
        f()

# --- type alias in use
import importlib
import m
from m import E


def call():
    try:
        m.f()
    except E:
        return None


importlib.reload(m)  # UNL201

# --- a tuple of exceptions
import importlib
import m
from m import E

importlib.reload(m)  # UNL201
try:
    m.f()
except (ValueError, E):
    pass

# --- passed on
import importlib
import m
from m import C

importlib.reload(m)  # UNL201
print("%s", sorted([C]))

# --- in an f-string
import importlib
import m
from m import X

importlib.reload(m)  # UNL201
print(f"{X}")

# --- with an alias for the module and a reload of it
import importlib
import m as module
from m import f

module = importlib.reload(module)  # UNL201
f()

# --- global m in a function
import importlib
import m
from m import f


def refresh():
    global m
    m = importlib.reload(m)  # UNL201


def work():
    return f()


# --- a test with a fixture
import importlib
import pytest
import m
from m import C


@pytest.fixture
def fresh(monkeypatch):
    monkeypatch.setenv("FLAG", "1")
    importlib.reload(m)  # UNL201
    yield m


def test_flag(fresh):
    assert C().run()


# --- setUp
import importlib
import unittest
import m
from m import C


class Tests(unittest.TestCase):
    def setUp(self):
        importlib.reload(m)  # UNL201

    def test_flag(self):
        self.assertTrue(C().run())


# --- clean: setUp that takes the name anew
import importlib
import unittest
import m


class Tests(unittest.TestCase):
    def setUp(self):
        importlib.reload(m)
        self.thing = m.C()

    def test_flag(self):
        from m import C

        self.assertTrue(isinstance(self.thing, C))


# --- clean: skipped names
import importlib
import m
from m import f

f()
importlib.reload(m)
f = None

# --- a dunder that is exported
import importlib
import m
from m import f as f

importlib.reload(m)  # UNL201

# --- clean: the file itself is executed again, after its parts
import importlib
import sys


def refresh():
    importlib.reload(sys.modules["m"])
    return importlib.reload(sys.modules[__name__])


from m import f


def work():
    f()

# --- the file itself is executed again, before its parts
import importlib
import sys


def refresh():
    importlib.reload(sys.modules[__name__])
    importlib.reload(sys.modules["m"])  # UNL201


from m import f


def work():
    f()

# --- clean: a name that the module has from another one by a star
import importlib
import starring
from starring import f

importlib.reload(starring)
f()

# --- getattr
import importlib
import m
from m import f

getattr(importlib, "reload")(m)  # UNL201
f()

# --- partial, in place and by name
import functools
import importlib
import m
import n
from m import f
from n import f as g

functools.partial(importlib.reload, m)()  # UNL201
f()
again = functools.partial(importlib.reload)
again(n)  # UNL201
g()

# --- a partial that is not called
import functools
import importlib
import m
from m import f

again = functools.partial(importlib.reload, m)
f()

# --- a lambda that is called by its name
import importlib
import m
from m import f

again = lambda: importlib.reload(m)  # UNL201
again()
f()

# --- a lambda that others call
import importlib
import m
from m import f
from hooks import register

register(lambda: importlib.reload(m))
f()

# --- a module in a class attribute
import importlib
import m
from m import f


class Holder:
    m = m


importlib.reload(Holder.m)  # UNL201
f()

# --- a class attribute that is set again
import importlib
import m
from m import f


class Holder:
    m = m


Holder.m = None
importlib.reload(Holder.m)
f()
