# --- neighbours on one line
# hazard: reexporting.f() != reexporting.sub.f()
import importlib
import reexporting
import reexporting.sub

importlib.reload(reexporting); importlib.reload(reexporting.sub)
print(reexporting.f() > 0)
# --- a list of names
# hazard: sys.modules["reexporting"].f() != sys.modules["reexporting.sub"].f()
import importlib
import reexporting
import sys

ORDER = ["reexporting", "reexporting.sub"]
for name in ORDER:
    importlib.reload(sys.modules[name])
# --- map
# hazard: reexporting.C is not reexporting.sub.C
from importlib import reload
import reexporting
import reexporting.sub

list(map(reload, [reexporting, reexporting.sub]))
