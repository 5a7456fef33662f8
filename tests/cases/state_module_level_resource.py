# --- a file for writing
LOG = open("app.log", "w")  # UNL301: 6


def note(text):
    LOG.write(text)

# --- a file by io.open
import io

LOG = io.open("app.log", "a")  # UNL301

# --- pathlib
from pathlib import Path

LOG = Path("app.log").open("a")  # UNL301

# --- pathlib by way of a name
import pathlib

PATH = pathlib.Path("app.log")
LOG = PATH.open("a")  # UNL301

# --- a compressed file
import gzip

DATA = gzip.open("data.gz")  # UNL301

# --- a raw descriptor
import os

FD = os.open("app.lock", os.O_CREAT)  # UNL301

# --- both ends of a pipe
import os

READ, WRITE = os.pipe()  # UNL301

# --- the descriptor of mkstemp
from tempfile import mkstemp

fd, path = mkstemp()  # UNL301

# --- a socket
import socket

channel = socket.socket(socket.AF_INET)  # UNL301


def send(data):
    channel.send(data)

# --- a socket by its class alone
from socket import socket

channel = socket()  # UNL301

# --- a socket by another name
from socket import create_connection as dial

channel = dial(("localhost", 80))  # UNL301

# --- a class bound to a second name
import socket

Channel = socket.socket
channel = Channel()  # UNL301

# --- a database
import sqlite3

connection = sqlite3.connect("app.db")  # UNL301


def rows():
    return connection.execute("select 1").fetchall()

# --- a database by another driver
import psycopg2 as pg

connection = pg.connect("dbname=app")  # UNL301

# --- an annotated name
import sqlite3

connection: sqlite3.Connection = sqlite3.connect("app.db")  # UNL301

# --- the engine's connection
from sqlalchemy import create_engine

engine = create_engine("sqlite://")
connection = engine.connect()  # UNL301

# --- a client with threads
from pymongo import MongoClient

client = MongoClient("mongodb://localhost")  # UNL301
db = client.app

# --- a pool with work
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor(max_workers=2)  # UNL301


def later(work):
    return pool.submit(work)

# --- a pool that an event loop gets
import asyncio
import concurrent.futures

pool = concurrent.futures.ThreadPoolExecutor()  # UNL301


async def later(work):
    return await asyncio.get_running_loop().run_in_executor(pool, work)

# --- a pool that a function of this file gets
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()  # UNL301
other = ThreadPoolExecutor()  # UNL301


def run(tasks, executor):
    return [executor.submit(task) for task in tasks]


def both(tasks):
    return run(tasks, pool) + run(tasks, executor=other)

# --- a process pool
import multiprocessing

pool = multiprocessing.Pool(2)  # UNL301


def later(work, items):
    return pool.map(work, items)

# --- a manager
from multiprocessing import Manager

manager = Manager()  # UNL301

# --- an event loop
import asyncio

loop = asyncio.new_event_loop()  # UNL301


def run(work):
    return loop.run_until_complete(work)

# --- an asynchronous client
import httpx

client = httpx.AsyncClient()  # UNL301

# --- a memory map
import mmap

with open("data.bin", "rb") as stream:
    DATA = mmap.mmap(stream.fileno(), 0)  # UNL301

# --- a temporary file
import tempfile

scratch = tempfile.NamedTemporaryFile()  # UNL301

# --- a temporary directory
import tempfile

scratch = tempfile.TemporaryDirectory()  # UNL301
path = scratch.name

# --- a server
import http.server

server = http.server.HTTPServer(("", 8000), http.server.BaseHTTPRequestHandler)  # UNL301


def run():
    server.serve_forever()

# --- a shelf
import shelve

cache = shelve.open("cache")  # UNL301

# --- a device
import serial

port = serial.Serial("/dev/ttyUSB0")  # UNL301


def send(data):
    port.write(data)

# --- in one branch
import os

if os.name == "nt":
    LOG = open("C:/app.log", "a")  # UNL301
else:
    LOG = open("/var/app.log", "a")  # UNL301

