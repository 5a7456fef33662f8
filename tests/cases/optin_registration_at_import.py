# --- atexit
# opt-in
import atexit

atexit.register(print)  # UNL907: 0

# --- atexit as a decorator
# opt-in
import atexit


@atexit.register  # UNL907
def goodbye():
    print("bye")

# --- by another name
# opt-in
from atexit import register as at_exit

at_exit(print)  # UNL907

# --- warnings
# opt-in
import warnings

warnings.filterwarnings("ignore")  # UNL907
warnings.simplefilter("default")  # UNL907

# --- the search path
# opt-in
import sys

sys.path.insert(0, "lib")  # UNL907
sys.path.append("lib")  # UNL907

# --- codecs and copyreg
# opt-in
import codecs
import copyreg


def find(name):
    return None


def reduce(value):
    return str, (value,)


codecs.register(find)  # UNL907
copyreg.pickle(complex, reduce)  # UNL907

# --- in a try
# opt-in
import locale

try:
    locale.setlocale(locale.LC_ALL, "")  # UNL907
except locale.Error:
    pass

# --- clean: in a function
# opt-in
import atexit


def main():
    atexit.register(print)

# --- clean: main guard
# opt-in
import sys

if __name__ == "__main__":
    sys.path.insert(0, "lib")

# --- clean: a registry of the project
# opt-in
from project import registry

registry.register("a", print)

# --- clean: filters that are put back
# opt-in
import warnings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import m

# --- clean: unless selected
import atexit

atexit.register(print)
