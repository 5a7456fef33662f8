# --- a submodule
# hazard: isinstance(error, ImportError)
import importlib
import sys
import pkg.sub

print(pkg.sub.f())
del sys.modules["pkg.sub"]
importlib.reload(pkg.sub)
print(pkg.sub.f())
# --- assigned, in a function
# hazard: isinstance(error, ImportError)
# given up: reload
import sys
from importlib import reload


def refresh():
    import m

    sys.modules.pop("m")
    m = reload(m)
    return m.f()


print("now")
print(refresh())