# --- in a try
try:
    LOG = open("app.log", "a")  # UNL301
except OSError:
    LOG = None


def note(text):
    LOG.write(text)

# --- in the fallback
try:
    import journal
except ImportError:
    journal = open("app.log", "a")  # UNL301

# --- under a with that closes something else
import contextlib

with contextlib.suppress(OSError):
    LOG = open("app.log", "a")  # UNL301

# --- in a match
import sys

match sys.platform:
    case "linux":
        LOG = open("/var/app.log", "a")  # UNL301
    case _:
        LOG = None

# --- in a loop
LOG = None


def note(text):
    LOG.write(text)


for folder in ("/var", "/tmp"):
    LOG = open(folder + "/app.log", "a")  # UNL301

# --- walrus
import os

if (LOG := open("app.log", "a")).tell():  # UNL301: 11
    os.stat("app.log")

# --- two names at once
import sqlite3

first = second = sqlite3.connect("app.db")  # UNL301

# --- pairwise
import sqlite3

name, connection = "app", sqlite3.connect("app.db")  # UNL301

# --- a function of this file opens it
import sqlite3


def connect():
    connection = sqlite3.connect("app.db")
    connection.row_factory = sqlite3.Row
    return connection


db = connect()  # UNL301: 5

# --- a function returns it at once
import socket


def dial():
    return socket.create_connection(("localhost", 80))


channel = dial()  # UNL301

# --- a constructor opens it
class Journal:
    def __init__(self, path):
        self.path = path
        self.stream = open(path, "a")

    def note(self, text):
        self.stream.write(text)


journal = Journal("app.log")  # UNL301

# --- a constructor that comes after a method of the same name
import sqlite3


class Store:
    def open(self):
        return self

    def connect(self):
        return self


def connect():
    return sqlite3.connect("app.db")


db = connect()  # UNL301

# --- a function by another name
import sqlite3


def _connect():
    return sqlite3.connect("app.db")


connect = _connect
db = connect()  # UNL301

# --- a module by import_module
import importlib

db = importlib.import_module("sqlite3").connect("app.db")  # UNL301

# --- a name that some module body opens and a function reads as a global
import sqlite3

_db = sqlite3.connect("app.db", check_same_thread=False)  # UNL301


def get_db():
    global _db
    return _db

# --- closed by a function that nobody calls at exit
import sqlite3

db = sqlite3.connect("app.db")  # UNL301


def close_db():
    db.close()

# --- clean: closed on some path
import os
import sqlite3

db = sqlite3.connect("app.db")
if os.environ.get("ONCE"):
    db.close()

# --- a handler that is not attached
import logging

handler = logging.FileHandler("app.log")  # UNL301

# --- clean: a function opens it
import sqlite3


def connect():
    return sqlite3.connect("app.db")

# --- clean: a method, a lambda, a generator expression
class Journal:
    def open(self):
        self.stream = open("app.log")


journal = lambda: open("app.log")  # noqa: E731
lines = (len(open(path).name) for path in ())

# --- clean: main guard
import sqlite3

if __name__ == "__main__":
    db = sqlite3.connect("app.db")

# --- clean: main guard, the other way round
import sqlite3

if "__main__" == __name__:
    db = sqlite3.connect("app.db")

# --- clean: for type checkers
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    stream = open("app.log")

# --- clean: never executed
if False:
    stream = open("app.log")
if 0:
    other = open("app.log")

# --- clean: a script that reads its arguments
import sqlite3
import sys

db = sqlite3.connect(sys.argv[1])

# --- clean: a program that prints what it makes
source = open("gl.h")


def symbols(header):
    return [line for line in header if line]


print("// generated")
print("#pragma once")
for symbol in symbols(source):
    print(symbol)
print("// end")

# --- clean: the program makes the one application object
import tempfile

from PyQt5.QtWidgets import QApplication

app = QApplication([])
FOLDER = tempfile.mkdtemp()


def show():
    return FOLDER


if __name__ == "__main__":
    show()

