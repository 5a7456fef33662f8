"""How a path of a run is written where a service must find the file in a repository."""

from __future__ import annotations

import os
from pathlib import PurePath
from urllib.parse import quote


def relative(path: str) -> str:
    """From the current folder, with slashes and no `./` in front; bytes that are no text are escaped."""
    text = os.path.normpath(path).replace(os.sep, "/")
    return text.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def uri(path: str) -> str:
    """A relative reference, or a `file:` URI for an absolute path."""
    if os.path.isabs(path):
        return PurePath(path).as_uri()
    name = quote(os.path.normpath(path).replace(os.sep, "/"), errors="surrogateescape")
    return f"./{name}" if ":" in name.partition("/")[0] else name
