# --- the import goes
import importlib
import m
from m import f

importlib.reload(m)
f(f)  # fresh
# === fixed
import importlib
import m

importlib.reload(m)
m.f(m.f)  # fresh
# --- a reload in a function, uses everywhere
import importlib
import m
from m import C, E as Failure, f

LIMIT = 3


def refresh():
    importlib.reload(m)


class Host:
    def run(self, *, f=None) -> C:
        try:
            return [C(each) for each in range(LIMIT)]
        except (ValueError, Failure):
            return f or self.f


def work(key=lambda: f()):
    return sorted(key(), key=lambda each: f(each))
# === fixed
import importlib
import m

LIMIT = 3


def refresh():
    importlib.reload(m)


class Host:
    def run(self, *, f=None) -> m.C:
        try:
            return [m.C(each) for each in range(LIMIT)]
        except (ValueError, m.E):
            return f or self.f


def work(key=lambda: m.f()):
    return sorted(key(), key=lambda each: m.f(each))
# --- other names stay in the import
import importlib
import m as tools
from m import (
    C,  # the class
    X,
    f as function,
)

LIMIT = X


def refresh():
    importlib.reload(tools)


def work(of: C):
    return function(LIMIT)
# === fixed
import importlib
import m as tools
from m import (
    C,  # the class
    X,
)

LIMIT = X


def refresh():
    importlib.reload(tools)


def work(of: C):
    return tools.f(LIMIT)
# --- the module gets a name
import importlib
import sys
from m import C, f  # both


def refresh():
    importlib.reload(sys.modules["m"])


def work():
    return f(C)
# === fixed
import importlib
import sys
import m  # both


def refresh():
    importlib.reload(sys.modules["m"])


def work():
    return m.f(m.C)
# --- a submodule gets a name, another name of it stays
import importlib
import sys
from pkg.sub import C, f

print(C)
importlib.reload(sys.modules["pkg.sub"])
f()
# === fixed
import importlib
import sys
from pkg import sub
from pkg.sub import C

print(C)
importlib.reload(sys.modules["pkg.sub"])
sub.f()
# --- a relative import
# file: pkg/host.py
import importlib
import sys
from .sub import C


def refresh():
    importlib.reload(sys.modules["pkg.sub"])
    return C()
# === fixed
# file: pkg/host.py
import importlib
import sys
from . import sub


def refresh():
    importlib.reload(sys.modules["pkg.sub"])
    return sub.C()
# --- through the package
import importlib
import pkg.sub
from pkg.sub import f

importlib.reload(pkg.sub)
f()
# === fixed
import importlib
import pkg.sub

importlib.reload(pkg.sub)
pkg.sub.f()
# --- in one function
import importlib


def refresh():
    import m; from m import f
    importlib.reload(m)
    return f()
# === fixed
import importlib


def refresh():
    import m
    importlib.reload(m)
    return m.f()
# --- a loop over modules, a use before it
import importlib
import m
import n
from m import f
from n import C

C()
for each in (m, n):
    importlib.reload(each)
f(C())
# === fixed
import importlib
import m
import n

n.C()
for each in (m, n):
    importlib.reload(each)
m.f(n.C())
# --- part of an expression
import importlib
import m
from m import f

print(importlib.reload(m), f())
# === fixed
import importlib
import m

print(importlib.reload(m), m.f())
# --- one name of two
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
from m import C


class D(C):
    pass


importlib.reload(m)
m.f(C())
# --- others take the name from here
# file: taken_from.py
import importlib
import m
from m import C, f


def refresh():
    importlib.reload(m)


def work():
    return f(C())
# === fixed
# file: taken_from.py
import importlib
import m
from m import f  # noqa: F401


def refresh():
    importlib.reload(m)


def work():
    return m.f(m.C())
# --- the name is patched here by others
# file: patched_in.py
import importlib
import m
from m import C, f


def refresh():
    importlib.reload(m)


def work():
    return f(C)
# === unsafe
# file: patched_in.py
import importlib
import m
from m import C, f  # noqa: F401


def refresh():
    importlib.reload(m)


def work():
    return m.f(m.C)
# --- a star import is imported again
import importlib
import m
from m import *

f()
importlib.reload(m)
f()
# === fixed
import importlib
import m
from m import *

f()
importlib.reload(m)
from m import *  # noqa: E402, F403

f()
# --- a default argument
import importlib
import m
from m import C


