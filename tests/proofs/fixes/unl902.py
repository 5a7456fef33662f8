# --- a submodule, and the attribute of its parent
# hazard: (before := importlib.import_module("pkg.sub")) and (run_tests() or sys.modules.get("pkg.sub") is not before or sys.modules["pkg"].sub is not before)
import sys


def test_default():
    del sys.modules["pkg.sub"]
    import pkg.sub

    assert pkg.sub.f()
# --- a package in a loop
# hazard: (before := importlib.import_module("pkg.sub")) and (run_tests() or sys.modules.get("pkg.sub") is not before)
import sys


def test_default():
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            del sys.modules[name]
    import pkg.sub

    assert pkg.sub.f()
