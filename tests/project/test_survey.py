"""A run over a project: the cache, any number of processes, any order, and flake8 itself."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_unload.inspection import Inspector
from flake8_unload.settings import Settings
from flake8_unload.survey.cache import FOLDER, Cache
from flake8_unload.survey.run import Survey
from flake8_unload.survey.together import across_files
from tests.project.trees import files, write

TREE = files(
    """\
# file: settings.py
class Limits: pass
# file: workers.py
from settings import Limits

def size():
    return Limits
# file: reloader.py
import importlib
import settings
import workers

def refresh():
    importlib.reload(settings)
# file: unload.py
import sys
import settings
del sys.modules["settings"]
settings.Limits
"""
)


def examined(folder: Path, cache: bool = True, jobs: int = 1, shuffled: bool = False) -> dict[str, list[str]]:
    paths = [str(folder / each) for each in TREE]
    if shuffled:
        random.Random(7).shuffle(paths)
    survey = Survey(str(folder), Inspector(), Cache(str(folder), Settings()) if cache else None)
    found = survey.examine_all([(path, None) for path in paths], jobs)
    return {os.path.basename(path): [str(each) for each in rows] for path, rows in found.items() if rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path, TREE)
    return tmp_path


def test_warm_is_cold(folder: Path) -> None:
    cold = examined(folder)
    assert {"workers.py", "unload.py"} <= cold.keys()
    assert examined(folder) == cold == examined(folder, cache=False)


def test_nothing_is_parsed_where_nothing_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "broken.py").write_text("def\n")
    inputs = [(str(folder / each), None) for each in (*TREE, "broken.py")]
    survey = Survey(str(folder), Inspector(), Cache(str(folder), Settings()))
    cold = survey.examine_all(inputs, 1)
    assert [each.code for each in cold[str(folder / "broken.py")]] == ["UNL000"]
    monkeypatch.setattr("ast.parse", None)
    assert survey.examine_all(inputs, 1) == {path: rows for path, rows in cold.items() if rows}


def test_neither_order_nor_processes_matter(folder: Path) -> None:
    alone = examined(folder, cache=False)
    assert examined(folder, cache=False, jobs=3, shuffled=True) == alone


def test_a_change_is_seen(folder: Path) -> None:
    assert "workers.py" in examined(folder)
    (folder / "workers.py").write_text("import settings\n\ndef size():\n    return settings.Limits\n")
    assert "workers.py" not in examined(folder)


@pytest.mark.parametrize(
    "damage",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"key": 1}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_cache_is_no_cache(damage: bytes, folder: Path) -> None:
    cold = examined(folder)
    for name in ("facts.json", "tree.json"):
        (folder / FOLDER / name).write_bytes(damage)
    assert examined(folder) == cold
    assert across_files(str(folder), Settings())


def test_entries_of_the_wrong_shape_are_no_entries(folder: Path) -> None:
    cold = examined(folder)
    path = folder / FOLDER / "facts.json"
    data = json.loads(path.read_text())
    for wrong in (1, [], {"settings.py": 1}, {"settings.py": ["x", [1, 2], True]}):
        path.write_text(json.dumps({**data, "entries": wrong}))
        assert examined(folder) == cold
    path.write_text(json.dumps({**data, "findings": {"workers.py": [[1]]}}))
    assert examined(folder) == cold


def test_a_cache_for_other_settings_is_not_used(folder: Path) -> None:
    examined(folder)
    other = Cache(str(folder), Settings(hooks=("bye",)))
    assert not other.read().entries


def test_the_cache_tells_others_what_it_is(folder: Path) -> None:
    examined(folder)
    assert (folder / FOLDER / ".gitignore").read_text() == "*\n"
    assert (
        (folder / FOLDER / "CACHEDIR.TAG")
        .read_text()
        .startswith("Signature: 8a477f597d28d172789f06886806bc55")
    )


def test_a_folder_that_takes_no_cache_is_checked_all_the_same(folder: Path) -> None:
    (folder / FOLDER).write_text("in the way")
    assert "workers.py" in examined(folder)


def flake8(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "flake8", "--select=UNL4", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True)


def test_flake8_reports_what_other_files_reload(folder: Path) -> None:
    alone = flake8(folder, "workers.py")
    assert alone.stdout == ""
    done = flake8(folder, "--unload-project=.", "workers.py")
    assert done.stdout.startswith("workers.py:1:1: UNL401 `Limits` is the class of before"), done.stderr
    again = flake8(folder, "--unload-project=.", "-j2", "workers.py", "settings.py")
    assert again.stdout == done.stdout


def test_flake8_reads_the_project_from_its_configuration(folder: Path) -> None:
    (folder / "setup.cfg").write_text("[flake8]\nunload-project = .\n")
    assert "UNL401" in flake8(folder, "workers.py").stdout
    (folder / "workers.py").write_text(TREE["workers.py"].replace("Limits\n", "Limits  # noqa: UNL401\n", 1))
    assert flake8(folder, "workers.py").stdout == ""


def test_flake8_says_what_is_wrong_with_the_folder(folder: Path) -> None:
    done = flake8(folder, "--unload-project=nowhere", "workers.py")
    assert "unload-project: `" in done.stdout + done.stderr
    assert "Traceback" not in done.stderr


def test_a_stamp_is_of_no_use_after_a_change(folder: Path) -> None:
    across_files(str(folder), Settings())
    cache = Cache(str(folder), Settings())
    assert cache.at_once() is not None
    (folder / "more.py").write_text("x = 1\n")
    assert cache.at_once() is None


def test_what_an_import_leaves_behind_is_said_to_be_repeated(tmp_path: Path) -> None:
    tree = files(
        "# file: log.py\nLOG = open('x.log', 'a')\n\n\ndef note(t):\n    LOG.write(t)\n"
        "# file: host.py\nimport importlib\nimport log\n\n\ndef refresh():\n    importlib.reload(log)\n"
    )
    write(tmp_path, tree)
    found = Survey(str(tmp_path), Inspector()).examine_all([(str(tmp_path / each), None) for each in tree], 1)
    (finding,) = [each for each in found[str(tmp_path / "log.py")] if each.code == "UNL301"]
    assert finding.message.endswith("; host.py:6 does it again")
