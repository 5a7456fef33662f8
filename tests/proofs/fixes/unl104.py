# --- a module object as the key of del
# hazard: isinstance(error, KeyError) or "m" in sys.modules
import sys
import m

print(m.f() > 0)
del sys.modules[m]
print("done")
# --- an alias that is asked for as well
# hazard: "pkg.sub" in sys.modules
import sys
import pkg.sub as s

print(s.f() > 0)
if 's' in sys.modules:
    del sys.modules['s']
# --- the name is deleted first, in the same statement
# hazard: isinstance(error, NameError)
import sys
import m

print(m.f() > 0)
del m, sys.modules[m.__name__]
print("m" in sys.modules)
# --- the name is deleted first, in a statement before
# hazard: isinstance(error, NameError)
import sys
import m

del m
sys.modules.pop(m.__name__)
print("m" in sys.modules)
