"""Other files of the project keep a global from being moved into a function: they patch it, or take it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_unload import nearby
from flake8_unload.edits import Refusal
from flake8_unload.fixes import neighbours
from flake8_unload.inspection import Inspector
from flake8_unload.settings import Settings

MODULE = "import socket\n\n{name} = socket.socket()\n\n\ndef send(data):\n    {name}.send(data)\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    (tmp_path / "app").mkdir()
    (tmp_path / "tests").mkdir()
    (tmp_path / "app" / "__init__.py").touch()
    nearby.texts.cache_clear()
    neighbours._greedy.cache_clear()
    return tmp_path


def reason(project: Path, name: str) -> str | None:
    """Why the global of `app/wire.py` is not moved."""
    path = project / "app" / "wire.py"
    path.write_text(MODULE.format(name=name))
    (finding,) = Inspector(Settings(fixes=True)).inspect(str(path))
    return finding.fix.reason if isinstance(finding.fix, Refusal) else None


@pytest.mark.parametrize(
    "use",
    [
        "@patch('app.wire.channel')\ndef test(): ...\n",
        'monkeypatch.setattr("app.wire.channel", None)\n',
        "monkeypatch.setattr(wire, 'channel', None)\n",
        "with mock.patch.object(app.wire, 'channel'): ...\n",
        "app.wire.channel = Fake()\n",
        "from app import wire as w\nw.channel = Fake()\n",
        "import app.wire as w\nmonkeypatch.setattr(w, 'channel', None)\n",
        "for each in ('channel', 'other'):\n    setattr(wire, each, None)\n",
        "del wire.channel\n",
    ],
)
def test_a_name_that_a_test_replaces_stays(project: Path, use: str) -> None:
    (project / "tests" / "test_wire.py").write_text(use)
    assert reason(project, "channel") == "`tests/test_wire.py` puts something else in the place of `channel`"


@pytest.mark.parametrize(
    "use",
    [
        "from app.wire import _channel\n",
        "from .wire import (\n    send,\n    _channel as channel,\n)\n",
        "print(wire._channel)\n",
        "from . import wire as w\nprint(w._channel)\n",
    ],
)
def test_a_private_name_that_another_file_takes_stays(project: Path, use: str) -> None:
    (project / "app" / "other.py").write_text(use)
    assert reason(project, "_channel") == "`app/other.py` takes the private `_channel` from here"


@pytest.mark.parametrize("use", ["from app.wire import *\n", "from .wire import *  # noqa: F403\n"])
def test_a_star_import_would_miss_it(project: Path, use: str) -> None:
    (project / "app" / "other.py").write_text(use)
    told = "`app/other.py` takes all names from here by a star import, which would miss `channel`"
    assert reason(project, "channel") == told
    assert reason(project, "_channel") is None


@pytest.mark.parametrize(
    "use", ["vars(wire)\n", "inspect.getmembers(app.wire, callable)\n", "wire.__dict__\n"]
)
def test_who_looks_through_the_names_would_miss_it(project: Path, use: str) -> None:
    (project / "app" / "other.py").write_text(use)
    told = "`app/other.py` looks through the names of this module, which would miss `channel`"
    assert reason(project, "channel") == told


def test_a_submodule_of_the_same_name(project: Path) -> None:
    (project / "app" / "channel.py").touch()
    (project / "app" / "__init__.py").write_text(MODULE.format(name="channel"))
    (finding,) = Inspector(Settings(fixes=True)).inspect(str(project / "app" / "__init__.py"))
    assert finding.fix == Refusal("a submodule of this package is named `channel`, too")


@pytest.mark.parametrize(
    "use",
    [
        "from app.wire import channel\n",  # served by `__getattr__`
        "print(wire.channel == 1)\n",
        "patch('app.other.channel')\n",
        "patch('app.wire.channels')\n",
    ],
)
def test_others_are_served(project: Path, use: str) -> None:
    (project / "app" / "other.py").write_text(use)
    assert reason(project, "channel") is None


def test_what_is_not_of_the_project_is_not_read(project: Path) -> None:
    for folder in ("node_modules", ".tox", "venv"):
        (project / folder).mkdir()
        (project / folder / "test_wire.py").write_text("patch('app.wire.channel')\n")
    assert reason(project, "channel") is None
