# --- directly after the import
# opt-in
import importlib
import m

importlib.reload(m)  # UNL906: 0

# --- reload by name
# opt-in
from importlib import reload

import m

reload(m)  # UNL906

# --- a submodule
# opt-in
import importlib

from pkg import sub

importlib.reload(sub)  # UNL906

# --- imported by the argument
# opt-in
import importlib

module = importlib.reload(importlib.import_module("m"))  # UNL906

# --- in a function
# opt-in
import importlib


def fresh():
    import m

    importlib.reload(m)  # UNL906
    return m.f()

# --- clean: on demand
# opt-in
import importlib

import m


def refresh():
    importlib.reload(m)

# --- clean: under the main guard
# opt-in
import importlib

if __name__ == "__main__":
    import m

    importlib.reload(m)
    m.f()

# --- clean: imported before, under the main guard
# opt-in
from importlib import reload

import m

if __name__ == "__main__":
    reload(m)

# --- clean: a development switch
# opt-in
import importlib

DEV = True


def ribbon(settings):
    from pkg import sub

    if settings.dev or DEV:
        importlib.reload(sub)
    return sub.f()

# --- clean: a module that was loaded already
# opt-in
import importlib
import sys

if "m" in sys.modules:
    importlib.reload(sys.modules["m"])

# --- clean: what is reloaded came from elsewhere
# opt-in
import importlib


def refresh(module):
    return importlib.reload(module)

# --- clean: unless selected
import importlib
import m

importlib.reload(m)

# --- clean: a function reloads what the file has imported
# opt-in
import importlib

import m


def fresh():
    import m

    importlib.reload(m)
    return m.f()


m.f()

# --- clean: only where an earlier run has left its marker
# opt-in
from . import camera, node

if "bpy" in locals():
    import importlib

    importlib.reload(camera)
    importlib.reload(node)

import bpy

# --- clean: only where a test of any kind says so
# opt-in
import importlib

from . import ui
from .lock import LOCK

if LOCK.exists():
    importlib.reload(ui)

# --- import and reload behind one test
# opt-in
import importlib
import sys

if sys.platform == "linux":
    import m

    importlib.reload(m)  # UNL906

# --- clean: imported by the argument, where it is loaded
# opt-in
import importlib
import sys

if "m" in sys.modules:
    importlib.reload(importlib.import_module("m"))
