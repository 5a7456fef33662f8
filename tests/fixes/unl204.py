# --- a statement
import importlib
import sys
import m

del sys.modules["m"]
importlib.reload(m)  # a new one
# === unsafe
import importlib
import sys
import m

del sys.modules["m"]
m = importlib.import_module(m.__name__)  # a new one
# --- assigned, by a function
from importlib import reload
import sys
import m

sys.modules.pop("m")
m = reload(m)
# === unsafe
from importlib import import_module
import sys
import m

sys.modules.pop("m")
m = import_module(m.__name__)
# --- an attribute of the package
import importlib
import sys
import pkg.sub

del sys.modules["pkg.sub"]
importlib.reload(pkg.sub)
# === unsafe
import importlib
import sys
import pkg.sub

del sys.modules["pkg.sub"]
importlib.import_module(pkg.sub.__name__)
# --- in a function with a name of its own
import importlib
import sys


def refresh():
    import m

    del sys.modules[m.__name__]
    importlib.reload(m)
    return m
# === unsafe
import importlib
import sys


def refresh():
    import m

    del sys.modules[m.__name__]
    m = importlib.import_module(m.__name__)
    return m
# --- in a function that says global
import importlib
import sys
import m


def refresh():
    global m
    del sys.modules["m"]
    importlib.reload(m)
# === unsafe
import importlib
import sys
import m


def refresh():
    global m
    del sys.modules["m"]
    m = importlib.import_module(m.__name__)
# --- in a function, the name is global
import importlib
import sys
import m


def refresh():
    del sys.modules["m"]
    importlib.reload(m)
# === refused: `m` is bound outside of this function
# --- the package is gone, the submodule stays
import importlib
import sys
import pkg.sub

del sys.modules["pkg"]
importlib.reload(pkg.sub)
# === refused: an import would give the old `pkg.sub`, since only `pkg` is gone
# --- another name holds it
import importlib
import sys
import m
import m as again

del sys.modules["m"]
importlib.reload(m)
# === refused: `again` would go on to hold the module that was removed
# --- the result goes to another name
import importlib
import sys
import m

del sys.modules["m"]
fresh = importlib.reload(m)
# === refused: `m` would go on to hold the module that was removed
# --- part of an expression
import importlib
import sys
import m

del sys.modules["m"]
print(importlib.reload(m))
# === refused: the reload is part of an expression
# --- several modules
import importlib
import sys
import m
import n

del sys.modules["m"]
for each in (m, n):
    importlib.reload(each)
# === refused: the call reloads several modules
# --- the name of the function is taken
import sys
from importlib import reload
from elsewhere import import_module
import m

del sys.modules["m"]
reload(m)
import_module("n")
# === refused: the name `import_module` is taken
# --- the module is used behind it: UNL101 says the same
import importlib
import sys
import m

del sys.modules["m"]
importlib.reload(m)
m.f()
# === unsafe
import importlib
import sys
import m

del sys.modules["m"]
m = importlib.import_module(m.__name__)
m.f()
# --- a comment at the import of the function stays
import sys
from importlib import reload  # keep
import m

del sys.modules["m"]
m = reload(m)
# === unsafe
import sys
from importlib import import_module  # keep
import m

del sys.modules["m"]
m = import_module(m.__name__)
# --- a function that is used elsewhere keeps its import
import sys
from importlib import reload
import m
import n

del sys.modules["m"]
m = reload(m)
reload(n)
# === unsafe
import sys
from importlib import import_module, reload
import m
import n

del sys.modules["m"]
m = import_module(m.__name__)
reload(n)
