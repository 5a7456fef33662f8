"""Programs on which rules and executions once disagreed, cut down. Lines count from 1, below the header."""

from __future__ import annotations

from dataclasses import dataclass

from tests.differential.program import Program


@dataclass(frozen=True)
class Regression:
    """A program, and the findings that it must have among others: line and code."""

    title: str
    source: str
    told: tuple[tuple[int, str], ...] = ()
    quiet: tuple[tuple[int, str], ...] = ()  # findings that it must not have

    def program(self, header: str) -> Program:
        """The whole program."""
        return Program(header + self.source)


REGRESSIONS = (
    Regression(
        "a called function binds the global again",
        """\
import m
def one():
    global m
    import m
del sys.modules['m']
one()
m.f()
""",
        quiet=((5, "UNL101"),),
    ),
    Regression(
        "a called function binds the global again, through another one",
        """\
import m
def one():
    global m
    import m
def two():
    one()
del sys.modules['m']
two()
m.f()
""",
        quiet=((7, "UNL101"),),
    ),
    Regression(
        "another function deletes the global before it reads it",
        """\
import m
def one():
    del sys.modules['m']
def two():
    global m
    del m
    x = m
""",
        quiet=((3, "UNL101"),),
    ),
    Regression(
        "deleting a name does not leave a try body",
        """\
from pkg import sub
try:
    keep(sub)
    del sys.modules['pkg.sub'], sub
except Exception:
    del sys.modules['pkg.sub'], sub
""",
        quiet=((6, "UNL108"),),
    ),
    Regression(
        "deleting the attribute is no use of the old submodule",
        """\
import pkg.sub
pkg.sub.f()
sys.modules.pop('pkg.sub', None)
del pkg.sub
""",
        quiet=((3, "UNL101"),),
    ),
    Regression(
        "the attribute is renewed by an import under another name",
        """\
import pkg.sub
del sys.modules['pkg.sub']
s = importlib.import_module('pkg.sub')
pkg.sub.f()
""",
        quiet=((2, "UNL101"),),
    ),
    Regression(
        "the attribute is renewed by the function that reads it",
        """\
import pkg.sub
def one():
    from pkg.sub import f as g
    x = pkg.sub
del sys.modules['pkg.sub']
""",
        quiet=((5, "UNL101"),),
    ),
    Regression(
        "the name is bound to its own reload",
        """\
import m
from m import f
m = reload(m)
f()
""",
        told=((3, "UNL201"),),
    ),
    Regression(
        "a module that was bound to its own reload leaves sys.modules",
        """\
import m
m = reload(m)
del sys.modules['m']
m.f()
""",
        told=((3, "UNL101"),),
    ),
    Regression(
        "a called function has removed the parent",
        """\
import pkg
from pkg.sub import f
def one():
    sys.modules.pop('pkg.sub', None)
    sys.modules.pop('pkg', None)
one()
sys.modules.pop('pkg.sub', None)
from pkg import sub
""",
        quiet=((8, "UNL102"),),
    ),
    Regression(
        "a reload of the old copy after somebody imported a new one",
        """\
import m
del sys.modules['m']
from m import f
reload(m)
""",
        told=((4, "UNL204"),),
    ),
    Regression(
        "a loop over several keys is left half-way",
        """\
import m
import n
try:
    for k1 in ('m', 'n', 'm'):
        sys.modules.pop(k1, None)
except Exception:
    g = n.f
""",
        quiet=((5, "UNL101"),),
    ),
    Regression(
        "a loop over several keys is left half-way, and the clause reloads one",
        """\
import m
import n
try:
    for k1 in ('m', 'n'):
        sys.modules.pop(k1, None)
except Exception:
    reload(n)
""",
        quiet=((7, "UNL204"),),
    ),
    Regression(
        "a called function binds what was deleted with its module",
        """\
from pkg import sub
def one():
    global sub
    import pkg.sub
    sub = pkg.sub
del sys.modules['pkg.sub'], sub
one()
sub.f()
""",
        quiet=((8, "UNL109"),),
    ),
    Regression(
        "the attribute is deleted before the entry",
        """\
import pkg.sub
pkg.sub.f()
del pkg.sub
del sys.modules['pkg.sub']
from pkg import sub
sub.f()
""",
        quiet=((5, "UNL102"),),
    ),
    Regression(
        "an exception between two statements of a try",
        """\
import m
try:
    del sys.modules['m']
    import m
except Exception:
    pass
m.f()
""",
    ),
    Regression(
        "the second round of a loop imports again",
        """\
for k0 in range(rounds("r0")):
    import m
    m.f()
    del sys.modules['m']
""",
        quiet=((4, "UNL101"),),
    ),
    Regression(
        "a flag decides whether the name is bound again",
        """\
import m
del sys.modules['m']
if flag("a"):
    import m
m.f()
""",
    ),
    Regression(
        "the function is called after the removal",
        """\
import m
def one():
    m.f()
one()
del sys.modules['m']
""",
        told=((5, "UNL101"),),
    ),
    Regression(
        "captures of every kind",
        """\
import m
g = m.f
t = {'k': m.C}
def d(a=m.C): return a
class D(m.C): pass
i = m.C()
reload(m)
g()
t['k']()
d()
D()
keep(i)
""",
        told=((7, "UNL202"),),
    ),
)
