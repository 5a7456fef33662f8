# --- finally around the import
import sys

try:
    import broken
finally:
    # whatever came of it
    del sys.modules["broken"]  # away
# === fixed
import sys

try:
    import broken
finally:
    # whatever came of it
    sys.modules.pop("broken", None)  # away
# --- pop without a default
import sys

try:
    import broken
finally:
    sys.modules.pop("broken")
# === fixed
import sys

try:
    import broken
finally:
    sys.modules.pop("broken", None)
# --- a dunder
from sys import modules as mods
try:
    import broken
finally:
    mods.__delitem__("broken")
# === fixed
from sys import modules as mods
try:
    import broken
finally:
    mods.pop("broken", None)
# --- a one-line suite
import sys
try: import broken
finally: del sys.modules["broken"]
# === fixed
import sys
try: import broken
finally: sys.modules.pop("broken", None)
# --- the second removal of a key
import sys
import m

del sys.modules["m"], m
KEY = "m"; del sys.modules[KEY]; print(KEY)
# === fixed
import sys
import m

del sys.modules["m"], m
KEY = "m"; sys.modules.pop(KEY, None); print(KEY)
# --- other targets
import sys

try:
    import broken
finally:
    del sys.modules["broken"], sys
# === refused: the same `del` has other targets
# --- the error is expected around it
import sys

try:
    try:
        import broken
    finally:
        del sys.modules["broken"]
except LookupError:
    print("gone")
# === refused: the KeyError is expected, so nothing would come of it any more
# --- the key needs a name that is deleted as well: UNL104
import sys
import m

del sys.modules["m"], m
del sys.modules[m.__name__]
# === refused: the key needs `m`, which may be deleted by then
# --- the removed module is used
import sys

try:
    import broken
finally:
    print(sys.modules.pop("broken").x)
# === refused: the removed module is used, and would be None
