# --- pop with a default
# file: test_example.py
import sys


def test_default():
    sys.modules.pop("m", None)  # fresh
    import m

    assert m.X
# === unsafe
# file: test_example.py
import sys


def test_default(monkeypatch):
    monkeypatch.delitem(sys.modules, "m", raising=False)  # fresh
    import m

    assert m.X
# --- del behind a guard, other parameters
# file: test_example.py
from sys import modules as mods
import pytest


@pytest.mark.parametrize("x", [1])
async def test_default(x, client, *, y=2):
    if "m" in mods: del mods["m"]
    from m import X
    assert X
# === unsafe
# file: test_example.py
from sys import modules as mods
import pytest


@pytest.mark.parametrize("x", [1])
async def test_default(x, client, monkeypatch, *, y=2):
    if "m" in mods: monkeypatch.delitem(mods, "m")
    from m import X
    assert X
# --- a method; the fixture is there
# file: test_example.py
import sys


class TestIt:
    def test_default(self, monkeypatch):
        sys.modules.pop("m")
        import m
        assert m.X
# === unsafe
# file: test_example.py
import sys


class TestIt:
    def test_default(self, monkeypatch):
        monkeypatch.delitem(sys.modules, "m")
        import m
        assert m.X
# --- a submodule, with the attribute of its parent
# file: test_example.py
import sys


def test_default():
    del sys.modules["pkg.sub"]
    import pkg.sub

    assert pkg.sub.X
# === unsafe
# file: test_example.py
import sys


def test_default(monkeypatch):
    monkeypatch.delitem(sys.modules, "pkg.sub")
    monkeypatch.delattr("pkg.sub", raising=False)
    import pkg.sub

    assert pkg.sub.X
# --- a loop
# file: test_example.py
import sys


def test_default():
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            del sys.modules[name]
    import pkg.sub

    assert pkg.sub.f()
# === unsafe
# file: test_example.py
import sys


def test_default(monkeypatch):
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            monkeypatch.delitem(sys.modules, name)
    import pkg.sub

    assert pkg.sub.f()
# --- two removals
# file: test_example.py
import sys


def test_default():
    sys.modules.pop("m", None)
    sys.modules.pop("n", None)
    import m
    import n
    assert m.X, n.X
# === unsafe
# file: test_example.py
import sys


def test_default(monkeypatch):
    monkeypatch.delitem(sys.modules, "m", raising=False)
    monkeypatch.delitem(sys.modules, "n", raising=False)
    import m
    import n
    assert m.X, n.X
# --- a fixture
# file: conftest.py
import sys

import pytest


@pytest.fixture
def module():
    sys.modules.pop("m", None)
    import m

    return m
# === unsafe
# file: conftest.py
import sys

import pytest


@pytest.fixture
def module(monkeypatch):
    monkeypatch.delitem(sys.modules, "m", raising=False)
    import m

    return m
# --- a fixture that lives longer
# file: conftest.py
import sys

import pytest


@pytest.fixture(scope="session")
def module():
    sys.modules.pop("m", None)
    import m

    return m
# === refused: the fixture lives longer than a test, `monkeypatch` does not
# --- a test case
# file: test_example.py
import sys
import unittest


class Tests(unittest.TestCase):
    def test_default(self):
        sys.modules.pop("m", None)
        import m

        self.assertTrue(m.X)
# === refused: a `TestCase` is given no fixtures
# --- a set-up
# file: test_example.py
import sys


class TestIt:
    def setup_method(self):
        sys.modules.pop("m", None)

    def test_default(self):
        import m

        assert m.X
# === refused: the function is no test and no fixture, and is given no `monkeypatch`
# --- a function that a test calls
# file: test_example.py
import sys


def load():
    sys.modules.pop("m", None)
    import m

    return m


def test_default():
    assert load().X
# === refused: the function is no test and no fixture, and is given no `monkeypatch`
# --- a comprehension
# file: test_example.py
import sys


def test_default():
    gone = [sys.modules.pop(name, None) for name in ("m", "n")]
    import m

    assert m.X
# === refused: the removal is not in the code of a function itself
# --- the removed module is only tested
# file: test_example.py
import sys


def test_default():
    if sys.modules.pop("m", None):
        print("was there")
    import m

    assert m.X
# === refused: the removal is only a part of its statement
# --- the KeyError is expected
# file: test_example.py
import sys


def test_default():
    try:
        del sys.modules["m"]
    except KeyError:
        pass
    import m

    assert m.X
# === refused: the KeyError is expected here
# --- another monkeypatch
# file: test_example.py
import sys


def test_default():
    monkeypatch = print
    sys.modules.pop("m", None)
    import m

    assert m.X
# === refused: `monkeypatch` is another name here
