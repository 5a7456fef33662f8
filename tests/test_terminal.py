"""What differs on a terminal: colours, the width, progress. A pipe gets the same bytes everywhere."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.faces import LEAK, LEAK_MESSAGE, ours, unmarked

pty = pytest.importorskip("pty")
fcntl = pytest.importorskip("fcntl")
import struct  # noqa: E402
import termios  # noqa: E402

LOOP = "import sys\n\nfor key in sys.modules:\n    del sys.modules[key]\n"
_ESCAPE = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")
PLAIN = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "LINES", "PYTHON_COLORS")


def terminal(folder: Path, *arguments: str, columns: int = 80, code: str = "", **environment: str) -> str:
    """What our command, or some code, writes to a terminal of that width; the lines end as in a file."""
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    env = {name: value for name, value in os.environ.items() if name not in PLAIN}
    env |= {"TERM": "xterm-256color", **environment}
    command = [sys.executable, "-c", code] if code else [sys.executable, "-m", "flake8_unload", *arguments]
    process = subprocess.Popen(command, cwd=folder, env=env, stdin=slave, stdout=slave, stderr=slave)
    os.close(slave)
    output, end = b"", time.monotonic() + 120
    while time.monotonic() < end:
        if not select.select([master], [], [], 0.2)[0]:
            continue
        try:
            data = os.read(master, 65536)
        except OSError:  # Linux: nobody has the terminal open any more
            break
        if not data:
            break
        output += data
    process.wait(timeout=60)
    os.close(master)
    return output.decode().replace("\r\n", "\n")


def painted(text: str) -> list[tuple[str, str]]:
    """Each character that shows, with the escape sequences that are in force."""
    found, style = [], ""
    for piece in re.split(r"(\x1b\[[0-9;]*m)", text):
        if piece.startswith("\x1b"):
            code = piece[2:-1]
            style = "" if code in ("", "0") else f"{style};{code}".strip(";")
        else:
            found += [(each, style) for each in piece if not each.isspace()]
    return found


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(LEAK)
    (tmp_path / "loop.py").write_text(LOOP)
    return tmp_path


def test_findings_in_the_colours_of_flake8(folder: Path) -> None:
    own = terminal(folder, "check", "-q", "app.py", columns=200)
    theirs = terminal(
        folder, columns=200, code="from flake8.main.cli import main; main(['--select=UNL', 'app.py'])"
    )
    plain = [unmarked(_ESCAPE.sub("", text)) for text in (own, theirs)]
    assert plain == [f"app.py:1:7: {LEAK_MESSAGE}\n"] * 2
    assert painted(own)[: len(painted(theirs))] == painted(theirs)


@pytest.mark.parametrize(
    ("environment", "painted"),
    [
        ({}, True),
        ({"NO_COLOR": "1"}, False),
        ({"NO_COLOR": ""}, True),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        ({"TERM": "dumb"}, False),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
    ids=str,
)
@pytest.mark.parametrize("command", [("check",), ("check", "--show-fixes"), ("fix", "--diff")], ids=" ".join)
def test_when_there_are_colours(
    folder: Path, command: tuple[str, ...], environment: dict[str, str], painted: bool
) -> None:
    output = terminal(folder, *command, "loop.py", **environment)
    assert ("\x1b[" in output) is painted
    assert "loop.py:3:12: UNL106" in _ESCAPE.sub("", output)


def test_a_diff_has_colours(folder: Path) -> None:
    for command in (["check", "--show-fixes"], ["fix", "--diff"]):
        output = terminal(folder, *command, "loop.py")
        assert "\x1b[31m-for key in sys.modules:\x1b[0m\n" in output
        assert "\x1b[32m+for key in list(sys.modules):\x1b[0m\n" in output


def test_a_pipe_gets_the_same_everywhere(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    outputs = set()
    for columns, term in (("40", "xterm"), ("200", "dumb"), ("", "")):
        monkeypatch.setenv("COLUMNS", columns)
        monkeypatch.setenv("TERM", term)
        commands = (["check"], ["check", "--show-fixes"], ["fix", "--diff"], ["rules"], ["explain", "UNL201"])
        outputs.add("".join(ours(folder, *each).stdout for each in (*commands, ["config"])))
    (output,) = outputs
    assert "\x1b" not in output


def test_colours_in_a_pipe_on_request(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    output = ours(folder, "check", "app.py").stdout
    assert "\x1b" in output
    assert unmarked(_ESCAPE.sub("", output)) == f"app.py:1:7: {LEAK_MESSAGE}\n"


@pytest.mark.parametrize("columns", [44, 60, 80, 120])
@pytest.mark.parametrize(
    "command", [("check",), ("fix", "--check"), ("rules",), ("config",), ("explain", "UNL201")], ids=" ".join
)
def test_the_width_is_respected(folder: Path, command: tuple[str, ...], columns: int) -> None:
    output = _ESCAPE.sub("", terminal(folder, *command, columns=columns))
    piped = ours(folder, *command)
    code = {
        line for block in re.findall(r"```\w*\n(.*?)```", piped.stdout, re.S) for line in block.split("\n")
    }
    assert [line for line in output.split("\n") if len(line) > columns and line not in code] == []
    assert output.split() == (piped.stdout + piped.stderr).split()


def test_a_bar_when_it_takes_long(folder: Path) -> None:
    slow = (
        "import time; from flake8_unload import cli\n"
        "from flake8_unload.survey.run import Survey; see = Survey._see\n"
        "def slow(self, *args): time.sleep({}); return see(self, *args)\n"
        "Survey._see = slow; cli.main(['check', '-j1', '--no-cache', *{}])\n"
    )
    for number in range(6):
        (folder / f"m{number}.py").write_text(LEAK)
    output = terminal(folder, code=slow.format(0.4, []))
    assert re.search(r"\d+%\|.*\| \d/8 ", output)
    assert output.count(LEAK_MESSAGE.split("; ")[0][7:]) == 7
    assert "%|" not in terminal(folder, code=slow.format(0, []))
    assert "%|" not in terminal(folder, code=slow.format(0.4, ["-q"]))
    piped = subprocess.run([sys.executable, "-c", slow.format(0.4, [])], cwd=folder, capture_output=True)
    assert (b"%|" in piped.stderr + piped.stdout, piped.stderr.count(b"\n")) == (False, 1)


def test_a_bar_leaves_no_trace_in_the_lines(folder: Path) -> None:
    """Played on a screen: a finding that is printed while the bar is shown has its line for itself."""
    slow = (
        "import time; from flake8_unload import cli, inspection; inspect = inspection.Inspector.judge\n"
        "def judge(self, *args): time.sleep(0.4); return inspect(self, *args)\n"
        "inspection.Inspector.judge = judge; cli.main(['check', '-j1', 'a.py', 'b.py', 'c.py', 'd.py'])\n"
    )
    for name in "abcd":
        (folder / f"{name}.py").write_text(LEAK)
    output = unmarked(_ESCAPE.sub("", terminal(folder, code=slow, columns=120)))
    screen = [line.rpartition("\r")[2] for line in output.split("\n")]
    found = [f"{name}.py:1:7: {LEAK_MESSAGE}" for name in "abcd"]
    assert [each for each in screen if each][:4] == found
