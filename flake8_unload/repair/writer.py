"""Puts new bytes in the place of a file at once: whoever looks sees the old file or the new one.

Knows the file system only.
"""

from __future__ import annotations

import os
import stat
import tempfile
from contextlib import suppress


class NotWritten(Exception):
    """The file stays as it was; says why in one line."""


def write(path: str, old: bytes, new: bytes) -> None:
    """Replace the content of ``path``, which must still be ``old``. Raises NotWritten.

    Mode and owner stay, and a link stays a link. The same bytes again are not written at all.
    """
    if old == new:
        return
    try:
        _replace(os.path.realpath(path), old, new)
    except OSError as error:
        raise NotWritten(f"cannot be written: {error.strerror or error}") from None


def _replace(path: str, old: bytes, new: bytes) -> None:
    before = os.stat(path)
    if not before.st_mode & 0o222 or not os.access(path, os.W_OK):
        raise NotWritten("cannot be written: it is read-only")
    with open(path, "rb") as file:
        if file.read() != old:
            raise NotWritten("has changed since it was read; nothing was written")
    handle, beside = tempfile.mkstemp(prefix=".", suffix=".unload", dir=os.path.dirname(path))
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(new)
            file.flush()
            os.fsync(file.fileno())
        _take_over(before, beside)
        os.replace(beside, path)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise


def _take_over(before: os.stat_result, path: str) -> None:
    """Owner first: changing it clears some of the mode."""
    now = os.stat(path)
    if (now.st_uid, now.st_gid) != (before.st_uid, before.st_gid) and hasattr(os, "chown"):
        with suppress(PermissionError):
            os.chown(path, before.st_uid, before.st_gid)
    os.chmod(path, stat.S_IMODE(before.st_mode))
