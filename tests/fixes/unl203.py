# --- a text
import importlib
import m

importlib.reload("m")  # again
# === fixed
import importlib
import sys
import m

importlib.reload(sys.modules["m"])  # again
# --- modules under its own name, and a keyword
from importlib import reload
from sys import modules as mods
import pkg.sub

reload(module="pkg." "sub")
# === fixed
from importlib import reload
from sys import modules as mods
import pkg.sub

reload(module=mods["pkg." "sub"])
# --- the name of a module
import importlib
import m

importlib.reload(m.__name__)
# === fixed
import importlib
import m

importlib.reload(m)
# --- a loop over texts
import importlib
import sys

import m
import n

NAMES = ["m", "n"]
for name in NAMES:
    importlib.reload(name)
# === fixed
import importlib
import sys

import m
import n

NAMES = ["m", "n"]
for name in NAMES:
    importlib.reload(sys.modules[name])
# --- only a name of it was imported
import importlib
from m import f

f()
importlib.reload(m)
# === fixed
import importlib
import sys
from m import f

f()
importlib.reload(sys.modules["m"])
# --- in a function, imported there
import importlib


def refresh():
    from pkg import sub

    importlib.reload("pkg.sub")
    return sub.f()
# === fixed
import importlib
import sys


def refresh():
    from pkg import sub

    importlib.reload(sys.modules["pkg.sub"])
    return sub.f()
# --- this module itself, when it is done
import importlib


def refresh():
    importlib.reload(__name__)
# === fixed
import importlib
import sys


def refresh():
    importlib.reload(sys.modules[__name__])
# --- this module itself, while it is executed
import importlib

importlib.reload(__name__)
# === refused: the module would be executed again before it is done
# --- imported only under a condition
import importlib
import os

if os.environ.get("M"):
    import m

importlib.reload("m")
# === refused: `m` may not be imported before
# --- imported in a try
import importlib

try:
    import m
except ImportError:
    m = None

importlib.reload("m")
# === refused: `m` may not be imported before
# --- imported later
import importlib

importlib.reload("m")
import m
# === refused: `m` may not be imported before
# --- one of several is not imported
import importlib
import m

for name in ("m", "n"):
    importlib.reload(name)
# === refused: `n` may not be imported before
# --- the module is removed in the file
import importlib
import sys
import m


def forget():
    sys.modules.pop("m", None)


importlib.reload("m")
# === refused: `m` may have left `sys.modules`
# --- some modules are removed in the file
import importlib
import sys
import m


def forget(name):
    sys.modules.pop(name, None)


importlib.reload("m")
# === refused: `m` may have left `sys.modules`
# --- map
from importlib import reload
import m

list(map(reload, ["m"]))
# === refused: `map` hands the texts over
# --- a class
import importlib
import m

importlib.reload(m.C)
# === refused: which module is meant is not certain
# --- a name that is computed
import importlib
import m

name = input()
importlib.reload(f"{name}.sub")
# === refused: which module is meant is not certain
# --- a namesake of its module
import importlib
from pprint import pprint

importlib.reload(pprint)
# === refused: which module is meant is not certain
# --- sys is something else
import importlib
import m


def refresh(sys):
    importlib.reload("m")
# === refused: the name `sys` is taken
