# --- a private file
_log = open("/var/log/app.log", "a")


def note(text):
    _log.write(text)
# === unsafe
import functools


@functools.cache
def _get_log():
    return open("/var/log/app.log", "a")


def note(text):
    _get_log().write(text)
# --- a public name, its comments, and a second function
"""A service."""

import os
import socket

HOST = "localhost"
# of the service
CHANNEL = socket.create_connection((HOST, 80))  # for all
NAMES = ["a", "b"]


def send(text):
    """Send it."""
    CHANNEL.send(text)  # now


class Client:
    def send(self, text):
        for part in text:
            CHANNEL.send(part)
        return CHANNEL
# === unsafe
"""A service."""

import functools
import os
import socket

HOST = "localhost"


# of the service
@functools.cache
def get_channel():
    return socket.create_connection((HOST, 80))  # for all


def __getattr__(name):
    if name == "CHANNEL":
        return get_channel()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


NAMES = ["a", "b"]


def send(text):
    """Send it."""
    get_channel().send(text)  # now


class Client:
    def send(self, text):
        for part in text:
            get_channel().send(part)
        return get_channel()
# --- annotations
from __future__ import annotations

import sqlite3
from typing import Final

connection: Final[sqlite3.Connection] = sqlite3.connect(
    "/srv/app.db",  # one file
    check_same_thread=False,
)


def rows() -> list[int]:
    return connection.execute("select 1").fetchall()
# === unsafe
from __future__ import annotations

import functools
import sqlite3
from typing import Any


@functools.cache
def get_connection() -> sqlite3.Connection:
    return sqlite3.connect(
        "/srv/app.db",  # one file
        check_same_thread=False,
    )


def __getattr__(name: str) -> Any:
    if name == "connection":
        return get_connection()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def rows() -> list[int]:
    return get_connection().execute("select 1").fetchall()
# --- two resources, and a lambda, a generator, a coroutine, a comprehension
import socket
from functools import cache

first = socket.socket()
_secondSocket = socket.socket()

def both(data):
    return [each.send(data) for each in (first, _secondSocket)]
send = lambda data: first.send(data)
async def later(data):
    yield first.send(data)
# === unsafe
import socket
from functools import cache


@cache
def get_first():
    return socket.socket()


def __getattr__(name):
    if name == "first":
        return get_first()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@cache
def _get_second_socket():
    return socket.socket()


def both(data):
    return [each.send(data) for each in (get_first(), _get_second_socket())]
send = lambda data: get_first().send(data)
async def later(data):
    yield get_first().send(data)
# --- one more branch in the `__getattr__` of an earlier fix
import functools
import socket


@functools.cache
def get_first():
    return socket.socket()


def __getattr__(name):
    if name == "first":
        return get_first()
    raise AttributeError(name)


second = socket.socket()


def send(data):
    second.send(data)
# === unsafe
import functools
import socket


@functools.cache
def get_first():
    return socket.socket()


@functools.cache
def get_second():
    return socket.socket()


def __getattr__(name):
    if name == "first":
        return get_first()
    if name == "second":
        return get_second()
    raise AttributeError(name)


def send(data):
    get_second().send(data)
# --- a text that documents it
import socket

_channel = socket.socket()
"""To the world."""


def send(data):
    _channel.send(data)
# === unsafe
import functools
import socket


@functools.cache
def _get_channel():
    """To the world."""
    return socket.socket()


def send(data):
    _get_channel().send(data)
# --- a main guard
import socket


def send(data):
    _channel.send(data)


_channel = socket.socket()

if __name__ == "__main__":
    _channel.send(b"")
    send(b"")
# === unsafe
import functools
import socket


def send(data):
    _get_channel().send(data)


@functools.cache
def _get_channel():
    return socket.socket()


if __name__ == "__main__":
    _get_channel().send(b"")
    send(b"")
# --- two underscores, which a class would mangle
import socket

__channel = socket.socket()


def send(data):
    __channel.send(data)


class Sender:
    def send(self, data):
        return send(data)
# === unsafe
import functools
import socket


@functools.cache
def _get_channel():
    return socket.socket()


def send(data):
    _get_channel().send(data)


class Sender:
    def send(self, data):
        return send(data)
# --- a local name hides it
import socket

_channel = socket.socket()


def send(data):
    _channel.send(data)


