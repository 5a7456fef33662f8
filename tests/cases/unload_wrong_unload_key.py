# --- a module object
import sys
import m

sys.modules.pop(m, None)  # UNL104

# --- del of a module object
import sys
import m

del sys.modules[m]  # UNL104

# --- an alias as the key
import sys
import m as mm

sys.modules.pop("mm", None)  # UNL104

# --- del of an alias
import sys
import m as mm

del sys.modules["mm"]  # UNL104

# --- the name is deleted first
import sys
import m

del m, sys.modules[m.__name__]  # UNL104

# --- the name is deleted in a statement before
import sys
import m

del m
sys.modules.pop(m.__name__)  # UNL104

# --- os.path under its real name
import sys
import os.path as p

del sys.modules[p.__name__]  # UNL104

# --- clean: the key first
import sys
import m

del sys.modules[m.__name__], m

# --- clean: a literal after the name
import sys
import m

del m, sys.modules["m"]

# --- clean: a stub under its own name
import sys
import m as mm

sys.modules["mm"] = mm
sys.modules.pop("mm", None)

# --- clean: a name that is a string
import sys

m = "m"
sys.modules.pop(m, None)

# --- clean: the alias is a module as well
import sys
import m as n
import n.other

sys.modules.pop("n", None)

# --- a read that fails keeps everything from the removal
import sys
import m

del m
m.f()  # UNL109
del sys.modules[m.__name__]

# --- clean: the error is expected
import sys
import m

del m
try:
    del sys.modules[m.__name__]
except NameError:
    print("gone")

# --- a name that is not found is no missing key
import sys
import m

del m
try:
    del sys.modules[m.__name__]  # UNL104
except KeyError:
    print("gone")
