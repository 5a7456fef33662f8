# --- del, then the old function
import sys
from m import f

del sys.modules["m"]  # UNL110
import m

f()
m.f()

# --- pop
import sys
from m import f

sys.modules.pop("m")  # UNL110
f()

# --- pop with a default and an alias
import sys
from m import C as Old

sys.modules.pop("m", None)  # UNL110
Old()

# --- __delitem__
import sys
from m import f

sys.modules.__delitem__("m")  # UNL110
f()

# --- from sys import modules
from sys import modules
from m import f

del modules["m"]  # UNL110
f()

# --- used in a function
import sys
from m import f

def later():
    return f()

del sys.modules["m"]  # UNL110

# --- clean: imported again
import sys
from m import f

del sys.modules["m"]
from m import f

f()

# --- clean: put back
import sys
from m import f

saved = sys.modules.pop("m")
sys.modules["m"] = saved
f()

# --- clean: compared with the new one
import sys
from m import C

del sys.modules["m"]
import m

print(C is m.C)

# --- clean: not used later
import sys
from m import f

f()
del sys.modules["m"]

# --- clean: a local that dies
import sys

def run():
    from m import f

    f()
    sys.modules.pop("m", None)

# --- clean: the name is deleted
import sys
from m import f

f()
del sys.modules["m"], f

# --- clean: another module
import sys
from m import f

sys.modules.pop("n", None)
f()

# --- clean: on another branch
import sys
from m import f

if len(sys.argv) > 1:
    del sys.modules["m"]
else:
    f()
