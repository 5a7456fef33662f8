# --- sys
import importlib
import sys

importlib.reload(sys)  # UNL208: 0

# --- sys under another name
from importlib import reload as r
import sys as system

r(system)  # UNL208

# --- the keyword
import importlib
import sys

importlib.reload(module=sys)  # UNL208

# --- builtins
import builtins
import importlib

importlib.reload(builtins)  # UNL208

# --- an extension module
import importlib
import math

importlib.reload(math)  # UNL208

# --- an entry of sys.modules
import importlib
import sys

importlib.reload(sys.modules["time"])  # UNL208

# --- import_module
from importlib import import_module, reload

reload(import_module("itertools"))  # UNL208

# --- six
from six.moves import reload_module
import sys

reload_module(sys)  # UNL208

# --- logging
import importlib
import logging

importlib.reload(logging)  # UNL208

# --- logging, assigned
import importlib
import logging

logging = importlib.reload(logging)  # UNL208: 10

# --- enum
import enum
import importlib

importlib.reload(enum)  # UNL208

# --- re
import importlib
import re

importlib.reload(re)  # UNL208

# --- os
import importlib
import os

importlib.reload(os)  # UNL208

# --- threading
import importlib
import threading

importlib.reload(threading)  # UNL208

# --- numpy
import importlib
import numpy as np

importlib.reload(np)  # UNL208

# --- a loop
import importlib
import math
import m

for each in (m, math):
    importlib.reload(each)  # UNL208

# --- in a function
import importlib
import sys


def fix():
    importlib.reload(sys)  # UNL208: 4


# --- a module that replaces itself
import importlib
import replacing

importlib.reload(replacing)  # UNL208
replacing.f()

# --- a module that replaces itself, by its name
from importlib import reload
import replacing as r

reload(r)  # UNL208
r.f()

# --- clean: a module of the project
import importlib
import m

importlib.reload(m)
m.f()

# --- clean: the replaced object is taken
import importlib
import replacing

replacing = importlib.reload(replacing)
replacing.f()

# --- clean: only the entry of a module that replaces itself counts
import importlib
import sys
import replacing


def again():
    module = sys.modules["replacing"]
    importlib.reload(module)

# --- a function reloads a module that replaces itself
import importlib
import replacing


def again():
    importlib.reload(replacing)  # UNL208


def work():
    replacing.f()

# --- clean: a harmless standard module
import importlib
import string
import site

importlib.reload(string)
importlib.reload(site)

# --- clean: Python 2
import sys

if sys.version_info[0] < 3:
    reload(sys)
    sys.setdefaultencoding("utf-8")

# --- clean: Python 2 in a try
import sys

try:
    reload(sys)
    sys.setdefaultencoding("utf-8")
except NameError:
    pass

# --- clean: Python 2, the function comes from a fallback
import sys

try:
    from importlib import reload
except ImportError:
    pass
if sys.version_info[0] == 2:
    reload(sys)

# --- clean: a local module of that name
import importlib
from . import logging

importlib.reload(logging)

# --- clean: a submodule of that name
import importlib
from project import math

importlib.reload(math)

# --- clean: the test is that it fails
import importlib
import sys
import pytest


def test_sys():
    with pytest.raises(ImportError):
        importlib.reload(sys)


# --- clean: a method
class Page:
    def reload(self, module):
        return module


import sys

Page().reload(sys)

# --- clean: only a name in a text
NOTE = "importlib.reload(sys) does nothing"
print(NOTE)

# --- clean: a parameter called sys
import importlib


def refresh(sys):
    importlib.reload(sys)


# --- clean: dead code
import importlib
import sys

if False:
    importlib.reload(sys)

# --- clean: a test that it fails, by the entry
import importlib
import pytest
import sys


def test_sys():
    with pytest.raises(ModuleNotFoundError):
        importlib.reload(sys.modules["sys"])

# --- clean: logging.config is another module
import importlib
import logging.config

importlib.reload(logging.config)

# --- clean: os.path
import importlib
import os.path

importlib.reload(os.path)

# --- clean: collections.abc
import importlib
import json.decoder

importlib.reload(json.decoder)
