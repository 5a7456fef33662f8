# --- the dict itself
import sys

for name in sys.modules:  # UNL106
    if name.startswith("m"):
        del sys.modules[name]

# --- keys
import sys

for name in sys.modules.keys():  # UNL106
    if name.startswith("m"):
        sys.modules.pop(name, None)

# --- items
import sys

for name, module in sys.modules.items():  # UNL106
    if module is None:
        del sys.modules[name]

# --- a generator
import sys

for name in (k for k in sys.modules if k.startswith("m")):  # UNL106
    del sys.modules[name]

# --- filter
import sys

for name in filter(None, sys.modules):  # UNL106
    sys.modules.pop(name)

# --- a name of the dict
from sys import modules

for name in modules:  # UNL106
    if name.startswith("m"):
        modules.pop(name)

# --- clean: list
import sys

for name in list(sys.modules):
    if name.startswith("m."):
        del sys.modules[name]

# --- clean: tuple
import sys

for name in tuple(sys.modules):
    if name.startswith("m."):
        del sys.modules[name]

# --- clean: sorted
import sys

for name in sorted(sys.modules):
    if name.startswith("m."):
        del sys.modules[name]

# --- clean: set
import sys

for name in set(sys.modules):
    if name.startswith("m."):
        del sys.modules[name]

# --- clean: copy
import sys

for name in sys.modules.copy():
    if name.startswith("m."):
        del sys.modules[name]

# --- clean: a list comprehension
import sys

for name in [k for k in sys.modules if k.startswith("m.")]:
    del sys.modules[name]

# --- clean: break follows
import sys

for name in sys.modules:
    if name == "m":
        del sys.modules[name]
        break

# --- clean: return follows
import sys

def drop():
    for name in sys.modules:
        if name == "m":
            return sys.modules.pop(name)
    return None

# --- clean: removed after the loop
import sys

gone = []
for name in sys.modules:
    if name.startswith("m."):
        gone.append(name)
for name in gone:
    del sys.modules[name]

# --- clean: an existing key is given a value
import sys

for name in sys.modules:
    sys.modules[name] = sys.modules[name]

# --- a view that has a name
import sys


def forget():
    names = sys.modules.keys()
    for name in names:  # UNL106
        if name.startswith("m"):
            del sys.modules[name]

# --- clean: a list that has a name
import sys


def forget():
    names = list(sys.modules.keys())
    for name in names:
        if name.startswith("m"):
            del sys.modules[name]
