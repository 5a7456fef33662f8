# --- a string
import importlib
import m

importlib.reload("m")  # UNL203: 0

# --- a string in the keyword
import importlib
import m

importlib.reload(module="m")  # UNL203

# --- an f-string
import importlib

name = input()
importlib.reload(f"pkg.{name}")  # UNL203

# --- the name of the module
import importlib
import m

importlib.reload(m.__name__)  # UNL203

# --- __name__
import importlib

importlib.reload(__name__)  # UNL203

# --- a constant that is a string
import importlib

NAME = "m"
importlib.reload(NAME)  # UNL203

# --- a loop over strings
import importlib

for name in ("m", "n"):
    importlib.reload(name)  # UNL203

# --- a loop over a list of strings
from importlib import reload

NAMES = ["m", "n"]
for name in NAMES:
    reload(name)  # UNL203

# --- a comprehension over strings
from importlib import reload

[reload(name) for name in ("m", "n")]  # UNL203

# --- map over strings
from importlib import reload

list(map(reload, ["m", "n"]))  # UNL203

# --- None
import importlib

importlib.reload(None)  # UNL203

# --- a number
import importlib

importlib.reload(1)  # UNL203

# --- a tuple of modules
import importlib
import m
import n

importlib.reload((m, n))  # UNL203

# --- a list of modules
import importlib
import m
import n

importlib.reload([m, n])  # UNL203

# --- a dict
import importlib

importlib.reload({"m": 1})  # UNL203

# --- a lambda
import importlib

importlib.reload(lambda: 1)  # UNL203

# --- a function of this file
import importlib


def work():
    return 1


importlib.reload(work)  # UNL203

# --- a class of this file
import importlib


class Thing:
    pass


importlib.reload(Thing)  # UNL203

# --- an instance of a class of this file
import importlib


class Thing:
    pass


importlib.reload(Thing())  # UNL203

# --- from pprint import pprint
import importlib
from pprint import pprint

importlib.reload(pprint)  # UNL203

# --- from datetime import datetime
from importlib import reload
from datetime import datetime

reload(datetime)  # UNL203

# --- from copy import copy under another name
from importlib import reload
from copy import copy as duplicate

reload(duplicate)  # UNL203

# --- only names of it were imported
import importlib
from m import f

importlib.reload(m)  # UNL203
f()

# --- a function taken from a module on disk
import importlib
from m import f

importlib.reload(f)  # UNL203

# --- a class of a module on disk
import importlib
import m

importlib.reload(m.C)  # UNL203

# --- text of an expression
import importlib

importlib.reload("pkg." + "sub")  # UNL203

# --- str of a module
import importlib
import m

importlib.reload(str(m))  # UNL203

# --- the type of a module
import importlib
import sys

importlib.reload(sys.modules)  # UNL203

# --- six
from six.moves import reload_module

reload_module("m")  # UNL203

# --- inside a function
import importlib


def refresh():
    importlib.reload("m")  # UNL203: 4


# --- clean: a submodule by name
import importlib
from pkg import sub

importlib.reload(sub)
sub.f()

# --- clean: a name that is not on disk
import importlib
from elsewhere import thing

importlib.reload(thing)

# --- clean: a name with a capital that is not on disk
import importlib
from elsewhere import Thing

importlib.reload(Thing)

# --- clean: an entry of sys.modules
import importlib
import sys

importlib.reload(sys.modules["m"])
importlib.reload(sys.modules[__name__])

# --- clean: import_module
import importlib

importlib.reload(importlib.import_module("m"))

# --- clean: a parameter
import importlib


def refresh(module):
    return importlib.reload(module)


# --- clean: a parameter that may be a name
import importlib
import sys


def refresh(module):
    if isinstance(module, str):
        module = sys.modules[module]
    return importlib.reload(module)


# --- clean: an attribute of an object
import importlib


class Plugin:
    def __init__(self, module):
        self.module = module

    def refresh(self):
        self.module = importlib.reload(self.module)


# --- clean: a method called reload
class Page:
    def reload(self, name):
        return name


Page().reload("m")

# --- clean: a function of that name
def reload(name):
    return name


reload("m")

# --- clean: a function of that name from elsewhere
from elsewhere import reload

reload("m")

# --- clean: the test is that it fails
import importlib
import pytest


def test_string():
    with pytest.raises(TypeError):
        importlib.reload("m")


# --- clean: a lambda in a test that it fails
import importlib
import pytest


def test_string():
    pytest.raises(TypeError, lambda: importlib.reload("m"))


# --- clean: assertRaises
import importlib
import unittest


class Tests(unittest.TestCase):
    def test_string(self):
        with self.assertRaises(TypeError):
            importlib.reload("m")
        self.assertRaises(TypeError, importlib.reload, "m")


# --- clean: the failure is handled
import importlib

try:
    importlib.reload("m")
except TypeError:
    print("no module")

# --- clean: the failure is suppressed
import contextlib
import importlib

with contextlib.suppress(TypeError):
    importlib.reload("m")

# --- clean: a name that is bound in two ways
import importlib
import sys

module = "m"
if module in sys.modules:
    module = sys.modules[module]
    importlib.reload(module)

# --- clean: a loop over strings, looked up
import importlib
import sys

for name in ("m", "n"):
    importlib.reload(sys.modules[name])

# --- clean: a namesake that is the module
import importlib
import copy
import datetime
import pprint

print(datetime, copy)
importlib.reload(pprint)

# --- clean: a star import may bring it
import importlib
from m import *
from n import f

importlib.reload(n)

# --- clean: Blender binds it in the first run
if "m" in locals():
    import importlib

    importlib.reload(m)
else:
    from . import m
from .m import f

# --- clean: globals
import importlib
from m import f

if "m" in globals():
    importlib.reload(globals()["m"])

# --- clean: a function that the file replaces by a module
import importlib

try:
    import m
except ImportError:

    def m():
        return 1


importlib.reload(m)

# --- from-import of a class by its own module name
import importlib
from m import C as m

importlib.reload(m)  # UNL203

# --- clean: Path of a module
import importlib
import m
import types


def fake():
    return types.ModuleType("fake")


importlib.reload(fake() or m)

# --- clean: module made here
import importlib
import sys
import types

module = types.ModuleType("made")
sys.modules["made"] = module
importlib.reload(sys.modules["made"])

# --- clean: class that is a module
import importlib
import types


class Lazy(types.ModuleType):
    pass


importlib.reload(Lazy("m"))

# --- clean: class attribute of this file
import importlib
import m


class Host:
    module = m


importlib.reload(Host.module)

# --- clean: conditional module
import importlib
import sys

try:
    import m
except ImportError:
    m = "missing"
if m != "missing":
    importlib.reload(m)

# --- clean: a name list that holds modules
import importlib
import m

ALL = ["m", m]
for each in ALL:
    if not isinstance(each, str):
        importlib.reload(each)

# --- clean: names replaced by modules in a loop
import importlib

for name in ["m", "n"]:
    name = importlib.import_module(name)
    importlib.reload(name)

# --- clean: default argument text
import importlib
import sys

NAME = "m"


def refresh(module=NAME):
    if module in sys.modules:
        importlib.reload(sys.modules[module])
