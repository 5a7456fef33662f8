# --- a thread
import threading

worker = threading.Thread(target=print)
worker.start()  # UNL303: 0

# --- a daemon, in one expression
import threading

threading.Thread(target=print, daemon=True).start()  # UNL303

# --- a thread by another name
from threading import Thread as Worker

worker = Worker(target=print)
worker.daemon = True
worker.start()  # UNL303

# --- a thread with a stated type
import threading

worker: threading.Thread = threading.Thread(target=print)
worker.start()  # UNL303

# --- a walrus
import threading

(worker := threading.Thread(target=print)).start()  # UNL303

# --- a timer
from threading import Timer

timer = Timer(60, print)
timer.start()  # UNL303

# --- the old thread module
import _thread

_thread.start_new_thread(print, ())  # UNL303

# --- a class of this file
import threading


class Poller(threading.Thread):
    def run(self):
        print("poll")


poller = Poller()
poller.start()  # UNL303

# --- a process
import multiprocessing

worker = multiprocessing.Process(target=print)
worker.start()  # UNL303

# --- a child process
import subprocess

server = subprocess.Popen(["server"])  # UNL303


def ask():
    return server.poll()

# --- a child process, handle lost
from subprocess import Popen

Popen(["server"])  # UNL303

# --- a scheduler
from apscheduler.schedulers.background import BackgroundScheduler

scheduler = BackgroundScheduler()
scheduler.add_job(print, "interval", seconds=5)
scheduler.start()  # UNL303

# --- a file watcher
from watchdog.observers import Observer

observer = Observer()
observer.start()  # UNL303

# --- a server for metrics
from prometheus_client import start_http_server

start_http_server(8000)  # UNL303

# --- a browser
from selenium import webdriver

driver = webdriver.Chrome()  # UNL303


def title():
    return driver.title

# --- a listener for log records
import logging.handlers
import queue

listener = logging.handlers.QueueListener(queue.Queue())
listener.start()  # UNL303

# --- a function of this file starts it
import threading


def start():
    worker = threading.Thread(target=print, daemon=True)
    worker.start()


start()  # UNL303: 0

# --- a function that stands after a method of its name
import threading


class Job:
    def launch(self):
        return self


def launch():
    threading.Thread(target=print).start()


launch()  # UNL303

# --- a constructor keeps and starts it
import threading


class Monitor:
    def __init__(self):
        self._thread = threading.Thread(target=self.run, daemon=True)
        self._thread.start()

    def run(self):
        print("watch")


monitor = Monitor()  # UNL303: 10

# --- a thread that starts itself
import threading


class Poller(threading.Thread):
    def __init__(self):
        super().__init__(daemon=True)
        self.start()

    def run(self):
        print("poll")


POLLER = Poller()  # UNL303

# --- in a try
import threading

try:
    threading.Thread(target=print).start()  # UNL303
except RuntimeError:
    pass

# --- in a class body
import threading


class Jobs:
    worker = threading.Thread(target=print)
    worker.start()  # UNL303

# --- in a comprehension
import threading

STARTED = [threading.Thread(target=print).start() for _ in range(4)]  # UNL303

# --- a module by import_module
import importlib

importlib.import_module("threading").Thread(target=print).start()  # UNL303

# --- a module by __import__
__import__("threading").Thread(target=print).start()  # UNL303

# --- clean: not started
import threading

worker = threading.Thread(target=print)
timer = threading.Timer(5, print)

# --- clean: started by a function
import threading


def start():
    threading.Thread(target=print).start()

# --- clean: main guard
import threading

if __name__ == "__main__":
    threading.Thread(target=print).start()

# --- clean: waited for
import threading

worker = threading.Thread(target=print)
worker.start()
worker.join()

# --- clean: a child that is over
import subprocess

child = subprocess.Popen(["true"], stdout=subprocess.PIPE)
OUTPUT = child.communicate()[0]
other = subprocess.run(["true"])
TEXT = subprocess.Popen(["true"]).communicate()

# --- clean: a child in a with statement
import subprocess

with subprocess.Popen(["true"]) as child:
    CODE = child.wait()

# --- clean: start of something else
from game import Engine, Thread

