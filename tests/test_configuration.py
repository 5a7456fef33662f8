"""Settings from files: which one wins, what each may say, and that it means what it means to flake8."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flake8_unload.cli import main
from tests.faces import LEAK, flake8, ours, unmarked
from tests.test_cli import MIXED

Capture = pytest.CaptureFixture[str]
FLAKE8_FILES = ("setup.cfg", "tox.ini", ".flake8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(MIXED)  # UNL107, UNL903, UNL301, UNL203
    return tmp_path


def toml(folder: Path, *lines: str) -> None:
    (folder / "pyproject.toml").write_text("\n".join(["[tool.flake8-unload]", *lines, ""]))


def ini(folder: Path, *lines: str, name: str = "setup.cfg") -> None:
    (folder / name).write_text("\n".join(["[flake8]", *lines, ""]))


def codes(capfd: Capture, *arguments: str) -> str:
    main(["check", "--quiet", *arguments])
    output, errors = capfd.readouterr()
    assert errors == ""
    return " ".join(line.split()[1] for line in output.splitlines())


def settings(capfd: Capture, *arguments: str) -> dict[str, Any]:
    assert main(["config", "--format", "json", *arguments]) == 0
    found: dict[str, Any] = json.loads(capfd.readouterr().out)["settings"]
    return found


# -- which wins ----------------------------------------------------------------------------------
def test_precedence(folder: Path, capfd: Capture) -> None:
    assert codes(capfd) == "UNL107 UNL301 UNL203"
    ini(folder, "select = UNL1", "extend-select = UNL9")
    assert codes(capfd) == "UNL107 UNL903"
    toml(folder, 'select = ["UNL3"]')
    assert codes(capfd) == "UNL903 UNL301"
    assert codes(capfd, "--select=UNL2") == "UNL903 UNL203"
    assert codes(capfd, "--isolated") == "UNL107 UNL301 UNL203"
    assert codes(capfd, "--config=setup.cfg") == "UNL107 UNL903"
    assert codes(capfd, "--config=pyproject.toml") == "UNL301"


def test_every_key_of_pyproject(folder: Path, capfd: Capture) -> None:
    toml(folder, 'select = ["UNL107", "module-level-resource"]')
    assert codes(capfd) == "UNL107 UNL301"
    toml(folder, 'ignore = ["unsafe-unload"]', 'extend-select = ["UNL9"]', 'extend-ignore = ["unl3"]')
    assert codes(capfd) == "UNL903 UNL203"
    toml(folder, 'per-file-ignores = { "app.py" = ["UNL1", "reload-not-a-module"] }')
    assert codes(capfd) == "UNL301"
    toml(folder, 'exclude = ["a*.py"]')
    assert codes(capfd) == ""
    toml(folder, 'extend-exclude = ["./app.py"]')
    assert codes(capfd) == ""
    (folder / ".gitignore").write_text("app.py\n")
    toml(folder, 'select = ["UNL1"]')
    assert codes(capfd) == ""
    toml(folder, 'select = ["UNL1"]', "gitignore = false")
    assert codes(capfd) == "UNL107"
    (folder / "app.py").write_text(LEAK.replace("\n", "  # noqa\n", 1))
    toml(folder, "gitignore = false", "disable-noqa = true")
    assert codes(capfd) == "UNL301"


def test_detection_keys_of_pyproject(folder: Path, capfd: Capture) -> None:
    (folder / "app.py").write_text("import mylib\nX = mylib.connect()\n\n\ndef bye():\n    X.close()\n")
    factories = 'extend-factories = ["mylib.*"]'
    assert codes(capfd) == ""
    for lines, reported in {
        (factories,): "UNL301",
        (factories, 'ignore-factories = ["mylib.connect"]'): "",
        (factories, 'hooks = ["bye"]'): "",
        (factories, 'script-patterns = ["a*.py"]'): "",
        (factories, 'test-patterns = ["a*.py"]'): "",
        (factories, 'test-patterns = ["a*.py"]', "check-tests = true"): "UNL301",
    }.items():
        toml(folder, *lines)
        assert codes(capfd) == reported, lines


def test_fix_goes_by_the_same_settings(folder: Path, capfd: Capture) -> None:
    (folder / "app.py").write_text("import sys\n\nfor key in sys.modules:\n    del sys.modules[key]\n")
    ini(folder, "per-file-ignores = app.py: UNL106")
    assert main(["fix", "--check", "--quiet"]) == 0
    assert main(["fix", "--check", "--quiet", "--isolated"]) == 1


def test_what_is_read_in_addition_wins(folder: Path, capfd: Capture) -> None:
    ini(folder, "select = UNL1", "extend-select = UNL9", "disable-noqa = true")
    toml(folder, 'select = ["UNL2"]', 'ignore = ["UNL904"]')
    ini(folder, "select = UNL3", name="a.cfg")
    (folder / "b.toml").write_text('[tool.flake8-unload]\nselect = ["UNL1", "UNL3"]\n')
    assert codes(capfd, "--append-config=a.cfg") == "UNL903 UNL301"
    assert codes(capfd, "--append-config=a.cfg", "--append-config=b.toml") == "UNL107 UNL903 UNL301"
    assert codes(capfd, "--append-config=b.toml", "--append-config=a.cfg") == "UNL903 UNL301"
    assert codes(capfd, "--config=pyproject.toml", "--append-config=a.cfg") == "UNL301"
    assert codes(capfd, "--isolated", "--append-config=a.cfg") == "UNL107 UNL301 UNL203"
    found = settings(capfd, "--append-config=a.cfg")["select"]
    assert (found["value"], found["origin"]) == (["UNL3"], "a.cfg")
    assert [each["origin"] for each in found["hides"]] == ["pyproject.toml", "setup.cfg"]


@pytest.mark.parametrize("place", ["setup.cfg", "extra.cfg", "pyproject.toml"])
def test_every_command_looks_at_the_same_files_and_comments(folder: Path, capfd: Capture, place: str) -> None:
    loop = "import sys\n\nfor key in sys.modules:  # noqa\n    del sys.modules[key]  # noqa\n"
    for name in ("app.py", "app.pyw", "other.pyw"):
        (folder / name).write_text(loop)
    if place == "pyproject.toml":
        toml(folder, 'filename = ["*p.pyw"]', "disable-noqa = true")
    else:
        ini(folder, "filename = *p.pyw", "disable-noqa = true", name=place)
    more = ["--append-config", place] if place == "extra.cfg" else []
    assert codes(capfd, *more) == "UNL106"
    assert main(["baseline", "write", *more]) == 0
    assert "1 finding, 1 of them new" in capfd.readouterr().err
    assert main(["check", "--baseline=unload-baseline.json", *more]) == 0
    assert main(["fix", "--quiet", *more]) == 0
    changed = [path.name for path in sorted(folder.glob("*.py*")) if "list(" in path.read_text()]
    assert changed == ["app.pyw"]
    capfd.readouterr()
    assert settings(capfd, *more)["filename"]["value"] == ["*p.pyw"]


def test_an_option_of_the_plugin_alone_is_no_error(folder: Path, capfd: Capture) -> None:
    ini(folder, "unload-project = .")
    assert codes(capfd, "--no-cache") == "UNL107 UNL301 UNL203"


# -- where files are -----------------------------------------------------------------------------
def test_files_of_folders_around_are_found(folder: Path, capfd: Capture, monkeypatch: Any) -> None:
    toml(folder, 'extend-exclude = ["src/old"]', 'per-file-ignores = { "src/app.py" = ["UNL3"] }')
    for name in ("src/old/a.py", "src/app.py", "src/other.py"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(LEAK)
    (folder / "src" / "pyproject.toml").write_text('[project]\ndependencies = ["flake8-unload"]\n')
    monkeypatch.chdir(folder / "src")
    main(["check", "--quiet"])
    assert capfd.readouterr().out.split()[0] == "./other.py:1:7:"


def test_no_file_no_parser(folder: Path) -> None:
    (folder / "setup.cfg").write_text("[metadata]\nname = x\n")
    (folder / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    (folder / "app.py").write_text("x = 1\n")
    loaded = (
        "import sys, flake8_unload.cli; flake8_unload.cli.main(['check', '-q']);"
        "print(*{'flake8', 'tomllib', 'tomli', 'configparser', 'libcst'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", loaded], cwd=folder, capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("\n", "")


# -- as flake8 -----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "lines",
    [
        ["select = UNL1,UNL3"],
        ["select = E,W,UNL2"],
        ["select = E,F"],
        ["ignore = E203,UNL3"],
        ["extend-select = UNL9"],
        ["extend_select =", "    UNL903,", "extend_ignore = UNL107", "    E501"],
        ["per-file-ignores =", "    app.py: UNL1,E501", "    pkg/*:UNL2"],
        ["per-file-ignores = *.py:UNL301", "    ./app.py:UNL203"],
        ["exclude = pkg"],
        ["extend-exclude = pkg/b.py, other"],
        ["exclude = app.py"],
        ["unload-ignore-factories = builtins.open"],
        ["disable-noqa = true"],
        ["max-line-length = 100", "other-plugin = maybe", "import-order-style = google"],
    ],
    ids=lambda lines: lines[0].split()[0] + lines[0].split()[-1],
)
def test_files_mean_what_they_mean_to_flake8(folder: Path, lines: list[str]) -> None:
    name = FLAKE8_FILES[len(lines[0]) % 3]
    for each in ("pkg/b.py", "pkg/c.py"):
        (folder / each).parent.mkdir(exist_ok=True)
        (folder / each).write_text(MIXED.replace("modules.clear()", "modules.clear()  # noqa"))
    ini(folder, *lines, name=name)
    for arguments in (
        [],
        ["app.py", "pkg"],
        ["--select=UNL", "."],
        ["--config", name, "--extend-ignore=UNL2"],
    ):
        theirs = [each for each in flake8(folder, *arguments).stdout.splitlines() if ": UNL" in each]
        assert unmarked(ours(folder, "check", *arguments).stdout).splitlines() == theirs


def test_standard_input_of_an_excluded_file(folder: Path) -> None:
    ini(folder, "exclude = old")
    arguments = ["--stdin-display-name", "old", "-"]
    assert flake8(folder, *arguments, stdin=LEAK.encode()).stdout == ""
    assert ours(folder, "check", *arguments, stdin=LEAK.encode()).stdout == ""
    loop = b"import sys\n\nfor key in sys.modules:\n    del sys.modules[key]\n"
    assert ours(folder, "fix", *arguments, stdin=loop).stdout == loop.decode()


# -- wrong ones ----------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("line", "message"),
    [
        ('selekt = ["UNL2"]', "[tool.flake8-unload] has no `selekt` (did you mean `select`?)"),
        ('unload-hooks = ["f"]', "[tool.flake8-unload] has no `unload-hooks` (did you mean `hooks`?)"),
        ('extend_select = ["UNL9"]', "has no `extend_select` (did you mean `extend-select`?)"),
        ("zzzzzz = 1", "[tool.flake8-unload] has no `zzzzzz`"),
        ('select = "UNL2"', 'select is a list of strings, not a string, as in select = ["UNL2", '),
        ("select = [2]", "select is a list of strings, and `2` is none, as in select = "),
        ('select = ["UNL2,UNL3"]', "select: no rule has the code or name `UNL2,UNL3`"),
        ('ignore = ["reload-ordr"]', "ignore: no rule has the code or name `reload-ordr` (did you mean `r"),
        ('exclude = "x"', "exclude is a list of strings, not a string, as in exclude = "),
        ('check-tests = "yes"', "check-tests is true or false, not a string, as in check-tests = true"),
        ("gitignore = 0", "gitignore is true or false, not a number"),
        ('per-file-ignores = ["a.py:UNL2"]', "per-file-ignores is a table of lists of rules, not a list, as"),
        ('per-file-ignores = {"a.py" = "UNL2"}', "per-file-ignores is a list of strings, not a string, as"),
        ('hooks = ["a.b"]', 'hooks: `a.b` is not the name of a function; as in hooks = ["on_unload", '),
        ("hooks = [", "no TOML: "),
    ],
)
def test_a_wrong_table_is_one_line(folder: Path, capfd: Capture, line: str, message: str) -> None:
    toml(folder, line)
    assert main(["check"]) == 2
    output, errors = capfd.readouterr()
    assert errors.startswith("flake8-unload: pyproject.toml:")
    assert message in errors
    assert ("pyproject.toml:2: " in errors) == ("no TOML" not in errors)
    assert (output, errors.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["unload-hook = f"], "setup.cfg:2: there is no option `unload-hook` (did you mean `unload-hooks`?)"),
        (
            ["unload-baseline = debt.json"],
            "there is no option `unload-baseline`; it is `baseline`, in [tool.flake8-unload] of pyproject",
        ),
        (["unload_select = UNL3"], "there is no option `unload_select`; it is `select`, here"),
        (["select UNL3"], "setup.cfg:2: neither `option = value` nor a [section]"),
        (["unload-hooks = a.b"], "setup.cfg:2: unload-hooks: `a.b` is not the name of a function; "),
        (["", "select = UNL2", "  UNL777"], "setup.cfg:3: no rule has the code or name `UNL777`"),
        (
            ["unload_check_tests = maybe"],
            "setup.cfg:2: unload-check-tests: `maybe` is neither true nor false",
        ),
        (["disable-noqa = maybe"], "setup.cfg:2: disable-noqa: Not a boolean: maybe"),
        (
            ["ignore = reload-order"],
            "setup.cfg:2: ignore: Error code 'reload-order' supplied to 'ignore' option",
        ),
        (["per-file-ignores = UNL3"], "setup.cfg:2: `UNL3` is no file pattern, a colon, and rules; as in "),
        (["ignore = UNL3", "ignore = UNL2"], "setup.cfg:3: `ignore` is set already"),
    ],
)
def test_a_wrong_file_of_flake8_is_one_line(
    folder: Path, capfd: Capture, lines: list[str], message: str
) -> None:
    ini(folder, *lines)
    assert main(["check"]) == 2
    output, errors = capfd.readouterr()
    assert message in errors
    assert (output, errors.count("\n")) == ("", 1)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--config", "gone.cfg"], "--config: `gone.cfg` does not exist"),
        (["--config", "gone.toml"], "--config: `gone.toml` does not exist"),
        (["--config", "pyproject.toml"], "--config: `pyproject.toml` has no table [tool.flake8-unload]"),
        (["--config", "broken.cfg"], "broken.cfg:1: a line before the first [section]"),
        (["--append-config", "gone.cfg"], "--append-config: `gone.cfg` does not exist"),
        (["--append-config", "gone.toml"], "--append-config: `gone.toml` does not exist"),
        (["--append-config", "bytes.cfg"], "bytes.cfg: 'utf-8' codec can't decode byte 0xff in position "),
        (["--config", "."], "--config: `.` cannot be read\n"),
        (["--config", "folder.toml"], "--config: `folder.toml` cannot be read: Is a directory"),
        (["--per-file-ignores", "a.py"], "--per-file-ignores: `a.py` is no file pattern, a colon, and rules"),
        (["--per-file-ignores", "a.py:UNL777"], "--per-file-ignores: no rule has the code or name `UNL777`"),
    ],
)
def test_a_wrong_argument_is_one_line(
    folder: Path, capfd: Capture, arguments: list[str], message: str
) -> None:
    (folder / "pyproject.toml").write_text("[project]\nname = 'flake8-unload'\n")
    (folder / "folder.toml").mkdir()
    (folder / "broken.cfg").write_text("no header\n")
    (folder / "bytes.cfg").write_bytes(b"[flake8]\nselect = \xff\n")
    assert main(["check", *arguments]) == 2
    output, errors = capfd.readouterr()
    assert errors.startswith(f"flake8-unload: {message}")
    assert (output, errors.count("\n")) == ("", 1)


def test_per_file_ignores_take_names(folder: Path, capfd: Capture) -> None:
    assert codes(capfd, "--per-file-ignores=b.py,app.py:unsafe-unload,UNL2 x.py:UNL3") == "UNL301"


# -- the command ---------------------------------------------------------------------------------
def test_where_each_value_is_from(folder: Path, capfd: Capture) -> None:
    ini(folder, "max-line-length = 100", "extend-select =", "    UNL9", "unload-hooks = bye")
    toml(
        folder, 'extend-select = ["lazy-client-at-module-level"]', "", "[tool.flake8-unload.per-file-ignores]"
    )
    with (folder / "pyproject.toml").open("a") as file:
        file.write('"scripts/*" = ["UNL3"]\n')
    found = settings(capfd, "--ignore=UNL304")
    here = {name: each for name, each in found.items() if each["origin"] != "default"}
    pyproject = {"origin": "pyproject.toml", "line": 2}
    assert here == {
        "extend-select": {"value": ["UNL903"], **pyproject, "hides": [{"origin": "setup.cfg", "line": 3}]},
        "ignore": {"value": ["UNL304"], "origin": "command line", "line": None, "hides": []},
        "per-file-ignores": {
            "value": {str(folder / "scripts/*"): ["UNL3"]}, "origin": "pyproject.toml", "line": 4, "hides": []
        },
        "hooks": {"value": ["bye"], "origin": "setup.cfg", "line": 5, "hides": []},
    }  # fmt: skip
    assert found["gitignore"]["value"] is True
    assert ".git" in found["exclude"]["value"]


def test_the_list_for_people(folder: Path, capfd: Capture) -> None:
    ini(folder, "extend-select = UNL9")
    toml(folder, 'extend-select = ["UNL903"]', 'per-file-ignores = { "a*" = ["UNL3", "UNL2"] }')
    assert main(["config"]) == 0
    lines = capfd.readouterr().out.splitlines()
    rows = {line.split()[0]: line for line in lines}
    assert rows["files"].split() == ["files", "pyproject.toml,", "setup.cfg"]
    assert rows["extend-select"].split(maxsplit=1)[1] == "pyproject.toml:2, not setup.cfg:2  UNL903"
    assert rows["per-file-ignores"].endswith("a*: UNL3, UNL2")
    column = rows["extend-select"].index("UNL903")
    assert {line[column - 1] for line in lines} == {" "}
    assert all(line[column] != " " for line in lines)
