# --- finally around the failing import
import sys

try:
    import broken
finally:
    del sys.modules["broken"]  # UNL108

# --- finally with pop
import sys

try:
    import broken
finally:
    sys.modules.pop("broken")  # UNL108

# --- finally in a function
import sys

def probe():
    try:
        import broken
    finally:
        del sys.modules["broken"]  # UNL108

# --- removed twice
import sys

del sys.modules["m"]
del sys.modules["m"]  # UNL108

# --- pop after del
import sys

del sys.modules["m"]
sys.modules.pop("m")  # UNL108

# --- del after a lenient pop
import sys

sys.modules.pop("m", None)
del sys.modules["m"]  # UNL108

# --- clean: lenient in the finally
import sys

try:
    import broken
finally:
    sys.modules.pop("broken", None)

# --- clean: imported between
import sys
import m

del sys.modules["m"]
import m

del sys.modules["m"]

# --- clean: a test before
import sys

del sys.modules["m"]
if "m" in sys.modules:
    del sys.modules["m"]

# --- clean: KeyError is expected
import sys

del sys.modules["m"]
try:
    del sys.modules["m"]
except KeyError:
    print("gone")

# --- clean: other keys
import sys

del sys.modules["m"]
del sys.modules["n"]

# --- clean: lenient the second time
import sys

del sys.modules["m"]
sys.modules.pop("m", None)

# --- clean: on branches that exclude each other
import sys

if len(sys.argv) > 1:
    del sys.modules["m"]
else:
    del sys.modules["m"]

# --- clean: loaded before the try
import sys
import m

try:
    import m
finally:
    del sys.modules["m"]

# --- clean: put in between
import sys

del sys.modules["m"]
sys.modules["m"] = object()
del sys.modules["m"]

# --- clean: another module that is imported in between may import it
import sys
import config

del sys.modules["config"]
import app

print(app)
del sys.modules["config"]

# --- clean: a reload of another module may import it
import importlib
import sys
import config
import app

del sys.modules["config"]
importlib.reload(app)
del sys.modules["config"]

# --- a loop over keys has removed it
import sys
import m
import n

for key in ("m", "n"):
    sys.modules.pop(key, None)
del sys.modules["n"]  # UNL108

# --- a function has removed it
import sys
import m


def forget():
    sys.modules.pop("m", None)


forget()
del sys.modules["m"]  # UNL108

# --- a reload of the module fails before, and nothing comes to the next round
import importlib
import sys
import m

for name in range(3):
    try:
        print(m)
    finally:
        del sys.modules[m.__name__]
    importlib.reload(m)  # UNL204

# --- a reload that fails as expected is passed
import importlib
import sys
import m

del sys.modules["m"]
try:
    importlib.reload(m)
except ImportError:
    print("gone")
del sys.modules["m"]  # UNL108
