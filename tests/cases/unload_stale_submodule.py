# --- del, then a from-import of the parent
import sys
from pkg import sub

del sys.modules["pkg.sub"]
from pkg import sub  # UNL102

sub.f()

# --- pop
import sys
import pkg.sub

sys.modules.pop("pkg.sub")
from pkg import sub  # UNL102

sub.f()

# --- pop with a default, alias of the submodule
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg import sub as again  # UNL102

again.f()

# --- __delitem__
import sys
import pkg.sub

sys.modules.__delitem__("pkg.sub")
from pkg import sub  # UNL102

sub.f()

# --- from sys import modules
from sys import modules
import pkg.sub

modules.pop("pkg.sub", None)
from pkg import sub  # UNL102

sub.f()

# --- a key that is a constant of the file
import sys
from pkg import sub

KEY = "pkg.sub"
del sys.modules[KEY]
from pkg import sub  # UNL102

sub.f()

# --- inside a function
import sys
import pkg.sub

def fresh():
    sys.modules.pop("pkg.sub", None)
    from pkg import sub  # UNL102

    return sub.f()

# --- the attribute is deleted, loaded again and then left
import sys
import pkg.sub

del pkg.sub
del sys.modules["pkg.sub"]
import pkg.sub

del sys.modules["pkg.sub"]
from pkg import sub  # UNL102

sub.f()

# --- clean: the attribute is deleted before the entry
import sys
import pkg.sub

del pkg.sub
del sys.modules["pkg.sub"]
from pkg import sub

sub.f()

# --- clean: the attribute is deleted after the entry
import sys
import pkg.sub

del sys.modules["pkg.sub"]
del pkg.sub
from pkg import sub

sub.f()

# --- clean: delattr
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
delattr(pkg, "sub")
from pkg import sub

sub.f()

# --- clean: a called function removes the parent
import sys
import pkg

def forget():
    sys.modules.pop("pkg.sub", None)
    sys.modules.pop("pkg", None)

forget()
sys.modules.pop("pkg.sub", None)
from pkg import sub

sub.f()

# --- clean: the parent goes by a function two calls away
import sys

def parent():
    sys.modules.pop("pkg", None)

def forget():
    parent()

def fresh():
    sys.modules.pop("pkg.sub", None)
    forget()
    from pkg import sub

    return sub

# --- clean: the parent goes in a loop over both names
import sys

for name in ("pkg.sub", "pkg"):
    sys.modules.pop(name, None)
from pkg import sub

sub.f()

# --- clean: purged by prefix
import sys

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]
from pkg import sub

sub.f()

# --- clean: import of the dotted name
import sys
from pkg import sub

sub.f()
del sys.modules["pkg.sub"]
import pkg.sub as sub

sub.f()

# --- clean: a name of the submodule
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg.sub import f

f()

# --- clean: another name of the parent
import sys
import pkg.sub

sys.modules.pop("pkg.sub", None)
from pkg import other

print(other)

# --- clean: on another branch
import sys

if len(sys.argv) > 1:
    sys.modules.pop("pkg.sub", None)
else:
    from pkg import sub

    sub.f()

# --- the caller of the function that removes it
import sys
import pkg.sub


def forget():
    del sys.modules["pkg.sub"]


forget()
from pkg import sub  # UNL102

print(sub)

# --- clean: another module that is imported in between may import it
import sys
import pkg.sub

del sys.modules["pkg.sub"]
import user
from pkg import sub

print(sub, user)

# --- a called function takes the old one as well, which brings back nothing
import sys
from pkg import sub


def take():
    from pkg import sub  # UNL102

    return sub


sys.modules.pop("pkg.sub")
take()
from pkg import sub  # UNL102

# --- clean: a called function imports it anew, through another one
import sys
from pkg import sub


def renew():
    import pkg.sub


def take():
    renew()


sys.modules.pop("pkg.sub")
take()
from pkg import sub

# --- clean: the module ends without the attribute
import sys
import pkg.sub


def again():
    del sys.modules["pkg.sub"]
    from pkg import sub

    return sub


del pkg.sub
