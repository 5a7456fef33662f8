# --- an alias
import sys
import m as mm

sys.modules.pop('mm', None)  # away
# === fixed
import sys
import m as mm

sys.modules.pop('m', None)  # away
# --- an alias that is asked for as well
import sys
import pkg.sub as s

if "s" in sys.modules:
    del sys.modules["s"]
# === fixed
import sys
import pkg.sub as s

if "pkg.sub" in sys.modules:
    del sys.modules["pkg.sub"]
# --- a module object
import sys
import m

sys.modules.pop(m, None)
# === fixed
import sys
import m

sys.modules.pop(m.__name__, None)
# --- the object of an alias
from sys import modules
import pkg.sub as s

del modules[s]
# === fixed
from sys import modules
import pkg.sub as s

del modules[s.__name__]
# --- the name goes first
import sys
import m

del m, sys.modules[m.__name__]  # both
# === fixed
import sys
import m

del sys.modules[m.__name__], m  # both
# --- the name goes first, with others between
import sys
import m
import n

del m, n, sys.modules[m.__name__]
# === fixed
import sys
import m
import n

del sys.modules[m.__name__], n, m
# --- the name goes first, in a statement before
import sys
import m

# the name
del m

# the entry
sys.modules.pop(m.__name__)
# === fixed
import sys
import m

# the entry
sys.modules.pop(m.__name__)

# the name
del m
# --- one of several modules
import sys

if len(sys.argv) > 1:
    import m as x
else:
    import n as x
sys.modules.pop(x, None)
# === fixed
import sys

if len(sys.argv) > 1:
    import m as x
else:
    import n as x
sys.modules.pop(x.__name__, None)
# --- the removed module is used
import sys
import m as mm

saved = sys.modules.pop("mm", None)
# === refused: the removed module is used, which is nothing so far
# --- the KeyError is expected
import sys
import m as mm

try:
    del sys.modules["mm"]
except KeyError:
    print("gone")
# === refused: the KeyError is expected, so nothing would come of it any more
# --- something stands between
import sys
import m

del m
print("half")
sys.modules.pop(m.__name__)
# === refused: other statements stand between the deletion and the removal
# --- the deletion removes an entry, which may be the same
import sys
import m

del sys.modules["m"], m
del sys.modules[m.__name__]
# === refused: the deletion removes entries as well, and may have removed this one
# --- a function may have deleted the name
import sys
import m


def forget():
    global m
    if len(sys.argv) > 1:
        del m


forget()
del m
del sys.modules[m.__name__]
# === refused: `m` may be deleted before, by other code
# --- targets in a tuple
import sys
import m

del (m, sys.modules[m.__name__])
# === refused: the targets of the `del` stand in a tuple
# --- deep in another statement
import sys
import m

del m
if sys.modules.pop(m.__name__):
    print("gone")
# === refused: the removal is part of another statement
# --- the standard library
import sys
import os.path as p

del sys.modules[p.__name__]
# === refused: `os` is of the standard library, whose state a second copy does not have
# --- an extension
import sys
import numpy as np

sys.modules.pop("np", None)
# === refused: `numpy` is an extension, which cannot be loaded twice
# --- the module is used afterwards
import sys
import m as mm

sys.modules.pop("mm", None)
mm.f()
# === refused: the fix would bring UNL101 at line 4: `mm` still holds the module removed here; delete or import it again
# --- the order is right
import sys
import m

del sys.modules[m.__name__], m
# === nothing
# --- a comment that a blank line parts from the statement stays where it is
import sys
import m

# of the imports

# the name
del m

# the entry
sys.modules.pop(m.__name__)
# === fixed
import sys
import m

# of the imports

# the entry
sys.modules.pop(m.__name__)

# the name
del m
