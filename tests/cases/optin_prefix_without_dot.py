# --- startswith
# opt-in
import sys

for name in list(sys.modules):
    if name.startswith("pkg"):  # UNL905: 7
        del sys.modules[name]

# --- a text somewhere in the name
# opt-in
import sys

for name in list(sys.modules):
    if "pkg" in name:  # UNL905: 7
        sys.modules.pop(name, None)

# --- either of two texts
# opt-in
import sys

for name in list(sys.modules):
    if "pkg" in name or "m" in name:  # UNL905: 7, UNL905: 24
        del sys.modules[name]

# --- one with its dot, one without
# opt-in
import sys

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg.") or name.startswith("other"):  # UNL905: 51
        del sys.modules[name]

# --- a tuple of prefixes
# opt-in
import sys

for name in list(sys.modules):
    if name.startswith(("pkg.", "m")):  # UNL905
        del sys.modules[name]

# --- any of a list of prefixes
# opt-in
import sys

PREFIXES = ["pkg", "m"]
for name in list(sys.modules):
    if any(name.startswith(prefix) for prefix in PREFIXES):  # UNL905
        del sys.modules[name]

# --- a constant of the file
# opt-in
import sys

PACKAGE = "pkg"


def purge():
    for name in list(sys.modules.keys()):
        if name.startswith(PACKAGE):  # UNL905: 11
            del sys.modules[name]

# --- the name of a package
# opt-in
import sys
import pkg

for name in list(sys.modules):
    if name.startswith(pkg.__name__):  # UNL905
        del sys.modules[name]
del pkg

# --- the package of this file
# opt-in
import sys


def reset():
    for name in list(sys.modules):
        if name.startswith(__package__):  # UNL905
            del sys.modules[name]

# --- a collected list
# opt-in
import sys

for name in [each for each in sys.modules if each.startswith("pkg")]:  # UNL905: 45
    del sys.modules[name]

# --- a list that is bound to a name
# opt-in
import sys

names = [each for each in sys.modules if each.startswith("pkg.sub")]  # UNL905
for name in names:
    sys.modules.pop(name)

# --- names appended to a list first
# opt-in
import sys

gone = []
for name in sys.modules:
    if name.startswith("pkg"):  # UNL905
        gone.append(name)
for name in gone:
    del sys.modules[name]

# --- an early continue
# opt-in
import sys

for name in list(sys.modules):
    if not name.startswith("pkg"):  # UNL905: 11
        continue
    del sys.modules[name]

# --- an early continue by a text that is not in the name
# opt-in
import sys

for name in list(sys.modules):
    if "pkg" not in name:  # UNL905: 7
        continue
    del sys.modules[name]

# --- pairs of items
# opt-in
import sys

for name, module in list(sys.modules.items()):
    if name.startswith("pkg") and module is not None:  # UNL905
        del sys.modules[name]

# --- filter with a lambda
# opt-in
import sys

for name in list(filter(lambda each: each.startswith("pkg"), sys.modules)):  # UNL905
    del sys.modules[name]

# --- a comprehension that removes
# opt-in
import sys

[sys.modules.pop(name) for name in list(sys.modules) if name.startswith("pkg")]  # UNL905

# --- a teardown removes too much as well
# opt-in
# file: test_x.py
import sys
import unittest


class Tests(unittest.TestCase):
    def tearDown(self):
        for name in list(sys.modules):
            if name.startswith("pkg"):  # UNL905
                del sys.modules[name]

# --- a subpackage of this file's package, by a name that is deleted in the end
# opt-in
import sys

prefix = __package__ + ".plugins"
for name in [each for each in sys.modules if each.startswith(prefix)]:  # UNL905
    del sys.modules[name]
del prefix

# --- a name that is not known, anywhere in the key
# opt-in
import sys


def purge(plugin):
    for name in list(sys.modules.keys()):
        if plugin in name:  # UNL905
            del sys.modules[name]

# --- an f-string whose end is known
# opt-in
import sys


