# --- del, then reload
import importlib
import sys
import m

del sys.modules["m"]
importlib.reload(m)  # UNL204: 0

# --- pop
import importlib
import sys
import m

sys.modules.pop("m")
importlib.reload(m)  # UNL204

# --- pop with a default
import sys
from importlib import reload as r
import m

sys.modules.pop("m", None)
r(m)  # UNL204

# --- the name of the module as the key
import importlib
import sys
import m

del sys.modules[m.__name__]
importlib.reload(m)  # UNL204

# --- the keyword
import importlib
import sys
import m

del sys.modules["m"]
importlib.reload(module=m)  # UNL204

# --- assigned
import importlib
import sys
import m

del sys.modules["m"]
m = importlib.reload(m)  # UNL204

# --- modules under its own name
from importlib import reload
from sys import modules
import m

modules.pop("m")
reload(m)  # UNL204

# --- a submodule
import importlib
import sys
import pkg.sub

del sys.modules["pkg.sub"]
importlib.reload(pkg.sub)  # UNL204

# --- a submodule by name
import importlib
import sys
from pkg import sub

sys.modules.pop("pkg.sub", None)
importlib.reload(sub)  # UNL204

# --- in a function
import importlib
import sys
import m


def refresh():
    del sys.modules["m"]
    importlib.reload(m)  # UNL204: 4


# --- with other things in between
import importlib
import os
import sys
import m

del sys.modules["m"]
os.environ["FLAG"] = "1"
print("again")
importlib.reload(m)  # UNL204

# --- an entry that was just removed
import importlib
import sys

sys.modules.pop("m", None)
importlib.reload(sys.modules["m"])  # UNL204

# --- a loop of removals, then a reload
import importlib
import sys
import m
import n

for name in ("m", "n"):
    sys.modules.pop(name, None)
importlib.reload(m)  # UNL204

# --- a purge by prefix, then a reload
import importlib
import sys
import pkg.sub

for name in list(sys.modules):
    if name.startswith("pkg."):
        del sys.modules[name]
importlib.reload(pkg.sub)  # UNL204

# --- the parent is gone
import importlib
import sys
import pkg.sub as sub

del sys.modules["pkg"]
importlib.reload(sub)  # UNL204

# --- in a test
import importlib
import sys
import m


def test_fresh(monkeypatch):
    monkeypatch.setenv("FLAG", "1")
    del sys.modules["m"]
    importlib.reload(m)  # UNL204


# --- clean: put back
import importlib
import sys
import m

saved = sys.modules.pop("m")
sys.modules["m"] = saved
importlib.reload(m)

# --- clean: imported again
import importlib
import sys
import m

del sys.modules["m"]
import m

importlib.reload(m)

# --- clean: import_module in between
import importlib
import sys
import m

del sys.modules["m"]
m = importlib.import_module("m")
importlib.reload(m)

# --- clean: import_module in the argument
import importlib
import sys

sys.modules.pop("m", None)
importlib.reload(importlib.import_module("m"))

# --- clean: another module
import importlib
import sys
import m
import n

sys.modules.pop("n", None)
importlib.reload(m)

# --- clean: only on one path
import importlib
import sys
import m

if "--purge" in sys.argv:
    sys.modules.pop("m", None)
else:
    importlib.reload(m)

# --- clean: the failure is the point
import importlib
import sys
import pytest
import m


def test_missing():
    module = m
    sys.modules.pop("m")
    with pytest.raises(ImportError):
        importlib.reload(module)


# --- clean: the failure is handled
import importlib
import sys
import m

sys.modules.pop("m", None)
try:
    importlib.reload(m)
except ImportError:
    import m

# --- clean: reload, then removal
import importlib
import sys
import m

importlib.reload(m)
del sys.modules["m"], m

# --- clean: a helper that may import it
import importlib
import sys
import m


def load():
    import m

    return m


sys.modules.pop("m", None)
m = load()
importlib.reload(m)