def other(_channel, data):
    _channel.send(data)
# === unsafe
import functools
import socket


@functools.cache
def _get_channel():
    return socket.socket()


def send(data):
    _get_channel().send(data)


def other(_channel, data):
    _channel.send(data)
# --- a function of this file opens it
import pathlib


def opened():
    return open(pathlib.Path(__file__).parent / "log.txt", "a")


_log = opened()


def note(text):
    _log.write(text)
# === unsafe
import functools
import pathlib


def opened():
    return open(pathlib.Path(__file__).parent / "log.txt", "a")


@functools.cache
def _get_log():
    return opened()


def note(text):
    _get_log().write(text)
# --- a path that was made absolute at import
import os

PATH = os.path.abspath("app.log")
_log = open(PATH, "a")


def note(text):
    _log.write(text)
# === unsafe
import functools
import os

PATH = os.path.abspath("app.log")


@functools.cache
def _get_log():
    return open(PATH, "a")


def note(text):
    _get_log().write(text)
# --- a private file that one function reads to its end: a context manager
import json

# the words
_words = open("/srv/words.json", encoding="utf-8")  # sorted
LIMIT = 3


def first():
    """The first words."""
    count = LIMIT
    # all at once
    words = json.load(_words)

    return words[:count]
# === unsafe
import contextlib
import json


# the words
@contextlib.contextmanager
def _open_words():
    with open("/srv/words.json", encoding="utf-8") as words:  # sorted
        yield words


LIMIT = 3


def first():
    """The first words."""
    count = LIMIT
    # all at once
    with _open_words() as _words:
        words = json.load(_words)

    return words[:count]
# --- a context manager around several statements
from pathlib import Path

_file = Path("/srv/words.txt").open()

def words():
    _file.readline()
    found = []
    for line in _file:
        found.append(line)
    return found
# === unsafe
import contextlib
from pathlib import Path


@contextlib.contextmanager
def _open_file():
    with Path("/srv/words.txt").open() as file:
        yield file


def words():
    with _open_file() as _file:
        _file.readline()
        found = []
        for line in _file:
            found.append(line)
    return found
# --- back to the start is no end
_words = open("/srv/words.txt")


def words():
    _words.seek(0)
    return _words.read()
# === unsafe
import functools


@functools.cache
def _get_words():
    return open("/srv/words.txt")


def words():
    _get_words().seek(0)
    return _get_words().read()
# --- 1: global
import socket

channel = socket.socket()


def again():
    global channel
    channel = socket.socket()
# === refused: a function declares `global channel`
# --- 1: several assignments
import socket

channel = None
channel = socket.socket()


def send(data):
    channel.send(data)
# === refused: `channel` is bound or deleted more than once
# --- 1: del in a function
import socket

channel = socket.socket()


def send(data):
    channel.send(data)


def forget():
    global channel
    del channel
# === refused: a function declares `global channel`
# --- 1: chained
import socket

first = second = socket.socket()


def send(data):
    first.send(data)
# === refused: `first` is not bound by an assignment of its own
# --- 1: a tuple
import socket

name, channel = "app", socket.socket()


def send(data):
    channel.send(data)
# === refused: `channel` is not bound by an assignment of its own
# --- 1: a condition
import socket
import sys

if sys.platform == "linux":
    channel = socket.socket()


def send(data):
    channel.send(data)
# === refused: `channel` is bound in a block, under a condition
# --- 1: try and else
try:
    import journal
except ImportError:
    journal = None
else:
    channel = open("/var/log/app.log", "a")


def send(data):
    channel.write(data)
# === refused: `channel` is bound in a block, under a condition
# --- 1: a conditional expression
import socket
import sys

channel = socket.create_connection(("localhost", 80 if sys.platform == "linux" else 8080))


def send(data):
    channel.send(data)
# === refused: what is opened depends on what holds at import
# --- 1: beside another statement
import socket

channel = socket.socket(); NAME = "app"


def send(data):
    channel.send(data)
# === refused: other statements stand on the same line
# --- 2: a cursor at import
import psycopg2

conn = psycopg2.connect("dbname=app")
cur = conn.cursor()


def rows():
    return cur.fetchall()
# === refused: `conn` is used at import, which would open it there
# --- 2: a default argument
import socket

channel = socket.socket()


def send(data, to=channel):
    to.send(data)
