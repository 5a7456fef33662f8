"""The commands: selection, options, output, exit status, and errors of use in one line."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

import flake8_unload
from flake8_unload import registry
from flake8_unload.cli import main
from tests.faces import LEAK, LEAK_MESSAGE, flake8, ours, unmarked

MIXED = (
    "import importlib\nimport sys\n\nimport sqlalchemy\n\nsys.modules.clear()\n"
    "ENGINE = sqlalchemy.create_engine('x')\n"
    "LOG = open('x.log', 'w')\n\n\ndef use():\n    LOG.write(ENGINE)\n    importlib.reload('json')\n"
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(MIXED)
    return tmp_path


def codes(capfd: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    main(["check", "--quiet", *arguments])
    output, errors = capfd.readouterr()
    assert errors == ""
    return [line.split()[1] for line in output.splitlines()]


@pytest.mark.parametrize(
    ("arguments", "reported"),
    [
        ("", "UNL107 UNL301 UNL203"),
        ("--select UNL", "UNL107 UNL301 UNL203"),
        ("--select UNL3", "UNL301"),
        ("--select unl3,UNL107", "UNL107 UNL301"),
        ("--select module-level-resource", "UNL301"),
        ("--select Unsafe-Unload,UNL2", "UNL107 UNL203"),
        ("--select UNL903", "UNL903"),
        ("--select lazy-client-at-module-level", "UNL903"),
        ("--select UNL9,UNL1", "UNL107 UNL903"),
        ("--extend-select UNL9", "UNL107 UNL903 UNL301 UNL203"),
        ("--extend-select UNL", "UNL107 UNL301 UNL203"),
        ("--extend-select UNL9 --ignore UNL903", "UNL107 UNL301 UNL203"),
        ("--ignore UNL3", "UNL107 UNL203"),
        ("--ignore unsafe-unload", "UNL301 UNL203"),
        ("--extend-ignore UNL1,UNL2", "UNL301"),
        ("--select UNL3 --ignore UNL", "UNL301"),
        ("--select UNL --ignore UNL3", "UNL107 UNL203"),
    ],
)
def test_selection(folder: Path, capfd: pytest.CaptureFixture[str], arguments: str, reported: str) -> None:
    assert codes(capfd, *arguments.split()) == reported.split()


@pytest.mark.parametrize(
    "arguments",
    [
        "--select=UNL3",
        "--extend-select=UNL9",
        "--select=UNL9,UNL1 --ignore=UNL903",
        "--select=UNL --ignore=UNL107",
    ],
)
def test_selection_means_what_it_means_to_flake8(folder: Path, arguments: str) -> None:
    theirs = flake8(folder, *arguments.split(), ".").stdout.splitlines()
    own = ours(folder, "check", *arguments.split(), ".").stdout
    assert unmarked(own).splitlines() == [each for each in theirs if " UNL" in each]


@pytest.mark.parametrize(
    ("arguments", "line"),
    [
        (["check", "--select", "UNL301,UNL777"], "no rule has the code or name `UNL777`"),
        (["check", "--select", "E501"], "no rule has the code or name `E501`"),
        (["check", "--ignore", "stale-modul-name"], "`stale-modul-name` (did you mean `stale-module-name`?)"),
        (["check", "--extend-select", "UNL9O3"], "`UNL9O3` (did you mean `UNL9"),
        (["explain", "UNL21"], "no rule has the code or name `UNL21` (did you mean `UNL2"),
        (["explain", "reload-ordr"], "`reload-ordr` (did you mean `reload-order`?)"),
        (["explain", "qqqqqqqq"], "no rule has the code or name `qqqqqqqq`"),
        (["check", "--jobs", "many"], "--jobs: `many` is neither a number above 0 nor `auto`"),
        (["check", "--jobs", "0"], "--jobs: `0` is neither"),
        (["check", "--hooks", "a.b"], "--hooks: `a.b` is not the name of a function; "),
        (["check", "--extend-factories", '["a.b"]'], '--extend-factories: `["a.b"]` is not a dotted name; '),
        (["check", "--sel", "UNL3"], "unrecognized arguments: --sel"),
        (["check", "--bogus"], "unrecognized arguments: --bogus"),
        (["rules", "--format", "yaml"], "argument --format: invalid choice: 'yaml'"),
        (["bogus"], "invalid choice: 'bogus'"),
        ([], "the following arguments are required: COMMAND"),
    ],
)
def test_wrong_use_is_one_line(
    folder: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], line: str
) -> None:
    assert main(arguments) == 2
    output, errors = capfd.readouterr()
    assert output == ""
    assert errors.startswith("flake8-unload: ")
    assert line in errors
    assert errors.count("\n") == 1


def test_exit_status_and_summary(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["check"]) == 1
    assert capfd.readouterr().err == "3 findings in 1 of 1 file\n"
    (folder / "clean.py").write_text("x = 1\n")
    assert main(["check", "clean.py"]) == 0
    assert capfd.readouterr() == ("", "0 findings in 0 of 1 file\n")
    (folder / "bad.py").write_text("x =\n")
    assert main(["check"]) == 2
    assert capfd.readouterr().err == "3 findings in 1 of 3 files, 1 could not be checked\n"
    assert main(["check", "--quiet", "bad.py", "clean.py"]) == 2
    assert capfd.readouterr().err == ""


def test_what_cannot_be_read_cannot_be_ignored(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.py").write_text("x =  # noqa\n")
    assert main(["check", "bad.py", "--ignore", "UNL", "--select", "UNL2"]) == 2
    assert "UNL000" in capfd.readouterr().out


def test_no_argument_means_the_current_folder(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    main(["check"])
    assert capfd.readouterr().out.startswith("./app.py:6:1: UNL107 ")


def test_stdin_among_files(folder: Path) -> None:
    (folder / "a.py").write_text(LEAK)
    theirs = flake8(
        folder, "--select=UNL", "--stdin-display-name=b.py", "c.py", "-", "a.py", stdin=LEAK.encode()
    )
    own = ours(folder, "check", "--stdin-filename=b.py", "-", "a.py", stdin=LEAK.encode())
    assert unmarked(own.stdout) == f"a.py:1:7: {LEAK_MESSAGE}\nb.py:1:7: {LEAK_MESSAGE}\n"
    assert theirs.stdout.startswith(unmarked(own.stdout))


def test_output_does_not_depend_on_processes(folder: Path) -> None:
    for number in range(100):
        (folder / f"m{number}.py").write_text(LEAK if number % 3 else MIXED)
    outputs = {
        ours(folder, "check", *jobs).stdout for jobs in ([], ["--jobs=1"], ["-j3"], [".", "m1.py", "."])
    }
    assert len(outputs) == 1


def test_detection_options(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "app.py").write_text("import mylib\nX = mylib.connect()\n\n\ndef bye():\n    X.close()\n")
    assert codes(capfd) == []
    assert codes(capfd, "--extend-factories=mylib.*") == ["UNL301"]
    assert codes(capfd, "--extend-factories=mylib.*", "--ignore-factories=mylib.connect") == []
    assert codes(capfd, "--extend-factories=mylib.*", "--hooks=bye") == []
    assert codes(capfd, "--extend-factories=mylib.*", "--script-patterns=app.py") == []
    assert codes(capfd, "--extend-factories=mylib.*", "--test-patterns=app*") == []
    assert codes(capfd, "--extend-factories=mylib.*", "--test-patterns=app*", "--check-tests") == ["UNL301"]


def test_rules_as_text(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules"]) == 0
    lines = capfd.readouterr().out.splitlines()
    for line, rule in zip(lines, registry.rules().values(), strict=True):
        assert line.split()[:3] == [rule.code, rule.name, "opt-in" if rule.opt_in else "default"]
        assert line.endswith(rule.summary)


def test_rules_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "--format", "json"]) == 0
    rows = {row["code"]: row for row in json.loads(capfd.readouterr().out)}
    assert rows.keys() == registry.rules().keys()
    assert rows["UNL301"]["name"] == "module-level-resource"
    assert (rows["UNL301"]["default"], rows["UNL903"]["default"]) == (True, False)


@pytest.mark.parametrize("word", ["UNL201", "unl201", "stale-from-import", "Stale-From-Import"])
def test_explain(capfd: pytest.CaptureFixture[str], word: str) -> None:
    assert main(["explain", word]) == 0
    assert capfd.readouterr().out.strip() == registry.rules()["UNL201"].page.strip()


def test_explain_what_could_not_be_read(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "UNL000"]) == 0
    assert capfd.readouterr().out.startswith("UNL000")


def test_help_has_examples(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--help"])
    commands = re.findall(r"^    (\w\S*)(?: |$)", capfd.readouterr().out, re.M)
    assert {"check", "fix", "rules", "explain", "config", "completion"} <= set(commands)
    for command in commands:
        with pytest.raises(SystemExit, match="0"):
            main([command, "--help"])
        examples = capfd.readouterr().out.partition("\nexamples:\n")[2].partition("\n\n")[0]
        assert examples and all(f"flake8-unload {command}" in line for line in examples.splitlines())


def test_help_fits_a_narrow_terminal(
    capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    for command in ("check", "fix", "why", "reload-order", "baseline", "rules", "explain", "config"):
        with pytest.raises(SystemExit, match="0"):
            main([command, "--help"])
        assert [line for line in capfd.readouterr().out.splitlines() if len(line) > 80] == []


def test_version(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["--version"])
    assert capfd.readouterr().out == f"flake8-unload {flake8_unload.__version__}\n"
