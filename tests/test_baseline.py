"""The debt of an old code base: what is accepted stays silent through edits, and nothing else does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_unload.cli import main
from tests.faces import flake8

LOOP = "import sys\n\nfor k in sys.modules:\n    del sys.modules[k]\n"
FIXED = LOOP.replace("in sys.modules", "in list(sys.modules)")
PURGE = """\
import sys


class Host:
    def purge(self):
        for k in sys.modules:
            del sys.modules[k]

    def reset(self):
        sys.modules.clear()
"""
NAME = "unload-baseline.json"
Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(LOOP)
    (tmp_path / "host.py").write_text(PURGE)
    return tmp_path


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Our command: exit status, standard output, standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(list(arguments))
        return status, *capfd.readouterr()

    return command


def entries(folder: Path) -> dict[str, list[str]]:
    """The codes in the baseline, by path."""
    data = json.loads((folder / NAME).read_text(encoding="utf-8"))
    return {path: [row["code"] for row in rows] for path, rows in data["findings"].items()}


def check(run: Run, *arguments: str) -> list[str]:
    """What `check` reports beside the baseline: `path:line:column: CODE`."""
    _, output, _ = run("check", "--baseline", NAME, *arguments)
    return [" ".join(line.split()[:2]) for line in output.splitlines()]


# -- write and check ---------------------------------------------------------------------------
def test_what_is_written_is_silent_and_new_debt_fails(folder: Path, run: Run) -> None:
    written = run("baseline", "write")
    assert written == (0, "", f"{NAME}: 3 findings, 3 of them new; 0 dropped\n")
    assert entries(folder) == {"app.py": ["UNL106"], "host.py": ["UNL106", "UNL107"]}
    assert run("check", "--baseline", NAME) == (0, "", "0 findings in 0 of 2 files, 3 in the baseline\n")
    (folder / "new.py").write_text(LOOP)
    status, output, errors = run("check", "--baseline", NAME)
    assert (status, output.split()[:2]) == (1, ["./new.py:3:10:", "UNL106"])
    assert errors.startswith("1 finding in 1 of 3 files, 3 in the baseline; ")


def test_a_baseline_is_readable_and_the_same_every_time(folder: Path, run: Run) -> None:
    run("baseline", "write")
    text = (folder / NAME).read_text(encoding="utf-8")
    assert '{"code": "UNL106", "scope": "Host.purge", "subject": "sys.modules", "fingerprint": "' in text
    assert [line.count('"code"') for line in text.splitlines() if "{" in line] == [0, 0, 1, 1, 1]
    before = (folder / NAME).stat().st_mtime_ns
    run("baseline", "write")
    assert (folder / NAME).stat().st_mtime_ns == before
    shutil.move(folder / "app.py", folder / "z.py")
    (folder / "z.py").rename(folder / "app.py")
    run("baseline", "write", "host.py", "app.py", ".")
    assert (folder / NAME).read_text(encoding="utf-8") == text


EDITS = {
    "lines above": lambda text: "# one\n\n\nimport os\n" + text,
    "a function above": lambda text: text.replace("class Host", "def f():\n    return 1\n\n\nclass Host"),
    "a comment on it": lambda text: text.replace("modules:\n", "modules:  # why?\n", 1),
    "a comment in it": lambda text: text.replace("clear()", "clear(  # why?\n        )"),
    "brackets and blanks": lambda text: text.replace("in sys.modules:", "in  (sys . modules) :", 1),
    "its body": lambda text: text.replace("del sys.modules[k]", "print(k)\n            del sys.modules[k]"),
    "line ends": lambda text: text.replace("\n", "\r\n"),
    "the order of methods": lambda text: (
        text.partition("    def purge")[0]
        + "    def reset(self):\n        sys.modules.clear()\n\n"
        + "    def purge"
        + text.partition("    def purge")[2].partition("\n    def reset")[0]
    ),
    "a decorator": lambda text: text.replace("    def reset", "    @staticmethod\n    def reset"),
    "parameters": lambda text: text.replace("reset(self)", "reset(self, *, why='it')"),
}


@pytest.mark.parametrize("edit", EDITS)
def test_edits_elsewhere_change_nothing(folder: Path, run: Run, edit: str) -> None:
    run("baseline", "write")
    text = EDITS[edit](PURGE)
    assert text != PURGE
    (folder / "host.py").write_bytes(text.encode())
    assert run("check", "--baseline", NAME, "--fail-on-stale") == (
        0,
        "",
        "0 findings in 0 of 2 files, 3 in the baseline\n",
    )


CLEAR = "        sys.modules.clear()\n"
CHANGES = {
    "another scope": ("def purge", "def empty", "./host.py:6:18: UNL106"),
    "another class": ("class Host", "class Guest", "./host.py:6:18: UNL106 ./host.py:10:9: UNL107"),
    "another loop": ("for k in sys.modules:", "for k in sys.modules.keys():", "./host.py:6:18: UNL106"),
    "one more": ("    def reset", f"    def more(self):\n{CLEAR}\n    def reset", "./host.py:10:9: UNL107"),
    "twice the same": (CLEAR, CLEAR + CLEAR, "./host.py:11:9: UNL107"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_other_debt_is_new(folder: Path, run: Run, change: str) -> None:
    run("baseline", "write")
    old, new, expected = CHANGES[change]
    (folder / "host.py").write_text(PURGE.replace(old, new))
    assert " ".join(check(run)) == expected


def test_a_swap_within_one_file_is_seen(folder: Path, run: Run) -> None:
    run("baseline", "write", "host.py")
    swapped = PURGE.replace(
        "def reset(self):\n        sys.modules.clear()", "def other(self):\n        sys.modules.clear()"
    )
    (folder / "host.py").write_text(swapped)
    status, output, errors = run("check", "--baseline", NAME, "host.py")
    assert (status, output.count("\n")) == (1, 1)
    assert f"{NAME}: stale: host.py: UNL107 `sys.modules.clear` in `Host.reset`\n" in errors


def test_a_renamed_file_keeps_its_debt_and_a_copy_is_new(folder: Path, run: Run) -> None:
    run("baseline", "write")
    (folder / "pkg").mkdir()
    (folder / "host.py").rename(folder / "pkg" / "hosts.py")
    assert run("check", "--baseline", NAME, "--fail-on-stale")[0] == 0
    shutil.copy(folder / "pkg" / "hosts.py", folder / "copy.py")
    assert check(run) == [
        "./pkg/hosts.py:6:18: UNL106",
        "./pkg/hosts.py:10:9: UNL107",
    ]  # each entry serves once
    run("baseline", "prune")
    (folder / "copy.py").unlink()
    run("baseline", "write")
    assert entries(folder) == {"app.py": ["UNL106"], "pkg/hosts.py": ["UNL106", "UNL107"]}
    shutil.copy(folder / "pkg" / "hosts.py", folder / "copy.py")
    assert check(run) == ["./copy.py:6:18: UNL106", "./copy.py:10:9: UNL107"]


def test_paths_count_from_the_folder_of_the_baseline(
    folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "src").mkdir()
    (folder / "app.py").rename(folder / "src" / "app.py")
    run("baseline", "write")
    assert "src/app.py" in entries(folder)
    monkeypatch.chdir(folder / "src")
    assert run("check", "--baseline", f"../{NAME}", "--fail-on-stale", ".")[0] == 0
    assert run("check", "--baseline", f"../{NAME}", str(folder / "host.py"))[0] == 0


FINGERPRINTS = [
    "4e6e05b425003ad8bb20ddb298dbf4c8",
    "7c1e7235762e2ba983121454bd75b2b7",
    "a60fd798054987a24cd25443c09c082e",
]
ODD = """\
import sys


