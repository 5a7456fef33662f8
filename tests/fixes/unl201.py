# --- not used before: imported after the reload instead
import importlib
import m
from m import f

importlib.reload(m)  # fresh
f()
# === fixed
import importlib
import m

importlib.reload(m)  # fresh
from m import f  # noqa: E402

f()
# --- used before: imported again
import importlib
import m
from m import f

f()
importlib.reload(m)

# and now
f()
# === fixed
import importlib
import m
from m import f

f()
importlib.reload(m)
from m import f  # noqa: E402

# and now
f()
# --- a call stands between: linters see the name imported twice
import importlib
import m
from m import f

print("reload")
importlib.reload(m)
f()
# === fixed
import importlib
import m
from m import f

print("reload")
importlib.reload(m)
from m import f  # noqa: E402, F811

f()
# --- several names of several modules, only the stale ones
import importlib
import m
import n
from m import C, E as Failure, X, f
from n import f as g

print(X, f, g)
importlib.reload(m)
try:
    C(f())
except Failure:
    g()
# === fixed
import importlib
import m
import n
from m import C, E as Failure, X, f
from n import f as g

print(X, f, g)
importlib.reload(m)
from m import C, E as Failure, f  # noqa: E402, F811

try:
    C(f())
except Failure:
    g()
# --- what is not stale stays where it is
import importlib
import m
from m import C, E, X, f as g

def work(limit: X):
    return g(C(limit))

importlib.reload(m)
work(3)
# === fixed
import importlib
import m
from m import E, X

def work(limit: X):
    return g(C(limit))

importlib.reload(m)
from m import C, f as g  # noqa: E402

work(3)
# --- several statements, one after the other
import importlib
import m
from m import f
from m import (
    C,
    E as Failure,
)

def work():
    try:
        f(C())
    except Failure:
        pass

importlib.reload(m)
work()
# === fixed
import importlib
import m

def work():
    try:
        f(C())
    except Failure:
        pass

importlib.reload(m)
from m import f, C, E as Failure  # noqa: E402

work()
# --- many names take several lines
import importlib
import m
from m import first_of_the_names, second_of_the_names, third_of_the_longer_names

print(first_of_the_names, second_of_the_names, third_of_the_longer_names)
importlib.reload(m)
first_of_the_names(second_of_the_names(), third_of_the_longer_names())
# === fixed
import importlib
import m
from m import first_of_the_names, second_of_the_names, third_of_the_longer_names

print(first_of_the_names, second_of_the_names, third_of_the_longer_names)
importlib.reload(m)
from m import (  # noqa: E402
    first_of_the_names,
    second_of_the_names,
    third_of_the_longer_names,
)

first_of_the_names(second_of_the_names(), third_of_the_longer_names())
# --- a comment at the first import stays with it
import importlib
import m
from m import f  # of old

importlib.reload(m)
f()
# === fixed
import importlib
import m
from m import f  # of old

importlib.reload(m)
from m import f  # noqa: E402, F811

f()
# --- the first import is the only one that loads the module
import importlib
import sys
from m import f

importlib.reload(sys.modules["m"])
f()
# === fixed
import importlib
import sys
from m import f

importlib.reload(sys.modules["m"])
from m import f  # noqa: E402, F811

f()
# --- a relative import
# file: pkg/app.py
import importlib
from . import sub
from .sub import C

importlib.reload(sub)
from pkg import other


class D(C):
    pass
# === fixed
# file: pkg/app.py
import importlib
from . import sub

importlib.reload(sub)
from .sub import C  # noqa: E402
from pkg import other


class D(C):
    pass
# --- in one function
import importlib


def refresh():
    import m
    from m import f

    importlib.reload(m)
    return f()
# === fixed
import importlib


def refresh():
    import m

    importlib.reload(m)
    from m import f

    return f()
# --- in one function, used before
import importlib
import m


def refresh():
    from m import C, f
    print(C, f())
    importlib.reload(m); return C, f
# === fixed
import importlib
import m


def refresh():
    from m import C, f
    print(C, f())
    importlib.reload(m); from m import C, f; return C, f
# --- a function that says global
import importlib
import m
from m import f


def refresh():
    global f
    importlib.reload(m)


def work():
    return f()
# === fixed
import importlib
import m
from m import f


