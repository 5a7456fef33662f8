# --- a class body
class Journal:
    stream = open("app.log", "w")  # UNL302: 13

# --- a nested class
import sqlite3


class Outer:
    class Inner:
        connection = sqlite3.connect("app.db")  # UNL302

# --- a class body with a test
import os
import socket


class Client:
    if os.name == "posix":
        channel = socket.socket(socket.AF_UNIX)  # UNL302
    else:
        channel = None

# --- a default argument
def note(text, stream=open("app.log", "a")):  # UNL302: 22
    stream.write(text)

# --- a keyword-only default of a method
import sqlite3


class Store:
    def rows(self, *, connection=sqlite3.connect("app.db")):  # UNL302
        return connection.execute("select 1")

# --- the default of a lambda
note = lambda text, stream=open("app.log", "a"): stream.write(text)  # UNL302

# --- the default of a coroutine
import socket


async def send(data, channel=socket.socket()):  # UNL302
    channel.send(data)

# --- the argument of a decorator
from tools import logged


@logged(open("app.log", "a"))  # UNL302
def work():
    pass

# --- a keyword of a class decorator
import socket

from tools import served


@served(channel=socket.socket())  # UNL302
class Server:
    pass

# --- a list
STREAMS = [open("a.log", "a"), open("b.log", "a")]  # UNL302: 11, UNL302: 31

# --- a tuple
import socket

CHANNELS = (socket.socket(), 80)  # UNL302

# --- a dict
import sqlite3

STORES = {"main": sqlite3.connect("app.db")}  # UNL302

# --- a list in a dict
STREAMS = {"all": [open("a.log", "a")]}  # UNL302

# --- a list comprehension
import socket

CHANNELS = [socket.socket() for _ in range(4)]  # UNL302

# --- a dict comprehension
STREAMS = {name: open(name, "a") for name in ("a", "b")}  # UNL302

# --- an item
import sqlite3

STORES = {}
STORES["main"] = sqlite3.connect("app.db")  # UNL302

# --- appended
import socket

CHANNELS = []
CHANNELS.append(socket.socket())  # UNL302

# --- a class in a class with an event loop
import asyncio


class Worker:
    loop = asyncio.new_event_loop()  # UNL302

# --- a pool of a class, with work
from concurrent.futures import ThreadPoolExecutor


class Watcher:
    _pool = ThreadPoolExecutor(max_workers=4)  # UNL302

    def later(self, work):
        return Watcher._pool.submit(work)

# --- clean: a pool of a class without work, and one with an end
from concurrent.futures import ThreadPoolExecutor


class Idle:
    idle = ThreadPoolExecutor()


class Watcher:
    _pool = ThreadPoolExecutor(max_workers=4)

    def later(self, work):
        return self._pool.submit(work)

    @classmethod
    def stop(cls):
        cls._pool.shutdown()

# --- clean: an instance opens it
class Journal:
    def __init__(self):
        self.stream = open("app.log", "w")

# --- clean: a with statement in a class body
class Version:
    with open("VERSION") as stream:
        text = stream.read()

# --- clean: closed in the class body
class Version:
    stream = open("VERSION")
    text = stream.read()
    stream.close()

# --- clean: deleted from the class body
class Version:
    stream = open("VERSION")
    text = stream.read()
    del stream

# --- clean: locks and names in a class body
import threading


class Journal:
    lock = threading.Lock()
    path = "app.log"

# --- clean: a default that opens when called
import functools


def note(text, opener=functools.partial(open, "app.log", "w")):
    with opener() as stream:
        stream.write(text)

# --- clean: a default factory of a dataclass
from dataclasses import dataclass, field
import tempfile


@dataclass
class Job:
    folder: str = field(default_factory=tempfile.mkdtemp)

# --- clean: functions in a table
OPENERS = {"text": open, "other": lambda path: open(path, "rb")}

# --- clean: defaults of a function inside a function
def make():
    def note(text, stream=open("app.log")):
        stream.write(text)

    return note

# --- clean: a list that is closed on the import path
STREAMS = [open("a.log"), open("b.log")]
NAMES = len(STREAMS)
del STREAMS

# --- clean: a lazy client in a class body
import requests


class Api:
    session = requests.Session()

# --- clean: main guard
if __name__ == "__main__":
    STREAMS = [open("a.log")]

# --- clean: closed at exit, element by element
import atexit

STREAMS = [open("a.log", "a")]


@atexit.register
def _leave():
    for stream in STREAMS:
        stream.close()
