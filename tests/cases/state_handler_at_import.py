# --- a file handler
import logging

log = logging.getLogger("app")
log.addHandler(logging.FileHandler("app.log"))  # UNL304: 0

# --- a handler with a name
import logging

log = logging.getLogger(__name__)
handler = logging.FileHandler("app.log")
handler.setLevel(logging.INFO)
log.addHandler(handler)  # UNL304

# --- a rotating handler by another name
import logging
from logging.handlers import RotatingFileHandler as Rotating

logging.getLogger().addHandler(Rotating("app.log"))  # UNL304

# --- a socket
import logging
import logging.handlers

logging.getLogger("app").addHandler(logging.handlers.SocketHandler("localhost", 9020))  # UNL304

# --- the system log
import logging
from logging.handlers import SysLogHandler

log = logging.getLogger("app")
log.addHandler(SysLogHandler())  # UNL304

# --- a stream
import logging

log = logging.getLogger("app")
log.addHandler(logging.StreamHandler())  # UNL304

# --- a stream that is a file
import logging

log = logging.getLogger("app")
log.addHandler(logging.StreamHandler(open("app.log", "a")))  # UNL304

# --- a named handler on a file
import logging

log = logging.getLogger("app")
handler = logging.StreamHandler(open("app.log", "a"))
log.addHandler(handler)  # UNL304

# --- basicConfig with a file name
import logging

logging.basicConfig(filename="app.log", level=logging.INFO)  # UNL304

# --- basicConfig by another name
from logging import basicConfig as configure

configure(filename="app.log")  # UNL304

# --- basicConfig with handlers
import logging
from logging.handlers import RotatingFileHandler

logging.basicConfig(handlers=[RotatingFileHandler("app.log"), logging.StreamHandler()])  # UNL304

# --- basicConfig with a stream handler on a file
import logging

logging.basicConfig(handlers=[logging.StreamHandler(open("app.log", "a"))])  # UNL304

# --- basicConfig with a file as its stream
import logging

logging.basicConfig(stream=open("app.log", "a"))  # UNL304

# --- basicConfig with a list that has a name
import logging

handlers = [logging.FileHandler("app.log")]  # what holds it is the root logger
logging.basicConfig(handlers=handlers)  # UNL304

# --- basicConfig with a handler that has a name
import logging

handler = logging.FileHandler("app.log")
logging.basicConfig(handlers=[handler])  # UNL304

# --- a function of this file attaches it
import logging


def configure():
    log = logging.getLogger("app")
    log.addHandler(logging.FileHandler("app.log"))
    return log


log = configure()  # UNL304: 6

# --- a handler class of this file
import logging


class ListHandler(logging.Handler):
    def emit(self, record):
        print(record)


logging.getLogger("app").addHandler(ListHandler())  # UNL304

# --- the logger of another module
import logging

from project.log import logger

handler = logging.StreamHandler()
logger.addHandler(handler)  # UNL304

# --- in a try
import logging

log = logging.getLogger("app")
try:
    log.addHandler(logging.FileHandler("/var/app.log"))  # UNL304
except OSError:
    pass

# --- in an annotated assignment
import logging

handler: logging.Handler = logging.FileHandler("app.log")
logging.getLogger("app").addHandler(handler)  # UNL304

# --- clean: the null handler
import logging

logging.getLogger("app").addHandler(logging.NullHandler())

# --- clean: a stream that goes nowhere
import logging
import os

log = logging.getLogger("app")
handler = logging.StreamHandler(open(os.devnull, "w"))
log.addHandler(handler)

# --- clean: a guard
import logging

log = logging.getLogger("app")
if not log.handlers:
    log.addHandler(logging.FileHandler("app.log"))

# --- clean: hasHandlers
import logging

log = logging.getLogger("app")
if not log.hasHandlers():
    log.addHandler(logging.StreamHandler())

# --- clean: the old ones go first
import logging

log = logging.getLogger("app")
log.handlers.clear()
log.addHandler(logging.FileHandler("app.log"))

