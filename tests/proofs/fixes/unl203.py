# --- a text
# hazard: isinstance(error, TypeError)
import importlib
import m

print(m.f())
importlib.reload("m")
print(m.f())
# --- the name of the module
# hazard: isinstance(error, TypeError)
import importlib
import m

importlib.reload(m.__name__)
print(m.f())
# --- a loop over texts
# hazard: isinstance(error, TypeError)
import importlib
import m
import n

for name in ("m", "n"):
    importlib.reload(name)
print(m.f(), n.f())
# --- only a name of it was imported
# hazard: isinstance(error, NameError)
import importlib
from m import f

print(f())
importlib.reload(m)
# --- this module itself, when it is done
# hazard: refresh_fails()
import importlib

marker = [1]


def refresh():
    importlib.reload(__name__)


def refresh_fails():
    before = marker
    try:
        refresh()
    except TypeError:
        return True
    return marker is before
