# --- the marker comes too early
# hazard: isinstance(error, NameError)
import importlib
import sys as bpy

if 'bpy' in globals():
    importlib.reload(m)
    importlib.reload(n)
else:
    import m, n
print(m.f(), n.f())
# --- a slip, on the second run
# hazard: fails()
import importlib
import sys

if "marker" in locals():
    importlib.reload(mm)
else:
    import m
marker = True


def fails():
    try:
        importlib.reload(sys.modules["example"])
    except NameError:
        return True
    return False
