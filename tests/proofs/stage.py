"""Observes examples, each in a process of its own. A script for any Python: jobs in on stdin, results out.

A job is `[code, source]` for `observers.observe`, or the arguments of `shown.shown`. Needs `os.fork`.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import observers  # type: ignore[import-not-found]  # beside this script
import shown  # type: ignore[import-not-found]

_LIMIT = 30  # seconds


def _perform(job: list[Any], answer: int) -> None:
    """In the child: build the world, observe, answer, and go without cleaning up."""
    import signal

    signal.alarm(_LIMIT)
    folder = tempfile.mkdtemp(prefix="proof_")
    try:
        for name, text in observers.WORLD.items():
            path = Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_text(text)
        os.chdir(folder)
        sys.path[0] = folder
        sys.dont_write_bytecode = True
        dump = json.dumps  # an example may replace it
        perform = observers.observe if len(job) == 2 else shown.shown
        os.write(answer, dump(perform(*job)).encode())
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os._exit(0)


def main() -> None:
    results = []
    for job in json.load(sys.stdin):
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            _perform(job, writing)
        os.close(writing)
        with open(reading, "rb") as pipe:
            answer = pipe.read()
        os.waitpid(child, 0)
        results.append(json.loads(answer) if answer else {"hazard": None, "failure": "no answer"})
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
