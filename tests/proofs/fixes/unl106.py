# --- a view, other keys are popped leniently
# hazard: isinstance(error, RuntimeError)
import sys
import pkg.sub

count = 0
for name, module in sys.modules.items():
    if name == "pkg":
        sys.modules.pop(name)
        sys.modules.pop("pkg.sub", None)
        count += 1
print(count)
# --- a comprehension
# hazard: isinstance(error, RuntimeError)
import sys
import m
import n

gone = sorted(sys.modules.pop(name).__name__ for name in sys.modules if name in ("m", "n"))
print(gone)