# --- clean: a helper that may import it, for an entry
import importlib
import sys
import m


def load():
    import m


sys.modules.pop("m", None)
load()
importlib.reload(sys.modules["m"])

# --- clean: a helper that binds the global
import importlib
import sys
import m


def load():
    global m
    import m


sys.modules.pop("m", None)
load()
importlib.reload(m)

# --- another copy is there, and the name holds the old one
import importlib
import sys
import m


def load():
    import m


sys.modules.pop("m", None)
load()
importlib.reload(m)  # UNL204

# --- the old copy, after an import under another name
import importlib
import sys
import m

del sys.modules["m"]
import m as fresh

importlib.reload(m)  # UNL204

# --- the old copy, in a function that runs after the import
import importlib
import sys
import m

del sys.modules["m"]


def again():
    from m import f

    importlib.reload(m)  # UNL204

# --- clean: the old copy is put back before
import importlib
import sys
import m

old = sys.modules.pop("m")
import m as fresh

sys.modules["m"] = m
importlib.reload(m)

# --- clean: a function removes, another one reloads
import importlib
import sys
import m


def drop():
    sys.modules.pop("m", None)


def again():
    importlib.reload(m)

# --- clean: setdefault
import importlib
import sys
import m

saved = sys.modules.pop("m")
sys.modules.setdefault("m", saved)
importlib.reload(m)

# --- clean: a restored dict
import importlib
import sys
from unittest import mock
import m

with mock.patch.dict(sys.modules):
    del sys.modules["m"]
importlib.reload(m)

# --- clean: monkeypatch, then an import
import importlib
import sys


def test_fresh(monkeypatch):
    monkeypatch.delitem(sys.modules, "m", raising=False)
    import m

    importlib.reload(m)


# --- clean: a from-import brings it back
import importlib
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg.sub import f

f()
importlib.reload(sys.modules["pkg.sub"])

# --- clean: two tests
import importlib
import sys
import m


def test_one():
    sys.modules.pop("m", None)


def test_two():
    importlib.reload(m)

# --- clean: importlib.util spec
import importlib
import sys
from importlib.util import find_spec, module_from_spec
import m

del sys.modules["m"]
spec = find_spec("m")
module = module_from_spec(spec)
sys.modules["m"] = module
spec.loader.exec_module(module)
importlib.reload(module)

# --- clean: removed only if absent
import importlib
import sys
import m


def refresh(fresh):
    if fresh:
        del sys.modules["m"]
        import m
    else:
        import m

        importlib.reload(m)

# --- clean: loop over modules, others go
import importlib
import sys
import m

for name in list(sys.modules):
    if name.startswith("pkg."):
        del sys.modules[name]
importlib.reload(m)

# --- a function removed it
import importlib
import sys
import m


def forget():
    del sys.modules["m"]


forget()
importlib.reload(sys.modules["m"])  # UNL204

# --- the attribute of the package is still the old submodule
import importlib
import sys
import pkg.sub

del sys.modules["pkg.sub"]
importlib.reload(pkg.sub)  # UNL204

# --- clean: another module that is imported in between may import it
import importlib
import sys
import m

del sys.modules["m"], m
import user

importlib.reload(sys.modules["m"])
print(user)

# --- it is absent in the first round
import importlib
import sys
import m

del sys.modules["m"]
for count in range(3):
    importlib.reload(m)  # UNL204
    import m

# --- the first reload fails, and nothing comes to the second
import importlib
import sys
import m

sys.modules.pop("m", None)
m = importlib.reload(m)  # UNL204
importlib.reload(m)

# --- a clause for another kind of error does not take the failure
import importlib
import sys
import m

sys.modules.pop("m", None)
try:
    importlib.reload(m)  # UNL204
except (KeyError, AttributeError):
    print("gone")

# --- clean: a clause for an error that is not known may take it
import importlib
import sys
import m
from errors import Missing

sys.modules.pop("m", None)
try:
    importlib.reload(m)
except Missing:
    print("gone")
