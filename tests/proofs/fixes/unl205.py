# --- the builtin, in a function
# hazard: isinstance(error, NameError)
import m


def refresh():
    return reload(m)


print(m.f())
print(refresh() is m, m.f())
# --- imp
# since: 3.12
# hazard: isinstance(error, ImportError)
import imp
import m

imp.reload(m)
print(m.f())
# --- imp among others, under another name, in a function
# since: 3.12
# hazard: isinstance(error, ImportError)
import m


def refresh():
    import os, imp as old

    old.reload(m)
    return os.name


print(m.f())
refresh()
print(m.f())
# --- from imp import reload
# since: 3.12
# hazard: isinstance(error, ImportError)
from imp import reload as again
import m

again(m)
print(m.f())
# --- map
# hazard: isinstance(error, NameError)
import m
import n

print(m.f(), n.f())
list(map(reload, [m, n]))
print(m.f(), n.f())
