"""The fix of UNL301, executed on every Python found: what outsiders, threads and reloads see of a module.

A scenario is a script beside `mod.py`; it prints what it sees. Where it is run with the module as it was
and as the fix leaves it, both must print the same.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import Any

import pytest

from flake8_unload.inspection import Inspector
from flake8_unload.repair.rounds import repaired
from flake8_unload.repair.wanted import Wanted
from flake8_unload.selection import Selection
from tests.proofs.test_proofs import PYTHONS

LOG = """\
from pathlib import Path

LOG = open(Path(__file__).with_name("app.log"), "w")


def note(text):
    LOG.write(text)
    LOG.flush()


def current():
    return LOG
"""
DATABASE = """\
import sqlite3

_db: sqlite3.Connection = sqlite3.connect(":memory:", check_same_thread=False)


def add(number: int) -> None:
    _db.execute("create table if not exists t (n)")
    _db.execute("insert into t values (?)", [number])


def numbers() -> list[int]:
    return [number for number, in _db.execute("select n from t")]
"""
WORDS = """\
from pathlib import Path

_words = open(Path(__file__).with_name("words.txt"))


def words():
    return [line.strip() for line in _words]
"""
START = """
import gc, importlib, json, os, sys, threading, warnings

def held(name):
    wanted, found = os.stat(name), 0
    for descriptor in range(64):
        try:
            found += os.path.samestat(os.fstat(descriptor), wanted)
        except OSError:
            pass
    return found

def text():
    with open("app.log") as stream:
        return stream.read()

def show(*values):
    print(json.dumps(values))
"""


def fixed(source: str) -> str:
    """What the unsafe fix of UNL301 makes of a module."""
    inspector = Inspector(selection=Selection(select=("UNL301",)))
    done = repaired("mod.py", source.encode(), inspector, Wanted(unsafe=True))
    assert len(done.fixed) == 1, done.left
    return done.data.decode()


def played(version: str, source: str, scenario: str, folder: Path) -> list[Any]:
    """What a scenario shows of a module, line by line."""
    (folder / "mod.py").write_text(source)
    (folder / "app.log").write_text("before\n")
    (folder / "words.txt").write_text("a\nb\n")
    (folder / "outsider.py").write_text(
        "import mod\n\n\ndef note(text):\n    mod.note(text)\n    return mod.LOG\n"
    )
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        [PYTHONS[version], "-B", "-c", START + scenario],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


SAME = {
    "import by another module": """
import outsider
show(outsider.note("one\\n") is sys.modules["mod"].LOG, text())
""",
    "from mod import name": """
from mod import LOG, current
import mod
show(LOG is current(), LOG is mod.LOG, LOG is getattr(mod, "LOG", None), hasattr(mod, "LOG"), LOG.mode)
""",
    "a name that is not there": """
import mod
try:
    mod.nothing
except AttributeError as error:
    show(str(error))
try:
    from mod import nothing
except ImportError as error:
    show(str(error).partition(" (")[0])
show(hasattr(mod, "nothing"), getattr(mod, "nothing", 0))
""",
    "second use": """
import mod
first = mod.current()
mod.note("one\\n")
mod.note("two\\n")
show(first is mod.current(), first.closed, text())
""",
    "two threads": """
import mod
found = []

def use(number):
    mod.note(f"{number}\\n")
    found.append(mod.current())

for number in range(2):
    thread = threading.Thread(target=use, args=[number])
    thread.start()
    thread.join()
show(found[0] is found[1], found[0] is mod.LOG, text())
""",
    "reload": """
import mod
first = mod.current()
mod = importlib.reload(mod)
mod.note("one\\n")
second = mod.current()
show(first is second, second is mod.LOG, second.closed, text())
""",
    "unload and import": """
import mod
mod.note("one\\n")
del sys.modules["mod"], mod
gc.collect()
show(held("app.log"), text())
""",
}


@pytest.mark.parametrize("version", PYTHONS)
@pytest.mark.parametrize("scenario", SAME.values(), ids=list(SAME))
def test_outsiders_see_the_same(version: str, scenario: str, tmp_path: Path) -> None:
    shown = played(version, fixed(LOG), scenario, tmp_path)
    assert shown == played(version, LOG, scenario, tmp_path)
    assert shown


@pytest.mark.parametrize("version", PYTHONS)
def test_the_import_opens_nothing_any_more(version: str, tmp_path: Path) -> None:
    scenario = 'import mod; show(held("app.log"), text())'
    assert played(version, LOG, scenario, tmp_path) == [[1, ""]]
    assert played(version, fixed(LOG), scenario, tmp_path) == [[0, "before\n"]]


@pytest.mark.parametrize("version", PYTHONS)
def test_a_reload_neither_truncates_nor_keeps_two(version: str, tmp_path: Path) -> None:
    """The object of before is dropped with the cache that held it."""
    scenario = (
        'import mod; mod.note("one\\n"); importlib.reload(mod); gc.collect(); show(held("app.log"), text())'
    )
    assert played(version, LOG, scenario, tmp_path) == [[1, ""]]
    assert played(version, fixed(LOG), scenario, tmp_path) == [[0, "one\n"]]


@pytest.mark.parametrize("version", PYTHONS)
def test_a_connection_that_threads_share(version: str, tmp_path: Path) -> None:
    scenario = """
import mod
for number in range(2):
    thread = threading.Thread(target=mod.add, args=[number])
    thread.start()
    thread.join()
show(mod.numbers(), sorted(name for name in vars(mod) if "db" in name))
"""
    assert played(version, DATABASE, scenario, tmp_path) == [[[0, 1], ["_db"]]]
    assert played(version, fixed(DATABASE), scenario, tmp_path) == [[[0, 1], ["_get_db"]]]


@pytest.mark.parametrize("version", PYTHONS)
def test_a_context_manager_reads_anew_and_closes(version: str, tmp_path: Path) -> None:
    scenario = 'import mod; show(held("words.txt"), mod.words(), mod.words(), held("words.txt"))'
    assert played(version, WORDS, scenario, tmp_path) == [[1, ["a", "b"], [], 1]]
    assert played(version, fixed(WORDS), scenario, tmp_path) == [[0, ["a", "b"], ["a", "b"], 0]]


@pytest.mark.parametrize("version", PYTHONS)
def test_what_the_page_warns_of_is_so(version: str, tmp_path: Path) -> None:
    scenario = """
import mod
show("LOG" in dir(mod), "LOG" in vars(mod))
mod.LOG = None
show(mod.LOG, mod.current() is None)
"""
    assert played(version, LOG, scenario, tmp_path) == [[True, True], [None, True]]
    assert played(version, fixed(LOG), scenario, tmp_path) == [[False, False], [None, False]]