# --- a print or two make no program
LOG = open("app.log")  # UNL301


def note():
    return LOG


print("loaded")

# --- clean: a script by its name
# file: setup.py
LOG = open("app.log", "w")

# --- clean: the entry of a package
# file: __main__.py
LOG = open("app.log", "w")

# --- clean: the settings of a documentation
# file: conf.py
LOG = open("app.log", "w")

# --- clean: a name that no import can spell
# file: make-report.py
LOG = open("app.log", "w")

# --- clean: an event loop that runs here for ever
import asyncio

loop = asyncio.new_event_loop()
loop.run_forever()

# --- clean: a with statement
with open("VERSION") as stream:
    VERSION = stream.read()

# --- clean: closed later
stream = open("VERSION")
VERSION = stream.read()
stream.close()

# --- clean: closed whatever happens
stream = open("VERSION")
try:
    VERSION = stream.read()
finally:
    stream.close()

# --- clean: opened in the try that closes it
import sqlite3

db = None
try:
    db = sqlite3.connect("app.db")
    ROWS = db.execute("select 1").fetchall()
finally:
    if db is not None:
        db.close()

# --- clean: a with statement over the name
stream = open("VERSION")
with stream:
    VERSION = stream.read()

# --- clean: contextlib.closing
import contextlib
import socket

channel = socket.socket()
with contextlib.closing(channel):
    PORT = channel.getsockname()

# --- clean: a stack that owns it
import atexit
import contextlib

stack = contextlib.ExitStack()
atexit.register(stack.close)
stream = stack.enter_context(open("app.log"))
other = open("other.log")
stack.callback(other.close)

# --- clean: the descriptor is closed by os.close
import os
import tempfile

fd, path = tempfile.mkstemp()
os.close(fd)

# --- clean: at exit
import atexit
import sqlite3

db = sqlite3.connect("app.db")
atexit.register(db.close)

# --- clean: at exit, by a lambda
import atexit
import sqlite3

db = sqlite3.connect("app.db")
atexit.register(lambda: db.close())

# --- clean: at exit, by a decorated function
import atexit
import sqlite3

db = sqlite3.connect("app.db")


@atexit.register
def _close():
    db.close()

# --- clean: at exit, by a function that calls another
import atexit
import sqlite3

db = sqlite3.connect("app.db")


def _close():
    db.close()


def _leave():
    _close()


atexit.register(_leave)

# --- clean: at exit, once a function has been called
import atexit
import tempfile

FOLDER = tempfile.TemporaryDirectory("media")


def start():
    atexit.register(FOLDER.cleanup)

# --- a function of its own closes it, which nobody registers
import tempfile

FOLDER = tempfile.TemporaryDirectory("media")  # UNL301


def stop():
    FOLDER.cleanup()

# --- clean: at exit, by a function given with an argument
import atexit
import shutil
import tempfile

folder = tempfile.mkdtemp()
atexit.register(shutil.rmtree, folder)

# --- clean: Blender's unregister
import socket

channel = socket.socket()


def unregister():
    channel.close()

# --- clean: Sublime Text's plugin_unloaded
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


def later(work):
    return pool.submit(work)


def plugin_unloaded():
    pool.shutdown(wait=False)

# --- clean: teardown through a global that is emptied
import sqlite3

db = sqlite3.connect("app.db")


def teardown():
    global db
    if db is not None:
        db.close()
        db = None

# --- clean: the unload hook of an extension
import shelve

cache = shelve.open("cache")


def unload_ipython_extension(shell):
    cache.close()

# --- clean: closed through the module's own full name
# file: pkg/own.py
import atexit
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor()


def later(work):
    return POOL.submit(work)


def _leave():
    import pkg.own

    pkg.own.POOL.shutdown()


atexit.register(_leave)

# --- clean: closed in a hook through the module's own name taken from its package
# file: pkg/own.py
from concurrent.futures import ThreadPoolExecutor

POOL = ThreadPoolExecutor()


def later(work):
    return POOL.submit(work)


