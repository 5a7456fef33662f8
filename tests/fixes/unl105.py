# --- a copy that was taken before
import sys

saved = sys.modules.copy()
import m

# back
sys.modules = saved  # all
# === unsafe
import sys

saved = sys.modules.copy()
import m

# back
sys.modules.clear()
sys.modules.update(saved)  # all
# --- dict, in a function, through an alias
import sys as s


def reset(saved=None):
    before = dict(s.modules)
    import m
    s.modules = before; return m
# === unsafe
import sys as s


def reset(saved=None):
    before = dict(s.modules)
    import m
    s.modules.clear(); s.modules.update(before); return m
# --- an attribute
import sys


class Loader:
    def begin(self):
        self.saved = {**sys.modules}

    def end(self):
        sys.modules = self.saved
# === unsafe
import sys


class Loader:
    def begin(self):
        self.saved = {**sys.modules}

    def end(self):
        sys.modules.clear()
        sys.modules.update(self.saved)
# --- deleted
import sys

del sys.modules
# === refused: what is deleted cannot be put in place
# --- the restoring half of a pair
import sys

original = sys.modules
copy = original.copy()
sys.modules = dict(copy)
import m

sys.modules = original
# === refused: it is one half of a pair: the same code rebinds `sys.modules` once more
# --- a copy that the statement makes
import sys

sys.modules = sys.modules.copy()
# === refused: the new dict is made in the same statement, and may need what `clear` removes
# --- another mapping
import sys

mapping = {"sys": sys}
sys.modules = mapping
# === refused: `mapping` is not certainly a copy of `sys.modules`
# --- a copy, or something else
import sys

saved = sys.modules.copy()
if len(sys.argv) > 1:
    saved = {}
sys.modules = saved
# === refused: `saved` is not certainly a copy of `sys.modules`
# --- more targets
import sys

saved = sys.modules.copy()
sys.modules = again = saved
# === refused: the same statement assigns more than `sys.modules`
# --- the same object
import sys

original = sys.modules
sys.modules = original
# === nothing
# --- entries
import sys
import m

sys.modules["alias"] = m
sys.modules |= {"other": m}
sys.modules.update(n=m)
# === nothing
