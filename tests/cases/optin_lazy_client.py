# --- a session
# opt-in
import requests

session = requests.Session()  # UNL903: 10

# --- an engine
# opt-in
from sqlalchemy import create_engine

engine = create_engine("sqlite://")  # UNL903

# --- a client in a class body
# opt-in
import redis


class Cache:
    client = redis.Redis()  # UNL903

# --- a client with a stated type
# opt-in
import redis

client: redis.Redis = redis.Redis.from_url("redis://localhost")  # UNL903

# --- a client in a branch
# opt-in
import os

import boto3

if os.environ.get("REGION"):
    s3 = boto3.client("s3")  # UNL903
else:
    s3 = None

# --- clean: in a function
# opt-in
import requests


def fetch(url):
    with requests.Session() as session:
        return session.get(url)

# --- clean: cached accessor
# opt-in
import functools

from sqlalchemy import create_engine


@functools.cache
def engine():
    return create_engine("sqlite://")

# --- clean: main guard
# opt-in
import requests

if __name__ == "__main__":
    session = requests.Session()

# --- clean: another Session
# opt-in
from models import Session

session = Session()

# --- clean: unless selected
import requests

session = requests.Session()
