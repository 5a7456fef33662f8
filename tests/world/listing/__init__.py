"""A package that passes on a module, which a reload renews in place."""

from listing.parts import one

__all__ = ["one"]
