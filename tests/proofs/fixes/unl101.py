# --- a function removes a module of the file
# hazard: m is not importlib.import_module("m")
import sys
import m

total = 0


def forget():
    """Forget it."""
    sys.modules.pop("m", None)


def use():
    return m.f() > 0


print(use())
forget()
print(use())
# --- a submodule that is reached through its parent
# hazard: pkg.sub is not sys.modules.get("pkg.sub")
import sys
import pkg.sub

del sys.modules["pkg.sub"]
print(pkg.sub.f() > 0)
# --- a submodule that was taken from its parent
# hazard: sub is not sys.modules.get("pkg.sub")
import sys
from pkg import sub

for name in ("pkg.sub", "pkg.other"):
    sys.modules.pop(name, None)
print(sub.f() > 0)
# --- both attributes of a purged package
# hazard: pkg is not sys.modules.get("pkg") or pkg.sub is not sys.modules.get("pkg.sub")
import sys
import pkg.sub

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]
print(pkg.sub.f() > 0)
# --- the next round of a loop
# hazard: m is not sys.modules.get("m")
import sys
import m

for number in range(3):
    print(number, m.f() > 0)
    sys.modules.pop("m", None)
# --- a try that takes the KeyError
# hazard: m is not sys.modules.get("m")
import sys
import m

try:
    del sys.modules["m"]
except KeyError:
    print("gone")
print(m.f() > 0)
# --- a name of the function around it
# hazard: error is None and not outer()
import sys


def outer():
    import m

    def forget():
        del sys.modules["m"]
        return m is sys.modules.get("m") if m.X else None

    return forget()
# --- a local import leaves the global old
# hazard: m is not sys.modules.get("m")
import sys
import m


def fresh():
    del sys.modules["m"]
    import m

    return m.f() > 0


def use():
    return m.f() > 0


print(use(), fresh(), use())
# --- the attribute is deleted where other names are taken as well
# hazard: sub is not sys.modules.get("pkg.sub") or pkg.sub is not sub
import sys
import pkg.sub

del sys.modules["pkg.sub"]
from pkg import __name__ as where, sub

print(where, pkg.sub.f() > 0)
# --- the submodule is taken again
# hazard: sub is not sys.modules.get("pkg.sub") or pkg.sub is not sub
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg import sub

print(pkg.sub.f() > 0)
# --- a second name
# hazard: alias is not m
import sys
import m

alias = m
del sys.modules["m"]
import m

print(alias.f() > 0)
# --- an exported name
# hazard: m is not importlib.import_module("m")
import sys
import m as m

__all__ = ["m"]
del sys.modules["m"]
# --- a test hits the others
# hazard: run_tests() or m is not sys.modules.get("m")
import sys
import m


def test_fresh():
    del sys.modules["m"]
    import m

    assert m.f()


def test_use():
    assert m.f()
# --- tests import it, each for itself
# hazard: run_tests() or "m" in globals() and m is not sys.modules.get("m")
# given up: m
import sys
import m

seen = []


def forget():
    sys.modules.pop("m", None)


def test_fresh():
    forget()
    seen.append(m.f() > 0 and m is sys.modules.get("m"))


def test_again():
    seen.append(m.f() > 0)


test_fresh()
test_again()
print(len(seen))
# --- importlib is another name
# hazard: m is not sys.modules.get("m")
import sys
import m

importlib = "taken"
sys.modules.pop("m", None)
print(m.f() > 0, importlib)
# --- a purge in a function
# hazard: pkg is not sys.modules.get("pkg") or pkg.sub is not sys.modules.get("pkg.sub")
import sys
import pkg.sub


def purge():
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            del sys.modules[name]


def use():
    return pkg.sub.f() > 0


print(use())
purge()
print(use())
# --- through the parent, in a function
# hazard: pkg.sub is not sys.modules.get("pkg.sub")
import sys
import pkg.sub


def forget():
    del sys.modules["pkg.sub"]


def use():
    return pkg.sub.f() > 0


print(use())
forget()
print(use())
# --- through another name of the package
# hazard: p is not sys.modules.get("pkg") or p.sub is not sys.modules.get("pkg.sub")
import sys
import pkg as p
from pkg.sub import X

for name in ("pkg", "pkg.sub"):
    sys.modules.pop(name, None)
print(X is not None, p.sub.f() > 0)
# --- what replaces itself
# hazard: replacing is not sys.modules.get("replacing")
import sys
import replacing

del sys.modules["replacing"]
print(replacing.f())
