# --- sys.excepthook
import sys


def report(kind, value, traceback):
    print(kind)


sys.excepthook = report  # UNL306: 0

# --- a lambda
import sys

sys.excepthook = lambda *args: None  # UNL306

# --- threads
import threading


def report(args):
    print(args)


threading.excepthook = report  # UNL306

# --- the interactive prompt
import sys


def show(value):
    print(value)


sys.displayhook = show  # UNL306

# --- a method of a class of this file
import sys


class Screen:
    @staticmethod
    def show(value):
        print(value)


sys.displayhook = Screen.show  # UNL306

# --- sys by another name
import sys as system


def report(kind, value, traceback):
    print(kind)


system.excepthook = report  # UNL306

# --- certificates
import ssl

ssl._create_default_https_context = ssl._create_unverified_context  # UNL306

# --- warnings
import warnings


def show(message, category, filename, lineno, file=None, line=None):
    print(message)


warnings.showwarning = show  # UNL306

# --- a signal
import signal


def stop(number, frame):
    raise SystemExit


signal.signal(signal.SIGTERM, stop)  # UNL306: 0

# --- a signal that some platforms lack
import signal


def stop(number, frame):
    raise SystemExit


if hasattr(signal, "SIGHUP"):
    signal.signal(signal.SIGHUP, stop)  # UNL306

# --- a signal by a constructor of this file
import signal


def stop(number, frame):
    raise SystemExit


class Signals:
    def __init__(self):
        signal.signal(signal.SIGTERM, stop)


SIGNALS = Signals()  # UNL306

# --- a function that wraps itself after a reload
import json

_dumps = json.dumps


def dumps(value):
    return _dumps(value)


json.dumps = dumps  # UNL306

# --- a method of a foreign class
import threading

_init = threading.Thread.__init__


def init(self, *args, **kwargs):
    _init(self, *args, **kwargs)


threading.Thread.__init__ = init  # UNL306

# --- a method of a class that was imported by name
from http.server import BaseHTTPRequestHandler

_log = BaseHTTPRequestHandler.log_message


def log_message(self, *args):
    _log(self, *args)


BaseHTTPRequestHandler.log_message = log_message  # UNL306

# --- a class
import socket

_Socket = socket.socket


class Socket(_Socket):
    pass


socket.socket = Socket  # UNL306

# --- print
import builtins

_print = builtins.print


def loud(*args):
    _print(*args, flush=True)


builtins.print = loud  # UNL306

# --- a function of this file replaces it
import sys


def report(kind, value, traceback):
    print(kind)


def install():
    sys.excepthook = report


install()  # UNL306: 0

# --- clean: a function of this file that nobody calls here
import sys


def report(kind, value, traceback):
    print(kind)


def install():
    sys.excepthook = report

# --- clean: a function of this file that asks first
import sys


def report(kind, value, traceback):
    print(kind)


def install(force=False):
    if force:
        sys.excepthook = report


install()

# --- clean: main guard
import signal
import sys


def stop(*args):
    raise SystemExit


if __name__ == "__main__":
    sys.excepthook = stop
    signal.signal(signal.SIGTERM, stop)

# --- clean: put back at once
import sys


def report(kind, value, traceback):
    print(kind)


_previous = sys.excepthook
sys.excepthook = report
import m

sys.excepthook = _previous

# --- clean: put back by the unload hook
import sys


def report(kind, value, traceback):
    print(kind)


_previous = sys.excepthook
sys.excepthook = report


def plugin_unloaded():
    sys.excepthook = _previous

# --- clean: put back by a function of this file
import json

_dumps = json.dumps


def dumps(value):
    return _dumps(value)


def restore():
    json.dumps = _dumps


json.dumps = dumps

# --- clean: a default of the signal module
import signal

signal.signal(signal.SIGPIPE, signal.SIG_DFL)
signal.signal(signal.SIGINT, signal.default_int_handler)

# --- nobody gets Ctrl-C any more
import signal

signal.signal(signal.SIGINT, signal.SIG_DFL)  # UNL306
signal.signal(signal.SIGTERM, signal.SIG_IGN)  # UNL306

# --- a standard stream, wrapped once more by each reload
import codecs
import sys

sys.stdout = codecs.getwriter("utf8")(sys.stdout)  # UNL306

# --- a standard stream on one platform
import io
import sys

if sys.platform == "win32":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, encoding="utf-8")  # UNL306

# --- a standard stream of a class of this file
import sys


class Tee:
    def write(self, text):
        sys.__stderr__.write(text)


sys.stderr = Tee()  # UNL306

# --- clean: a standard stream that is missing, and one of another kind
import io
import os
import sys

if sys.stdout is None:
    sys.stdout = io.StringIO()
sys.stdin = open(os.devnull)

# --- clean: a standard stream is put back
import sys


class Quiet:
    def write(self, text):
        pass


_old = sys.stdout
sys.stdout = Quiet()
import this

sys.stdout = _old

# --- clean: a missing name is filled in
import os


def getuid():
    return 0


if not hasattr(os, "getuid"):
    os.getuid = getuid

# --- clean: a guard with a mark
import json

_dumps = json.dumps


def dumps(value):
    return _dumps(value)


dumps.patched = True
if not getattr(json.dumps, "patched", False):
    json.dumps = dumps

# --- clean: a shim for an old version
import sys
import time


def now():
    return time.time()


if sys.version_info < (3, 3):
    time.perf_counter = now

# --- clean: an option of a library
import decimal
import warnings

decimal.getcontext().prec = 12
warnings.defaultaction = "ignore"

# --- clean: a name that was not there before
import m


def extra():
    return 1


m.extra = extra

# --- clean: an attribute of an object of this file
class Options:
    hook = None


