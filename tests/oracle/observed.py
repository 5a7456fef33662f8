"""Asks an interpreter what happens in a project; one process an interpreter serves all projects."""

from __future__ import annotations

import json
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tests.oracle.project import Project
from tests.pythons import PYTHONS, environment


class Held(NamedTuple):
    """One old object: the name that holds it, how, and the module and name that it came from.

    ``how`` is `name`, `base`, `default`, `item` or `decorator`; ``attribute`` is empty for a module.
    """

    module: str
    name: str
    how: str
    origin: str
    attribute: str

    def __str__(self) -> str:
        origin = f"{self.origin}.{self.attribute}" if self.attribute else self.origin
        return f"{self.module}.{self.name} <- {self.how} {origin}"


@dataclass(frozen=True)
class Observation:
    """``old``: something newer stands in the place; ``gone``: nothing does. ``error``: what ended the run."""

    taken: int
    error: str
    place: str
    executed: tuple[str, ...]
    loaded: dict[str, tuple[str, ...]]
    old: frozenset[Held]
    gone: frozenset[Held]


@cache
def _server(version: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHONS[version], "-S", "-E", str(Path(__file__).with_name("observe.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
    )


def observed(project: Project, version: str) -> Observation:
    """Run ``project`` on a Python of `PYTHONS`."""
    server = _server(version)
    assert server.stdin and server.stdout
    server.stdin.write(json.dumps({"files": project.files, "steps": project.steps}) + "\n")
    server.stdin.flush()
    answer = json.loads(server.stdout.readline())
    bindings = answer["bindings"]
    held = {
        state: frozenset(
            Held(module, name, how, origin, attribute)
            for module, names in bindings.items()
            for name, found in names.items()
            for how, origin, attribute, each in found
            if each == state
        )
        for state in ("old", "gone")
    }
    return Observation(
        answer["taken"],
        answer["error"],
        answer.get("place", ""),
        tuple(answer.get("executed", ())),
        {module: tuple(names) for module, names in bindings.items()},
        held["old"],
        held["gone"],
    )