def refresh():
    global f
    importlib.reload(m)
    from m import f


def work():
    return f()
# --- the result is assigned, under a condition
import importlib
import os
import m
from m import f

f()
if os.environ.get("DEBUG"): m = importlib.reload(m)  # again
f()
# === fixed
import importlib
import os
import m
from m import f

f()
if os.environ.get("DEBUG"):
    m = importlib.reload(m)  # again
    from m import f
f()
# --- several statements on one line
import importlib, m
from m import f; f()
importlib.reload(m); f()  # at once
# === fixed
import importlib, m
from m import f; f()
importlib.reload(m)
from m import f  # noqa: E402
f()  # at once
# --- a loop that goes on
import importlib
import m
from m import f

while f():
    importlib.reload(m)
    f()
# === fixed
import importlib
import m
from m import f

while f():
    importlib.reload(m)
    from m import f

    f()
# --- Blender
import importlib

if "bpy" in locals():
    importlib.reload(m)
else:
    from . import m
    from .m import C, f
import bpy

C(f())
# === fixed
import importlib

if "bpy" in locals():
    importlib.reload(m)
    from .m import C, f
else:
    from . import m
    from .m import C, f
import bpy

C(f())
# --- one name of two can be taken again
import importlib
import m
from m import C, f


class D(C):
    pass


importlib.reload(m)
f(C())
# === fixed
import importlib
import m
from m import C, f


class D(C):
    pass


importlib.reload(m)
from m import f  # noqa: E402, F811

f(C())
# --- a star import
import importlib
import m
from m import *

print(f())
importlib.reload(m)
f()
# === fixed
import importlib
import m
from m import *

print(f())
importlib.reload(m)
from m import *  # noqa: E402, F403

f()
# --- a star import used by a function only
import importlib
import m
from m import *


def work():
    return f()


importlib.reload(m)
# === fixed
import importlib
import m
from m import *


def work():
    return f()


importlib.reload(m)
from m import *  # noqa: E402, F403, F811
# --- the name is global, the reload is in a function
import importlib
import m
from m import f


def refresh():
    importlib.reload(m)


def work():
    return f()
# === refused: `f` is bound outside, where an import here does not reach it
# --- the name is global, the reload is in a class
import importlib
import m
from m import f


class Host:
    importlib.reload(m)
    g = f()
# === refused: `f` is bound outside, where an import here does not reach it
# --- a star import, and the reload is in a function
import importlib
import m
from m import *


def refresh():
    importlib.reload(m)


def work():
    return f()


refresh()
work()
# === refused: a star import can stand only at the top level
# --- a star import would overwrite
import importlib
import m
from m import *


def f():
    return C()


importlib.reload(m)
# === refused: a star import would overwrite `f` of this file
# --- a star import of a module that is not on disk
import importlib
import elsewhere
from elsewhere import *

importlib.reload(elsewhere)
work()
# === refused: what a star import would overwrite is not known
# --- a star import under a condition
import importlib
import os
import m

if os.environ.get("DEBUG"):
    from m import *

importlib.reload(m)
f()
# === refused: `m` is imported only under a condition
# --- a name of a star import is kept
import importlib
import m
from m import *

TABLE = {"f": f}
importlib.reload(m)
f()
# === refused: an assignment keeps the old `f`
# --- wrapped
import functools
import importlib
import m
from m import f

importlib.reload(m)
f()
f = functools.cache(f)
# === refused: `f` is bound by something else as well
# --- patched before
import importlib
import m
from m import C

C.limit = 3
importlib.reload(m)
C()
# === refused: `C` was changed before the reload
# --- patched before, by setattr
import importlib
import m
from m import C

setattr(C, "limit", 3)
importlib.reload(m)
C()
# === refused: `C` was changed before the reload
# --- kept by a partial
import functools
import importlib
import m
from m import f

g = functools.partial(f, 1)
importlib.reload(m)
f()
# === refused: a call may keep the old `f`
# --- kept by a table
import importlib
import m
from m import f

TABLE = {"f": [f]}
importlib.reload(m)
f()
# === refused: an assignment keeps the old `f`
# --- kept by an entry of a table
import importlib
import m
from m import C

TABLE = {}
TABLE[C] = "C"
importlib.reload(m)
C()
# === refused: an assignment keeps the old `C`
# --- kept by a default argument
import importlib
import m
from m import C


