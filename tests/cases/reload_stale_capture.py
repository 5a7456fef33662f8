# --- a table of functions
import importlib
import m

TABLE = {"f": m.f}
importlib.reload(m)  # UNL202: 0
TABLE["f"]()

# --- a list
import importlib
import m

HOOKS = [m.f]
importlib.reload(m)  # UNL202
for hook in HOOKS:
    hook()

# --- a tuple with other things
import importlib
import m

PAIRS = (("f", m.f), ("C", m.C))
importlib.reload(m)  # UNL202
print(PAIRS)

# --- an alias
import importlib
import m

run = m.f
importlib.reload(m)  # UNL202
run()

# --- a class alias
import importlib
import m

Base = m.C
importlib.reload(m)  # UNL202
Base().run()

# --- an instance
import importlib
import m

service = m.C()
importlib.reload(m)  # UNL202
service.run()

# --- partial
import importlib
from functools import partial
import m

run = partial(m.f)
importlib.reload(m)  # UNL202
run()

# --- functools.partial
import functools
import importlib
import m

run = functools.partial(m.f)
importlib.reload(m)  # UNL202
run()

# --- a base class
import importlib
import m


class D(m.C):
    pass


importlib.reload(m)  # UNL202
D().run()

# --- a base class by name
import importlib
import m
from m import C


class D(C):
    pass


importlib.reload(m)  # UNL202
D().run()

# --- a default argument
import importlib
import m


def call(function=m.f):
    return function()


importlib.reload(m)  # UNL202
call()

# --- a keyword-only default
import importlib
import m


def call(*, missing=m.X):
    return missing


importlib.reload(m)  # UNL202
call()

# --- a decorator
import importlib
import m


@m.deco
def call():
    return 1


importlib.reload(m)  # UNL202
call()

# --- a decorated class
import importlib
import m


@m.deco
class Thing:
    pass


importlib.reload(m)  # UNL202
Thing()

# --- m = reload(m)
import importlib
import m

run = m.f
m = importlib.reload(m)  # UNL202
run()

# --- reload in a function, table at the top
import importlib
import m

TABLE = [m.f]


def refresh():
    importlib.reload(m)  # UNL202


def work():
    return TABLE[0]()


# --- a loop of reloads
import importlib
import m
import n

TABLE = [n.f]
for each in (m, n):
    importlib.reload(each)  # UNL202
TABLE[0]()

# --- map
from importlib import reload
import m
import n

run = n.f
list(map(reload, (m, n)))  # UNL202
run()

# --- exported by __all__
import importlib
import m

run = m.f
__all__ = ["run"]
importlib.reload(m)  # UNL202

# --- a dotted module
import importlib
import pkg.sub

run = pkg.sub.f
importlib.reload(pkg.sub)  # UNL202
run()

# --- clean: an attribute at every call
import importlib
import m


def call():
    return m.f()


importlib.reload(m)
call()

# --- clean: a lambda
import importlib
import m

TABLE = {"f": lambda: m.f()}
importlib.reload(m)
TABLE["f"]()

# --- clean: taken again
import importlib
import m

run = m.f
importlib.reload(m)
run = m.f
run()

# --- clean: kept as the original
import importlib
import m

original = m.f
importlib.reload(m)
print(original, m.f)

# --- clean: kept to be compared
import importlib
import m

before = m.X
importlib.reload(m)
assert m.X is not before

# --- clean: compared without a telling name
import importlib
import m

value = m.C
importlib.reload(m)
assert value is not m.C

# --- clean: put back
import importlib
import m

function = m.f
importlib.reload(m)
m.f = function

# --- clean: put back by setattr
import importlib
import m

function = m.f
importlib.reload(m)
setattr(m, "f", function)

# --- clean: the module itself in a list
import importlib
import m

MODULES = [m]
importlib.reload(m)
MODULES[0].f()

# --- clean: a submodule
import importlib
import pkg
import pkg.sub

sub = pkg.sub
importlib.reload(pkg)
sub.f()

# --- clean: the name and the path of the module
import importlib
import m

name = m.__name__
path = m.__file__
importlib.reload(m)
print(name, path)

# --- clean: what a function gave back
import importlib
import m

result = m.f()
importlib.reload(m)
print(result)

# --- clean: used before only
import importlib
import m

run = m.f
run()
importlib.reload(m)

# --- clean: the class comes after the reload
import importlib
import m

importlib.reload(m)


class D(m.C):
    pass


D()

# --- clean: a local of a function
import importlib
import m


def compare():
    a = m.f()
    importlib.reload(m)
    return a, m.f()


# --- clean: taken of another module
import importlib
import m
import n

run = n.f
importlib.reload(m)
run()

# --- clean: a test that looks at the new values
import importlib
import os
import m


def test_flag(monkeypatch):
    monkeypatch.setenv("FLAG", "1")
    importlib.reload(m)
    assert m.X


# --- clean: a sentinel default in a function that is defined after
import importlib
import m

importlib.reload(m)


def call(function=m.f):
    return function()


call()

# --- clean: the old class is an expectation
import importlib
import m

stale = m.C
importlib.reload(m)
print(issubclass(m.C, stale))

# --- a class attribute
import importlib
import m


class Panel:
    limit = m.X


importlib.reload(m)  # UNL202
print(Panel.limit)

# --- a class attribute that is a table
import importlib
import m


class Panel:
    actions = {"f": m.f}


