"""A package whose submodule takes a name of it."""

VERSION = 1

from mutual.sub import f  # noqa: E402

__all__ = ["VERSION", "f"]
