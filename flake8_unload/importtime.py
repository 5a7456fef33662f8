"""What happens while the file is imported, beyond names: resources, threads, handlers, hooks."""

from __future__ import annotations

from collections.abc import Iterable

from flake8_unload.events import Event
from flake8_unload.lifecycle import File


def effects(file: File) -> Iterable[Event]:
    """The import-time events of ``file``."""
    return ()