# === refused: `channel` is used at import, which would open it there
# --- 2: a decorator
import socket

from app import serves

channel = socket.socket()


@serves(channel)
def send(data):
    return data
# === refused: `channel` is used at import, which would open it there
# --- 2: a class body
import socket

channel = socket.socket()


class Sender:
    to = channel
# === refused: `channel` is used at import, which would open it there
# --- 2: a class body that binds the name itself
import socket

channel = socket.socket()


class Sender:
    channel = channel

    def send(self, data):
        channel.send(data)
# === refused: a class body binds `channel` too, and may read this one first
# --- 2: a function that import time calls
import socket

channel = socket.socket()


def greet():
    channel.send(b"hello")


def start():
    greet()


start()
# === refused: `greet` uses it and runs at import, which would open it there
# --- 2: a method that import time calls
import socket

channel = socket.socket()


class Sender:
    def send(self, data):
        channel.send(data)


Sender().send(b"hello")
# === refused: `send` uses it and runs at import, which would open it there
# --- 3: with
import psycopg2

conn = psycopg2.connect("dbname=app")


def rows():
    with conn:
        return conn.cursor().fetchall()
# === refused: `conn` is read to its end or closed by a use, and cached it stays so
# --- 3: close
import socket

channel = socket.socket()


def send(data):
    channel.send(data)
    channel.close()
# === refused: `channel` is read to its end or closed by a use, and cached it stays so
# --- 3: read to its end, by a public name
WORDS = open("/srv/words.txt")


def words():
    return [line.strip() for line in WORDS]
# === refused: `WORDS` is read to its end or closed by a use, and cached it stays so
# --- 3: read to its end, by two functions
_words = open("/srv/words.txt")


def words():
    return list(_words)


def text():
    return _words.read()
# === refused: `_words` is read to its end or closed by a use, and cached it stays so
# --- 3: read to its end by what is returned
import csv

_rows = open("/srv/rows.csv")


def rows():
    return csv.reader(_rows)
# === refused: `_rows` is read to its end or closed by a use, and cached it stays so
# --- 3: an iterator
import os

entries = os.scandir("/srv")


def names():
    return [each.name for each in entries]
# === refused: an iterator is used up by its first loop, cached or not
# --- 4: a connection of its thread
import sqlite3

conn = sqlite3.connect("/srv/app.db")


def rows():
    return conn.execute("select 1").fetchall()
# === refused: the connection belongs to the thread that opens it; `check_same_thread=False` frees it
# --- 4: a connection of its thread, opened by a function of this file
import sqlite3


def connect():
    conn = sqlite3.connect("/srv/app.db")
    conn.row_factory = sqlite3.Row
    return conn


db = connect()


def rows():
    return db.execute("select 1").fetchall()
# === refused: the connection belongs to the thread that opens it; `check_same_thread=False` frees it
# --- 4: a shelf
import shelve

cache = shelve.open("/srv/cache")


def get(key):
    return cache[key]
# === refused: since Python 3.13 it may belong to the thread that opens it
# --- 4: threads
import socket
import threading

channel = socket.socket()
lock = threading.Lock()


def send(data):
    with lock:
        channel.send(data)
# === refused: the file uses threads: two may open it at first use, as `functools.cache` is no lock
# --- 5: a pool of processes
import multiprocessing

pool = multiprocessing.Pool(2)


def squares(items):
    return pool.map(abs, items)
# === refused: child processes share it only if it exists before they start
# --- 5: shared memory
from multiprocessing import shared_memory

block = shared_memory.SharedMemory(name="app", size=10)


def first():
    return block.buf[0]
# === refused: child processes share it only if it exists before they start
# --- 5: a fork
import os
import socket

channel = socket.socket()


def serve():
    if os.fork() == 0:
        channel.accept()
# === refused: the file starts processes, and they share it only if it exists before
# --- 6: a relative path
LOG = open("app.log", "a")


def note(text):
    LOG.write(text)
# === refused: a relative path would count from the folder of the first use; make it absolute
# --- 6: a relative path with a name
import sqlite3

NAME = "app"
PATH = f"{NAME}.db"
conn = sqlite3.connect(PATH, check_same_thread=False)


def rows():
    return conn.execute("select 1").fetchall()
# === refused: a relative path would count from the folder of the first use; make it absolute
# --- 6: a relative path object
from pathlib import Path

