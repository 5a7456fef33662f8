# --- del, then the package again
import sys
import pkg.sub

pkg.sub.f()
del sys.modules["pkg"]  # UNL103
import pkg.sub

pkg.sub.f()

# --- pop
import sys
import pkg.sub

sys.modules.pop("pkg")  # UNL103
import pkg.sub

pkg.sub.f()

# --- pop with a default
import sys
import pkg.sub

sys.modules.pop("pkg", None)  # UNL103
import pkg

print(pkg)

# --- __delitem__
import sys
import pkg.sub

sys.modules.__delitem__("pkg")  # UNL103
import pkg

print(pkg)

# --- from sys import modules
from sys import modules
import pkg.sub

del modules["pkg"]  # UNL103
import pkg

print(pkg)

# --- clean: a flat module
import sys
import m

del sys.modules["m"]
import m

m.f()

# --- clean: both names
import sys
import pkg.sub

del sys.modules["pkg"], sys.modules["pkg.sub"]
import pkg.sub

pkg.sub.f()

# --- clean: the submodule first
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
sys.modules.pop("pkg", None)
import pkg.sub

pkg.sub.f()

# --- clean: the whole prefix
import sys
import pkg.sub

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]
import pkg.sub

pkg.sub.f()

# --- clean: put back
import sys
import pkg.sub

saved = sys.modules.pop("pkg")
sys.modules["pkg"] = saved
import pkg

pkg.sub.f()
