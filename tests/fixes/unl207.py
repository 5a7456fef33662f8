# --- another name in the guard
import importlib
import m

if "m" in locals():  # again
    importlib.reload(n)
else:
    import n
# === unsafe
import importlib
import m

if "n" in locals():  # again
    importlib.reload(n)
else:
    import n
# --- the marker comes too early, with single quotes
import bpy

if 'bpy' in globals():
    import importlib
    importlib.reload(first)
    importlib.reload(second)
else:
    from . import first, second
# === unsafe
import bpy

if 'first' in globals():
    import importlib
    importlib.reload(first)
    importlib.reload(second)
else:
    from . import first, second
# --- the other way round
import bpy

if not "bpy" in locals():
    from . import n
else:
    import importlib

    importlib.reload(n)
# === unsafe
import bpy

if not "n" in locals():
    from . import n
else:
    import importlib

    importlib.reload(n)
# --- a slip
import importlib

if "dxt" in locals():
    importlib.reload(dtx)
else:
    from . import dxt
# === unsafe
import importlib

if "dxt" in locals():
    importlib.reload(dxt)
else:
    from . import dxt
# --- a slip, and a marker
import importlib

if "bpy" in locals():
    importlib.reload(sbu)
    importlib.reload(tools)
else:
    from . import sub, tools
import bpy
# === unsafe
import importlib

if "bpy" in locals():
    importlib.reload(sub)
    importlib.reload(tools)
else:
    from . import sub, tools
import bpy
# --- the guard asks for more
import importlib
import m
import os

if "m" in locals() and os.environ.get("DEBUG"):
    importlib.reload(n)
else:
    import n
# === refused: the guard asks for more than one thing
# --- no name looks like it
import importlib

if "bpy" in locals():
    importlib.reload(preferences)
else:
    from . import ui
import bpy
# === refused: which module is meant is not certain
# --- two names look like it
import importlib

if "bpy" in locals():
    importlib.reload(tool)
else:
    from . import tools, tool_
import bpy
# === refused: which module is meant is not certain
# --- nothing binds the marker, and the import stands above
import importlib
from . import operators, panels

if "bpy" in locals():
    importlib.reload(operators)
    importlib.reload(panels)
# === refused: `operators` is imported above the guard, which would hold on the first run, too
