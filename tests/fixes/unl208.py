# --- a module that replaces itself
import importlib
import replacing as r

importlib.reload(r)  # again
r.f()
# === fixed
import importlib
import replacing as r

r = importlib.reload(r)  # again
r.f()
# --- in a function with a name of its own
import importlib


def refresh():
    import replacing
    if replacing: importlib.reload(replacing)
    return replacing
# === fixed
import importlib


def refresh():
    import replacing
    if replacing: replacing = importlib.reload(replacing)
    return replacing
# --- in a function that says global
import importlib
import replacing


def refresh():
    global replacing
    importlib.reload(replacing)
    replacing.f()
# === fixed
import importlib
import replacing


def refresh():
    global replacing
    replacing = importlib.reload(replacing)
    replacing.f()
# --- in a function, the name is global
import importlib
import replacing


def refresh():
    importlib.reload(replacing)
    replacing.f()
# === refused: `replacing` is bound outside; an assignment here would make another name of it
# --- in a class, the name is global
import importlib
import replacing


class Host:
    importlib.reload(replacing)
    made = replacing.f()
# === refused: `replacing` is bound outside; an assignment here would make another name of it
