"""A file with a main guard is a program, unless another file of its project takes it for a module."""

from __future__ import annotations

from pathlib import Path

import pytest

from flake8_unload import nearby
from flake8_unload.inspection import Inspector
from flake8_unload.settings import Settings

WORKER = """\
import signal
import sys


def stop(number, frame):
    sys.exit(0)


signal.signal(signal.SIGTERM, stop)
{more}

if __name__ == "__main__":
    {run}
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").touch()
    nearby.texts.cache_clear()
    nearby.above.cache_clear()
    return tmp_path


def codes(project: Path, name: str = "worker.py", run: str = "work(stop)", more: str = "") -> list[str]:
    """What is reported about a file that handles a signal and has a main guard."""
    path = project / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(WORKER.format(run=run, more=more))
    return [each.code for each in Inspector(Settings()).inspect(str(path))]


def test_a_program_that_nobody_imports(project: Path) -> None:
    (project / "other.py").write_text("import workers\nfrom workers import worker_count\nRUN = 'worker.py'\n")
    assert codes(project) == []


@pytest.mark.parametrize(
    "text",
    [
        "import worker\n",
        "import sys, worker as w\n",
        "from worker import stop\n",
        "def f():\n    from .worker import stop\n",
        "from jobs import (\n    queue,\n    worker,\n)\n",
        "from . import queue, worker\n",
        "load('worker:stop')\n",
        "LIST = ['jobs.worker']\n",
        "patch('worker.stop')\n",
    ],
)
def test_a_module_to_another_file(project: Path, text: str) -> None:
    (project / "other.py").write_text(text)
    assert codes(project) == ["UNL306"]


@pytest.mark.parametrize(
    ("run", "more"),
    [
        ("register()", "def register():\n    pass"),  # an add-on
        ("work(app)", "app = make()"),  # a server imports it
        ("work(stop)", "def plugin_unloaded():\n    pass"),  # a host calls it
        ("serve('worker:stop')", ""),
        ("pass", ""),
    ],
)
def test_a_module_to_somebody_else(project: Path, run: str, more: str) -> None:
    assert codes(project, run=run, more=more) == ["UNL306"]


def test_a_package(project: Path) -> None:
    assert codes(project, "jobs/__init__.py") == ["UNL306"]


def test_a_package_beside_the_program(project: Path) -> None:
    (project / "pyproject.toml").unlink()
    (project / "jobs").mkdir()
    (project / "jobs" / "__init__.py").touch()
    (project / "main.py").write_text("import jobs.worker\n")
    assert codes(project, "jobs/worker.py") == ["UNL306"]


def test_what_a_program_opens_is_told(project: Path) -> None:
    assert codes(project, more="LOG = open('log.txt')\nprint(LOG.name)") == ["UNL301"]


def test_tests_may_import_a_program(project: Path) -> None:
    (project / "test_worker.py").write_text("from worker import stop\n")
    (project / "setup.py").write_text('setup(name="worker")\n')
    assert codes(project) == []


def test_a_file_of_one_step_is_a_program_unless_it_is_imported(project: Path) -> None:
    step = project / "opener.py"
    step.write_text("import subprocess\n\nsubprocess.Popen('explorer')\n")
    assert not list(Inspector(Settings()).inspect(str(step)))
    (project / "other.py").write_text("import opener\n")
    nearby.texts.cache_clear()
    assert [each.code for each in Inspector(Settings()).inspect(str(step))] == ["UNL303"]


ENGINE = "#!/usr/bin/env python3\nLOG = open('engine.log', 'a')\n\n\ndef note(text):\n    LOG.write(text)\n"


@pytest.mark.parametrize(
    ("other", "text", "expected"),
    [
        ("net/link.py", "import engine\n", ["UNL301"]),
        ("net/link.py", "from . import engine\n", ["UNL301"]),
        ("net/link.py", "from .engine import note\n", ["UNL301"]),
        ("main.py", "import net.engine as engine\n", ["UNL301"]),
        ("net/link.py", "import net.engine as engine\n", ["UNL301"]),
        ("main.py", "from net import link, engine\n", ["UNL301"]),
        ("main.py", "from sqlalchemy import engine\n", []),
        ("main.py", "from sqlalchemy.engine import create\n", []),
        ("net/link.py", "RUN = './engine.py'\n", []),
    ],
)
def test_a_module_with_a_first_line_of_a_script(
    project: Path, other: str, text: str, expected: list[str]
) -> None:
    (project / "net").mkdir()
    (project / "net" / "engine.py").write_text(ENGINE)
    (project / other).write_text(text)
    path = str(project / "net" / "engine.py")
    assert [each.code for each in Inspector(Settings()).inspect(path)] == expected


@pytest.mark.parametrize(("package", "expected"), [(True, ["UNL301"]), (False, [])])
def test_a_main_guard_after_such_a_line(project: Path, package: bool, expected: list[str]) -> None:
    (project / "net").mkdir()
    if package:
        (project / "net" / "__init__.py").touch()
    (project / "net" / "engine.py").write_text(ENGINE + '\n\nif __name__ == "__main__":\n    note("x")\n')
    (project / "net" / "link.py").write_text("import net.engine\n")
    path = str(project / "net" / "engine.py")
    assert [each.code for each in Inspector(Settings()).inspect(path)] == expected
