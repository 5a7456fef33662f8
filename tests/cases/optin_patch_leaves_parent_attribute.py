# --- removed and imported again under patch.dict
# opt-in
# file: test_x.py
import sys
from unittest import mock


def test_fresh():
    with mock.patch.dict(sys.modules):  # UNL904: 9
        sys.modules.pop("pkg.sub", None)
        import pkg.sub as fresh

        assert fresh.f()

# --- the name of sys.modules, and a function of the module
# opt-in
# file: test_x.py
import sys
from unittest.mock import patch


def test_fresh():
    with patch.dict("sys.modules"):  # UNL904: 9
        del sys.modules["pkg.sub"]
        from pkg.sub import f

        assert f()

# --- patch.dict as a decorator
# opt-in
# file: test_x.py
import importlib
import sys
from unittest import mock


@mock.patch.dict(sys.modules)  # UNL904: 1
def test_fresh():
    del sys.modules["pkg.sub"]
    assert importlib.import_module("pkg.sub").f()

# --- monkeypatch.delitem
# opt-in
# file: test_x.py
import sys


def test_fresh(monkeypatch):
    monkeypatch.delitem(sys.modules, "pkg.sub", raising=False)  # UNL904: 4
    import pkg.sub as fresh

    assert fresh.f()

# --- monkeypatch.delitem, and import_module
# opt-in
# file: test_x.py
import importlib
import sys


def test_fresh(monkeypatch):
    name = "pkg.sub"
    monkeypatch.delitem(sys.modules, name)  # UNL904
    assert importlib.import_module(name).f()

# --- a method of a test case
# opt-in
# file: test_x.py
import sys
import unittest
from unittest import mock


class Tests(unittest.TestCase):
    def test_fresh(self):
        with mock.patch.dict(sys.modules, {"other": mock.MagicMock()}):  # UNL904
            sys.modules.pop("pkg.sub", None)
            from pkg.sub import f

            self.assertTrue(f())

# --- a fake that the package does not give
# opt-in
# file: test_x.py
import sys
from unittest import mock

import pkg.sub


def test_fake():
    fake = mock.MagicMock()
    with mock.patch.dict(sys.modules, {"pkg.sub": fake}):  # UNL904
        from pkg import sub

        assert sub is fake
    assert pkg.sub.f()

# --- a fake by a dotted import
# opt-in
# file: test_x.py
import sys

from pkg.sub import f


def test_fake(monkeypatch):
    monkeypatch.setitem(sys.modules, "pkg.sub", object())  # UNL904
    import pkg.sub as sub

    assert sub.f is not f

# --- a fake, by the keyword
# opt-in
# file: test_x.py
from unittest import mock

from pkg import sub


def test_fake():
    with mock.patch.dict("sys.modules", values={"pkg.sub": mock.MagicMock()}):  # UNL904
        from pkg import sub as fake

        assert fake is not sub

# --- an entry that stops the import does not stop the package
# opt-in
# file: test_x.py
import sys

import pkg.sub


def test_without(monkeypatch):
    monkeypatch.setitem(sys.modules, "pkg.sub", None)  # UNL904
    from pkg import sub

    assert sub is None
    assert pkg.sub

# --- another attribute is patched
# opt-in
# file: test_x.py
import sys
from unittest import mock

import pkg.sub


def test_fresh():
    with mock.patch.dict(sys.modules), mock.patch.object(pkg, "other", 1, create=True):  # UNL904: 9
        del sys.modules["pkg.sub"]
        import pkg.sub as fresh

        assert fresh.f()

# --- clean: the attribute is patched by patch.object
# opt-in
# file: test_x.py
import sys
from unittest import mock

import pkg.sub


def test_fresh():
    with mock.patch.dict(sys.modules), mock.patch.object(pkg, "sub", pkg.sub):
        del sys.modules["pkg.sub"]
        import pkg.sub as fresh

        assert fresh.f()

# --- clean: the attribute is deleted by its name
# opt-in
# file: test_x.py
import sys


def test_fresh(monkeypatch):
    monkeypatch.delitem(sys.modules, "pkg.sub")
    monkeypatch.delattr("pkg.sub")
    import pkg.sub as fresh

    assert fresh.f()

# --- clean: the attribute is deleted from the package
# opt-in
# file: test_x.py
import sys

import pkg.sub


def test_fresh(monkeypatch):
    monkeypatch.delattr(pkg, "sub", raising=False)
    monkeypatch.delitem(sys.modules, "pkg.sub", raising=False)
    import pkg.sub as fresh

    assert fresh.f()

