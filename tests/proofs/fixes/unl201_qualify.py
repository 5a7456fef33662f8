# --- the reload stands in a function
# hazard: refresh() or work() != m.f()
import importlib
import m
from m import f


def refresh():
    importlib.reload(m)


def work():
    return f()


print(work() > 0)
refresh()
print(work() > 0)
# --- classes, exceptions and lambdas, the module under another name
# hazard: refresh() or not made() or caught() != "E"
import importlib
import m as tools
from m import C, E as Failure

make = lambda: C()


def refresh():
    importlib.reload(tools)


def made():
    return isinstance(make(), tools.C) and isinstance(tools.C(), C)


def caught():
    try:
        raise tools.E("new")
    except (KeyError, Failure) as error:
        return type(error).__name__
    except Exception:
        return "not caught"


print(made(), caught())
# --- the module gets a name
# hazard: refresh() or work() != sys.modules["pkg.sub"].f()
import importlib
import sys
from pkg.sub import C, f

LIMIT = C.generation


def refresh():
    importlib.reload(sys.modules["pkg.sub"])


def work():
    return f()


print(work() > 0, LIMIT > 0)
# --- a loop over modules
# hazard: work() != m.f()
import importlib
import m
import n
from m import f
from n import C

C()


def work():
    return f()


for each in (m, n):
    importlib.reload(each)
print(f() > 0, C.generation > 0)
# --- in one function
# hazard: refresh() != importlib.import_module("m").f()
import importlib


def refresh():
    import m
    from m import f

    importlib.reload(m)
    return f()


print(refresh() > 0)
# --- a relative import, in a class
# file: pkg/host.py
# hazard: Host.refresh() or Host().run() != sub.f()
import importlib
from . import sub
from .sub import f


class Host:
    def run(self, *, f=None):
        return f or self.other()

    def other(self):
        return f()

    @staticmethod
    def refresh():
        importlib.reload(sub)


print(Host().run() > 0)
