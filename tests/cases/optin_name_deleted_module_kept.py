# --- imported again at once
# opt-in
import m

m.X = 1
del m  # UNL901: 4
import m

print(m.X)

# --- collected in between
# opt-in
import gc
import m

m.f()
del m  # UNL901
gc.collect()
import m

m.f()

# --- only collected
# opt-in
import gc
import m

m.f()
del m  # UNL901
gc.collect()

# --- under another name, twice the same
# opt-in
import m as mm

mm.f()
del mm  # UNL901
import m as mm

mm.f()

# --- a submodule by its dotted name
# opt-in
import pkg.sub

pkg.sub.f()
del pkg  # UNL901
import pkg.sub

pkg.sub.f()

# --- a submodule that is imported from its package
# opt-in
from pkg import sub

sub.f()
del sub  # UNL901
from pkg import sub

sub.f()

# --- through import_module
# opt-in
import importlib

m = importlib.import_module("m")
m.f()
del m  # UNL901
m = importlib.import_module("m")
m.f()

# --- in a function, after the file was written again
# opt-in
from pathlib import Path


def check():
    import m

    first = m.X
    del m  # UNL901
    Path("m.py").write_text("X = 2")
    import m

    return first, m.X

# --- two names, one of them
# opt-in
import m
import n

m.f()
n.f()
del m, n  # UNL901: 4
import m

m.f()

# --- each round of a loop
# opt-in
import time


def measure():
    for _ in range(5):
        start = time.time()
        import m

        print(time.time() - start, m.X)
        del m  # UNL901

# --- another module is removed
# opt-in
import sys
import m
import n

n.f()
del sys.modules["n"], n
m.f()
del m  # UNL901
import m

m.f()

# --- clean: a clean namespace
# opt-in
import os
import sys

HOME = os.path.dirname(sys.executable)
del os, sys

# --- clean: a clean namespace, and a later section that needs it again
# opt-in
import os

HOME = os.path.expanduser("~")
del os


def home():
    return HOME


import os

CACHE = os.path.join(HOME, "cache")

# --- clean: a function has an import of its own
# opt-in
import os

HOME = os.path.expanduser("~")
del os


def listing():
    import os

    return os.listdir(HOME)

# --- clean: the entry goes as well
# opt-in
import sys
import m

m.f()
del sys.modules["m"]
del m
import m

m.f()

# --- clean: the name first, then the entry
# opt-in
import sys
import m

m.f()
del m
sys.modules.pop("m", None)
import m

m.f()

# --- clean: the entry is removed by a loop whose keys are not known
# opt-in
import sys


def purge(prefix):
    for name in list(sys.modules):
        if name.startswith(prefix):
            del sys.modules[name]


import m

m.f()
del m
purge("m")
import m

m.f()

# --- clean: a foreign function removes it
# opt-in
from n import forget
import m

m.f()
del m
forget("m")
import m

m.f()

# --- reloaded after the import, which another rule reports
# opt-in
import importlib
import m

m.f()
del m
import m

importlib.reload(m)  # UNL906
m.f()

# --- clean: another module under the same name
# opt-in
import m

m.f()
del m
import n as m

m.f()

# --- clean: a probe
# opt-in
try:
    import m
except ImportError:
    HAVE_M = False
else:
    HAVE_M = True
    del m


def use():
    import m

    return m.f()

# --- clean: a probe, then an import where it was found
# opt-in
HAVE_M = False
try:
    import m

    del m
    HAVE_M = True
except ImportError:
    pass

if HAVE_M:
    import m

    m.f()

# --- clean: the name stands for a function
# opt-in
from m import f

f()
del f
from m import f

f()

# --- clean: the name stands for data on another path
# opt-in
import gc
import m

if m.X:
    m = [0] * 1000
del m
gc.collect()

# --- clean: data is collected, not the module
# opt-in
import gc
import m

table = [m.X] * 1000
del table
del m
gc.collect()

# --- clean: data and a module in one statement
# opt-in
import gc
import m

table = [m.X] * 1000
del table, m
gc.collect()

# --- clean: the point is that the module stays
# opt-in
import m


def test_cached():
    import m

    first = m
    del m
    import m

    assert m is first

# --- clean: a fake is put in
# opt-in
# file: test_x.py
import sys


def test_fake(monkeypatch):
    import m

    m.f()
    del m
    monkeypatch.setitem(sys.modules, "m", object())
    import m

    assert not hasattr(m, "f")

# --- clean: names of the module are taken afterwards
# opt-in
import m

X = m.X
del m
from m import f

f()

# --- clean: on one branch only
# opt-in
import sys
import m

if len(sys.argv) > 1:
    del m
import m

m.f()
