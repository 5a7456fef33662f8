"""The package of the page on own rules, really installed: its factories, its rule, and broken ones."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.faces import unmarked
from tests.integrations.tools import ROOT, environment, run

PAGE = (ROOT / "docs" / "own-rules.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^`([\w./]+)`:\n\n```\w+\n(.*?)^```", PAGE, re.S | re.M))
FACES = {"flake8": ("flake8", "--select=UNL"), "ours": ("flake8_unload", "check", "--quiet")}
BROKEN = {
    "an import that fails": ("1 / 0\n", "cannot be imported: ZeroDivisionError: division by zero"),
    "a code of ours": (
        "from flake8_unload.registry import rule\n\n\n@rule('UNL101', 'mine')\ndef check(x: 'Reload'): ...\n",
        "cannot be imported: ValueError: the rules of an extension are UNL800 to UNL899, not UNL101",
    ),
    "no tuple": ("FACTORIES = 'acme.connect'\n", "FACTORIES is no tuple of names"),
}


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which pip has put the package."""
    source, target = tmp_path_factory.mktemp("acme"), tmp_path_factory.mktemp("installed")
    for name in ("pyproject.toml", "acme_unload/__init__.py", "acme_unload/models_reloaded.py"):
        (source / name).parent.mkdir(exist_ok=True)
        (source / name).write_text(FILES[name], encoding="utf-8")
    pip = ["-m", "pip", "install", "--quiet", "--no-deps", "--target", str(target), str(source)]
    done = run(source, sys.executable, *pip)
    assert done.returncode == 0, done.stderr
    return target


def start(folder: Path, path: Path, *command: str) -> subprocess.CompletedProcess[str]:
    """A face that finds what lies in ``path``, and the linter as the tests have it."""
    places = environment(PYTHONPATH=f"{path}:{ROOT}" if sys.platform != "win32" else f"{path};{ROOT}")
    return run(folder, sys.executable, "-m", *command, env=places)


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
def test_the_page_shows_what_happens(installed: Path, tmp_path: Path, face: tuple[str, ...]) -> None:
    source = PAGE.partition("`app.py`:\n\n```python\n")[2].partition("```")[0]
    (tmp_path / "app.py").write_text(source, encoding="utf-8")
    done = start(tmp_path, installed, *face, "app.py")
    assert unmarked(done.stdout) == "".join(re.findall(r"^app\.py:.*\n", PAGE, re.M)), done.stderr


def test_the_rule_has_a_page_and_a_name(installed: Path, tmp_path: Path) -> None:
    assert start(tmp_path, installed, "flake8_unload", "explain", "models-reloaded").stdout.startswith(
        "UNL801 "
    )
    assert "UNL801  models-reloaded" in start(tmp_path, installed, "flake8_unload", "rules").stdout


def test_hooks_close(installed: Path, tmp_path: Path) -> None:
    lines = "import acme.db\n\nMAIN = acme.db.connect()\n\n\ndef on_plugin_removed():\n    MAIN.close()\n"
    (tmp_path / "app.py").write_text(lines, encoding="utf-8")
    done = start(tmp_path, installed, "flake8_unload", "check", "--quiet", "app.py")
    assert (done.returncode, done.stdout) == (0, "")


@pytest.mark.parametrize("face", FACES.values(), ids=FACES)
@pytest.mark.parametrize(("source", "message"), BROKEN.values(), ids=BROKEN)
def test_a_broken_extension_is_one_line(
    tmp_path: Path, face: tuple[str, ...], source: str, message: str
) -> None:
    (tmp_path / "broken.py").write_text(source, encoding="utf-8")
    record = tmp_path / "broken-1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 1.0\n")
    (record / "entry_points.txt").write_text("[flake8_unload.extensions]\nbad = broken\n")
    (tmp_path / "app.py").write_text("x = 1\n")
    done = start(tmp_path, tmp_path, *face, "app.py")
    assert done.returncode == (1 if face[0] == "flake8" else 2)
    assert f"extension `bad`{'' if message[0].islower() else ':'} {message}" in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_words_let_a_rule_see_files_without_reloads(tmp_path: Path) -> None:
    rule = (
        "from flake8_unload.events import Call\nfrom flake8_unload.findings import Hazard\n"
        "from flake8_unload.registry import rule\n\nWORDS = ('acme',)\n\n\n"
        "@rule('UNL802', 'acme-called')\ndef check(call: Call, file):\n"
        "    if call.name == 'acme.reset_all':\n        yield Hazard(call.node, 'reset')\n"
    )
    (tmp_path / "acme_calls.py").write_text(rule, encoding="utf-8")
    record = tmp_path / "acme_calls-1.0.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: acme_calls\nVersion: 1.0\n")
    (record / "entry_points.txt").write_text("[flake8_unload.extensions]\ncalls = acme_calls\n")
    (tmp_path / "app.py").write_text("import acme\n\n\ndef use():\n    acme.reset_all()\n")
    done = start(tmp_path, tmp_path, "flake8_unload", "check", "--quiet", "app.py")
    assert done.stdout == "app.py:5:5: UNL802 reset\n", done.stderr
