"""Runs both faces as a user does: real flake8 and our own command, in a folder of files."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

LEAK = 'LOG = open("x.log", "w")\n\n\ndef use():\n    LOG.write("x")\n'
LEAK_MESSAGE = "UNL301 `LOG` holds a file opened at import; open it on first use"


def flake8(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """Real flake8; only the plugin's codes unless the arguments or a config file say otherwise."""
    return _run(folder, "flake8", arguments, stdin)


def ours(folder: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[str]:
    """`flake8-unload`."""
    return _run(folder, "flake8_unload", arguments, stdin)


def unmarked(output: str) -> str:
    """What `check` prints without the marks of what can be repaired: the lines of flake8."""
    return re.sub(r" \[(unsafe )?fix\]$", "", output, flags=re.M)


def _run(
    folder: Path, module: str, arguments: tuple[str, ...], stdin: bytes
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    environment = {**os.environ, "COLUMNS": "100"}
    done = subprocess.run(command, cwd=folder, input=stdin, capture_output=True, env=environment, timeout=300)
    assert b"Traceback" not in done.stderr + done.stdout, done.stderr.decode()
    return subprocess.CompletedProcess(command, done.returncode, done.stdout.decode(), done.stderr.decode())
