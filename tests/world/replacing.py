"""A module that puts another object in its place."""

import sys
import types


class _Module(types.ModuleType):
    def f(self):
        return self


_new = _Module(__name__)
_new.__spec__ = __spec__
sys.modules[__name__] = _new
