# --- the second removal
# hazard: isinstance(error, KeyError)
import sys
import m

print(m.f() > 0)
del sys.modules["m"], m
sys.modules.pop("m")
print("done")
# --- an import that succeeds
# hazard: "m" in sys.modules or isinstance(error, KeyError)
import sys

try:
    import broken
finally:
    sys.modules.__delitem__("broken")
