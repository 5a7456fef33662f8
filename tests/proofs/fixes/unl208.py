# --- the module replaces itself
# hazard: replacing is not sys.modules["replacing"]
import importlib
import replacing

print(replacing.f())
importlib.reload(replacing)
print(replacing.f())
