# --- the whole dict instead of one module of it
import sys

modules = {name: sys.modules[name] for name in list(sys.modules) if name.startswith("m")}
for name in modules:
    sys.modules[name] = modules  # UNL111

# --- a parameter that every call hands a dict to
import sys


def reload_package(name):
    loaded = {each: module for each, module in sys.modules.items() if each.startswith(name + ".")}
    try:
        check(loaded)
    finally:
        ensure_loaded(loaded)


def ensure_loaded(modules):
    for name, _ in modules.items():
        sys.modules[name] = modules  # UNL111

# --- by keyword, in two calls that agree
import sys


def first(found):
    put_back("a", modules=[found])


def second(found):
    put_back("b", list(found))


def put_back(name, modules):
    sys.modules[name] = modules  # UNL111

# --- values written out
import sys

sys.modules["a"] = {}  # UNL111
sys.modules["b"] = []  # UNL111
sys.modules["c"] = ()  # UNL111
sys.modules["d"] = "no such thing"  # UNL111
sys.modules["e"] = 0  # UNL111
sys.modules["f"] = False  # UNL111
sys.modules["g"] = dict(f=len)  # UNL111
sys.modules["h"] = f"{len}"  # UNL111

# --- the namespace or the name of a module
import sys
import m

sys.modules["other"] = m.__dict__  # UNL111
sys.modules["another"] = vars(m)  # UNL111
sys.modules["third"] = m.__name__  # UNL111

# --- the dict of modules itself, and a copy
import sys

saved = sys.modules.copy()


def restore(name):
    sys.modules[name] = saved  # UNL111
    sys.modules["all"] = sys.modules  # UNL111

# --- through methods
import sys

sys.modules.setdefault("m", {})  # UNL111
sys.modules.__setitem__("n", [])  # UNL111

# --- on both branches
import sys


def install(full):
    if full:
        stub = {"f": len}
    else:
        stub = {}
    sys.modules["stub"] = stub  # UNL111

# --- None, objects, classes and functions
import sys
from types import ModuleType, SimpleNamespace
from unittest import mock


class Fake:
    pass


def f():
    return 1


sys.modules["a"] = None
sys.modules["b"] = Fake
sys.modules["c"] = Fake()
sys.modules["d"] = SimpleNamespace()
sys.modules["e"] = ModuleType("e")
sys.modules["f"] = mock.MagicMock()
sys.modules["g"] = f
sys.modules["h"] = lambda: 1
sys.modules["i"] = type("i", (), {})

# --- one module out of a dict or tuple
import sys

saved = {"m": sys.modules.get("m")}
sys.modules["m"] = saved["m"]
sys.modules["n"] = {"n": sys}["n"]
sys.modules["o"], other = (sys, [])
for name, module in saved.items():
    sys.modules[name] = module

# --- the module takes its own place
import sys

sys.modules[__name__] = {"f": len}

# --- a mark that goes again
import sys


def load(name):
    sys.modules[name] = "under way"
    try:
        found = find(name)
    finally:
        del sys.modules[name]
    return found


def load_stored(name):
    sys.modules[name] = {}
    sys.modules[name] = find(name)

# --- a parameter that anybody may fill
import sys


def register(name, module):
    sys.modules[name] = module


def register_all(found):
    register("a", {})
    register("b", found)


def keep(name, module):
    sys.modules[name] = module


keep("a", {})
print(keep)

# --- a parameter with nobody in this file who fills it
import sys


def add(name, module={}):
    sys.modules[name] = module

# --- a name that may be a module by now
import sys


def stub(name, real):
    made = {}
    if real:
        made = real
    sys.modules[name] = made


def counted(name, made):
    made += 1
    sys.modules[name] = made

# --- another dict
modules = {}
modules["m"] = {}
