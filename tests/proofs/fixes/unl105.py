# --- in a method
# hazard: any([Loader().load(), exec("import m", found := {}), sys.modules.get("m") is not found["m"]])
import sys


class Loader:
    def load(self):
        self.saved = dict(sys.modules)
        import m

        sys.modules = self.saved
# --- in a function, through an alias
# hazard: any([reset(), exec("import m", found := {}), s.modules.get("m") is not found["m"]])
import sys as s


def reset():
    before = {**s.modules}
    import m
    s.modules = before
