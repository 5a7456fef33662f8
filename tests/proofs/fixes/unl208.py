# --- the module replaces itself
# hazard: replacing is not sys.modules["replacing"]
import importlib
import replacing

print(replacing.f())
importlib.reload(replacing)
print(replacing.f())
# --- in a function
# hazard: refresh() is not sys.modules["replacing"]
import importlib


def refresh():
    import replacing

    importlib.reload(replacing)
    return replacing


print(refresh().f())
