"""A service that connects, logs and polls while it is being imported."""

import json
import logging
import socket
import sqlite3
import threading
import time

log = logging.getLogger("orders")
log.addHandler(logging.FileHandler("orders.log"))

LIMITS = json.load(open("limits.json"))
database = sqlite3.connect("orders.db", check_same_thread=False)
metrics = socket.create_connection(("localhost", 8125))


def poll():
    while True:
        database.execute("delete from carts where age > ?", (LIMITS["age"],))
        metrics.sendall(b"carts.purged:1|c")
        time.sleep(60)


worker = threading.Thread(target=poll, daemon=True)
worker.start()


def place(order):
    log.info("placed %s", order)
    database.execute("insert into orders values (?)", (order,))