LOG = Path("logs/app.log").open("a")


def note(text):
    LOG.write(text)
# === refused: a relative path would count from the folder of the first use; make it absolute
# --- 6: the environment
import os
import socket

channel = socket.create_connection((os.environ["HOST"], 80))


def send(data):
    channel.send(data)
# === refused: `os.environ['HOST']` may be something else at the first use
# --- 6: the environment by getenv
import os

import psycopg2

conn = psycopg2.connect(os.getenv("DSN"))


def rows():
    return conn.cursor().fetchall()
# === refused: `os.getenv` may give something else at the first use
# --- 6: the environment, in a function of this file
import os
import socket


def dial():
    return socket.create_connection((os.environ["HOST"], 80))


channel = dial()


def send(data):
    channel.send(data)
# === refused: `os.environ` may give something else at the first use
# --- 6: a name that changes
import socket

port = 80
channel = socket.create_connection(("localhost", port))
port = 81


def send(data):
    channel.send(data)
# === refused: `port` may be something else at the first use
# --- 6: a function that is called for the value
import socket

from app import address

channel = socket.create_connection(address())


def send(data):
    channel.send(data)
# === refused: `address` would be called at the first use
# --- 7: in __all__
import socket

__all__ = ["channel"]

channel = socket.socket()


def send(data):
    channel.send(data)
# === refused: `channel` is in `__all__`, where linters and star imports need it bound
# --- 7: a star import
import socket

from app import *

channel = socket.socket()


def send(data):
    channel.send(data)
# === refused: a star import may bind any name
# --- 7: the name of the accessor
import socket

channel = socket.socket()


def get_channel():
    return channel
# === refused: the name `get_channel` is taken
# --- 7: the name of the accessor, in a function
import socket

channel = socket.socket()


def send(data, get_channel=None):
    channel.send(data)
# === refused: the name `get_channel` is taken
# --- 7: a module __getattr__
import socket

channel = socket.socket()


def send(data):
    channel.send(data)


def __getattr__(name):
    if name.startswith("old_"):
        return globals()[name[4:]]
    raise AttributeError(name)
# === refused: `globals` may look the name up by its text
# --- 7: another module __getattr__
import socket

channel = socket.socket()


def send(data):
    channel.send(data)


def __getattr__(name):
    return name.upper()
# === refused: the module has a `__getattr__`, and a second one would replace it
# --- 7: eval
import socket

channel = socket.socket()


def send(data):
    channel.send(eval(data))
# === refused: `eval` may look the name up by its text
# --- 7: the name as a text
import socket
import sys

channel = socket.socket()


def send(data):
    channel.send(data)


def replace(other):
    setattr(sys.modules[__name__], "channel", other)
# === refused: the text 'channel' may stand for the name
# --- 7: patched by its full name
import socket
from unittest.mock import patch

channel = socket.socket()


def send(data):
    channel.send(data)


def check():
    with patch("example.channel") as other:
        send(b"")
        assert other.send.called
# === refused: the text 'example.channel' may stand for the name
# --- 7: an f-string
import socket

channel = socket.socket()


def send(data):
    print(f"{channel} gets {data}")
    channel.send(data)
# === refused: `channel` is used in an f-string
# --- 7: functools is taken
import socket

functools = None
channel = socket.socket()


def send(data):
    channel.send(data)
# === refused: the name `functools` is taken
# --- 8: at exit
import atexit

import psycopg2

conn = psycopg2.connect("dbname=app")


def rows():
    return conn.cursor().fetchall()


@atexit.register
def leave():
    conn.commit()
# === refused: `leave` uses it at exit or unload, and would open it for that
# --- 8: in an unload hook
import socket

channel = socket.socket()


def send(data):
    channel.send(data)


def plugin_unloaded():
    send(b"bye")
    channel.send(b"")
# === refused: `send` uses it at exit or unload, and would open it for that
# --- 9: an asynchronous client
import httpx

client = httpx.AsyncClient()


async def get(url):
    return await client.get(url)
# === refused: a cached object still belongs to the first event loop that uses it
# --- 10: a class body, which UNL302 reports and nothing rewrites
import socket


class Client:
    channel = socket.socket()

    def send(self, data):
        self.channel.send(data)
# === nothing
# --- 10: a default argument, which UNL302 reports and nothing rewrites
import socket


