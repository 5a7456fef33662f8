# --- in a function, with a constant as its key
# hazard: not hasattr(fresh(), "sub")
import sys
import pkg.sub

KEY = "pkg"


def fresh():
    sys.modules.pop(KEY)
    import pkg.sub

    return pkg
# --- in a submodule that stays loaded
# hazard: isinstance(error, AttributeError)
from sys import modules

import pkg.sub

print(pkg.sub.f() > 0)
del modules["pkg"]
import pkg.sub

print(pkg.sub.f() > 0)
