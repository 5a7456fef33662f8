# --- the import of the same name
import sys
from pkg import sub

sub.f()
del sys.modules["pkg.sub"]
# once more
from pkg import sub  # new

sub.f()
# === fixed
import sys
from pkg import sub

sub.f()
del sys.modules["pkg.sub"]
# once more
import pkg.sub as sub  # new

sub.f()
# --- another name
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg import sub as again

again.f()
# === fixed
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
import pkg.sub as again

again.f()
# --- several submodules
import sys
import listing.parts.one

for name in ("listing.parts.one",):
    sys.modules.pop(name, None)
from listing.parts import one
# === fixed
import sys
import listing.parts.one

for name in ("listing.parts.one",):
    sys.modules.pop(name, None)
import listing.parts.one as one
# --- a guard, in a function, on one line
import sys

def fresh():
    if "pkg.sub" in sys.modules: del sys.modules["pkg.sub"]
    from pkg import sub; return sub.f()
# === fixed
import sys

def fresh():
    if "pkg.sub" in sys.modules: del sys.modules["pkg.sub"]
    import pkg.sub as sub; return sub.f()
# --- a try around the removal, another around the import
import sys
import pkg.sub

try:
    del sys.modules["pkg.sub"]
except KeyError:
    pass
try:
    from pkg import sub
except ImportError:
    sub = None
# === fixed
import sys
import pkg.sub

try:
    del sys.modules["pkg.sub"]
except KeyError:
    pass
try:
    import pkg.sub as sub
except ImportError:
    sub = None
# --- two names that both are modules
import sys
from pkg import sub

for name in ("pkg.sub", "pkg.two"):
    sys.modules.pop(name, None)
from pkg import sub, two as second
# === fixed
import sys
from pkg import sub

for name in ("pkg.sub", "pkg.two"):
    sys.modules.pop(name, None)
import pkg.sub as sub  # noqa: F811
import pkg.two as second
# --- a relative import
# file: pkg/fresh.py
"""Loads the submodule again."""

import sys

from . import sub


def fresh():
    del sys.modules["pkg.sub"]
    from . import sub

    return sub.f()
# === fixed
# file: pkg/fresh.py
"""Loads the submodule again."""

import importlib
import sys

from . import sub


def fresh():
    del sys.modules["pkg.sub"]
    sub = importlib.import_module(".sub", __package__)

    return sub.f()
# --- a relative import of a longer name
# file: listing/more.py
import importlib as loader
import sys

def fresh():
    sys.modules.pop("listing.parts.one", None)
    from .parts import one as first
    return first.f()
# === fixed
# file: listing/more.py
import importlib as loader
import sys

def fresh():
    sys.modules.pop("listing.parts.one", None)
    first = loader.import_module(".parts.one", __package__)
    return first.f()
# --- other names that are no submodules
import sys
import pkg.sub

del sys.modules["pkg.sub"]
from pkg import sub, VERSION
# === refused: the other names of the import may be no submodules
# --- nothing may have been removed
import sys
import pkg.sub

if len(sys.argv) > 1:
    del sys.modules["pkg.sub"]
from pkg import sub
# === refused: the import also runs where nothing was removed
# --- the first round comes before the removal
import sys
import pkg.sub

for _ in range(2):
    from pkg import sub

    sys.modules.pop("pkg.sub", None)
# === refused: the import also runs where nothing was removed
# --- importlib is something else
# file: pkg/fresh.py
import sys

importlib = None
del sys.modules["pkg.sub"]
from . import sub
# === refused: `importlib` is another name here
# --- the standard library
import sys
import xml.dom

del sys.modules["xml.dom"]
from xml import dom
# === refused: `xml` is of the standard library, whose state a second copy does not have
# --- the parent goes as well
import sys
import pkg.sub

del sys.modules["pkg.sub"], sys.modules["pkg"]
from pkg import sub
# === nothing
# --- the submodule comes by its own name
import sys
import pkg.sub

del sys.modules["pkg.sub"]
from pkg.sub import f
# === nothing
# --- the attribute is deleted
import sys
import pkg.sub

del sys.modules["pkg.sub"], pkg.sub
from pkg import sub
# === nothing
# --- no submodule, and never imported before
import sys
import pkg

sys.modules.pop("pkg.other", None)
from pkg import VERSION
# === nothing