# --- clean: the list is replaced
import logging

log = logging.getLogger("app")
log.handlers = []
log.addHandler(logging.StreamHandler())

# --- clean: removed by the unload hook
import logging

log = logging.getLogger("app")
handler = logging.FileHandler("app.log")
log.addHandler(handler)


def unregister():
    log.removeHandler(handler)
    handler.close()

# --- clean: a function attaches it
import logging


def main():
    logging.basicConfig(filename="app.log")
    logging.getLogger("app").addHandler(logging.FileHandler("app.log"))

# --- clean: main guard
import logging

if __name__ == "__main__":
    logging.basicConfig(filename="app.log")

# --- clean: basicConfig to the terminal
import logging

logging.basicConfig(level=logging.DEBUG)
logging.basicConfig(handlers=[logging.StreamHandler()])

# --- clean: no file name after all
import logging
import sys

logging.basicConfig(filename=None, stream=sys.stderr)

# --- clean: basicConfig that removes the old handlers
import logging

logging.basicConfig(filename="app.log", force=True)

# --- clean: basicConfig of something else
from tools import logging

logging.basicConfig(filename="app.log")

# --- clean: addHandler of something else
from xml.sax import make_parser

parser = make_parser()
parser.addHandler(print)

# --- clean: addHandler of something else, a handler of something else
from events import Bus, PrintHandler

bus = Bus()
bus.addHandler(PrintHandler())

# --- clean: a debugging switch
import logging
import os

if os.environ.get("APP_DEBUG"):
    logging.getLogger("app").addHandler(logging.FileHandler("debug.log"))

# --- clean: a function with its own guard
import logging


def configure():
    log = logging.getLogger("app")
    if not log.handlers:
        log.addHandler(logging.FileHandler("app.log"))
    return log


log = configure()

# --- a sink of loguru
from loguru import logger

logger.add("app.log", rotation="10 MB")  # UNL304


def note(text):
    logger.info(text)

# --- clean: the sinks of loguru are dropped before
import sys

from loguru import logger

logger.remove()
logger.add("app.log")


def note(text):
    logger.info(text)

# --- clean: a stream as a sink of loguru
import sys

from loguru import logger

logger.add(sys.stderr, level="INFO")


def note(text):
    logger.info(text)

# --- a module that only makes a logger
import logging
from logging.handlers import RotatingFileHandler

handler = RotatingFileHandler("bot.log", maxBytes=10)
handler.setFormatter(logging.Formatter("%(message)s"))
logger = logging.getLogger("bot")
logger.setLevel(logging.INFO)
logger.addHandler(handler)  # UNL304

# --- a program: a main guard, and nothing to import
import argparse
import logging

logging.getLogger("").addHandler(logging.StreamHandler())

if __name__ == "__main__":
    options = argparse.ArgumentParser().parse_args()
    logging.info(options)

# --- another handler is taken off
import logging
import sys

log = logging.getLogger("app")
if hasattr(sys.stdout, "buffer"):
    console = logging.StreamHandler()
    log.addHandler(console)  # UNL304


class Task:
    def __init__(self, name):
        self.handler = logging.FileHandler(name)
        log.addHandler(self.handler)

    def stop(self):
        log.removeHandler(self.handler)

# --- clean: an object takes off what the import made
import logging

log = logging.getLogger("app")
console = logging.StreamHandler()
log.addHandler(console)


class Task:
    def __init__(self):
        self.handler = console

    def stop(self):
        log.removeHandler(self.handler)

# --- clean: a function leaves when there are handlers
import logging


def get_logger(name):
    logger = logging.getLogger(name)
    logger.propagate = False
    if logger.hasHandlers():
        return logger
    console = logging.StreamHandler()
    logger.addHandler(console)
    return logger


log = get_logger("app")

# --- a function leaves for another reason
import logging


def get_logger(name):
    if not name:
        return logging.getLogger()
    logger = logging.getLogger(name)
    logger.addHandler(logging.StreamHandler())
    return logger


log = get_logger("app")  # UNL304