importlib.reload(m)  # UNL202
Panel.actions["f"]()

# --- a decorated method
import importlib
import m


class Panel:
    @m.deco
    def draw(self):
        return 1


importlib.reload(m)  # UNL202
Panel().draw()

# --- a default of a method
import importlib
import m


class Panel:
    def draw(self, missing=m.X):
        return missing


importlib.reload(m)  # UNL202
Panel().draw()

# --- an entry that is added
import importlib
import m

TABLE = {}
TABLE["f"] = m.f
importlib.reload(m)  # UNL202
TABLE["f"]()

# --- an item that is appended
import importlib
import m

HOOKS = []
HOOKS.append(m.f)
importlib.reload(m)  # UNL202
for hook in HOOKS:
    hook()

# --- a table of names that were imported
import importlib
import m
from m import f

TABLE = {"f": f}
importlib.reload(m)  # UNL202
TABLE["f"]()

# --- a table of names, imported again
import importlib
import m
from m import f

TABLE = {"f": f}
importlib.reload(m)  # UNL202
from m import f

TABLE["f"]()

# --- an alias of a name that was imported
import importlib
import m
from m import f

run = f
importlib.reload(m)  # UNL202
run()

# --- an instance of an imported class
import importlib
import m
from m import C

service = C()
importlib.reload(m)  # UNL202
service.run()

# --- a bound method
import importlib
import m

run = m.C().run
importlib.reload(m)  # UNL202
run()

# --- nested containers
import importlib
import m

TABLE = {"all": [m.f, (m.C, 1)]}
importlib.reload(m)  # UNL202
print(TABLE)

# --- dict()
import importlib
import m

TABLE = dict(f=m.f)
importlib.reload(m)  # UNL202
TABLE["f"]()

# --- annotated
import importlib
from typing import Any
import m

RUN: Any = m.f
importlib.reload(m)  # UNL202
RUN()

# --- a decorator that was imported
import importlib
import m
from m import deco


@deco
def call():
    return 1


importlib.reload(m)  # UNL202
call()

# --- a default that was imported
import importlib
import m
from m import X


def call(missing=X):
    return missing


importlib.reload(m)  # UNL202
call()

# --- a keyword of a partial
import importlib
from functools import partial
import m

run = partial(print, m.f)
importlib.reload(m)  # UNL202
run()

# --- atexit
import atexit
import importlib
import m

atexit.register(m.f)
importlib.reload(m)

# --- a conditional value
import importlib
import sys
import m

run = m.f if sys.argv else None
importlib.reload(m)  # UNL202
run()

# --- two names at once
import importlib
import m

run, Base = m.f, m.C
importlib.reload(m)  # UNL202, UNL202
run(Base)

# --- clean: a class attribute that is the module
import importlib
import m


class Panel:
    module = m


importlib.reload(m)
Panel.module.f()

# --- clean: an entry that is added again
import importlib
import m

TABLE = {}
TABLE["f"] = m.f
importlib.reload(m)
TABLE["f"] = m.f
TABLE["f"]()

# --- clean: the table is cleared and filled
import importlib
import m

TABLE = {"f": m.f}


def refresh():
    importlib.reload(m)
    TABLE.clear()
    TABLE.update(f=m.f)


def work():
    return TABLE["f"]()

# --- clean: the table is updated
import importlib
import m

TABLE = {"f": m.f}


def refresh():
    importlib.reload(m)
    TABLE["f"] = m.f


def work():
    return TABLE["f"]()

# --- clean: another function fills it
import importlib
import m

HOOKS = [m.f]


def fill():
    HOOKS[:] = [m.f]


def refresh():
    importlib.reload(m)
    fill()


def work():
    return HOOKS[0]()

# --- clean: an own class of constants that are strings
import importlib
import m

VERSION = m.__version__
importlib.reload(m)
print(VERSION)

# --- clean: the instance is local to a test
import importlib
import m


def test_both():
    one = m.C()
    importlib.reload(m)
    two = m.C()
    assert type(one) is not type(two)

# --- clean: put back in a finally
import importlib
import m


def test_patch():
    function = m.f
    try:
        m.f = lambda: 1
        importlib.reload(m)
    finally:
        m.f = function

# --- one finding for a table that is filled twice
import importlib
import m

TABLE = {"f": m.f}
TABLE["C"] = m.C
importlib.reload(m)  # UNL202
print(TABLE["f"], TABLE["C"])

# --- prefix loop and a table
import importlib
import sys
import pkg.sub

TABLE = {"f": pkg.sub.f}
for name in list(sys.modules):
    if name.startswith("pkg."):
        importlib.reload(sys.modules[name])  # UNL202
TABLE["f"]()

# --- clean: a base class that the module has from another one by a star
import importlib
import starring


class D(starring.C):
    pass


importlib.reload(starring)
D()

# --- taken in two ways, from the same module
import importlib
import os
import m

if os.environ.get("A"):
    limit = m.X
else:
    from m import X as limit
importlib.reload(m)  # UNL202
print(limit)

# --- an alias that is local to the function
import importlib
import m


def refresh():
    run = m.f
    importlib.reload(m)  # UNL202: 4
    run()

# --- a default argument of an inner function
import importlib
import m


def refresh():
    def run(base=m.C):
        return base()

    importlib.reload(m)  # UNL202
    return run()

# --- clean: a local that is kept next to the new one
import importlib
import m


def compare():
    one = m.C()
    importlib.reload(m)
    return one, m.C()
