# --- the package before its submodule
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting)  # UNL206: 0
importlib.reload(reexporting.sub)

# --- from importlib import reload
from importlib import reload
import reexporting
import reexporting.sub

reload(reexporting)  # UNL206
reload(reexporting.sub)

# --- something in between
import importlib
import reexporting
import reexporting.sub
import m

importlib.reload(reexporting)  # UNL206
importlib.reload(m)
print("reloaded")
importlib.reload(reexporting.sub)

# --- in a function
import importlib
import reexporting
import reexporting.sub


def refresh():
    importlib.reload(reexporting)  # UNL206: 4
    importlib.reload(reexporting.sub)


# --- in a loop that restarts
import importlib
import reexporting
import reexporting.sub


def serve(restarting):
    while restarting():
        importlib.reload(reexporting)  # UNL206
        importlib.reload(reexporting.sub)


# --- a loop over a tuple
import importlib
import reexporting
import reexporting.sub

for each in (reexporting, reexporting.sub):
    importlib.reload(each)  # UNL206

# --- map over a list
from importlib import reload
import reexporting
import reexporting.sub

list(map(reload, [reexporting, reexporting.sub]))  # UNL206

# --- a submodule under another name
import importlib
import reexporting
from reexporting import sub

importlib.reload(reexporting)  # UNL206
importlib.reload(sub)

# --- entries of sys.modules
import importlib
import sys

importlib.reload(sys.modules["reexporting"])  # UNL206
importlib.reload(sys.modules["reexporting.sub"])

# --- a loop over names
import importlib
import sys

for name in ("reexporting", "reexporting.sub"):
    importlib.reload(sys.modules[name])  # UNL206

# --- import_module
from importlib import import_module, reload

reload(import_module("reexporting"))  # UNL206
reload(import_module("reexporting.sub"))

# --- assigned
import importlib
import reexporting
import reexporting.sub

reexporting = importlib.reload(reexporting)  # UNL206
sub = importlib.reload(reexporting.sub)

# --- on one line
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting); importlib.reload(reexporting.sub)  # UNL206

# --- in a tuple
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting), importlib.reload(reexporting.sub)  # UNL206

# --- under a test
import importlib
import os
import reexporting
import reexporting.sub

if os.environ.get("DEBUG"):
    importlib.reload(reexporting)  # UNL206
    importlib.reload(reexporting.sub)

# --- the inner package first, and its own package too early
import importlib
import m
import reexporting.sub as sub
import reexporting as package

importlib.reload(m)
importlib.reload(package)  # UNL206
importlib.reload(sub)

# --- Blender
if "bpy" in locals():
    import importlib

    importlib.reload(reexporting)  # UNL206
    importlib.reload(sub)
else:
    import reexporting
    from reexporting import sub
import bpy

# --- clean: submodules first
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting.sub)
importlib.reload(reexporting)

# --- clean: the package once more
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting)
importlib.reload(reexporting.sub)
importlib.reload(reexporting)

# --- clean: two rounds
import importlib
import reexporting
import reexporting.sub

for _ in range(2):
    importlib.reload(reexporting)
    importlib.reload(reexporting.sub)

# --- clean: two rounds over a tuple
import importlib
import reexporting
import reexporting.sub

for _ in range(2):
    for each in (reexporting, reexporting.sub):
        importlib.reload(each)

# --- clean: the tuple holds the package twice
import importlib
import reexporting
import reexporting.sub

for each in (reexporting, reexporting.sub, reexporting):
    importlib.reload(each)

# --- clean: the package takes nothing from it
import importlib
import pkg
import pkg.sub

importlib.reload(pkg)
importlib.reload(pkg.sub)

# --- clean: not on disk
import importlib
import elsewhere
import elsewhere.sub

importlib.reload(elsewhere)
importlib.reload(elsewhere.sub)

# --- clean: two branches
import importlib
import sys
import reexporting
import reexporting.sub

if "--all" in sys.argv:
    importlib.reload(reexporting)
else:
    importlib.reload(reexporting.sub)

# --- clean: two branches in a loop
import importlib
import reexporting
import reexporting.sub


def serve(changes):
    for change in changes:
        if change == "package":
            importlib.reload(reexporting)
        else:
            importlib.reload(reexporting.sub)


# --- clean: two functions
import importlib
import reexporting
import reexporting.sub


def whole():
    importlib.reload(reexporting)


def part():
    importlib.reload(reexporting.sub)


# --- clean: other modules
import importlib
import m
import n

importlib.reload(m)
importlib.reload(n)

# --- clean: a set has no order
import importlib
import reexporting
import reexporting.sub

for each in {reexporting, reexporting.sub}:
    importlib.reload(each)

# --- clean: reversed
import importlib
import reexporting
import reexporting.sub

for each in reversed((reexporting, reexporting.sub)):
    importlib.reload(each)

# --- clean: methods of that name
import reexporting
import reexporting.sub


class Page:
    def reload(self, module):
        return module


page = Page()
page.reload(reexporting)
page.reload(reexporting.sub)

# --- clean: each in a try of its own
import importlib
import reexporting
import reexporting.sub


def whole():
    try:
        importlib.reload(reexporting.sub)
    finally:
        importlib.reload(reexporting)


# --- clean: what the package takes is a module
import importlib
import listing
import listing.parts

importlib.reload(listing)
importlib.reload(listing.parts)

# --- clean: the names are refreshed by hand
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting)
importlib.reload(reexporting.sub)
reexporting.f = reexporting.sub.f
reexporting.C = reexporting.sub.C

# --- deeper
import importlib
import reexporting as r
import reexporting.sub as s


class Host:
    def refresh(self):
        importlib.reload(r)  # UNL206
        importlib.reload(s)

# --- clean: the loop goes backwards
import importlib
import reexporting
import reexporting.sub

for each in [reexporting, reexporting.sub][::-1]:
    importlib.reload(each)

# --- a while loop is no second pass
import importlib
import reexporting
import reexporting.sub

rounds = 2
while rounds:
    importlib.reload(reexporting)  # UNL206
    importlib.reload(reexporting.sub)
    rounds -= 1
