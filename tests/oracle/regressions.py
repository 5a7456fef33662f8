"""Projects on which rehearsal and run once disagreed, cut down; written as `Project` prints them.

Those of `once` are larger: everything of one kind.
"""

from __future__ import annotations

from pathlib import Path

REGRESSIONS = {
    "import as goes through the attributes of the parents": """\
# --- pkg/__init__.py
# --- pkg/sub/__init__.py
import pkg.sub.a as a_
# --- pkg/sub/a.py
def f(): return 1
# --- m.py
import pkg
from pkg.sub.a import f
# --- driver.py
import m, sys
def refresh():
    for name in [name for name in sys.modules if name.startswith("pkg.")]:
        sys.modules.pop(name)
    import pkg.sub
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "a decorator that gives back its function leaves nothing": """\
# --- m.py
def keep(function):
    return function
def wrap(function):
    def inner(): return function()
    return inner
# --- k.py
import m
@m.keep
def f(): return 1
@m.wrap
def g(): return 1
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "defaults of a method are not those of a subclass": """\
# --- m.py
X = object()
# --- k.py
import m
class C:
    def method(self, a=m.X): return a
class D(C): pass
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "a module in a table": """\
# --- m.py
X = object()
# --- k.py
import m
T = {"k": m, "l": m.X}
# --- driver.py
import k, m, sys
def refresh():
    del sys.modules["m"]
    import m
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "a module holds its own old objects through a cycle": """\
# --- a.py
class C: pass
T = [C]
def f(a=T): return 1
from b import *
# --- b.py
from a import f, C
# --- driver.py
import a, b, importlib
importlib.reload(a)
importlib.reload(b)
# --- steps
(import, driver)
""",
    "an object whose first name is gone": """\
# --- m.py
temp = object()
X = temp
del temp
Y = object()
Z = Y
Y = object()
# --- k.py
from m import X, Y, Z
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "a foreign module that may be missing": """\
# --- m.py
class C: pass
# --- k.py
try:
    from not_there import fast
except ImportError:
    from m import C
class D(C): pass
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "suppressed import errors": """\
# --- a.py
from m import C
from b import f
# --- b.py
from contextlib import suppress
with suppress(ImportError):
    from a import f
def f(): return 1
# --- m.py
class C: pass
# --- driver.py
import a, b, importlib, m
def refresh():
    importlib.reload(a)
    importlib.reload(b)
    importlib.reload(m)
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "a list that gets empty": """\
# --- m.py
def f(): return 1
# --- k.py
from m import f
# --- driver.py
import importlib, k, m
def refresh():
    left = [k, m]
    while left:
        module = left.pop(0)
        importlib.reload(module)
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "both ways make the name": """\
# --- m.py
import sys
if sys.version_info >= (3, 11):
    def f(): return 1
else:
    def f(): return 2
# --- k.py
from m import f
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "a function of the import binds the name": """\
# --- m.py
X = None
def make():
    global X, Y
    X = object()
    Y = object()
make()
Z = Y
# --- k.py
from m import X, Y, Z
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "a module that is there is found without its parents": """\
# --- pkg/__init__.py
from . import b
X = object()
# --- pkg/a.py
import m
# --- pkg/b.py
from . import a
T = [a.m]
# --- m.py
# --- driver.py
import m, pkg, sys
def refresh():
    global back, pkg, m
    sys.modules.pop("m")
    del sys.modules["pkg"], sys.modules["pkg.b"]
    from pkg.a import m as back
    import pkg.b
    import m
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "a from-import of a submodule imports the outermost package": """\
# --- pkg/__init__.py
# --- pkg/sub/__init__.py
import pkg.sub.deep
# --- pkg/sub/deep/__init__.py
from pkg.sub.deep import b
# --- pkg/sub/deep/b.py
# --- driver.py
import pkg, pkg.sub, sys, importlib
def refresh():
    del sys.modules["pkg"], sys.modules["pkg.sub.deep"]
    importlib.import_module("pkg.sub.deep")
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "an import that fails in a circle is tried again": """\
# --- a.py
try:
    from b import f
except ImportError:
    f = None
def f(*, a=f): return 1
# --- b.py
def f(): return 1
from a import f
# --- driver.py
import a, b, importlib
for module in (a, b):
    importlib.reload(module)
# --- steps
(import, driver)
""",
    "a suppressed import that fails in a circle": """\
# --- a.py
from c import X
from b import Y
# --- b.py
from c import X
Y = object()
# --- c.py
X = object()
from contextlib import suppress
with suppress(ImportError):
    from a import f
# --- driver.py
import b, importlib
def refresh():
    importlib.reload(b)
# --- steps
(import, driver)
(import, a)
(call, driver, refresh)
""",
    "what a name is given where a foreign module is missing": """\
# --- pkg/__init__.py
try:
    from foreign_twin import X
except ImportError:
    X = None
# --- pkg/a.py
from . import X
def f(*, a=X): return 1
# --- pkg/c.py
try:
    from foreign_twin import Y
except ImportError:
    from .a import X as Y
# --- driver.py
import importlib, pkg
from pkg import a, c
def refresh():
    for module in (a, c, pkg):
        importlib.reload(module)
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "an instance whose class is gone": """\
# --- m.py
class C: pass
# --- k.py
import m
g = m.C()
# --- driver.py
import k, sys
def refresh():
    sys.modules.pop("m")
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "constants": """\
# --- m.py
N = 1
S = "text"
# --- k.py
from m import N
import m
T = [m.S]
def f(a=m.N): return a
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "a reload function under another name": """\
# --- m.py
def f(): return 1
# --- k.py
from m import f
# --- driver.py
import importlib, k, m
again = importlib.reload
def refresh():
    again(m)
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "a list of exports that is computed": """\
# --- m.py
X = object()
__all__ = [name for name in dir() if not name.startswith("_")]
# --- k.py
from m import *
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "tables filled in every way": """\
# --- m.py
class C: pass
X, *rest = [object(), object()]
def f(): return 1
# --- k.py
import functools, m
A = {}
A.setdefault("k", m.C)
B = {}
B.update(l=m.X)
D = functools.partial(print, m.f)
E = {m.C: "text"}
F = [m.X] * 2
class G:
    method = m.f
for key, each in (("k", m.X),):
    E[key] = each
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "decorators that a function makes": """\
# --- m.py
def marking(text):
    def mark(function): return function
    return mark
def wrapping(text):
    def decorate(function):
        def wrapper(): return function(text)
        return wrapper
    return decorate
# --- k.py
import m
@m.marking("text")
def f(): return 1
@m.wrapping("text")
def g(): return 1
# --- driver.py
import importlib, k, m
importlib.reload(m)
# --- steps
(import, driver)
""",
    "what is bound only where a foreign module is missing": """\
# --- pkg/__init__.py
from contextlib import suppress
with suppress(ImportError):
    from .e import f
# --- pkg/c.py
def f(): return 1
from .e import C
# --- pkg/d.py
X = object()
# --- pkg/e.py
try:
    from foreign_absent import g
except ImportError:
    from .c import f
class C: pass
T = [f]
# --- driver.py
import importlib, sys
import pkg.d as d
from pkg import c
from pkg.d import X
def refresh():
    del sys.modules["pkg.d"]
    import pkg.d
# --- steps
(import, driver)
(call, driver, refresh)
""",
    "what is there now may be the old thing": """\
# --- pkg/__init__.py
def f(): return 1
import os
if os.environ.get("ORACLE"):
    from .a import f
else:
    f = None
# --- pkg/a.py
from . import *
# --- driver.py
import importlib, sys
import pkg
def refresh():
    for name in [name for name in sys.modules if name.split(".")[0] == "pkg"]:
        importlib.reload(sys.modules[name])
# --- steps
(import, driver)
(import, pkg.a)
(call, driver, refresh)
""",
}

REGRESSIONS |= {each.stem: each.read_text() for each in sorted(Path(__file__).with_name("once").iterdir())}
