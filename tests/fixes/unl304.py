# --- a handler
import logging

log = logging.getLogger("app")
log.addHandler(logging.FileHandler("app.log"))  # a file


def run():
    log.info("run")
# === unsafe
import logging

log = logging.getLogger("app")
if not log.handlers:
    log.addHandler(logging.FileHandler("app.log"))  # a file


def run():
    log.info("run")
# --- what makes the handlers goes with them
import logging
from logging.handlers import RotatingFileHandler

log = logging.getLogger("app")
log.setLevel(logging.DEBUG)

# all of it
file_handler = RotatingFileHandler("app.log")
file_handler.setLevel(logging.DEBUG)
log.addHandler(file_handler)

# what matters
console = logging.StreamHandler()
console.setLevel(logging.WARNING)
log.addHandler(console)
log.info("ready")


def run():
    log.info("run")
# === unsafe
import logging
from logging.handlers import RotatingFileHandler

log = logging.getLogger("app")
log.setLevel(logging.DEBUG)

# all of it
if not log.handlers:
    file_handler = RotatingFileHandler("app.log")
    file_handler.setLevel(logging.DEBUG)
    log.addHandler(file_handler)

    # what matters
    console = logging.StreamHandler()
    console.setLevel(logging.WARNING)
    log.addHandler(console)
log.info("ready")


def run():
    log.info("run")
# --- a formatter between
import logging

log = logging.getLogger("app")
handler = logging.StreamHandler()
formatter = logging.Formatter("%(message)s")
handler.setFormatter(formatter)
log.addHandler(handler)


def run():
    log.info("run")
# === unsafe
import logging

log = logging.getLogger("app")
if not log.handlers:
    handler = logging.StreamHandler()
    formatter = logging.Formatter("%(message)s")
    handler.setFormatter(formatter)
    log.addHandler(handler)


def run():
    log.info("run")
# --- no name for the logger, in a try
import logging

try:
    logging.getLogger("app").addHandler(logging.FileHandler("app.log"))
except OSError:
    pass


def run():
    logging.getLogger("app").info("run")
# === unsafe
import logging

try:
    if not logging.getLogger("app").handlers:
        logging.getLogger("app").addHandler(logging.FileHandler("app.log"))
except OSError:
    pass


def run():
    logging.getLogger("app").info("run")
# --- two loggers
import logging

one = logging.getLogger("one")
two = logging.getLogger("two")
one.addHandler(logging.FileHandler("one.log"))
two.addHandler(logging.FileHandler("two.log"))


def run():
    one.info("run")
# === unsafe
import logging

one = logging.getLogger("one")
two = logging.getLogger("two")
if not one.handlers:
    one.addHandler(logging.FileHandler("one.log"))
if not two.handlers:
    two.addHandler(logging.FileHandler("two.log"))


def run():
    one.info("run")
# --- the root logger
import logging

logging.getLogger().addHandler(logging.FileHandler("app.log"))


def run():
    logging.info("run")
# === refused: any module may have given the root logger a handler
# --- the root logger by a name
import logging

root = logging.getLogger()
root.addHandler(logging.FileHandler("app.log"))


def run():
    root.info("run")
# === refused: any module may have given the root logger a handler
# --- basicConfig
import logging

logging.basicConfig(filename="app.log")


def run():
    logging.info("run")
# === refused: `basicConfig` does nothing the second time; what it opens belongs into `main()`
# --- another handler elsewhere
import logging

log = logging.getLogger("app")
log.addHandler(logging.NullHandler())
LEVEL = logging.INFO
log.addHandler(logging.FileHandler("app.log"))


def run():
    log.info("run")
# === refused: the logger gets a handler elsewhere in this file
# --- another handler elsewhere, by another spelling
import logging

log = logging.getLogger("app")
log.addHandler(logging.FileHandler("app.log"))


def run():
    logging.getLogger("app").addHandler(logging.StreamHandler())
# === refused: the logger gets a handler elsewhere in this file
# --- the handler is used elsewhere
import logging

log = logging.getLogger("app")
handler = logging.FileHandler("app.log")
log.addHandler(handler)


def run():
    handler.flush()
# === refused: `handler` is used elsewhere
# --- the formatter is used elsewhere
import logging

log = logging.getLogger("app")
handler = logging.StreamHandler()
formatter = logging.Formatter("%(message)s")
handler.setFormatter(formatter)
log.addHandler(handler)


def run():
    return formatter
# === refused: `formatter` is used elsewhere
# --- the handler is made elsewhere
import logging

handler = logging.FileHandler("app.log")
log = logging.getLogger("app")
log.addHandler(handler)


def run():
    log.info("run")
# === refused: `handler` is made elsewhere, and would be made by a reload all the same
# --- a function attaches it
import logging


def setup(name):
    log = logging.getLogger(name)
    log.addHandler(logging.FileHandler("app.log"))
    return log


log = setup("app")
# === refused: `setup` attaches the handler
# --- a logger of another module
import logging

from app import log

log.addHandler(logging.FileHandler("app.log"))


def run():
    log.info("run")
# === refused: the logger is not provable
# --- a class body
import logging


class App:
    log = logging.getLogger("app")
    log.addHandler(logging.FileHandler("app.log"))
# === refused: the handler is attached in a class body
# --- beside another statement
import logging

log = logging.getLogger("app"); log.addHandler(logging.FileHandler("app.log"))


def run():
    log.info("run")
# === refused: other statements stand on the same line
# --- a sink of loguru
from loguru import logger

logger.add("app.log")
# === refused: a logger of loguru cannot be asked for its sinks; `logger.remove()` above drops them
# --- the logger is bound in the same statement
import logging

(log := logging.getLogger("shop")).addHandler(logging.FileHandler("/var/log/shop.log"))
# === refused: the logger is bound in the same statement
