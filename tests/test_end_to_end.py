"""One real rule of each family through both faces, with the same output."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faces import LEAK, flake8, ours, unmarked

PROGRAMS = {
    "UNL205": ("import imp\nimport m\n\nimp.reload(m)\n", "from imp import reload\nimport m\n\nreload(m)\n"),
    "UNL107": ("import sys\n\nsys.modules.clear()\n", "from sys import modules as mods\n\nmods.clear()\n"),
    "UNL301": (LEAK, LEAK.replace("\n", "\r\n"), "\ufeff" + LEAK),
}
CASES = [(code, program) for code, programs in PROGRAMS.items() for program in programs]


@pytest.mark.parametrize(("code", "program"), CASES)
def test_both_faces_report_it_alike(tmp_path: Path, code: str, program: str) -> None:
    (tmp_path / "app.py").write_bytes(program.encode())
    theirs, own = flake8(tmp_path, "--select=UNL", "app.py"), ours(tmp_path, "check", "app.py")
    assert f": {code} " in own.stdout
    assert (unmarked(own.stdout), own.returncode) == (theirs.stdout, 1)
    assert " in 1 of 1 file" in own.stderr


def test_columns_count_characters(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(
        'é = "日本"; LOG = open(é)\n\n\ndef use():\n    LOG.read()\n', encoding="utf-8"
    )
    theirs, own = flake8(tmp_path, "--select=UNL", "app.py"), ours(tmp_path, "check", "app.py")
    assert unmarked(own.stdout) == theirs.stdout
    assert own.stdout.startswith("app.py:1:17: UNL301")


def test_a_message_stays_on_one_line(tmp_path: Path) -> None:
    removal = 'del sys.modules["a\\nb\\ud800"]\n'
    (tmp_path / "app.py").write_text("import sys\n" + removal * 2)
    theirs, own = flake8(tmp_path, "--select=UNL", "app.py"), ours(tmp_path, "check", "app.py")
    assert unmarked(own.stdout) == theirs.stdout
    assert own.stdout.startswith("app.py:3:5: UNL108 `a\\nb\\ud800`")
    assert own.stdout.count("\n") == 1


def test_rules_and_pages(tmp_path: Path) -> None:
    listed = ours(tmp_path, "rules").stdout
    for code in PROGRAMS:
        assert f"{code}  " in listed
        assert ours(tmp_path, "explain", code).stdout.startswith(f"{code} ")
