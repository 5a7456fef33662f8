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

    ``how`` is `name`, `base`, `default`, `item`, `instance` or `decorator`; ``attribute`` is empty for a
    module.
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
    """``old``: something newer stands in the place; ``gone``: nothing does.

    ``error`` is what ended the run; ``aliases`` are more names that old objects had where they were made.
    """

    taken: int
    error: str
    place: str
    executed: tuple[str, ...]
    loaded: dict[str, tuple[str, ...]]
    old: frozenset[Held]
    gone: frozenset[Held]
    aliases: dict[Held, tuple[str, ...]]


@cache
def _server(version: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHONS[version], "-S", "-E", str(Path(__file__).with_name("observe.py"))],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
    )


def observed(project: Project, version: str, given: dict[str, str] | None = None) -> Observation:
    """Run ``project`` on a Python of `PYTHONS`; ``given`` is added to its environment."""
    server = _server(version)
    assert server.stdin and server.stdout
    server.stdin.write(
        json.dumps({"files": project.files, "steps": project.steps, "environment": given or {}}) + "\n"
    )
    server.stdin.flush()
    answer = json.loads(server.stdout.readline())
    bindings = answer["bindings"]
    held: dict[str, dict[Held, tuple[str, ...]]] = {"old": {}, "gone": {}}
    for module, names in bindings.items():
        for name, found in names.items():
            for how, origin, attributes, state in found:
                first, *others = attributes.split() or [""]
                held[state][Held(module, name, how, origin, first)] = tuple(others)
    return Observation(
        answer["taken"],
        answer["error"],
        answer.get("place", ""),
        tuple(answer.get("executed", ())),
        {module: tuple(names) for module, names in bindings.items()},
        frozenset(held["old"]),
        frozenset(held["gone"]),
        held["old"] | held["gone"],
    )