def work(kind=C):
    return kind()


importlib.reload(m)
C()
# === refused: a default argument keeps the old `C`
# --- kept by a decorator
import importlib
import m
from m import deco


@deco
def work():
    return 1


importlib.reload(m)
deco(work)
# === refused: a decorator keeps the old `deco`
# --- kept by a base class
import importlib
import m
from m import C


class D(C):
    pass


importlib.reload(m)
C()
# === refused: a base class keeps the old `C`
# --- kept by an instance
import importlib
import m
from m import C

thing = C()
importlib.reload(m)
print(isinstance(thing, C))
# === refused: an assignment keeps the old `C`
# --- kept by an attribute that was taken
import importlib
import m
from m import C

make = C.make
importlib.reload(m)
C()
# === refused: an assignment keeps the old `C`
# --- kept by a with statement
import importlib
import m
from m import C

with C():
    importlib.reload(m)
    C()
# === refused: a `with` statement keeps the old `C`
# --- kept by a function that is called before
import importlib
import m
from m import C

HOOKS = []


def setup():
    HOOKS.append(C)


setup()
importlib.reload(m)
C()
# === refused: a call may keep the old `C`
# --- with a fallback
import importlib
import m

try:
    from m import f
except ImportError:
    f = None

importlib.reload(m)
f()
# === refused: `f` is bound by something else as well
# --- in a try without a fallback
import importlib
import m

try:
    from m import f
except ImportError:
    print("no f")

importlib.reload(m)
f()
# === refused: `f` is imported only under a condition
# --- under another condition
import importlib
import os
import m

if os.environ.get("DEBUG"):
    from m import f
    importlib.reload(m)
    f()
elif m:
    from m import f
    f()
# === refused: `f` is imported only under a condition
# --- part of an expression
import importlib
import m
from m import f

print(importlib.reload(m))
f()
# === refused: the reload is part of an expression
# --- a loop over modules
import importlib
import m
import n
from m import f

for each in (m, n):
    importlib.reload(each)
f()
# === refused: the call reloads several modules
# --- map
import importlib
import m
from m import f

list(map(importlib.reload, [m]))
f()
# === refused: the call reloads several modules
# --- a loop over entries
import importlib
import sys
import pkg
from pkg.sub import f

for name in list(sys.modules):
    if name.startswith("pkg."):
        importlib.reload(sys.modules[name])
f()
# === refused: the call reloads several modules
# --- all on one line
import importlib, m; from m import f; importlib.reload(m); f()
# === fixed
import importlib, m; importlib.reload(m); from m import f; f()
# --- an import that shares its line
import importlib, m; from m import f
importlib.reload(m); f()
# === fixed
import importlib, m
importlib.reload(m)
from m import f  # noqa: E402
f()
# --- a function on one line
import importlib

def go(): import m; from m import f; importlib.reload(m); f()
# === fixed
import importlib

def go(): import m; importlib.reload(m); from m import f; f()
# --- stale in the function and in the module: an import mends one of them
import importlib
import m
from m import f


def refresh():
    from m import f

    importlib.reload(m)
    return f()


def use():
    return f()
# === refused: `f` is bound outside, too, where an import here does not reach it
# --- the same, and another name that is of the function alone
import importlib
import m
from m import f


def refresh():
    from m import C, f

    importlib.reload(m)
    return C, f()


def use():
    return f()
# === fixed
import importlib
import m
from m import f


def refresh():
    from m import f

    importlib.reload(m)
    from m import C

    return C, f()


def use():
    return f()
# --- the name of the module is not used: that of the function is the only stale one
import importlib
import m
from m import f

f()


def refresh():
    from m import f

    importlib.reload(m)
    return f()
# === fixed
import importlib
import m
from m import f

f()


def refresh():
    importlib.reload(m)
    from m import f

    return f()
# --- assigned with an annotation
import importlib
import types
import m
from m import f

again: types.ModuleType = importlib.reload(m)
f()
# === fixed
import importlib
import types
import m

again: types.ModuleType = importlib.reload(m)
from m import f  # noqa: E402

f()
# --- deleted later
import importlib
import m
from m import f

importlib.reload(m)
f()
del f
# === refused: `f` is deleted somewhere
