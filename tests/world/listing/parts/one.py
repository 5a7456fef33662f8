"""A module to import, reload and unload. Executed again, it makes everything anew."""

X = object()


def f():
    return X


def deco(function):
    return function


class C:
    def run(self):
        return X


class E(Exception):
    pass
