# --- another name
import importlib
import m

if "m" in locals():
    importlib.reload(n)  # UNL207: 4
else:
    import n
n.f()

# --- globals
import importlib
import m

if "m" in globals():
    importlib.reload(n)  # UNL207
else:
    import n
n.f()

# --- dir
import importlib
import m

if "m" in dir():
    importlib.reload(n)  # UNL207
else:
    import n
n.f()

# --- the marker before its check
import bpy

if "bpy" in locals():
    import importlib

    importlib.reload(n)  # UNL207
else:
    from . import n
n.f()

# --- the marker before its check, two modules
import bpy

if "bpy" in locals():
    import importlib

    importlib.reload(m)  # UNL207
    importlib.reload(n)  # UNL207
else:
    from . import m, n
m.f()
n.f()

# --- a from-import of the marker
from bpy import types

if "types" in locals():
    import importlib

    importlib.reload(n)  # UNL207
else:
    from . import n
n.f()

# --- a copied line with a slip
import importlib

if "dxt" in locals():
    importlib.reload(dtx)  # UNL207
else:
    from . import dxt
dxt.f()

# --- a slip, the name exists nowhere
import importlib

if "bpy" in locals():
    importlib.reload(sbu)  # UNL207
else:
    from . import sub
import bpy

sub.f()

# --- a slip among guards
import importlib

if "first" in locals():
    importlib.reload(first)
if "second" in locals():
    importlib.reload(secnod)  # UNL207
from . import first, second

first.f()
second.f()

# --- a loop over modules
import importlib
import bpy

if "bpy" in locals():
    for each in (m, n):
        importlib.reload(each)  # UNL207, UNL207
else:
    from . import m, n
m.f()
n.f()

# --- inverted
import bpy

if "bpy" not in locals():
    from . import n
else:
    import importlib

    importlib.reload(n)  # UNL207
n.f()

# --- the marker is a constant
import importlib

loaded = True
if "loaded" in locals():
    importlib.reload(n)  # UNL207
else:
    from . import n
n.f()

# --- clean: the idiom
if "bpy" in locals():
    import importlib

    importlib.reload(m)
    importlib.reload(n)
else:
    from . import m, n
import bpy

m.f()
n.f()

# --- clean: the idiom, inverted
if "bpy" not in locals():
    from . import m, n
else:
    import importlib

    importlib.reload(m)
    importlib.reload(n)
import bpy

m.f()
n.f()

# --- clean: the idiom, globals
import importlib

if "bpy" in globals():
    importlib.reload(m)
else:
    from . import m
import bpy

m.f()

# --- clean: a guard for each
import bpy
import importlib

if "m" in locals():
    importlib.reload(m)
if "n" in locals():
    importlib.reload(n)
from . import m, n

m.f()
n.f()

# --- clean: a guard for each inside the block
import importlib

if "bpy" in locals():
    if "m" in locals():
        importlib.reload(m)
    if "n" in locals():
        importlib.reload(n)
import bpy
from . import m, n

m.f()
n.f()

# --- clean: guarded twice with the marker first
import bpy
import importlib

if "bpy" in locals():
    if "m" in locals():
        importlib.reload(m)
from . import m

m.f()

# --- clean: imports follow the block
if "bpy" in locals():
    import importlib

    importlib.reload(m)
    importlib.reload(n)
import bpy
from . import m, n

m.f()
n.f()

# --- clean: the marker is one of the modules
if "m" in locals():
    import importlib

    importlib.reload(m)
    importlib.reload(n)
else:
    from . import m, n

m.f()
n.f()

# --- clean: a flag at the end
if "_loaded" in locals():
    import importlib

    importlib.reload(m)
else:
    from . import m
_loaded = True
m.f()

# --- clean: bound before the guard
import importlib
import bpy
from . import n

if "bpy" in locals():
    importlib.reload(n)
n.f()

# --- clean: a loop over a prefix
import importlib
import sys
import bpy

if "bpy" in locals():
    for name in list(sys.modules):
        if name.startswith("addon."):
            importlib.reload(sys.modules[name])

# --- clean: in a function
import importlib
import bpy


def register():
    if "bpy" in globals():
        importlib.reload(n)


from . import n

n.f()

# --- clean: a NameError is expected
import importlib
import bpy

if "bpy" in locals():
    try:
        importlib.reload(n)
    except NameError:
        from . import n
n.f()

# --- clean: reload of what the block imports
import bpy

if "bpy" in locals():
    import importlib
    from . import n

    importlib.reload(n)
else:
    from . import n
n.f()

# --- clean: and another condition
import bpy
import importlib

if "bpy" in locals() and "n" in locals():
    importlib.reload(n)
else:
    from . import n
n.f()

# --- clean: several names in one test
import importlib

if "m" in locals() and "n" in locals():
    importlib.reload(m)
    importlib.reload(n)
else:
    from . import m, n
m.f()
n.f()

# --- clean: inverted idiom whose marker comes inside
if "bpy" not in locals():
    import bpy
    from . import m, n
else:
    import importlib

    importlib.reload(m)
    importlib.reload(n)

m.f()
n.f()

# --- clean: inverted with not
if not "bpy" in locals():
    from . import m
else:
    import importlib

    importlib.reload(m)
import bpy

m.f()

# --- clean: Blender with a loop over names
if "bpy" in locals():
    import importlib

    for name in ("m", "n"):
        if name in locals():
            importlib.reload(locals()[name])
else:
    from . import m, n
import bpy

m.f()
n.f()

# --- clean: Blender with imports in both branches
if "bpy" in locals():
    import importlib

    from . import m

    importlib.reload(m)
else:
    from . import m
import bpy

m.f()

# --- nothing binds the name that the guard asks for
import importlib

if "dxt" in locals():
    importlib.reload(n)  # UNL207
else:
    from . import n
import m

# --- clean: a star import may bind it
import importlib
from world import *

if "dxt" in locals():
    importlib.reload(n)
else:
    from . import n

# --- importing a submodule puts it into the namespace of its package, so that the guard holds
# file: pkg/__init__.py
from .sub import f

if "sub" in locals():
    import importlib
    import sys

    for key, module in list(sys.modules.items()):
        if key.startswith("pkg."):
            importlib.reload(module)  # UNL201

# --- a failure that is only printed
import importlib

try:
    if "n" in locals():
        importlib.reload(n)
        importlib.reload(gone)  # UNL207
    else:
        from . import n
except Exception as error:
    print(error)

# --- clean: any import of a submodule puts it into the namespace of its package
# file: pkg/__init__.py
if "bpy" in locals():
    import importlib

    importlib.reload(sub)
else:
    import bpy


def register():
    from . import sub

    sub.register()

# --- the outer of two guards never holds
import struct

if "bpy" in locals():
    import importlib

    if "n" in locals():
        importlib.reload(n)  # UNL207

from . import n

# --- clean: both guards hold
import struct

if "bpy" in locals():
    import importlib

    if "n" in locals():
        importlib.reload(n)

from . import n
import bpy

# --- clean: a guard that was left over for a module that is gone
if "bpy" in locals():
    import importlib

    if "n" in locals():
        importlib.reload(n)
    if "gone" in locals():
        importlib.reload(gone)

import bpy
from . import n