def report():
    print("report")


options = Options()
options.hook = report
Options.hook = report

# --- clean: a callback of a foreign object
from gui import window


def clicked():
    print("clicked")


window.on_click = clicked

# --- clean: back to what the interpreter came with
import sys

sys.excepthook = sys.__excepthook__

# --- clean: functions are added to a module, and used by functions of this file
import hiero


def active():
    return None


hiero.active = active


def save():
    return hiero.active()

# --- a subclass takes the place of its base
import watchdog.utils


class Thread(watchdog.utils.BaseThread):
    pass


watchdog.utils.BaseThread = Thread  # UNL306

# --- a hook of another library
import sys

from Pyro4.util import excepthook

sys.excepthook = excepthook  # UNL306

# --- a hook of unknown origin
import sys

from logger_config import *

sys.excepthook = any_exception  # UNL306


def main():
    return 1

# --- clean: an option of logging
import logging

logging.raiseExceptions = False

# --- clean: back to a saved hook
import sys

saved = sys.excepthook
sys.excepthook = saved

# --- a function that is silenced
import posthog

posthog.capture = lambda *args, **kwargs: None  # UNL306

# --- clean: a callback is added
import window

window.on_close = lambda event: None

# --- a function of the standard library
import socket


def from_cache(host, port, *args, **kwargs):
    return []


socket.getaddrinfo = from_cache  # UNL306

# --- a method of the standard library
import logging


def record(self, *args, **kwargs):
    return None


logging.Logger.makeRecord = record  # UNL306

# --- clean: a method is added to a class of the standard library
import logging


def trace(self, text):
    self.log(5, text)


logging.Logger.trace = trace

# --- the new version of a foreign function
import torch


def patched_load(*args, **kwargs):
    return None


torch.load = patched_load  # UNL306

# --- the new version of a foreign method
from TTS.utils.synthesizer import Synthesizer


def new_split_into_sentences(self, text):
    return [text]


Synthesizer.split_into_sentences = new_split_into_sentences  # UNL306

# --- clean: a method is added to a foreign class
import pandas


def percent(self):
    return self


pandas.DataFrame.percent = percent

# --- setattr
import json


def dumps(value):
    return str(value)


setattr(json, "dumps", dumps)  # UNL306
setattr(json, "own_dumps", dumps)

# --- a class that the file imports under another name
import web.server
from web.server import Server as WebServer


class Server(WebServer):
    pass


web.server.Server = Server  # UNL306
web.server.Client = Server

# --- of one module or the other
try:
    import ipdb as pdb
except ImportError:
    import pdb


def set_trace():
    print("stop")


pdb.set_trace = set_trace  # UNL306

# --- a class of another package instead of one of the standard library
import socket
import socks

socket.socket = socks.socksocket  # UNL306

# --- an alias of the same package, data, and what only an extension defines
import queue
import select
import sys
import threading
from clean import clean, paths, poll

threading.current_thread = threading.currentThread
sys.path = clean(sys.path)
sys.argv = paths
select.poll = poll
queue.limit = clean(queue.limit)

# --- the old function wrapped in a call
import json
from tracing import traced

json.dumps = traced(json.dumps)  # UNL306

# --- a static method
import pool


def connect():
    return 1


old = pool.Pool.connect
pool.Pool.connect = staticmethod(connect)  # UNL306

# --- behind a question about the version, where the old value is read
import ast
import sys

if sys.version_info >= (3, 9):
    true_unparse = ast.unparse

    def unparse(tree):
        return true_unparse(tree)

    ast.unparse = unparse  # UNL306

# --- clean: only where an older Python runs
import sys
import tokenize

if sys.version_info < (3, 10) and callable(getattr(tokenize, "_compile", None)):
    from functools import lru_cache

    tokenize._compile = lru_cache(tokenize._compile)

# --- where a newer one runs, too
import sys
import tokenize
from functools import lru_cache

if sys.version_info < (3, 12):
    tokenize._compile = lru_cache(tokenize._compile)  # UNL306

# --- of a module that may be missing
try:
    import pydoc

    pydoc.own_resolve = pydoc.resolve

    def resolve(thing, forceload=0):
        return pydoc.own_resolve(thing, forceload)

    pydoc.resolve = resolve  # UNL306
except ImportError:
    pass

# --- done once: another question stands in front
import json

if not hasattr(json, "true_dumps"):
    json.true_dumps = json.dumps

    def dumps(value):
        return json.true_dumps(value)

    json.dumps = dumps

# --- a name that is an underscore
import optparse
from gettext import gettext as _

setattr(optparse, "_", _)

# --- another signal is handled by a function
import signal


def leave(number, frame):
    raise SystemExit(number)


signal.signal(signal.SIGINT, leave)  # UNL306


def watch(handler):
    signal.signal(signal.SIGUSR1, handler)

# --- the same signal is put back by a function
import signal


def leave(number, frame):
    raise SystemExit(number)


previous = signal.signal(signal.SIGINT, leave)


def stop():
    signal.signal(signal.SIGINT, previous)

# --- a stream, in a module that stands beside scripts
# file: scripts/imports.py
import sys


class Log:
    def write(self, text):
        sys.__stdout__.write(text)


sys.stdout = Log()  # UNL306

# --- clean: put back at exit by the function that replaces it
import atexit
import functools
import warnings


def show(*args):
    print(args)


def swap(new):
    old = warnings.showwarning
    warnings.showwarning = new
    return old


before = swap(show)
atexit.register(functools.partial(swap, before))

# --- something else at exit
import atexit
import warnings


def show(*args):
    print(args)


def swap(new):
    old = warnings.showwarning
    warnings.showwarning = new
    return old


before = swap(show)  # UNL306
atexit.register(print, before)
