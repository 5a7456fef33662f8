# --- a loop over the dict
import sys

for name in sys.modules:  # all of them
    if name.startswith("m"):
        del sys.modules[name]
# === fixed
import sys

for name in list(sys.modules):  # all of them
    if name.startswith("m"):
        del sys.modules[name]
# --- a view, under another name
from sys import modules as mods

def forget():
    for name, module in mods.items():
        if module is None: mods.pop(name)
# === fixed
from sys import modules as mods

def forget():
    for name, module in list(mods.items()):
        if module is None: mods.pop(name)
# --- parentheses that are not needed any more
import sys
for name in (sys.modules):
    sys.modules.pop(name, None)
# === fixed
import sys
for name in list(sys.modules):
    sys.modules.pop(name, None)
# --- parentheses with a comment
import sys
for name in (
    sys.modules  # all
):
    sys.modules.pop(name, None)
# === fixed
import sys
for name in list((
    sys.modules  # all
)):
    sys.modules.pop(name, None)
# --- a lazy iterator
import sys
for name in filter(lambda key: key.startswith("m"), sys.modules):
    del sys.modules[name]
# === fixed
import sys
for name in filter(lambda key: key.startswith("m"), list(sys.modules)):
    del sys.modules[name]
# --- a generator expression
import sys
for name in (key for key in sys.modules if key.startswith("m")):
    del sys.modules[name]
# === fixed
import sys
for name in (key for key in list(sys.modules) if key.startswith("m")):
    del sys.modules[name]
# --- a comprehension
import sys
gone = [sys.modules.pop(name) for name in sys.modules if name.startswith("m")]
# === fixed
import sys
gone = [sys.modules.pop(name) for name in list(sys.modules) if name.startswith("m")]
# --- other keys, leniently
import sys
for name in sys.modules:
    sys.modules.pop(name + ".sub", None)
# === fixed
import sys
for name in list(sys.modules):
    sys.modules.pop(name + ".sub", None)
# --- other keys
import sys
for name in sys.modules:
    del sys.modules[name]
    del sys.modules["other"]
# === refused: the loop removes other keys than its own, which fails once they are gone
# --- list is something else
import sys
list = print
for name in sys.modules:
    del sys.modules[name]
# === refused: `list` is another name here
# --- the loop ends with the removal
import sys
for name in sys.modules:
    if name == "m":
        del sys.modules[name]
        break
# === nothing
# --- enumerate
import sys

for number, name in enumerate(sys.modules):
    if number > 9:
        del sys.modules[name]
# === fixed
import sys

for number, name in enumerate(list(sys.modules)):
    if number > 9:
        del sys.modules[name]