def work(kind=C):
    return kind(C)


def refresh():
    importlib.reload(m)
# === refused: a default argument keeps the old `C`
# --- a decorator
import importlib
import m
from m import deco


@deco
def work():
    return deco(work)


def refresh():
    importlib.reload(m)
# === refused: a decorator keeps the old `deco`
# --- a base class
import importlib
import m
from m import C


class D(C):
    def other(self):
        return C()


def refresh():
    importlib.reload(m)
# === refused: a base class keeps the old `C`
# --- a partial
import functools
import importlib
import m
from m import f

later = functools.partial(f, 1)


def refresh():
    importlib.reload(m)
    return later(), f()
# === refused: a call may keep the old `f`
# --- a container
import importlib
import m
from m import f

TABLE = [f]


def refresh():
    importlib.reload(m)
    return f(TABLE)
# === refused: an assignment keeps the old `f`
# --- the module's name is a parameter where it is used
import importlib
import m
from m import f


def work(m):
    return f(m)


def refresh():
    importlib.reload(m)
# === refused: no name stands for `m` wherever `f` is used
# --- the module's name is a loop variable
import importlib
import m as tools
from m import f


def work(items):
    for tools in items:
        f(tools)


def refresh():
    importlib.reload(tools)


def other():
    m = 3
    return f(m)
# === refused: no name stands for `m` wherever `f` is used
# --- the module's name is a variable of a comprehension
import importlib
import sys
from m import f


def work(items):
    return [f(m) for m in items]


def refresh():
    importlib.reload(sys.modules["m"])
# === refused: no name stands for `m` wherever `f` is used
# --- the module's name is bound to something else
import importlib
import sys
from m import f

m = 0


def refresh():
    importlib.reload(sys.modules["m"])
    return f(m)
# === refused: no name stands for `m` wherever `f` is used
# --- the name is exported
import importlib
import m
from m import f

__all__ = ["f"]


def refresh():
    importlib.reload(m)
    return f()
# === refused: `f` is exported, and others would go on to get the old one
# --- the name is public in a package
# file: pkg/__init__.py
import importlib
import m
from m import C


def refresh():
    importlib.reload(m)
    return C()
# === refused: `C` is exported, and others would go on to get the old one
# --- the name is bound again
import importlib
import m
from m import f

importlib.reload(m)
f()
f = f or m
# === refused: `f` is bound by something else as well
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
# --- under a condition
import importlib
import m

try:
    from m import f
except ImportError:
    pass

importlib.reload(m)
f()
# === refused: `f` is imported only under a condition
# --- the name stands in a text
import importlib
import m
from m import f

importlib.reload(m)
globals()["f"](f())
# === refused: the text "f" may stand for the name
# --- the name stands in an annotation that is a text
import importlib
import m
from m import C


def work(many: "list[C]"):
    return C(many)


def refresh():
    importlib.reload(m)
# === refused: the text "C" may stand for the name
# --- a comment at the import that goes
import importlib
import m
from m import f  # of m

importlib.reload(m)
f()
# === refused: a comment stands at the import of `f`
# --- Blender, the import in the other branch
import importlib

if "bpy" in locals():
    importlib.reload(m)
else:
    from . import m
    from .m import C
import bpy

C()
# === refused: no name stands for `.m` wherever `C` is used
# --- a doctest uses it
import importlib

import m
from m import f


def refresh():
    importlib.reload(m)


def use():
    """
    >>> f()
    """
    return f()
# === refused: the text "f" may stand for the name
# --- a decorator is the only use
import importlib

import m
from m import f

importlib.reload(m)


@f
def use():
    return 1
# === fixed
import importlib

import m

importlib.reload(m)


@m.f
def use():
    return 1
# --- stale in the function and in the module
import importlib
import m
from m import f


def refresh():
    from m import f

    importlib.reload(m)
    return f()


def use():
    return f()
# === fixed
import importlib
import m


def refresh():
    importlib.reload(m)
    return m.f()


def use():
    return m.f()
# --- a function declares it global
import importlib
import m
from m import f


def refresh():
    global f
    importlib.reload(m)
    return f()
# === refused: a function declares `f` as `global` or `nonlocal`
# --- a function declares it nonlocal
import importlib


def outer():
    import m
    from m import f

    def inner():
        nonlocal f
        importlib.reload(m)
        return f()

    return inner() + f()
# === refused: a function declares `f` as `global` or `nonlocal`
