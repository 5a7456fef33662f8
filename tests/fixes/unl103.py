# --- del
import sys
import pkg.sub

# all of it
del sys.modules["pkg"]  # away
import pkg.sub

pkg.sub.f()
# === unsafe
import sys
import pkg.sub

# all of it
for _name in list(sys.modules):
    if _name == "pkg" or _name.startswith("pkg."):
        del sys.modules[_name]  # away
import pkg.sub

pkg.sub.f()
# --- pop, in a function, through another name
from sys import modules

import pkg.sub


def fresh(name):
    modules.pop("pkg", None); print(name)
    import pkg.sub

    return pkg.sub.f()
# === unsafe
from sys import modules

import pkg.sub


def fresh(name):
    for key in list(modules):
        if key == "pkg" or key.startswith("pkg."):
            del modules[key]
    print(name)
    import pkg.sub

    return pkg.sub.f()
# --- a key with a name
import sys
import pkg.sub

KEY = "pkg"
sys.modules.pop(KEY)
import pkg.sub
# === unsafe
import sys
import pkg.sub

KEY = "pkg"
for _name in list(sys.modules):
    if _name == KEY or _name.startswith(f"{KEY}."):
        del sys.modules[_name]
import pkg.sub
# --- the name is taken
import sys
import pkg.sub

_name = None
del sys.modules["pkg"]
import pkg.sub
# === unsafe
import sys
import pkg.sub

_name = None
for _key in list(sys.modules):
    if _key == "pkg" or _key.startswith("pkg."):
        del sys.modules[_key]
import pkg.sub
# --- an extension
import sys
import numpy.linalg

del sys.modules["numpy"]
import numpy.linalg
# === refused: `numpy` is an extension, which cannot be loaded twice
# --- the standard library
import sys
import xml.dom

del sys.modules["xml"]
import xml.dom
# === refused: `xml` is of the standard library, whose state a second copy does not have
# --- a loop over keys
import sys
import pkg.sub

for name in ("pkg", "m"):
    sys.modules.pop(name, None)
import pkg.sub
# === refused: the keys come from a loop
# --- another target
import sys
import pkg.sub

del sys.modules["pkg"], sys.modules["m"]
import pkg.sub
# === refused: the removal is only a part of its statement
# --- the KeyError is expected
import sys
import pkg.sub

try:
    del sys.modules["pkg"]
except KeyError:
    print("gone")
import pkg.sub
# === refused: the KeyError is expected, and would not come any more
# --- a package without loaded submodules
import sys
import pkg

del sys.modules["pkg"]
import pkg
# === nothing