def plugin_unloaded():
    from pkg import own

    own.POOL.shutdown()

# --- clean: removed again
stream = open("VERSION")
VERSION = stream.read(10)
del stream

# --- clean: lazy clients
import requests
import sqlalchemy

session = requests.Session()
engine = sqlalchemy.create_engine("sqlite://")

# --- clean: a client told to wait
from pymongo import MongoClient

client = MongoClient("localhost", connect=False)

# --- clean: no host, no connection
import ftplib
import smtplib

mail = smtplib.SMTP()
files = ftplib.FTP()

# --- clean: a pool that nobody uses yet
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()

# --- clean: a pool that another module may use
import concurrent.futures

EXECUTOR = concurrent.futures.ThreadPoolExecutor(max_workers=4)

__all__ = ["EXECUTOR"]

# --- clean: a pool that a function of this file only looks at
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


def describe(executor):
    return repr(executor)


def name():
    return describe(pool)

# --- clean: locks, queues and other primitives
import multiprocessing
import queue
import threading

lock = threading.Lock()
jobs = queue.Queue()
shared = multiprocessing.Value("i", 0)
guard = multiprocessing.Lock()

# --- clean: in memory
import io
import gzip

buffer = io.StringIO()
data = gzip.GzipFile(fileobj=io.BytesIO(b""))

# --- clean: the null device
import os

SINK = open(os.devnull, "w")
OTHER = open("/dev/null", "w")

# --- clean: a descriptor that stays with its owner
out = open(1, "w", closefd=False)

# --- clean: a function named open, of this file
def open(path):
    return path


name = open("app.log")

# --- clean: open of another module
from webbrowser import open

open("https://example.org")

# --- clean: open of a star import
from tools import *

stream = open("app.log")

# --- clean: connect of a signal
from signals import changed

receiver = changed.connect(print)

# --- clean: a class of the same name
from models import Pool, Session, socket

pool = Pool()
session = Session()
channel = socket()

# --- clean: switched on for debugging
import os

DEBUG = os.environ.get("DEBUG")
LOG = None
if DEBUG:
    LOG = open("debug.log", "w")

# --- clean: cached accessor
import functools
import sqlite3


@functools.cache
def db():
    return sqlite3.connect("app.db")

# --- clean: opened on first use
import sqlite3

_db = None


def db():
    global _db
    if _db is None:
        _db = sqlite3.connect("app.db")
    return _db

# --- clean: module __getattr__
import sqlite3


def __getattr__(name):
    if name == "db":
        return sqlite3.connect("app.db")
    raise AttributeError(name)

# --- clean: a constructor that opens and closes
class Config:
    def __init__(self, path):
        stream = open(path)
        self.text = stream.read()
        stream.close()


config = Config("app.cfg")

# --- clean: a constructor that may open
class Journal:
    def __init__(self, path=None):
        self.stream = None
        if path:
            self.stream = open(path)


journal = Journal()

# --- clean: a generator of this file opens when it is asked
def lines():
    stream = open("app.log")
    yield from stream


LINES = lines()

# --- clean: a context manager of this file
import contextlib


@contextlib.contextmanager
def opened(path):
    stream = open(path)
    yield stream
    stream.close()


with opened("app.log") as stream:
    TEXT = stream.read()

# --- clean: a parameter named like a factory
def size(open):
    return open("app.log")


SIZE = size(len)

# --- clean: read by a function that is called at import
def version():
    stream = open("VERSION")
    text = stream.read()
    stream.close()
    return text


VERSION = version()

# --- a cursor holds its connection
import sqlite3

cursor = sqlite3.connect("app.db").cursor()  # UNL301


def count():
    return cursor.execute("select 1")

# --- a database holds its client
from pymongo import MongoClient

database = MongoClient().shop  # UNL301


def count():
    return database.items.count_documents({})

# --- a collection holds its client
import pymongo

items = pymongo.MongoClient("mongodb://host")["shop"]["items"]  # UNL301


def count():
    return items.count_documents({})

