# --- both deleted in one statement
import sys
import m

del sys.modules["m"], m
m.f()  # UNL109: 0

# --- the name first
import sys
import m

del m
del sys.modules["m"]
m.f()  # UNL109

# --- pop, then the name
import sys
import m

sys.modules.pop("m", None)
del m
print(m.X)  # UNL109

# --- an alias of the module
import sys
import m as mm

del sys.modules["m"], mm
mm.f()  # UNL109

# --- in a function
import sys

def run():
    import m

    del sys.modules["m"], m
    return m.f()  # UNL109

# --- from sys import modules
from sys import modules
import m

del modules["m"], m
m.f()  # UNL109

# --- clean: imported again
import sys
import m

del sys.modules["m"], m
import m

m.f()

# --- clean: assigned again
import sys
import importlib
import m

del sys.modules["m"], m
m = importlib.import_module("m")
m.f()

# --- clean: a called function binds the global again
import sys
import m

def load():
    global m
    import m

del sys.modules["m"], m
load()
m.f()

# --- clean: through another function
import sys
import m

def load():
    global m
    import m

def renew():
    load()

del sys.modules["m"], m
renew()
m.f()

# --- clean: deleted on another branch
import sys
import m

if len(sys.argv) > 9:
    del sys.modules["m"], m
else:
    m.f()

# --- clean: early return
import sys

def run(done):
    import m

    if done:
        del sys.modules["m"], m
        return None
    return m.f()

# --- clean: NameError is expected
import sys
import m

del sys.modules["m"], m
try:
    m.f()
except NameError:
    print("gone")

# --- what `import_module` gave was deleted with its module
import importlib
import sys

m = importlib.import_module("m")
del sys.modules["m"], m
m.f()  # UNL109

# --- a function reads it when the module has run
import sys
import m


def use():
    return m.f()  # UNL109


del sys.modules["m"], m

# --- clean: the function ran before
import sys
import m


def use():
    return m.f()


use()
del sys.modules["m"], m

# --- clean: another function imports it again
import sys
import m


def use():
    return m.f()


def again():
    global m
    import m


del sys.modules["m"], m

# --- the first read fails, and nothing comes to the second
import sys
import m

del sys.modules["m"], m
m.f()  # UNL109
m.f()

# --- the failure of a call, too, keeps everything from what follows
import sys
import m


def use():
    return m.f()  # UNL109


del sys.modules["m"], m
use()
m.f()

# --- a way leads past the first read
import sys
import m

del sys.modules["m"], m
if len(sys.argv) > 1:
    m.f()  # UNL109
m.f()  # UNL109

# --- a module that fails never comes to where others call its functions
import sys
import m


def use():
    return m.f()


del sys.modules["m"], m
m.f()  # UNL109

# --- a function that ran before is called again
import sys
import m


def use():
    return m.f()  # UNL109


use()
del sys.modules["m"], m
use()

# --- clean: the error of a default argument is expected around the function
import sys
import m
from contextlib import suppress

del sys.modules["m"], m
with suppress(NameError):

    def use(function=m.f):
        return function()

# --- a function that deletes the name has read it before
import sys
import m


def forget():
    global m
    m.f()
    del sys.modules["m"]
    del m


forget()
m.f()  # UNL109

# --- the removal fails before the name is deleted
import sys
import m

del sys.modules["m"]
try:
    del sys.modules["m"], m  # UNL108
finally:
    m.f()
