# --- used before, and after
# hazard: f() != m.f()
import importlib
import m
from m import f

print(f() == m.f())
importlib.reload(m)
print(f() > 0)
# --- something stands between
# hazard: C is not m.C
import importlib
import m
from m import C

print("reload")
importlib.reload(m)
print(C.generation > 0)
# --- several names of two modules, under other names
# hazard: C is not m.C or Failure is not m.E or g() != n.f()
import importlib
import m
import n
from m import C, E as Failure, X
from n import f as g

print(X is m.X, g() > 0)
importlib.reload(m)
importlib.reload(n)
try:
    print(issubclass(C, object), g() > 0)
    raise Failure
except Failure as error:
    print(type(error).__name__)
# --- a class statement below, a function above
# hazard: not issubclass(D, m.C) or work() != m.f()
import importlib
import m
from m import C, f


def work():
    return f()


importlib.reload(m)


class D(C):
    pass


print(D.__name__, work() > 0)
# --- in one function, a module that only the import loads
# hazard: refresh() != sys.modules["m"].f()
import importlib
import sys


def refresh():
    from m import f

    importlib.reload(sys.modules["m"])
    return f()


print(refresh() > 0)
# --- a function that says global
# hazard: refresh() or work() != m.f()
import importlib
import m
from m import f


def refresh():
    global f
    importlib.reload(m)


def work():
    return f()


print(work() > 0)
# --- a relative import
# file: pkg/host.py
# hazard: f() != sub.f()
import importlib
from . import sub
from .sub import f

importlib.reload(sub)
print(f() > 0)
# --- under a condition, in a loop, the result is kept
# hazard: f() != m.f()
import importlib
import m
from m import f

for number in range(3):
    if number and f() > 0:
        m = importlib.reload(m)
    print(number)
# --- Blender
# hazard: importlib.reload(sys.modules["example"]).f() != sys.modules["m"].f()
if "marker" in locals():
    import importlib

    importlib.reload(m)
else:
    import m
    from m import f
marker = True


def work():
    return f()


print(f() > 0)
# --- a star import
# hazard: f() != m.f() or C is not m.C
import importlib
import m
from m import *

print(f() > 0)
importlib.reload(m)
print(f() > 0, C.generation > 0)
# --- exported by the list of public names
# hazard: f() != m.f()
import importlib
import m
from m import f

__all__ = ["f"]
importlib.reload(m)
