"""Whatever the bytes: UNL000 or a normal answer, never a traceback, and the other files are checked."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from flake8_unload import engine, source
from flake8_unload.failures import UNREADABLE, Unreadable
from flake8_unload.inspection import Inspector
from tests.faces import LEAK, LEAK_MESSAGE, ours

DEEP = 10_000
BAD = {
    "nul": (b"import sys\nx = '\0'\n", "2:6", "cannot be parsed: a NUL byte"),
    "nul_first": (b"\0", "1:1", "cannot be parsed: a NUL byte"),
    "utf8": (b"x = 1\ny = '\xff'\n", "2:1", "cannot be decoded as utf-8: invalid start byte"),
    "utf8_first": (b"\xff\xfe", "1:1", "cannot be decoded: "),
    "ascii_cookie": (b"# coding: ascii\n\n# \xc3\xa9\n", "3:1", "cannot be decoded as ascii: "),
    "unknown_cookie": (b"# coding: klingon\n", "1:1", "cannot be decoded: unknown encoding: klingon"),
    "bytes_codec": (b"# coding: hex\n6162\n", "1:1", "cannot be decoded as hex: "),
    "text_codec": (b"# coding: rot13\ncevag\n", "1:1", "cannot be decoded as rot13: "),
    "undefined_codec": (b"# coding: undefined\n", "1:1", "cannot be decoded as undefined: "),
    "bom_and_cookie": (b"\xef\xbb\xbf# coding: latin-1\n", "1:1", "cannot be decoded: "),
    "syntax": (b"x = 1\ndef f(:\n    pass\n", "2:7", "cannot be parsed by Python 3."),
    "indent": (b"if x:\npass\n", "2:", "cannot be parsed by Python 3."),
    "open_string": (b"x = '''\n\n", "1:", "cannot be parsed by Python 3."),
    "open_bracket": (b"x = (\n", "1:", "cannot be parsed by Python 3."),
    "huge_number": (b"x = " + b"9" * 5000 + b"\n", "1:", "cannot be parsed"),
    "parentheses": (b"(" * DEEP + b")" * DEEP, "1:", "cannot be parsed"),
    "lists": (b"[" * DEEP + b"]" * DEEP, "1:", "cannot be parsed"),
    "unclosed": (b"{" * DEEP, "1:", "cannot be parsed"),
    "nested_ifs": ("".join(f"{' ' * n}if x:\n" for n in range(200)).encode(), "101:", "cannot be parsed"),
}
# Deep for a tree walk, fine or not for a parser, depending on the version: any answer but a crash.
DEEP_TREES = {
    "attributes": "import sys\nx" + ".a" * DEEP + "\nsys.modules.clear()\n",
    "calls": "import importlib\nf" + "()" * DEEP + "\nimportlib.reload('x')\n",
    "subscripts": "x" + "[0]" * DEEP,
    "additions": "import sys\nx = " + " + ".join(["y"] * DEEP) + "\nsys.modules.clear()\n",
    "minuses": "-" * DEEP + "1",
    "nots": "not " * DEEP + "x",
    "lambdas": "lambda: " * DEEP + "0",
    "ternaries": "a if b else " * DEEP + "c",
    "elifs": "import sys\nif x:\n    pass\n" + "elif x:\n    sys.modules.clear()\n" * DEEP,
    "comparisons": "a < " * DEEP + "b",
    "powers": "a ** " * DEEP + "b",
    "targets": "a = " * DEEP + "open('x')",
    "statements": "import sys\n" + "sys.modules.pop('x')\n" * 1000,
}
GOOD = {
    "empty": b"",
    "blank": b"\n\n\n",
    "comment": b"# nothing else",
    "form_feed": b"\x0c\nimport os\n\x0c\nx = 1\n",
    "bom": b"\xef\xbb\xbfx = 1\n",
    "bom_only": b"\xef\xbb\xbf",
    "crlf": b"import os\r\nx = '''\r\n'''\r\n",
    "cr": b"import os\rx = 1\r",
    "latin_1": b"# coding: latin-1\nx = '\xe9'\n",
    "second_line_cookie": b"#!/usr/bin/python\n# -*- coding: cp1252 -*-\nx = '\x80'\n",
    "no_newline": b"x = 1",
    "bad_escapes": b"x = '\\d'\nassert (x, 'always')\nx is 1\n1if x else 2\n",
    "line_separators": "x = '\u2028\x1c\x85'\n".encode(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad")
    for name, (data, _, _) in BAD.items():
        (folder / f"{name}.py").write_bytes(data)
    (folder / "zzz_leak.py").write_text(LEAK)
    return folder


@pytest.fixture(scope="module", params=["1", "3"])
def printed(folder: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    done = ours(folder, "check", ".", "--jobs", request.param)
    assert done.returncode == 2
    assert done.stderr == f"1 finding in 1 of {len(BAD) + 1} files, {len(BAD)} could not be checked\n"
    assert len(done.stdout.splitlines()) == len(BAD) + 1
    return {line.split(".py:")[0][2:]: line for line in done.stdout.splitlines()}


@pytest.mark.parametrize("name", BAD)
def test_bad_bytes_are_one_line(printed: dict[str, str], name: str) -> None:
    _, place, message = BAD[name]
    assert printed[name].startswith(f"./{name}.py:{place}")
    assert f": UNL000 {message}" in printed[name]


def test_the_other_files_are_checked(printed: dict[str, str]) -> None:
    assert printed["zzz_leak"] == f"./zzz_leak.py:1:7: {LEAK_MESSAGE}"


@pytest.mark.parametrize("name", DEEP_TREES)
def test_deep_trees_do_not_crash(tmp_path: Path, name: str) -> None:
    (tmp_path / "deep.py").write_text(DEEP_TREES[name])
    (tmp_path / "leak.py").write_text(LEAK)
    done = ours(tmp_path, "check")
    assert f"./leak.py:1:7: {LEAK_MESSAGE}" in done.stdout
    assert "internal error" not in done.stdout
    assert done.returncode in (1, 2)


@pytest.mark.parametrize("name", GOOD)
def test_unusual_files_are_fine(tmp_path: Path, name: str) -> None:
    (tmp_path / "good.py").write_bytes(GOOD[name])
    done = ours(tmp_path, "check")
    assert (done.stdout, done.stderr, done.returncode) == ("", "0 findings in 0 of 1 file\n", 0)


def test_empty_stdin(tmp_path: Path) -> None:
    assert ours(tmp_path, "check", "-").returncode == 0


def test_bad_stdin_is_named(tmp_path: Path) -> None:
    done = ours(tmp_path, "check", "-", "--stdin-filename", "pkg/x.py", stdin=b"\xff")
    assert done.stdout.startswith("pkg/x.py:1:1: UNL000 cannot be decoded")
    assert done.returncode == 2


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="a POSIX device")
def test_a_device_that_never_ends_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "leak.py").write_text(LEAK)
    done = ours(tmp_path, "check", "/dev/zero", "leak.py")
    assert "/dev/zero:1:1: UNL000 cannot be read: a device that never ends\n" in done.stdout
    assert f"leak.py:1:7: {LEAK_MESSAGE}" in done.stdout
    done = ours(tmp_path, "check", "--baseline", "/dev/zero", "leak.py")
    said = "flake8-unload: baseline: `/dev/zero` is no baseline: a device that never ends\n"
    assert (done.returncode, done.stdout, done.stderr) == (2, "", said)


HOSTILE = ("check --add-noqa", "fix", "fix --check", "fix --diff", "baseline write", "check --show-fixes")


@pytest.mark.parametrize("command", HOSTILE)
def test_every_command_goes_on(tmp_path: Path, command: str) -> None:
    """The good file is dealt with, whatever lies beside it."""
    for name, (data, _, _) in BAD.items():
        (tmp_path / f"{name}.py").write_bytes(data)
    (tmp_path / "attributes.py").write_text(DEEP_TREES["attributes"])
    (tmp_path / "folder.py").mkdir()
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / "around").symlink_to(".")
    good = tmp_path / os.fsdecode(b"zzz\xff.py")
    long = f"import sys\r\nx = '{'y' * 100_000}'\r\nfor k in sys.modules:\r\n    del sys.modules[k]\r\n"
    good.write_bytes(long.encode())
    done = subprocess.run(
        [sys.executable, "-m", "flake8_unload", *command.split()],
        cwd=tmp_path,
        capture_output=True,
        timeout=300,
    )
    assert (done.returncode, b"Traceback" in done.stdout + done.stderr) == (2, False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if b": UNL000 " in line]
    assert len(said) == len(BAD) + 1 + (b"attributes.py" in b"".join(said))
    for name, (data, _, _) in BAD.items():
        assert (tmp_path / f"{name}.py").read_bytes() == data
    changed = {"fix": b"list(sys.modules)", "check --add-noqa": b"# noqa: UNL106\r\n"}.get(command, b"")
    assert changed in good.read_bytes() and (changed or good.read_bytes() == long.encode())
    if command == "baseline write":
        assert '"UNL106"' in (tmp_path / "unload-baseline.json").read_text()


@pytest.mark.parametrize(
    ("command", "answer"), [("why m", "r.py:2  the name `f`"), ("reload-order m", "takes m.f")]
)
def test_questions_about_a_folder_with_bad_files(tmp_path: Path, command: str, answer: str) -> None:
    for name, (data, _, _) in BAD.items():
        (tmp_path / f"{name}.py").write_bytes(data)
    (tmp_path / "around").symlink_to(".")
    (tmp_path / "m.py").write_text("def f(): ...\n")
    (tmp_path / "r.py").write_text("import m\nfrom m import f\n\n\ndef g():\n    return f\n")
    done = ours(tmp_path, *command.split())
    assert (done.returncode, done.stderr) == (int(command == "why m"), "")
    assert answer in done.stdout


def test_a_report_never_replaces_a_file_to_check(tmp_path: Path) -> None:
    (tmp_path / "leak.py").write_text(LEAK)
    done = ours(tmp_path, "check", "--format=json", "--output", "leak.py", "leak.py")
    assert done.returncode == 2
    assert done.stderr == "flake8-unload: --output: `leak.py` is a file to check; it stays as it is\n"
    assert (tmp_path / "leak.py").read_text() == LEAK


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "dangling.py").symlink_to("nowhere")
    (tmp_path / "loop.py").symlink_to("loop.py")
    (tmp_path / ".#lock.py").symlink_to("user@host.1:2")
    os.mkfifo(tmp_path / "pipe.py")
    (tmp_path / "leak.py").write_text(LEAK)
    done = ours(tmp_path, "check", ".", "gone.py")
    lines = done.stdout.splitlines()
    assert lines == [
        "./dangling.py:1:1: UNL000 cannot be read: No such file or directory",
        f"./leak.py:1:7: {LEAK_MESSAGE}",
        "./loop.py:1:1: UNL000 cannot be read: Too many levels of symbolic links",
        "gone.py:1:1: UNL000 cannot be read: No such file or directory",
    ]
    assert done.returncode == 2


def test_a_file_without_permission(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, mode: str) -> None:
        raise PermissionError(13, "Permission denied", path)

    monkeypatch.setattr(source, "open", refuse, raising=False)
    (finding,) = Inspector().inspect("secret.py")
    assert (finding.code, finding.message) == (UNREADABLE, "cannot be read: Permission denied")


def test_a_path_that_no_system_accepts() -> None:
    (finding,) = Inspector().inspect("a\0b.py")
    assert finding.code == UNREADABLE


def test_an_error_in_the_analysis_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KeyError("two\nlines")

    monkeypatch.setattr(engine, "check", fail)
    (finding,) = Inspector().inspect("x.py", b"x = 1\n")
    assert finding.message == "internal error, please report: KeyError: 'two\\nlines'"


@pytest.mark.parametrize("error", [RecursionError, MemoryError])
def test_too_deep_for_the_analysis(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(engine, "check", fail)
    (finding,) = Inspector().inspect("x.py", b"x = 1  # noqa\n")
    assert (finding.code, finding.message) == (UNREADABLE, "cannot be analysed: nested too deeply")


@given(st.binary(max_size=200))
@example(b"# coding: utf-7\n+AGE-\n")
@example(b"# coding: punycode\nx")
@example(b"# coding: unicode_escape\n\\ud800")
@example(b"# coding: idna\n..\n")
def test_any_bytes_load_or_are_unreadable(data: bytes) -> None:
    try:
        loaded = source.load("x.py", data)
    except Unreadable as error:
        assert error.finding.line >= 1
        assert error.finding.column >= 0
        assert error.finding.message.isprintable()
    else:
        assert "".join(loaded.lines).count("\n") >= len(loaded.lines) - 1


def test_a_closed_pipe_is_quiet(tmp_path: Path) -> None:
    (tmp_path / "many.py").write_text("import sys\n" + "sys.modules.clear()\n" * 5000)
    command = [sys.executable, "-m", "flake8_unload", "check", "--select", "UNL107", "many.py"]
    with subprocess.Popen(command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


@pytest.mark.parametrize(
    "command", ["check", "check --format=json", "fix --diff", "rules", "config", "why m"]
)
@pytest.mark.parametrize("stdout", [">&-", "> /dev/full"])
def test_an_output_that_takes_nothing(tmp_path: Path, command: str, stdout: str) -> None:
    (tmp_path / "x.py").write_text("import sys\n\nfor key in sys.modules:\n    del sys.modules[key]\n")
    (tmp_path / "m.py").write_text("x = 1\n")
    line = f"exec {sys.executable} -m flake8_unload {command} {stdout}"
    done = subprocess.run(["bash", "-c", line], cwd=tmp_path, capture_output=True, text=True)
    assert "Traceback" not in done.stderr
    if stdout == "> /dev/full":
        assert done.stderr.splitlines()[-1] == (
            "flake8-unload: the output cannot be written: No space left on device"
        )
        assert done.returncode == 2
    else:
        assert done.returncode in (0, 1)


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_is_quiet(tmp_path: Path, jobs: str) -> None:
    slow = (
        "import sys, time; from flake8_unload import engine; from flake8_unload.cli import main\n"
        "def check(*_): sys.stderr.write('.'); sys.stderr.flush(); time.sleep(0.3); return []\n"
        "engine.check = check\n"
        f"sys.exit(main(['check', '--jobs', '{jobs}', '.']))\n"
    )
    for number in range(30):
        (tmp_path / f"x{number}.py").write_text("import sys\ndel sys.modules['x']\n")
    with subprocess.Popen(
        [sys.executable, "-c", slow], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stderr is not None
        process.stderr.read(1)
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        output, errors = process.communicate(timeout=60)
    assert (output, errors.strip(b"."), process.returncode) == (b"", b"", 130)


def test_an_ascii_locale_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "größe.py").write_text(LEAK.replace("LOG", "größe"), encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    for arguments in (["check", "."], ["check", "--help"], ["rules"], ["explain", "UNL301"]):
        command = [sys.executable, "-m", "flake8_unload", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, env=environment, check=False)
        assert b"Traceback" not in done.stderr
        if arguments == ["check", "."]:
            assert done.stdout.decode().startswith("./größe.py:1:")
