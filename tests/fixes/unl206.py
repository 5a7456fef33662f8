# --- neighbours
import importlib
import reexporting
import reexporting.sub

# the package
importlib.reload(reexporting)  # first
# its submodule
importlib.reload(reexporting.sub)  # second
# === fixed
import importlib
import reexporting
import reexporting.sub

# its submodule
importlib.reload(reexporting.sub)  # second
# the package
importlib.reload(reexporting)  # first
# --- on one line, in a function
from importlib import reload
import reexporting
from reexporting import sub

def refresh():
    reload(reexporting); reload(sub); print("done")
# === fixed
from importlib import reload
import reexporting
from reexporting import sub

def refresh():
    reload(sub); reload(reexporting); print("done")
# --- a loop over a tuple
import importlib
import m
import reexporting
import reexporting.sub

for each in (
    m,
    reexporting,  # a package
    reexporting.sub,
):
    importlib.reload(each)
# === fixed
import importlib
import m
import reexporting
import reexporting.sub

for each in (
    m,
    reexporting.sub,  # a package
    reexporting,
):
    importlib.reload(each)
# --- names in a list of its own
import importlib
import sys

ORDER = ["reexporting", "reexporting.sub"]
[importlib.reload(sys.modules[name]) for name in ORDER]
# === fixed
import importlib
import sys

ORDER = ["reexporting.sub", "reexporting"]
[importlib.reload(sys.modules[name]) for name in ORDER]
# --- map
from importlib import reload
import reexporting
import reexporting.sub

list(map(reload, [reexporting, reexporting.sub]))
# === fixed
from importlib import reload
import reexporting
import reexporting.sub

list(map(reload, [reexporting.sub, reexporting]))
# --- something between
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting)
print(reexporting.f())
importlib.reload(reexporting.sub)
# === refused: something stands between the two
# --- a module between
import importlib
import m
import reexporting
import reexporting.sub

for each in (reexporting, m, reexporting.sub):
    importlib.reload(each)
# === refused: something stands between the two
# --- the result is kept
import importlib
import reexporting
import reexporting.sub

package = importlib.reload(reexporting)
importlib.reload(reexporting.sub)
# === refused: a reload is part of something larger
# --- one of them in a loop
import importlib
import m
import reexporting
import reexporting.sub

importlib.reload(reexporting)
list(map(importlib.reload, [reexporting.sub, m]))
# === refused: a reload is part of something larger
# --- the loop does more
import importlib
import reexporting
import reexporting.sub

for each in (reexporting, reexporting.sub):
    importlib.reload(each)
    print(each.f())
# === refused: the loop does more than the reload
# --- the list has other uses
import importlib
import reexporting
import reexporting.sub

ORDER = [reexporting, reexporting.sub]
for each in ORDER:
    importlib.reload(each)
for other in ORDER:
    print(other.f())
# === refused: `ORDER` is used in other places, too
# --- the submodule takes names of the package, too
import importlib
import mutual
import mutual.sub

importlib.reload(mutual)
importlib.reload(mutual.sub)
# === refused: `mutual.sub` takes names of `mutual`, too: the other order leaves those old
