# --- handlers, and what makes them
import logging

log = logging.getLogger("app")
log.setLevel(logging.INFO)
handler = logging.FileHandler("app.log")
formatter = logging.Formatter("%(levelname)s %(message)s")
handler.setFormatter(formatter)
log.addHandler(handler)


def run():
    log.info("run")


COUNT = len(log.handlers)
