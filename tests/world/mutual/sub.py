from . import VERSION


def f():
    return VERSION