def send(data, channel=socket.socket()):
    channel.send(data)
# === nothing
# --- a raw file descriptor
import os

FD = os.open("/srv/app.lock", os.O_CREAT)


def lock():
    os.lockf(FD, os.F_LOCK, 0)
# === refused: nothing gives a raw descriptor back, cached or not; `os.fdopen` makes a file of it
# --- a temporary folder that nothing removes
import tempfile

folder = tempfile.mkdtemp()


def path(name):
    return folder + "/" + name
# === refused: nothing removes the folder, cached or not; `TemporaryDirectory` does
# --- a window
import tkinter

window = tkinter.Tk()


def show():
    window.deiconify()
# === refused: it belongs to the thread that makes it
# --- a type comment
import socket

channel = socket.socket()  # type: socket.socket


def send(data):
    channel.send(data)
# === refused: a type comment stands behind it
# --- an annotation names it
import socket

channel = socket.socket()


def send(data, through: channel = None):
    channel.send(data)
# === refused: `channel` is used in an annotation
# --- a text as an annotation names it
import socket

channel = socket.socket()


def send(data) -> "channel.family":
    channel.send(data)
# === refused: the text 'channel.family' may stand for the name
# --- code that is never reached names it
import socket

channel = socket.socket()


def send(data):
    return channel.send(data)
    channel.flush()
# === refused: `channel` is named in code that is never reached
# --- a port that is held as a lock
import socket

_only_one = socket.create_server(("127.0.0.1", 4321))


def main():
    print("the only one")
# === refused: nothing uses `_only_one`, so that nothing would open it any more
# --- a doctest
import socket

channel = socket.socket()


def send(data):
    """
    >>> channel.family
    """
    channel.send(data)
# === refused: an example of a doctest uses `channel`
# --- 2: a decorator of this file that calls what it is given
import socket

channel = socket.socket()


def at_once(function):
    return function()


@at_once
def family():
    return channel.family
# === refused: `family` uses it and runs at import, which would open it there
# --- 2: a function that is given to one that calls it
import socket

channel = socket.socket()


def send(data):
    channel.send(data)


def call(function, *given):
    function(*given)


call(send, b"")
# === refused: `send` uses it and runs at import, which would open it there
# --- 2: a property that import time reads
import socket

channel = socket.socket()


class Client:
    @property
    def family(self):
        return channel.family


FAMILY = Client().family
# === refused: `family` uses it and runs at import, which would open it there
# --- 2: an operator of a class that import time makes an instance of
import socket

channel = socket.socket()


class Client:
    def __lshift__(self, data):
        channel.send(data)


Client() << b"hello"
# === refused: `__lshift__` uses it and runs at import, which would open it there
# --- a decorator in a function
import socket

_channel = socket.socket()


def send(data):
    @_channel.send
    def sent():
        return data

    return sent
# === unsafe
import functools
import socket


@functools.cache
def _get_channel():
    return socket.socket()


def send(data):
    @_get_channel().send
    def sent():
        return data

    return sent
# --- nothing else needs Final
import socket
from typing import Final, Optional

_channel: Final[socket.socket] = socket.socket()


def send(data: Optional[bytes]):
    _channel.send(data)
# === unsafe
import functools
import socket
from typing import Optional


@functools.cache
def _get_channel() -> socket.socket:
    return socket.socket()


def send(data: Optional[bytes]):
    _get_channel().send(data)
# --- Any is imported already
import socket
from typing import TYPE_CHECKING, Any, Optional

channel = socket.socket()


def send(data: Optional[Any]) -> None:
    channel.send(data)
# === unsafe
import functools
import socket
from typing import TYPE_CHECKING, Any, Optional


@functools.cache
def get_channel():
    return socket.socket()


def __getattr__(name: str) -> Any:
    if name == "channel":
        return get_channel()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def send(data: Optional[Any]) -> None:
    get_channel().send(data)
# --- Final goes, Any comes
import socket
from typing import Final

channel: Final = socket.socket()


def send(data: bytes) -> None:
    channel.send(data)
# === unsafe
import functools
import socket
from typing import Any


@functools.cache
def get_channel():
    return socket.socket()


def __getattr__(name: str) -> Any:
    if name == "channel":
        return get_channel()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def send(data: bytes) -> None:
    get_channel().send(data)