# --- a database by a method
import pymongo

shop = pymongo.MongoClient("mongodb://host").get_database("shop")  # UNL301


def count():
    return shop.items.count_documents({})

# --- clean: a cursor that is closed
import sqlite3

cursor = sqlite3.connect("app.db").cursor()
cursor.close()


def count():
    return 1

# --- clean: what a connection gave
import sqlite3

ROWS = sqlite3.connect("app.db").execute("select 1").fetchall()


def count():
    return len(ROWS)

# --- a device
import gpiozero

led = gpiozero.LED(17)  # UNL301


def toggle():
    led.toggle()

# --- clean: a part of the unload hook shuts it down by another name
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()


def fetch(url):
    return pool.submit(print, url)


def unregister_jobs():
    global pool
    retired = pool
    pool = None
    if retired is not None:
        retired.shutdown(wait=False)

# --- another name is only used
from concurrent.futures import ThreadPoolExecutor

pool = ThreadPoolExecutor()  # UNL301


def fetch(url):
    return pool.submit(print, url)


def unregister():
    same = pool
    same.submit(print)

# --- clean: a program prints in its loops
import tempfile

FOLDER = tempfile.TemporaryDirectory()


def convert(name):
    return name


for each in ("a", "b"):
    print(each)
    convert(each)

# --- dropped or closed only where it failed
import sqlite3

from pymongo import MongoClient

try:
    client = MongoClient()  # UNL301
    client.admin.command("ping")
except Exception:
    client = None
try:
    db = sqlite3.connect("app.db")  # UNL301
    db.execute("SELECT 1")
except sqlite3.Error:
    db.close()
    raise

# --- clean: closed after a failure of something else, and in the other case, too
import sqlite3

try:
    db = sqlite3.connect("app.db")
    db.execute("SELECT 1")
except sqlite3.Error:
    db = None
else:
    db.close()
try:
    other = sqlite3.connect("app.db")
finally:
    other.close()

# --- a pool that opens itself
import momoko

pool = momoko.Pool(dsn="dbname=app")
pool.connect()  # UNL301


def fetch(sql):
    return pool.execute(sql)

# --- clean: a pool that opens itself and is closed
import momoko

pool = momoko.Pool(dsn="dbname=app")
pool.connect()


def unregister():
    pool.close()

# --- a method of the file that only bears the name of a main loop
from concurrent.futures import ThreadPoolExecutor


class Loop:
    def run_forever(self):
        self.running = True


loop = Loop()
loop.run_forever()
executor = ThreadPoolExecutor()  # UNL301


def run(work):
    return executor.submit(work)

# --- clean: a program, whose main loop is of the file
import sqlite3


class Loop:
    def run_forever(self):
        while True:
            self.step()


connection = sqlite3.connect("app.db")
loop = Loop()
loop.run_forever()

# --- helpers in a folder of scripts
# file: scripts/database.py
import sqlite3

connection = sqlite3.connect("app.db")  # UNL301


def ask(query):
    return connection.execute(query)

# --- clean: a script in such a folder
# file: scripts/report.py
import sqlite3

connection = sqlite3.connect("app.db")


def ask(query):
    return connection.execute(query)


for row in ask("select 1"):
    row.count(1)

# --- tried again until it works
import time
import psycopg2
from fastapi import FastAPI

app = FastAPI()

while True:
    try:
        conn = psycopg2.connect(host="localhost")  # UNL301
        cursor = conn.cursor()
        break
    except Exception:
        time.sleep(2)


@app.get("/")
def read():
    cursor.execute("select 1")

# --- clean: a program that draws until it is left
import pygame

pygame.init()
screen = pygame.display.set_mode((200, 200))
clock = pygame.time.Clock()
going = True


def draw():
    screen.fill("black")


while going:
    draw()
    clock.tick(60)

# --- clean: a program that answers until it is left
import socket

server = socket.socket()


def answer(connection):
    connection.sendall(b"yes")


while True:
    try:
        answer(server.accept()[0])
    except OSError:
        break
