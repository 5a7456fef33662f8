# --- read
"""A package."""

import os
import sys

VERSION = open("VERSION").read().strip()  # of the package
# === fixed
"""A package."""

import os
import sys
from pathlib import Path

VERSION = Path("VERSION").read_text().strip()  # of the package
# --- encoding and errors stay
from pathlib import Path

TEXT = open(f"{__name__}.txt", "r", encoding="utf-8", errors="replace").read()
# === fixed
from pathlib import Path

TEXT = Path(f"{__name__}.txt").read_text(encoding="utf-8", errors="replace")
# --- bytes, through the module
import os
import pathlib

DATA = open(os.path.join(os.path.dirname(__file__), "data.bin"), mode="rb").read()
# === fixed
import os
import pathlib

DATA = pathlib.Path(os.path.join(os.path.dirname(__file__), "data.bin")).read_bytes()
# --- in a class body
class Page:
    text = open("page.html").read()
# === fixed
from pathlib import Path


class Page:
    text = Path("page.html").read_text()
# --- a path object
from pathlib import Path

TEXT = open(Path("a.txt")).read()
# === fixed
from pathlib import Path

TEXT = Path("a.txt").read_text()
# --- a name that may be a file descriptor
from settings import where

TEXT = open(where).read()
# === fixed
from settings import where

with open(where) as _file:
    TEXT = _file.read()
# --- a newline argument
TEXT = open("a.txt", newline="").read()
# === fixed
with open("a.txt", newline="") as _file:
    TEXT = _file.read()
# --- what Path.read_text cannot do: a descriptor, positional arguments, other modes, a size
import os

DESCRIPTOR = open(3).read()
TEXT = open("a.txt", "r", -1, "utf-8").read()
BOTH = open("a.txt", "r+").read()
os.environ["SIZE"] = str(open("a.txt", "w").write("text"))
BYTES = open("a.bin", "rb", buffering=0).read()
HEAD = open("a.txt").read(10)
LINES = open("a.txt").readlines()
CODED = open("a.txt", "rb", -1, None).read()
# === fixed
import os

with open(3) as _file:
    DESCRIPTOR = _file.read()
with open("a.txt", "r", -1, "utf-8") as _file:
    TEXT = _file.read()
with open("a.txt", "r+") as _file:
    BOTH = _file.read()
with open("a.txt", "w") as _file:
    os.environ["SIZE"] = str(_file.write("text"))
with open("a.bin", "rb", buffering=0) as _file:
    BYTES = _file.read()
with open("a.txt") as _file:
    HEAD = _file.read(10)
with open("a.txt") as _file:
    LINES = _file.readlines()
with open("a.txt", "rb", -1, None) as _file:
    CODED = _file.read()
# --- Path is taken
class Path: ...

TEXT = open("a.txt").read()
# === fixed
class Path: ...

with open("a.txt") as _file:
    TEXT = _file.read()
# --- json.load
import json

# what was configured
CONFIG: dict = json.load(open("config.json", encoding="utf-8"))  # at import
OTHER = json.load(open("other.json"))
# === fixed
import json

# what was configured
with open("config.json", encoding="utf-8") as _file:
    CONFIG: dict = json.load(_file)  # at import
with open("other.json") as _file:
    OTHER = json.load(_file)
# --- a call on several lines
import json

CONFIG = json.load(
    open("config.json", encoding="utf-8"),
)
OTHER = json.load(
    open("other.json"),  # why
)
MORE = dict(
    json.load(open("more.json")), a=1
)


def more():
    return MORE
# === fixed
import json

with open("config.json", encoding="utf-8") as _file:
    CONFIG = json.load(_file)
with open("other.json") as _file:
    OTHER = json.load(
        _file,  # why
    )
with open("more.json") as _file:
    MORE = dict(
        json.load(_file), a=1
    )


def more():
    return MORE
# --- the name is taken
import json

_file = None
CONFIG = json.load(open("config.json"))
# === fixed
import json

_file = None
with open("config.json") as _stream:
    CONFIG = json.load(_stream)
# --- a loop
WORDS = set()

# every word
for line in open("words.txt"):
    # of the line
    WORDS |= set(line.split())

else:
    WORDS.add("")


def known(word):
    return word in WORDS
# === fixed
WORDS = set()

# every word
with open("words.txt") as _file:
    for line in _file:
        # of the line
        WORDS |= set(line.split())

    else:
        WORDS.add("")


def known(word):
    return word in WORDS
# --- comprehensions
LINES = [line.strip() for line in open("words.txt")]
# === fixed
with open("words.txt") as _file:
    LINES = [line.strip() for line in _file]
# --- a generator that is used up at once
LONGEST = max(len(line) for line in open("words.txt"))
# === fixed
with open("words.txt") as _file:
    LONGEST = max(len(line) for line in _file)
# --- a generator that lives on
LINES = (line.strip() for line in open("words.txt"))
# === refused: a generator would read from the closed file
# --- under a condition
import json
import os

CONFIG = json.load(open("config.json")) if os.environ else {}
# === refused: the file is opened only under a condition
# --- after and
import json
import os

CONFIG = os.environ and json.load(open("config.json"))
# === refused: the file is opened only under a condition
# --- a test
import json

if json.load(open("config.json")):
    pass
# === refused: a `with` statement would have to stand around a whole block
# --- a class body that needs a with statement
import json


class Settings:
    values = json.load(open("config.json"))
# === refused: a `with` statement would give the class one more attribute
# --- lazily read
import numpy

DATA = numpy.load(open("data.npz", "rb"))
# === refused: the result reads from the file later
# --- another call comes first
import json

BOTH = print(), json.load(open("config.json"))
# === refused: another call in the statement comes before the file is opened
# --- a path that is made of another
import pathlib

VERSION = open(pathlib.Path(__file__).parent / "VERSION").read()
BESIDE = open(pathlib.Path(__file__).with_name("VERSION"), "rb").read()
PARENS = open((pathlib.Path(__file__).resolve().parent / "VERSION")).read()
# === fixed
import pathlib

VERSION = (pathlib.Path(__file__).parent / "VERSION").read_text()
BESIDE = pathlib.Path(__file__).with_name("VERSION").read_bytes()
PARENS = (pathlib.Path(__file__).resolve().parent / "VERSION").read_text()
# --- what stands in front of a slash may be anything
import os
from elsewhere import FOLDER

VERSION = open(FOLDER / "VERSION").read()
# === fixed
import os
from pathlib import Path
from elsewhere import FOLDER

VERSION = Path(FOLDER / "VERSION").read_text()
