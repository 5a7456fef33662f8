# --- the builtin
import m

reload(m)  # UNL205: 0

# --- the builtin, assigned
import m

m = reload(m)  # UNL205: 4

# --- in a function
def refresh(module):
    reload(module)  # UNL205


# --- imp.reload
import imp
import m

imp.reload(m)  # UNL205

# --- imp among others
import os, imp as old
import m

old.reload(m)  # UNL205

# --- imp under another name
import imp as old
import m

old.reload(m)  # UNL205

# --- from imp import reload
from imp import reload
import m

reload(m)  # UNL205

# --- from imp import reload under another name
from imp import reload as r
import m

r(m)  # UNL205

# --- imp imported in the function
def refresh(module):
    import imp

    imp.reload(module)  # UNL205


# --- in a loop
import m
import n

for each in (m, n):
    reload(each)  # UNL205

# --- map
import m
import n

list(map(reload, [m, n]))  # UNL205

# --- a try that has another reason
import imp
import m

try:
    imp.reload(m)  # UNL205
except SyntaxError:
    print("broken")

# --- behind a test of something else
import imp
import os
import m

if os.environ.get("DEBUG"):
    imp.reload(m)  # UNL205

# --- a lambda
refresh = lambda module: reload(module)  # UNL205

# --- an alias of the function
import imp
import m

again = imp.reload
again(m)  # UNL205

# --- Blender
if "bpy" in locals():
    import imp

    imp.reload(sub)  # UNL205
else:
    from . import sub
import bpy

# --- clean: importlib
import importlib
import m

importlib.reload(m)

# --- clean: from importlib import reload
from importlib import reload
import m

reload(m)

# --- clean: importlib under the old name
import importlib as imp
import m

imp.reload(m)

# --- clean: from importlib import *
from importlib import *
import m

reload(m)

# --- clean: another module called imp
from . import imp
import m

imp.reload(m)

# --- clean: six
from six.moves import reload_module
import m

reload_module(m)

# --- clean: six.moves.reload_module as reload
from six.moves import reload_module as reload
import m

reload(m)

# --- clean: a fallback for the builtin
import m

try:
    reload
except NameError:
    from importlib import reload

reload(m)

# --- clean: a fallback the other way
import m

try:
    from importlib import reload
except ImportError:
    from imp import reload

reload(m)

# --- clean: a fallback that tries imp first
import m

try:
    from imp import reload
except ImportError:
    from importlib import reload

reload(m)

# --- clean: a fallback that passes
import m

try:
    from importlib import reload
except ImportError:
    pass

reload(m)

# --- clean: a fallback of modules
import m

try:
    import importlib as imp
except ImportError:
    import imp

imp.reload(m)

# --- clean: a fallback around the call
import m

try:
    reload(m)
except NameError:
    import importlib

    importlib.reload(m)

# --- clean: a fallback with any exception
import sys

try:
    reload(sys)
    sys.setdefaultencoding("utf-8")
except:
    pass

# --- clean: a test of the version
import sys
import m

if sys.version_info[0] < 3:
    reload(m)
else:
    import importlib

    importlib.reload(m)

# --- clean: a test of the version, else
import sys
import m

if sys.version_info >= (3, 4):
    from importlib import reload
elif sys.version_info >= (3, 0):
    from imp import reload

reload(m)

# --- clean: a flag of the version
import sys
import m

PY3 = sys.version_info[0] == 3
if not PY3:
    reload(m)

# --- clean: six.PY2
import six
import m

if six.PY2:
    reload(m)

# --- clean: a version by its number
import sys
import m

if sys.hexversion < 0x03000000:
    reload(m)

# --- clean: the platform's version
import platform
import m

if platform.python_version_tuple()[0] == "2":
    reload(m)

# --- clean: a function that leaves early
import sys


def fix(module):
    if sys.version_info[0] >= 3:
        return
    reload(module)


# --- clean: defined in the file
import m


def reload(module):
    return module


reload(m)

# --- clean: put into builtins
import builtins
import importlib
import m

builtins.reload = importlib.reload
reload(m)

# --- clean: put into builtins by setattr
import builtins
import importlib
import m

setattr(builtins, "reload", importlib.reload)
reload(m)

# --- clean: a parameter
def work(reload, module):
    reload(module)


# --- clean: a method
class Page:
    def reload(self):
        return self


Page().reload()

# --- clean: bound in an if
import sys
import m

if sys.version_info[0] >= 3:
    import importlib

    reload = importlib.reload
reload(m)

# --- clean: bound by a loop over ways
import m

reload = None
for way in ("importlib", "imp"):
    try:
        reload = __import__(way).reload
        break
    except (ImportError, AttributeError):
        continue
reload(m)

# --- clean: a star import may bring it
from compat import *
import m

reload(m)

# --- clean: hasattr
import m

if hasattr(__builtins__, "reload"):
    reload(m)

# --- clean: dead code
import m

if False:
    reload(m)

# --- clean: global
import importlib
import m


def setup():
    global reload
    reload = importlib.reload


reload(m)

# --- handlers that stand for another failure as well
import codecs
import sys

try:
    import imp

    imp.reload(codecs)  # UNL205, UNL208
    codecs.getencoder("utf-8")
except (ImportError, LookupError):
    sys.exit("no such encoding")

# --- clean: handlers for a missing name only
import m

try:
    reload(m)
except (NameError, AttributeError):
    m.f()

# --- clean: py2 shim defines reload in a try with else
try:
    unicode
except NameError:
    from importlib import reload
else:
    import codecs
import m

reload(m)

# --- clean: six under its moves name
from six import moves
import m

moves.reload_module(m)

# --- clean: future
from future.standard_library import install_aliases
from past.builtins import reload
import m

reload(m)

# --- clean: exec in py2 string
CODE = "reload(sys)"
exec(CODE)

# --- clean: own imp module in the folder
# file: pkg/user.py
from pkg import imp
import m

imp.reload(m)

# --- clean: a nested function of that name
import m


def outer():
    def reload(module):
        return module

    return reload(m)

# --- clean: a with statement binds it
import m
from elsewhere import tools

with tools() as reload:
    reload(m)

# --- imp through sys.modules is gone as well
import importlib
import m

importlib.import_module("imp").reload(m)  # UNL205

# --- clean: a test that it is gone
import pytest
import m


def test_gone():
    with pytest.raises(NameError):
        reload(m)

# --- a version test that lets in every Python 3
import sys
import m

if sys.version_info >= (3, 0):
    import imp

    imp.reload(m)  # UNL205
else:
    reload(m)

# --- the same by the first number
import sys
import m

if sys.version_info[0] < 3:
    reload(m)
else:
    from imp import reload

    reload(m)  # UNL205

# --- clean: a version test that keeps out those without imp
import sys
import m

if sys.version_info >= (3, 4):
    from importlib import reload
elif sys.version_info[0] == 3:
    from imp import reload

reload(m)

# --- a version test and something else
import sys
from imp import reload

if "m" in sys.modules and sys.version_info >= (3, 0):
    reload(sys.modules["m"])  # UNL205
