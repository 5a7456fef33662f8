# --- a copy is put in
import sys

saved = sys.modules.copy()
sys.modules = saved  # UNL105

# --- a new dict
import sys

sys.modules = {}  # UNL105

# --- dict()
import sys

sys.modules = dict(sys.modules)  # UNL105

# --- deleted
import sys

del sys.modules  # UNL105

# --- a comprehension
import sys

sys.modules = {k: v for k, v in sys.modules.items() if k != "m"}  # UNL105

# --- an alias of sys
import sys as s

s.modules = s.modules.copy()  # UNL105

# --- union
import sys

sys.modules = sys.modules | {}  # UNL105

# --- clean: the same object
import sys

original = sys.modules
sys.modules = original

# --- clean: in place
import sys

sys.modules |= {"other": sys}

# --- clean: an entry
import sys

sys.modules["other"] = sys

# --- clean: update
import sys

saved = dict(sys.modules)
sys.modules.update(saved)

# --- clean: another object's attribute
import types

box = types.SimpleNamespace()
box.modules = {}

# --- clean: only read
import sys

modules = dict(sys.modules)
print(modules)

# --- an annotated assignment
import sys

sys.modules: dict = {}  # UNL105

# --- one of several targets
import sys

sys.modules, count = {}, 1  # UNL105

# --- clean: the same object comes back in a tuple
import sys

saved, count = sys.modules, 0
sys.modules, count = saved, 1

# --- a copy stands in for the dict: an import statement does not see it
import importlib
import sys


def test_without_torch():
    hidden = {k: v for k, v in sys.modules.items() if k != "torch"}
    saved, sys.modules = sys.modules, hidden  # UNL105
    try:
        assert importlib.import_module("app")
    finally:
        sys.modules = saved

# --- a copy comes back in the end
import sys


def fresh():
    saved, sys.modules = sys.modules.copy(), dict(sys.modules)  # UNL105
    try:
        print(saved)
    finally:
        sys.modules = saved  # UNL105

# --- the attribute is set by its name
import sys

setattr(sys, "modules", {})  # UNL105

# --- the attribute is deleted by its name
import sys

delattr(sys, "modules")  # UNL105

# --- clean: the dict itself is set by its name
import sys

old = sys.modules
setattr(sys, "modules", old)

# --- clean: a fixture undoes it
import sys


def test_plugins(monkeypatch):
    monkeypatch.setattr(sys, "modules", {})

# --- a mapping of a class of its own
import sys


class Modules(dict):
    pass


class Watcher:
    def start(self):
        self.modules = Modules(sys.modules)
        sys.modules = self.modules  # UNL105
        modules = sys.modules
        return modules


def start():
    sys.modules = Modules()  # UNL105


def start_watching(watcher):
    sys.modules = watcher()
