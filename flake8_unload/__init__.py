"""flake8-unload: the linter that knows the life of a Python module."""

__version__ = "0.1.0"
