# --- a test that wants a fresh module
# opt-in
# file: test_x.py
import sys


def test_default():
    sys.modules.pop("m", None)  # UNL902: 4
    import m

    assert m.X

# --- del behind a guard
# opt-in
# file: test_x.py
import sys


def test_default():
    if "m" in sys.modules:
        del sys.modules["m"]  # UNL902: 12
    from m import X

    assert X

# --- through import_module
# opt-in
# file: test_x.py
import importlib
import sys


def test_default():
    del sys.modules["m"]  # UNL902
    m = importlib.import_module("m")
    assert m.X

# --- an asynchronous test
# opt-in
# file: test_x.py
import sys


async def test_default(client):
    sys.modules.pop("m")  # UNL902
    await client.start()

# --- a method of a test case
# opt-in
# file: test_x.py
import sys
import unittest


class Tests(unittest.TestCase):
    def test_default(self):
        sys.modules.pop("m", None)  # UNL902
        import m

        self.assertTrue(m.X)

# --- set-up without tear-down
# opt-in
# file: test_x.py
import sys
import unittest


class Tests(unittest.TestCase):
    def setUp(self):
        sys.modules.pop("m", None)  # UNL902

    def test_default(self):
        import m

        self.assertTrue(m.X)

# --- a fixture
# opt-in
# file: conftest.py
import sys

import pytest


@pytest.fixture
def module():
    sys.modules.pop("m", None)  # UNL902
    import m

    return m

# --- a fixture with a yield and nothing after it
# opt-in
# file: conftest.py
import sys

import pytest


@pytest.fixture(autouse=True)
def module():
    sys.modules.pop("m", None)  # UNL902
    yield

# --- a function that a test calls
# opt-in
# file: test_x.py
import sys


def load():
    sys.modules.pop("m", None)  # UNL902
    import m

    return m


def test_default():
    assert load().X

# --- a whole package
# opt-in
# file: test_x.py
import sys


def test_default():
    for name in list(sys.modules):
        if name == "pkg" or name.startswith("pkg."):
            del sys.modules[name]  # UNL902
    import pkg.sub

    assert pkg.sub.f()

# --- keys that are chosen by the test
# opt-in
# file: test_x.py
import sys


def test_default(prefix):
    for name in [each for each in sys.modules if each.startswith(prefix)]:
        sys.modules.pop(name)  # UNL902
    import m

    assert m.X

# --- a literal list
# opt-in
# file: test_x.py
import sys


def test_default():
    for name in ("m", "n"):
        sys.modules.pop(name, None)  # UNL902
    import m

    assert m.X

# --- the module is imported by the file as well
# opt-in
# file: test_x.py
import sys

import m


def test_written(tmp_path):
    (tmp_path / "config.ini").write_text("x = 1")
    sys.modules.pop("m", None)  # UNL101, UNL902
    import m

    assert m.X


def test_default():
    assert m.X

# --- only something else is put back
# opt-in
# file: test_x.py
import sys


def test_default(monkeypatch):
    monkeypatch.delitem(sys.modules, "n", raising=False)
    sys.modules.pop("m", None)  # UNL902
    import m

    assert m.X

# --- clean: monkeypatch
# opt-in
# file: test_x.py
import sys


def test_default(monkeypatch):
    monkeypatch.delitem(sys.modules, "m", raising=False)
    import m

    assert m.X

# --- clean: monkeypatch first, then by hand
# opt-in
# file: test_x.py
import sys


def test_default(monkeypatch):
    monkeypatch.setitem(sys.modules, "m", None)
    del sys.modules["m"]
    import m

    assert m.X

# --- clean: patch.dict as a context manager
# opt-in
# file: test_x.py
import sys
from unittest import mock


def test_default():
    with mock.patch.dict(sys.modules):
        sys.modules.pop("m", None)
        import m

        assert m.X

# --- clean: patch.dict as a decorator
# opt-in
# file: test_x.py
import sys
from unittest.mock import patch


@patch.dict("sys.modules")
def test_default():
    sys.modules.pop("m", None)
    import m

    assert m.X

# --- clean: saved and put back
# opt-in
# file: test_x.py
import sys


