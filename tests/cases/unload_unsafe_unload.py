# --- clear
import sys

sys.modules.clear()  # UNL107

# --- popitem
import sys

sys.modules.popitem()  # UNL107

# --- its own name during the import
import sys

del sys.modules[__name__]  # UNL107

# --- its own name by pop
import sys

sys.modules.pop(__name__, None)  # UNL107

# --- __main__
import sys

del sys.modules["__main__"]  # UNL107

# --- builtins
import sys

sys.modules.pop("builtins")  # UNL107

# --- threading
import sys

del sys.modules["threading"]  # UNL107

# --- logging, from sys import modules
from sys import modules

modules.pop("logging", None)  # UNL107

# --- numpy
import sys

sys.modules.pop("numpy", None)  # UNL107

# --- clean: cleared and filled
import sys

saved = dict(sys.modules)
sys.modules.clear()
sys.modules.update(saved)

# --- clean: in a function that is called later
import sys

def forget():
    sys.modules.pop(__name__, None)

# --- clean: replaced
import sys

sys.modules[__name__] = object()

# --- clean: put back
import sys

saved = sys.modules.pop("logging")
sys.modules["logging"] = saved

# --- clean: patch.dict
import sys
from unittest import mock

with mock.patch.dict(sys.modules):
    del sys.modules["numpy"]

# --- clean: monkeypatch
import sys

def test_it(monkeypatch):
    monkeypatch.delitem(sys.modules, "numpy", raising=False)

# --- clean: an ordinary module
import sys

sys.modules.pop("m", None)
