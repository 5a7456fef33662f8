# --- in a function, behind a guard
# hazard: fresh() is not importlib.import_module("pkg.sub")
import sys
import pkg.sub


def fresh():
    if "pkg.sub" in sys.modules:
        del sys.modules["pkg.sub"]
    from pkg import sub

    return sub
# --- another name
# hazard: again is not importlib.import_module("pkg.sub")
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg import sub as again

print(again.f() > 0)
# --- a relative import
# file: pkg/fresh.py
# hazard: fresh() is not importlib.import_module("pkg.sub")
import sys

from . import sub

print(sub.f() > 0)


def fresh():
    del sys.modules["pkg.sub"]
    from . import sub

    return sub