def test_default():
    saved = sys.modules.pop("m", None)
    import m

    assert m.X
    sys.modules["m"] = saved

# --- clean: saved by a fixture
# opt-in
# file: test_x.py
import sys

import pytest


@pytest.fixture(autouse=True)
def keep():
    before = dict(sys.modules)
    yield
    sys.modules.clear()
    sys.modules.update(before)


def test_default():
    sys.modules.pop("m", None)
    import m

    assert m.X

# --- clean: a fixture of another file that is called after the modules
# opt-in
# file: test_x.py
import sys


def test_default(restore_modules):
    sys.modules.pop("m", None)
    import m

    assert m.X

# --- clean: the removal is the clean-up of a fixture
# opt-in
# file: conftest.py
import sys

import pytest


@pytest.fixture
def module():
    import m

    yield m
    del sys.modules["m"]

# --- clean: removed before and after, in a fixture
# opt-in
# file: conftest.py
import sys

import pytest


@pytest.fixture
def module():
    sys.modules.pop("m", None)
    import m

    yield m
    sys.modules.pop("m", None)

# --- clean: removed in set-up and tear-down
# opt-in
# file: test_x.py
import sys
import unittest


class Tests(unittest.TestCase):
    def setUp(self):
        sys.modules.pop("m", None)

    def tearDown(self):
        sys.modules.pop("m", None)

    def test_default(self):
        import m

        self.assertTrue(m.X)

# --- clean: removed before, and finally
# opt-in
# file: test_x.py
import sys


def test_default():
    sys.modules.pop("m", None)
    try:
        import m

        assert m.X
    finally:
        sys.modules.pop("m", None)

# --- clean: at the end of the test that imported it
# opt-in
# file: test_x.py
import sys


def test_default():
    import m

    assert m.X
    del sys.modules["m"]

# --- clean: all that the test has imported, at its end
# opt-in
# file: test_x.py
import sys


def test_default():
    import m
    import n

    assert m.X and n.X
    for name in list(sys.modules):
        if name in ("m", "n"):
            del sys.modules[name]

# --- clean: a module that the test writes
# opt-in
# file: test_x.py
import sys


def test_plugin(tmp_path, monkeypatch):
    (tmp_path / "plugin.py").write_text("X = 1")
    monkeypatch.syspath_prepend(tmp_path)
    sys.modules.pop("plugin", None)
    import plugin

    assert plugin.X

# --- clean: a stub of the test
# opt-in
# file: test_x.py
import sys
import types


def test_stub():
    sys.modules["stub"] = types.ModuleType("stub")
    import stub

    del sys.modules["stub"]
    assert stub.__name__ == "stub"

# --- clean: cleanup is registered
# opt-in
# file: test_x.py
import sys
import unittest


class Tests(unittest.TestCase):
    def test_default(self):
        before = sys.modules.copy()
        self.addCleanup(sys.modules.update, before)
        del sys.modules["m"]
        import m

        self.assertTrue(m.X)

# --- clean: a process of its own
# opt-in
# file: test_x.py
import sys

import pytest


@pytest.mark.forked
def test_default():
    sys.modules.pop("m", None)
    import m

    assert m.X

# --- clean: a base class of another file may restore
# opt-in
# file: test_x.py
import sys

from support import ModulesTestCase


class Tests(ModulesTestCase):
    def test_default(self):
        sys.modules.pop("m", None)
        import m

        self.assertTrue(m.X)

# --- clean: the key is not known
# opt-in
# file: test_x.py
import sys


def test_default(name):
    sys.modules.pop(name, None)
    import m

    assert m.X

# --- clean: no test
# opt-in
# file: test_x.py
import sys


def load():
    sys.modules.pop("m", None)
    import m

    return m

# --- at the end, what the file imports for all its tests
# opt-in
# file: test_example.py
import sys

import m
import n


def test_first():
    assert len(sys.argv)
    del sys.modules["m"]  # UNL902


def test_second():
    import n

    del sys.modules["n"]

# --- at the end, what no other test has
# opt-in
# file: test_example.py
import sys


def test_first():
    import m

    del sys.modules["m"]


def test_second(plugin):
    plugin.load("n")
    del sys.modules["n"]