engine = Engine()
engine.start()
Thread().start()

# --- clean: a method start of this file
class Clock:
    def start(self):
        return self


clock = Clock()
clock.start()

# --- clean: a constructor with a start of its own
import threading


class Job(threading.Thread):
    def __init__(self):
        super().__init__()
        self.start()

    def start(self):
        self.ready = True


JOB = Job()

# --- clean: a constructor that starts on demand
import threading


class Monitor:
    def __init__(self, run=False):
        self._thread = threading.Thread(target=print)
        if run:
            self._thread.start()


monitor = Monitor()

# --- clean: a constructor that waits
import threading


class Probe:
    def __init__(self):
        self._thread = threading.Thread(target=print)
        self._thread.start()
        self._thread.join()


PROBE = Probe()

# --- clean: a call that blocks
import subprocess

VERSION = subprocess.check_output(["git", "describe"])

# --- clean: a match that starts
import re

BEGIN = re.match("a", "abc").start()

# --- clean: a debugging aid
import os
import threading

if os.environ.get("APP_DEBUG"):
    threading.Thread(target=print).start()

# --- clean: in a folder of scripts
# file: script/shell.py
import threading


def serve():
    print("serve")


threading.Thread(target=serve).start()

# --- clean: steps inside a try, and nothing to import
import subprocess

try:
    import qtpy

    print("found", qtpy.API_NAME)
except ImportError:
    subprocess.Popen(["pip", "install", "PySide2"])

# --- clean: a scheduler that is shut down at exit
import atexit

from apscheduler.schedulers.background import BackgroundScheduler


def job():
    return 1


scheduler = BackgroundScheduler()
scheduler.add_job(job, "interval", seconds=5)
scheduler.start()
atexit.register(lambda: scheduler.shutdown())

# --- clean: a scheduler that a function shuts down at exit
import atexit

from apscheduler.schedulers.background import BackgroundScheduler

scheduler = BackgroundScheduler()
scheduler.start()


@atexit.register
def shutdown():
    scheduler.shutdown()

# --- clean: a child that an unload hook stops
import subprocess

server = subprocess.Popen(["server"])


def plugin_unloaded():
    server.terminate()

# --- a child that any other function stops
import subprocess

server = subprocess.Popen(["server"])  # UNL303


def stop():
    server.terminate()

# --- clean: a consumer that blocks at the end
import threading

import pika

connection = pika.BlockingConnection(pika.ConnectionParameters("localhost"))
channel = connection.channel()


def callback(channel, method, properties, body):
    return body


threading.Thread(target=callback).start()
channel.basic_consume("queue", callback)
channel.start_consuming()

# --- clean: a program that runs to its end
import threading

import flask

app = flask.Flask(__name__)


@app.route("/")
def index():
    return ""


threading.Thread(target=index).start()
app.run()

# --- a run in the middle, and one of a child
import subprocess
import threading


def index():
    return ""


threading.Thread(target=index).start()  # UNL303
subprocess.run(["true"])

# --- a child of which only the number is kept
import subprocess

PID = subprocess.Popen(["server"]).pid  # UNL303


def number():
    return PID

# --- clean: a switch that is off by default
import os
import threading


def watch():
    thread = threading.Thread(target=print)
    thread.start()
    return thread


monitor = None
if os.getenv("APP_MONITOR", "false").lower() in ("1", "true", "yes"):
    monitor = watch()
if os.environ.get("APP_WATCH", "0") != "0":
    pass

# --- a switch that is on by default
import os
import threading

if os.getenv("APP_QUIET", "false") == "false":
    threading.Thread(target=print).start()  # UNL303
if os.getenv("APP_WATCH", "true") == "true":
    threading.Thread(target=print).start()  # UNL303
if not os.getenv("APP_IDLE", "0") == "1":
    threading.Thread(target=print).start()  # UNL303

# --- clean: a program without a guard
import threading


def main():
    threading.Thread(target=print).start()


main()

# --- it ends with another call
import threading


def register():
    threading.Thread(target=print).start()


register()  # UNL303

# --- clean: the only step of the file shows what it does
import threading


def thread_sample():
    worker = threading.Thread(target=print)
    worker.start()


thread_sample()
