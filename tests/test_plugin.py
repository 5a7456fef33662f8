"""The plugin under real flake8: options from everywhere, opt-in codes, processes, stdin."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.faces import LEAK, LEAK_MESSAGE, flake8

LAZY = (
    'import sqlalchemy\nENGINE = sqlalchemy.create_engine("sqlite://")\n\n\ndef use():\n    return ENGINE\n'
)
ONLY = "--select=UNL"
CONFIG_FILES = ("setup.cfg", "tox.ini", ".flake8")


def test_reports_under_its_prefix_by_default(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(LEAK)
    done = flake8(tmp_path, "app.py")  # other installed plugins may report, too
    assert f"app.py:1:7: {LEAK_MESSAGE}" in done.stdout.splitlines()
    assert done.returncode == 1


def test_version_is_shown_by_flake8(tmp_path: Path) -> None:
    assert "flake8-unload: " in flake8(tmp_path, "--version").stdout


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        ([], False),
        (["--ignore=E203"], False),
        (["--select=UNL"], False),
        (["--extend-select=UNL"], False),
        (["--extend-select=UNL9"], True),
        (["--extend-select=UNL9", "--ignore=E203"], True),
        (["--select=UNL9"], True),
        (["--select=UNL903"], True),
        (["--select=UNL903", "--ignore=UNL9"], True),
        (["--select=UNL9", "--ignore=UNL903"], False),
        (["--select=UNL907"], False),
        (["--select=UNL,UNL9"], True),
        (["--select=E,UNL3"], False),
    ],
)
def test_opt_in_rules_run_only_when_named(tmp_path: Path, arguments: list[str], reported: bool) -> None:
    (tmp_path / "app.py").write_text(LAZY)
    assert ("UNL903" in flake8(tmp_path, *arguments, "app.py").stdout) is reported


@pytest.mark.parametrize("config", CONFIG_FILES)
@pytest.mark.parametrize(
    ("setting", "reported"),
    [("extend-select = UNL9", True), ("extend-select = UNL903", True), ("ignore = E203", False)],
)
def test_opt_in_rules_from_config(tmp_path: Path, config: str, setting: str, reported: bool) -> None:
    (tmp_path / "app.py").write_text(LAZY)
    (tmp_path / config).write_text(f"[flake8]\n{setting}\n")
    assert ("UNL903" in flake8(tmp_path, "app.py").stdout) is reported


CUSTOM = "from mylib import net as n\n\nCLIENT = n.connect()\n\n\ndef use():\n    return CLIENT\n"


@pytest.mark.parametrize("value", ["mylib.net.connect", "mylib.*", "other.call, mylib.net.conn*"])
def test_extend_factories_from_the_command_line(tmp_path: Path, value: str) -> None:
    (tmp_path / "app.py").write_text(CUSTOM)
    assert flake8(tmp_path, ONLY, "app.py").stdout == ""
    assert "UNL301 `CLIENT`" in flake8(tmp_path, ONLY, f"--unload-extend-factories={value}", "app.py").stdout


@pytest.mark.parametrize("config", CONFIG_FILES)
@pytest.mark.parametrize(
    "setting",
    [
        "unload-extend-factories = mylib.net.connect",
        "unload_extend_factories = mylib.*",
        "unload-extend-factories =\n    other.call,\n    mylib.net.connect,",
        "unload-extend-factories =\n    # ours\n    other.call\n    mylib.net.connect",
    ],
)
def test_extend_factories_from_config(tmp_path: Path, config: str, setting: str) -> None:
    (tmp_path / "app.py").write_text(CUSTOM)
    (tmp_path / config).write_text(f"[flake8]\n{setting}\n")
    assert "UNL301 `CLIENT`" in flake8(tmp_path, ONLY, "app.py").stdout


@pytest.mark.parametrize("config", CONFIG_FILES)
@pytest.mark.parametrize("value", ["builtins.open", "builtins.*"])
def test_ignore_factories(tmp_path: Path, config: str, value: str) -> None:
    (tmp_path / "app.py").write_text(LEAK)
    assert flake8(tmp_path, ONLY, f"--unload-ignore-factories={value}", "app.py").stdout == ""
    (tmp_path / config).write_text(f"[flake8]\nunload-ignore-factories = {value}\n")
    assert flake8(tmp_path, ONLY, "app.py").stdout == ""


def test_hooks(tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text(LEAK + "\n\ndef bye_bye():\n    LOG.close()\n")
    assert "UNL301" in flake8(tmp_path, ONLY, "app.py").stdout
    assert flake8(tmp_path, ONLY, "--unload-hooks=goodbye,bye_bye", "app.py").stdout == ""


def test_script_and_test_patterns(tmp_path: Path) -> None:
    (tmp_path / "run_app.py").write_text(LEAK)
    assert "UNL301" in flake8(tmp_path, ONLY, ".").stdout
    assert flake8(tmp_path, ONLY, "--unload-script-patterns=run_*.py", ".").stdout == ""
    assert flake8(tmp_path, ONLY, "--unload-test-patterns=run_*.py", ".").stdout == ""


def test_tests_are_checked_for_state_on_request(tmp_path: Path) -> None:
    (tmp_path / "test_app.py").write_text(LEAK)
    assert flake8(tmp_path, ONLY, ".").stdout == ""
    assert "UNL301" in flake8(tmp_path, ONLY, "--unload-check-tests", ".").stdout
    for value, reported in (("true", True), ("On", True), ("false", False), ("0", False)):
        (tmp_path / "tox.ini").write_text(f"[flake8]\nunload-check-tests = {value}\n")
        assert ("UNL301" in flake8(tmp_path, ONLY, ".").stdout) is reported


WRONG = [
    ("extend-factories", '["mylib.connect"]', '["mylib.connect"]'),
    ("extend-factories", "'mylib.connect'", "'mylib.connect'"),
    ("extend-factories", "mylib..connect", "mylib..connect"),
    ("extend-factories", "mylib.connect,,x.y", ""),
    ("ignore-factories", "open", "open"),
    ("ignore-factories", "mylib connect", "mylib connect"),
    ("ignore-factories", "a.b, mylib.1st", "mylib.1st"),
    ("hooks", "module.hook", "module.hook"),
    ("hooks", "on unload", "on unload"),
    ("script-patterns", '["run_*.py"]', '["run_*.py"]'),
    ("test-patterns", "[run_*.py, b.py]", "[run_*.py"),
]


@pytest.mark.parametrize("where", ["command line", *CONFIG_FILES])
@pytest.mark.parametrize(("option", "value", "blamed"), WRONG)
def test_a_wrong_value_is_one_clear_line(
    tmp_path: Path, where: str, option: str, value: str, blamed: str
) -> None:
    (tmp_path / "app.py").write_text(LEAK)
    arguments = [ONLY, "app.py"]
    if where == "command line":
        arguments.append(f"--unload-{option}={value}")
    else:
        (tmp_path / where).write_text(f"[flake8]\nunload-{option} = {value}\n")
    _is_one_clear_line(flake8(tmp_path, *arguments), option, blamed)


@pytest.mark.parametrize("config", CONFIG_FILES)
def test_a_wrong_flag_is_one_clear_line(tmp_path: Path, config: str) -> None:
    (tmp_path / config).write_text("[flake8]\nunload-check-tests = maybe\n")
    _is_one_clear_line(flake8(tmp_path, ONLY, "."), "check-tests", "maybe")


def _is_one_clear_line(done: subprocess.CompletedProcess[str], option: str, blamed: str) -> None:
    header, line = done.stdout.splitlines()
    assert header == "There was a critical error during execution of Flake8:"
    assert line.startswith(f"unload-{option}: `{blamed}` is ")
    assert f"as in unload-{option}=" in line
    assert (done.returncode, done.stderr) == (1, "")


def test_right_values_of_every_kind(tmp_path: Path) -> None:
    done = flake8(
        tmp_path,
        "--unload-extend-factories=a.b,*.connect,a.Client().open,größe.öffne",
        "--unload-ignore-factories=",
        "--unload-hooks= a , b ",
        "--unload-test-patterns=test_[0-9]*.py,*/qa/*",
        ".",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


@pytest.mark.parametrize("jobs", ["1", "4"])
def test_options_reach_worker_processes(tmp_path: Path, jobs: str) -> None:
    for number in range(8):
        (tmp_path / f"app{number}.py").write_text(CUSTOM)
    done = flake8(tmp_path, ONLY, "--unload-extend-factories=mylib.*", f"--jobs={jobs}", ".")
    assert done.stdout.count("UNL301") == 8


def test_per_file_ignores(tmp_path: Path) -> None:
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text(LEAK)
    done = flake8(tmp_path, ONLY, "--per-file-ignores=one.py:UNL301", ".")
    assert done.stdout == f"./two.py:1:7: {LEAK_MESSAGE}\n"


def test_stdin_takes_the_display_name(tmp_path: Path) -> None:
    done = flake8(tmp_path, ONLY, "--stdin-display-name=src/app.py", "-", stdin=LEAK.encode())
    assert done.stdout == f"src/app.py:1:7: {LEAK_MESSAGE}\n"
    assert flake8(tmp_path, ONLY, "--stdin-display-name=test_app.py", "-", stdin=LEAK.encode()).stdout == ""


def test_a_failing_analysis_does_not_end_the_run(tmp_path: Path) -> None:
    for name in ("one.py", "two.py"):
        (tmp_path / name).write_text("x = 1\n")
    script = (
        "import sys; from flake8_unload import engine; from flake8.main.cli import main\n"
        "def check(tree, lines, filename, settings): raise ValueError('no\\nway')\n"
        "engine.check = check; sys.exit(main(['--select=UNL', '-j1', '.']))\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, capture_output=True, text=True)
    message = "UNL000 internal error, please report: ValueError: no way"
    assert done.stdout == f"./one.py:1:1: {message}\n./two.py:1:1: {message}\n"
    assert done.stderr == ""
