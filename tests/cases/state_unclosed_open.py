# --- read
VERSION = open("VERSION").read()  # UNL305: 10

# --- read and strip
VERSION = open("VERSION", encoding="utf-8").read().strip()  # UNL305

# --- read in an argument
import re

VERSION = re.findall(r"\d+", open("VERSION").read())  # UNL305

# --- readlines
NAMES = [line.strip() for line in open("names.txt").readlines()]  # UNL305

# --- json.load
import json

CONFIG = json.load(open("config.json"))  # UNL305: 19

# --- load by another name
from json import load

CONFIG = load(open("config.json"))  # UNL305

# --- pickle
import pickle

MODEL = pickle.load(open("model.pkl", "rb"))  # UNL305

# --- yaml
import yaml

CONFIG = yaml.safe_load(open("config.yml"))  # UNL305

# --- a loop
NAMES = []


def names():
    return NAMES


for line in open("names.txt"):  # UNL305
    NAMES.append(line)

# --- a comprehension
NAMES = {line.strip() for line in open("names.txt")}  # UNL305

# --- a generator expression
NAMES = tuple(line.strip() for line in open("names.txt"))  # UNL305

# --- list
NAMES = list(open("names.txt"))  # UNL305

# --- join
TEXT = "".join(open("names.txt"))  # UNL305

# --- write
open("app.pid", "w").write("1")  # UNL305

# --- a class body
class Version:
    text = open("VERSION").read()  # UNL305

# --- a default argument
def version(text=open("VERSION").read()):  # UNL305
    return text

# --- a dict
INFO = {"version": open("VERSION").read()}  # UNL305

# --- io.open
import io

VERSION = io.open("VERSION").read()  # UNL305

# --- codecs.open
import codecs

VERSION = codecs.open("VERSION", "r", "utf-8").read()  # UNL305

# --- pathlib
import pathlib

VERSION = pathlib.Path("VERSION").open().read()  # UNL305

# --- the rows of a table
import csv

ROWS = list(csv.reader(open("rows.csv")))  # UNL305

# --- a loop over the rows of a table
import csv

ROWS = [row for row in csv.DictReader(open("rows.csv"))]  # UNL305

# --- the first line
HEAD = next(open("rows.csv"))  # UNL305

# --- enumerated
LINES = dict(enumerate(open("names.txt")))  # UNL305

# --- clean: a with statement
import json

with open("config.json") as stream:
    CONFIG = json.load(stream)

# --- clean: read_text
from pathlib import Path

VERSION = Path("VERSION").read_text()
DATA = Path("data").read_bytes()

# --- clean: a function
def version():
    return open("VERSION").read()

# --- clean: main guard
if __name__ == "__main__":
    print(open("VERSION").read())

# --- clean: in a setup script
# file: setup.py
VERSION = open("VERSION").read()

# --- clean: another open
from webbrowser import open

STATE = open("https://example.org").read()

# --- clean: passed to something that may keep it
import tools

READER = tools.Reader(open("rows.csv"))

# --- clean: in memory
import io

TEXT = io.StringIO("a").read()

# --- clean: a lambda
VERSION = lambda: open("VERSION").read()  # noqa: E731