def purge(package):
    for name in list(sys.modules):
        if name.startswith(f"{package}.plugins"):  # UNL905
            del sys.modules[name]

# --- clean: the package, or below it
# opt-in
import sys

for name in list(sys.modules):
    if name == "pkg" or name.startswith("pkg."):
        del sys.modules[name]

# --- clean: an f-string with the dot
# opt-in
import sys

PACKAGE = "pkg"
for name in list(sys.modules):
    if name == PACKAGE or name.startswith(f"{PACKAGE}."):
        del sys.modules[name]

# --- clean: a sum with the dot
# opt-in
import sys

PACKAGE = "pkg"
for name in list(sys.modules):
    if name.startswith(PACKAGE + "."):
        del sys.modules[name]

# --- clean: the name with a dot at its end
# opt-in
import sys

for name in list(sys.modules):
    if (name + ".").startswith("pkg."):
        del sys.modules[name]

# --- clean: the top of the dotted name
# opt-in
import sys

for name in list(sys.modules):
    if name.split(".")[0] == "pkg":
        del sys.modules[name]

# --- clean: the top of the dotted name, in a set
# opt-in
import sys

for name in list(sys.modules):
    if name.partition(".")[0] in {"pkg", "m"}:
        del sys.modules[name]

# --- clean: a family with an underscore
# opt-in
import sys

for name in list(sys.modules):
    if name.startswith("pkg_"):
        del sys.modules[name]

# --- clean: generated names
# opt-in
import sys

for name in list(sys.modules):
    if name.startswith("_generated") or "__plugin__" in name:
        del sys.modules[name]

# --- clean: a part between dots
# opt-in
import sys

for name in list(sys.modules):
    if ".migrations." in name:
        del sys.modules[name]

# --- clean: a second test leaves others out
# opt-in
import sys

for name in list(sys.modules):
    if name.startswith("pkg") and not name.startswith("pkgutil"):
        del sys.modules[name]

# --- clean: others are skipped first
# opt-in
import sys

KEPT = {"pkgutil"}
for name in list(sys.modules):
    if name in KEPT:
        continue
    if name.startswith("pkg"):
        del sys.modules[name]

# --- clean: the prefix is not known
# opt-in
import sys


def purge(prefix):
    for name in list(sys.modules):
        if name.startswith(prefix):
            del sys.modules[name]

# --- clean: only looked at
# opt-in
import sys

for name in list(sys.modules):
    if name.startswith("pkg"):
        print(name)

# --- clean: another dict
# opt-in
cache = {}

for name in list(cache):
    if name.startswith("pkg"):
        del cache[name]

# --- clean: the prefix of the loaded path, not of the name
# opt-in
import sys

for name, module in list(sys.modules.items()):
    if (getattr(module, "__file__", None) or "").startswith("pkg"):
        del sys.modules[name]

# --- clean: saved and put back
# opt-in
# file: test_x.py
import sys


def test_without_pkg():
    saved = {name: sys.modules.pop(name) for name in list(sys.modules) if name.startswith("pkg")}
    try:
        assert "pkg" not in sys.modules
    finally:
        sys.modules.update(saved)

# --- clean: one key whose letters are looked for in a literal
# opt-in
import sys

for name in list(sys.modules):
    if name in "pkg":
        del sys.modules[name]

# --- clean: below the package of this file
# opt-in
import sys

prefix = __package__ + "."
for name in [each for each in sys.modules if each.startswith(prefix)]:
    del sys.modules[name]

# --- clean: an f-string whose end is not known
# opt-in
import sys


def purge(package, rest):
    for name in list(sys.modules):
        if name.startswith(f"{package}.{rest}"):
            del sys.modules[name]

# --- clean: a text with its dots, anywhere in the key
# opt-in
import sys

PART = ".migrations."
for name in list(sys.modules):
    if PART in name:
        del sys.modules[name]

# --- clean: any of texts that are not known
# opt-in
import sys


def purge(texts):
    for name in list(sys.modules):
        if any(text in name for text in texts):
            del sys.modules[name]
