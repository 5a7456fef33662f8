"""UNL903 lazy-client-at-module-level: The import creates a client that connects on first use.

## What it does
Reports a module global that holds a lazy client: `create_engine`, `boto3.client`, `requests.Session`,
`redis.Redis` and their like. Off unless selected: many vendors recommend this placing.

## Why is this bad?
Nothing is open yet, but the configuration is: region, credentials and URL are read by the import, before
tests can replace them, and the pool behind the client is shared with every fork. A reload makes a second
client and leaves the connections of the first to the garbage collector.

## Example
```python
import requests

session = requests.Session()
```

## Use instead
```python
import functools

import requests


@functools.cache
def session():
    return requests.Session()
```

## Clean
A client of one function:
```python
import requests


def fetch(url):
    with requests.Session() as session:
        return session.get(url)
```

## References
SEMANTICS 3.3, measured in S94 and S97.
"""

from __future__ import annotations

from collections.abc import Iterator

from flake8_unload import factories
from flake8_unload.events import Opened
from flake8_unload.findings import Hazard
from flake8_unload.lifecycle import File
from flake8_unload.registry import rule


@rule("UNL903", "lazy-client-at-module-level")
def check(opened: Opened, file: File) -> Iterator[Hazard]:
    """A lazy client is configured by the import."""
    if opened.kind == factories.LAZY and opened.holder in ("global", "class") and opened.var is not None:
        yield Hazard(
            opened.node, f"`{opened.var[1]}` is a {opened.noun} made at import; make it on first use"
        )
