# --- the builtin
"""Reloads."""
import os

import m

m = reload(m)  # again
# === fixed
"""Reloads."""
import importlib
import os

import m

m = importlib.reload(m)  # again
# --- imp
# old
import imp  # reload
import os
import m

imp.reload(m)
imp.reload(  # twice
    m
)
# === fixed
# old
import importlib  # reload
import os
import m

importlib.reload(m)
importlib.reload(  # twice
    m
)
# --- imp among others, under another name
import os, imp as old, sys
import m


def refresh():
    old.reload(m)
# === fixed
import os, importlib, sys
import m


def refresh():
    importlib.reload(m)
# --- importlib is there
import imp
import importlib as il
import m

imp.reload(m)
print("imp", il.import_module("n"))
# === fixed
import importlib as il
import m

il.reload(m)
print("imp", il.import_module("n"))
# --- from imp import reload
import m
from imp import reload as again  # old

again(m)
# === fixed
import m
from importlib import reload as again  # old

again(m)
# --- in a function
def refresh(module):
    import imp

    imp.reload(module)
# === fixed
def refresh(module):
    import importlib

    importlib.reload(module)
# --- Blender
if "bpy" in locals():
    import imp
    imp.reload(sub)
else:
    from . import sub
import bpy
# === fixed
if "bpy" in locals():
    import importlib
    importlib.reload(sub)
else:
    from . import sub
import bpy
# --- map, and another name for the function
import imp
import m
import n

again = imp.reload
again(m)
list(map(imp.reload, [m, n]))
# === fixed
import importlib
import m
import n

again = importlib.reload
again(m)
list(map(importlib.reload, [m, n]))
# --- the suppressed one keeps its import
import imp
import m
import n

imp.reload(m)
imp.reload(n)  # noqa: UNL205
# === fixed
import imp
import importlib
import m
import n

importlib.reload(m)
imp.reload(n)  # noqa: UNL205
# --- imp is used for more
import imp
import m

imp.reload(m)
imp.find_module("n")
# === refused: `imp` is used for more than its `reload`
# --- more is taken from imp
from imp import find_module, reload
import m

reload(m)
find_module("n")
# === refused: other names are taken from `imp`, too
# --- imp is bound twice
import imp
import m
import imp

imp.reload(m)
# === refused: `imp` is bound in more than one way
# --- importlib is something else
from elsewhere import importlib
import m

reload(m)
importlib()
# === refused: the name `importlib` is taken
# --- a comment at the import that has to go
import importlib
import imp  # for reload
import m

imp.reload(m)
importlib.import_module("n")
# === refused: a comment stands at the import of `imp`
# --- the function of an object
import imp
import m


class Host:
    reload = imp.reload


Host.reload(m)
again = [imp.reload][0]
(lambda: imp).reload = imp.reload
(imp if m else imp).reload(m)
imp.reload(m)
print(imp)
# === refused: `imp` is used for more than its `reload`
