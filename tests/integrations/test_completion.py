"""Completion in the real shells, typed at a terminal: the line is completed, and then it is run."""

from __future__ import annotations

import os
import re
import select
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faces import LEAK
from tests.integrations.tools import environment, run

pty = pytest.importorskip("pty")
pytest.importorskip("argcomplete")

SHELLS = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
SET_UP = {
    "bash": 'eval "$(flake8-unload completion bash)"',
    "zsh": 'autoload -U compinit; compinit -u -D; eval "$(flake8-unload completion zsh)"',
    "fish": "flake8-unload completion fish | source",
}
SECONDS = 60


class Shell:
    """An interactive shell at a terminal of its own."""

    def __init__(self, folder: Path, command: list[str]) -> None:
        env = environment(TERM="xterm", HOME=str(folder), PS1="$ ", COLUMNS="400")
        self.process, self._terminal = pty.fork()
        if not self.process:
            os.chdir(folder)
            os.execvpe(command[0], command, env)

    def type(self, text: str, until: str) -> str:
        """Press these keys; what the terminal shows, up to a match of a pattern."""
        os.write(self._terminal, text.encode())
        shown, end = "", time.monotonic() + SECONDS
        while not re.search(until, shown):
            assert time.monotonic() < end, shown
            if select.select([self._terminal], [], [], 0.2)[0]:
                shown += os.read(self._terminal, 65536).decode(errors="replace")
        return shown

    def close(self) -> None:
        """End it, whatever it does."""
        os.kill(self.process, 9)
        os.waitpid(self.process, 0)
        os.close(self._terminal)


@pytest.fixture(params=list(SHELLS))
def shell(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Shell]:
    """The shell, as its users set it up."""
    if not shutil.which(request.param):
        pytest.skip(f"{request.param} is not installed")
    started = Shell(tmp_path, SHELLS[request.param])
    try:
        started.type(f"{SET_UP[request.param]}; echo do''ne\r", until="done")
        yield started
    finally:
        started.close()


def test_commands_and_names_of_rules(shell: Shell) -> None:
    shell.type("flake8-unload expl\tstale-from-im\t\r", until="UNL201 stale-from-import: A name")


def test_options_and_rules_after_a_comma(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "app.py").write_text("import sys\n\nsys.modules.clear()\n" + LEAK)
    line = "flake8-unload check --extend-ig\tUNL107,module-level-res\t ap\t\r"
    shell.type(line, until="0 findings in 0 of 1 file")


def test_a_word_that_may_go_on_in_several_ways(shell: Shell) -> None:
    shell.type("flake8-unload explain UNL90\t\t", until=r"(?s)^(?=.*UNL901)(?=.*UNL907)")


def test_nothing_is_done_before_the_line_ends(tmp_path: Path) -> None:
    """Without argcomplete, too: a shell that was set up once asks by starting the command."""
    loop = "import sys\n\nfor key in sys.modules:\n    del sys.modules[key]\n"
    (tmp_path / "app.py").write_text(loop)
    blocked = "import sys; sys.modules['argcomplete'] = None; from flake8_unload.cli import main; main()"
    env = environment(_ARGCOMPLETE="1", COMP_LINE="flake8-unload fix ", COMP_POINT="18")
    done = run(tmp_path, sys.executable, "-c", blocked, "fix", env=env)
    assert (done.returncode, done.stdout, (tmp_path / "app.py").read_text()) == (1, "", loop)


def test_without_argcomplete(tmp_path: Path) -> None:
    blocked = (
        "import sys; sys.modules['argcomplete'] = None; from flake8_unload.cli import main; sys.exit(main())"
    )
    done = run(tmp_path, sys.executable, "-c", blocked, "completion", "bash")
    needed = (
        "flake8-unload: completion needs argcomplete: python -m pip install 'flake8-unload[completion]'\n"
    )
    assert (done.returncode, done.stdout, done.stderr) == (2, "", needed)