def odd(a, /, b=3, *c, d: int = 10**5, **e):
    sys.modules.clear(*c, k=f"{a!r:>{b}}é" "x" f"{d}", **e)  # every kind of node that Python has changed
    sys.modules.clear("x" if a else [..., None, 1.5, 2j, b"\\xff", "日本", *c][1:2, ::3], lambda x: (yield))
    sys.modules.clear({"a": 1, **e}, {i: j for i, j in a if i if j}, (z := a), not -a, a < b <= c, "" + "")
"""


def test_a_baseline_holds_on_every_python(folder: Path, run: Run) -> None:
    (folder / "app.py").write_text(ODD, encoding="utf-8")
    run("baseline", "write", "app.py")
    data = json.loads((folder / NAME).read_text(encoding="utf-8"))["findings"]
    assert [row["fingerprint"] for row in data["app.py"]] == FINGERPRINTS


# -- stale entries -----------------------------------------------------------------------------
def test_stale_entries_are_shown_and_can_fail(folder: Path, run: Run) -> None:
    run("baseline", "write")
    (folder / "app.py").write_text(FIXED)
    status, output, errors = run("check", "--baseline", NAME)
    assert (status, output) == (0, "")
    assert errors == (
        f"{NAME}: stale: app.py: UNL106 `sys.modules` in `<module>`\n"
        "0 findings in 0 of 2 files, 2 in the baseline; `flake8-unload baseline prune` drops 1\n"
    )
    assert run("check", "--baseline", NAME, "--fail-on-stale")[0] == 1
    assert run("check", "--baseline", NAME, "--fail-on-stale", "--exit-zero")[0] == 0
    status, _, errors = run("check", "--baseline", NAME, "--fail-on-stale", "-q")
    assert (status, errors.count("stale: app.py")) == (1, 1)
    assert run("check", "--baseline", NAME, "-q") == (0, "", "")


def test_nothing_is_stale_that_was_not_looked_at(folder: Path, run: Run) -> None:
    run("baseline", "write", "--extend-select=UNL9")
    strict = ("check", "--baseline", NAME, "--fail-on-stale")
    (folder / "app.py").write_text(FIXED)
    assert run(*strict, "host.py")[0] == 0
    assert run(*strict, "--select=UNL107")[0] == 0
    assert run(*strict, "--ignore=UNL106")[0] == 0
    assert run(*strict, "--per-file-ignores=app.py:UNL106")[0] == 0
    assert run(*strict, "app.py")[0] == 1
    (folder / "app.py").write_text("x =\n")
    assert run(*strict)[0] == 2
    assert "stale" not in run(*strict)[2]
    (folder / "app.py").unlink()
    assert run(*strict, "host.py")[0] == 1


def test_an_opt_in_rule_that_does_not_run_says_nothing(folder: Path, run: Run) -> None:
    (folder / "lazy.py").write_text("import sqlalchemy\n\nENGINE = sqlalchemy.create_engine('x')\n")
    run("baseline", "write", "--extend-select=UNL903")
    assert entries(folder)["lazy.py"] == ["UNL903"]
    strict = ("check", "--baseline", NAME, "--fail-on-stale")
    assert run(*strict)[0] == run(*strict, "--extend-select=UNL903")[0] == 0
    (folder / "lazy.py").write_text("x = 1\n")
    assert run(*strict)[0] == 0
    assert run(*strict, "--extend-select=UNL903")[0] == 1


def test_what_a_comment_suppresses_needs_no_entry(folder: Path, run: Run) -> None:
    run("baseline", "write")
    (folder / "app.py").write_text(LOOP.replace("modules:", "modules:  # noqa: UNL106"))
    assert "stale: app.py" in run("check", "--baseline", NAME)[2]
    run("baseline", "write")
    assert "app.py" not in entries(folder)


def test_prune_drops_what_is_stale_and_accepts_nothing(folder: Path, run: Run) -> None:
    run("baseline", "write")
    (folder / "app.py").write_text(FIXED)
    (folder / "new.py").write_text(LOOP)
    assert run("baseline", "prune", "host.py")[2] == f"{NAME}: 3 findings, 0 of them new; 0 dropped\n"
    assert run("baseline", "prune") == (0, "", f"{NAME}: 2 findings, 0 of them new; 1 dropped\n")
    assert entries(folder) == {"host.py": ["UNL106", "UNL107"]}
    (folder / "host.py").unlink()
    run("baseline", "prune")
    assert entries(folder) == {}


def test_write_keeps_what_it_did_not_look_at(folder: Path, run: Run) -> None:
    run("baseline", "write")
    (folder / "app.py").write_text(FIXED)
    (folder / "host.py").write_text(PURGE.replace("sys.modules.clear()", "pass"))
    run("baseline", "write", "app.py")
    assert entries(folder) == {"host.py": ["UNL106", "UNL107"]}
    run("baseline", "write", "--select=UNL106")
    assert entries(folder) == {"host.py": ["UNL106", "UNL107"]}
    run("baseline", "write")
    assert entries(folder) == {"host.py": ["UNL106"]}


# -- fix ---------------------------------------------------------------------------------------
def test_fix_leaves_accepted_findings_alone(folder: Path, run: Run) -> None:
    run("baseline", "write", "app.py")
    assert run("fix", "--baseline", NAME) == (
        0,
        "./host.py:6:18: UNL106 fixed: iterate over a copy\n",
        "1 fixed, 1 without a fix; 1 of 2 files changed\n",
    )
    assert (folder / "app.py").read_text() == LOOP
    assert run("fix", "--baseline", NAME, "--check")[0] == 0


def test_fix_repairs_new_debt_beside_accepted_debt(folder: Path, run: Run) -> None:
    run("baseline", "write", "app.py")
    more = "for name in sys.modules:\n    del sys.modules[name]\n"
    (folder / "app.py").write_text("import os\n" + LOOP + more)
    run("fix", "--baseline", NAME, "app.py")
    fixed = more.replace("in sys.modules", "in list(sys.modules)")
    assert (folder / "app.py").read_text() == "import os\n" + LOOP + fixed
    output = run("check", "--baseline", NAME, "--show-fixes", "app.py")
    assert output == (0, "", "0 findings in 0 of 1 file, 1 in the baseline\n")


# -- wrong use ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "does not exist; `flake8-unload baseline write` makes one"),
        ("", "is no baseline: Expecting value: line 1 column 1 (char 0)"),
        ("[]", "is no baseline: it has no `version` and `findings`\n"),
        ("{}", "is no baseline: it has no `version` and `findings`\n"),
        (
            '{"version": 2, "findings": {}}',
            "is no baseline: its version is 2, and this version of flake8-unload knows 1\n",
        ),
        ('{"version": 1, "findings": []}', "is no baseline: it has no `version` and `findings`\n"),
        (
            '{"version": 1, "findings": {"a.py": 1}}',
            "is no baseline: an entry of `a.py` has not the texts `code`, ",
        ),
        (
            '{"version": 1, "findings": {"a.py": [{}]}}',
            "is no baseline: an entry of `a.py` has not the texts `code`, ",
        ),
        (
            '{"version": 1, "findings": {"a.py": [{"code": 1, "scope": 2, "subject": 3, "fingerprint": 4}]}}',
            "is no baseline: an entry of `a.py` has not the texts `code`, ",
        ),
        ("[" * 100_000, "is no baseline: "),
        ("\udcff", "is no baseline: "),
    ],
)
@pytest.mark.parametrize("command", ["check", "fix", "baseline prune"])
def test_what_is_no_baseline_is_one_line(
    folder: Path, run: Run, text: str | None, said: str, command: str
) -> None:
    if text is not None:
        (folder / NAME).write_bytes(text.encode("utf-8", "surrogateescape"))
    status, output, errors = run(*command.split(), "--baseline", NAME)
    assert (status, output, errors.count("\n")) == (2, "", 1)
    assert errors.startswith(f"flake8-unload: baseline: `{NAME}` {said}")


def test_wrong_use_is_one_line(folder: Path, run: Run) -> None:
    for arguments in (
        ["check", "--fail-on-stale"],
        ["baseline"],
        ["baseline", "forget"],
        ["baseline", "write", "--baseline", "no/where.json"],
        ["baseline", "write", "--baseline", "."],
    ):
        status, output, errors = run(*arguments)
        assert (status, output, errors.count("\n"), errors[:15]) == (2, "", 1, "flake8-unload: "), arguments


def test_an_unreadable_file_is_said_and_keeps_its_entries(folder: Path, run: Run) -> None:
    run("baseline", "write")
    (folder / "app.py").write_text("x =\n")
    for kind in ("write", "prune"):
        status, output, _ = run("baseline", kind)
        assert (status, output.split()[:2]) == (2, ["./app.py:1:4:", "UNL000"])
        assert entries(folder)["app.py"] == ["UNL106"]


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes")
def test_a_name_that_is_no_text_has_entries_too(folder: Path, run: Run) -> None:
    os.rename(os.fsencode(folder / "app.py"), os.fsencode(folder) + b"/\xff.py")
    run("baseline", "write")
    assert run("check", "--baseline", NAME, "--fail-on-stale")[0] == 0


def test_several_processes_see_the_same(folder: Path) -> None:
    for number in range(80):
        (folder / f"m{number}.py").write_text(PURGE)
    command = [sys.executable, "-m", "flake8_unload"]
    for arguments in (["baseline", "write"], ["check", "--baseline", NAME, "-j2", "--fail-on-stale"]):
        subprocess.run([*command, *arguments], check=True, capture_output=True)
    assert flake8(folder, "--select=UNL", ".").stdout.count("\n") == 163


# -- configuration -----------------------------------------------------------------------------
def test_the_baseline_of_the_configuration(folder: Path, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "pyproject.toml").write_text('[tool.flake8-unload]\nbaseline = "etc/debt.json"\n')
    (folder / "etc").mkdir()
    assert run("baseline", "write")[2] == "etc/debt.json: 3 findings, 3 of them new; 0 dropped\n"
    assert run("check", "--fail-on-stale") == (0, "", "0 findings in 0 of 2 files, 3 in the baseline\n")
    assert run("fix", "--check")[0] == 0
    assert run("check", "--baseline", "")[0] == run("check", "--isolated")[0] == 1
    assert "baseline          pyproject.toml:2  etc/debt.json" in run("config")[1]
    (folder / "src").mkdir()
    monkeypatch.chdir(folder / "src")
    assert run("check", "--fail-on-stale", "..")[0] == 0
    (folder / "pyproject.toml").write_text("[tool.flake8-unload]\nbaseline = true\n")
    expected = "flake8-unload: ../pyproject.toml:2: baseline is the path of a file, not true or false, "
    assert run("check")[2].startswith(expected)


# -- findings across files ---------------------------------------------------------------------
def test_findings_across_files_are_accepted_and_stale_like_others(folder: Path, run: Run) -> None:
    for name in ("app.py", "host.py"):
        (folder / name).unlink()
    reloader = "import importlib\n\nimport settings\nimport workers\n\n\ndef refresh():\n"
    reloader += "    importlib.reload(settings)\n    return workers.size()\n"
    (folder / "settings.py").write_text("class Limits:\n    size = 10\n")
    (folder / "workers.py").write_text(
        "from settings import Limits\n\n\ndef size():\n    return Limits.size\n"
    )
    (folder / "reloader.py").write_text(reloader)
    run("baseline", "write")
    assert entries(folder) == {"workers.py": ["UNL401"]}
    strict = ("check", "--baseline", NAME, "--fail-on-stale")
    (folder / "reloader.py").write_text("\n\n" + reloader)  # the message names its line
    assert run(*strict)[0] == 0
    assert run(*strict, "--no-project")[0] == run(*strict, "workers.py")[0] == 0
    (folder / "reloader.py").write_text("x = 1\n")
    assert run(*strict)[0] == 1
    assert run(*strict, "--no-project")[0] == 0
    run("baseline", "prune")
    assert entries(folder) == {}
