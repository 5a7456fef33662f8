"""The Pythons of this machine that tests run things on. Knows nothing of what they run."""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys

NEWEST = 20


def _interpreter(version: str) -> str | None:
    found = sorted(glob.glob(os.path.expanduser(f"~/.pyenv/versions/{version}.*/bin/python")))
    return found[-1] if found else shutil.which(f"python{version}")


def _interpreters() -> dict[str, str]:
    """Every supported Python of this machine that starts; the running one is always there."""
    running = "{}.{}".format(*sys.version_info)
    found = {}
    for version in (f"3.{minor}" for minor in range(10, NEWEST)):
        path = sys.executable if version == running else _interpreter(version)
        if path and subprocess.run([path, "-c", ""], capture_output=True).returncode == 0:
            found[version] = path
    return found


PYTHONS = _interpreters()


def environment() -> dict[str, str]:
    """Ours, without what is meant for the Python that runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
