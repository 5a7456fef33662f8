"""A package that passes on names of its submodule."""

from reexporting.sub import C, f

__all__ = ["C", "f"]