# --- clean: the attribute is set back by hand
# opt-in
# file: test_x.py
import sys

import pkg.sub


def test_fresh(monkeypatch):
    old = pkg.sub
    monkeypatch.delitem(sys.modules, "pkg.sub", raising=False)
    import pkg.sub as fresh

    assert fresh.f()
    pkg.sub = old

# --- clean: the parent is removed as well
# opt-in
# file: test_x.py
import sys


def test_fresh(monkeypatch):
    monkeypatch.delitem(sys.modules, "pkg.sub", raising=False)
    monkeypatch.delitem(sys.modules, "pkg", raising=False)
    import pkg.sub as fresh

    assert fresh.f()

# --- clean: the parent is removed as well, under patch.dict
# opt-in
# file: test_x.py
import sys
from unittest import mock


def test_fresh():
    with mock.patch.dict(sys.modules):
        for name in ("pkg", "pkg.sub"):
            sys.modules.pop(name, None)
        import pkg.sub as fresh

        assert fresh.f()

# --- clean: the parent is a fake as well
# opt-in
# file: test_x.py
import sys
from unittest import mock

import pkg.sub


def test_fake():
    fake = mock.MagicMock()
    with mock.patch.dict(sys.modules, {"pkg": fake, "pkg.sub": fake.sub}):
        from pkg import sub

        assert sub is fake.sub
    assert pkg.sub.f()

# --- clean: names are taken from the fake itself
# opt-in
# file: test_x.py
import sys
from unittest import mock

import pkg.sub


def test_fake():
    with mock.patch.dict(sys.modules, {"pkg.sub": mock.MagicMock()}):
        from pkg.sub import f

        assert f()
    assert pkg.sub.f()

# --- clean: the real submodule may never have been loaded
# opt-in
# file: test_x.py
import sys
from unittest import mock


def test_fake():
    fake = mock.MagicMock()
    with mock.patch.dict(sys.modules, {"pkg.sub": fake}):
        from pkg import sub

        assert sub is fake

# --- clean: the real submodule is optional
# opt-in
# file: test_x.py
import sys
from unittest import mock

try:
    import pkg.sub
except ImportError:
    pkg = None


def test_fake():
    fake = mock.MagicMock()
    with mock.patch.dict(sys.modules, {"pkg.sub": fake}):
        from pkg import sub

        assert sub is fake

# --- clean: the parent has no such submodule
# opt-in
# file: test_x.py
import sys
from unittest import mock

from pkg import table


def test_fake():
    with mock.patch.dict(sys.modules, {"pkg.table": mock.MagicMock()}):
        from pkg import table as fake

        assert fake is not table

# --- clean: a module at the top has no parent
# opt-in
# file: test_x.py
import sys


def test_fresh(monkeypatch):
    monkeypatch.delitem(sys.modules, "m", raising=False)
    import m

    assert m.f()

# --- clean: nothing imports it while the patch holds
# opt-in
# file: test_x.py
import sys
from unittest import mock

import pkg.sub


def test_fake():
    with mock.patch.dict(sys.modules, {"pkg.sub": mock.MagicMock()}):
        assert sys.modules["pkg.sub"] is not pkg.sub

# --- clean: removed after its last import
# opt-in
# file: test_x.py
import sys
from unittest import mock


def test_gone():
    with mock.patch.dict(sys.modules):
        import pkg.sub as sub

        assert sub.f()
        del sys.modules["pkg.sub"]
        assert "pkg.sub" not in sys.modules

# --- clean: the import is to fail
# opt-in
# file: test_x.py
import sys

import pytest


def test_without(monkeypatch):
    monkeypatch.delitem(sys.modules, "pkg.sub", raising=False)
    monkeypatch.setattr("sys.meta_path", [])
    with pytest.raises(ImportError):
        import pkg.sub

# --- clean: imported before the patch
# opt-in
# file: test_x.py
import sys
from unittest import mock


def test_fake():
    from pkg import sub

    with mock.patch.dict(sys.modules, {"pkg.sub": None}):
        assert sub.f()

# --- clean: another dict
# opt-in
# file: test_x.py
from unittest import mock

import pkg.sub

cache = {}


def test_fake(monkeypatch):
    monkeypatch.setitem(cache, "pkg.sub", 1)
    with mock.patch.dict(cache, {"pkg.sub": 2}):
        from pkg import sub

        assert sub is pkg.sub
