"""Asks an interpreter what happens in a project; one process an interpreter serves all projects."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
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

    ``within``: old, and only old things keep it; ``error`` is what ended the run; ``aliases`` are more names
    that old objects had where they were made.
    """

    taken: int
    error: str
    place: str
    executed: tuple[str, ...]
    loaded: dict[str, tuple[str, ...]]
    old: frozenset[Held]
    gone: frozenset[Held]
    within: frozenset[Held]
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
    _ask(project, version, given or {})
    return _answer(version)


@contextmanager
def observing(project: Project, versions: Iterable[str]) -> Iterator[dict[str, tuple[Observation, ...]]]:
    """Run ``project`` on several Pythons, in all its environments, while the block is executed.

    When it ends, what is given has the observations of every Python.
    """
    for version in versions:
        for given in project.environments:
            _ask(project, version, given)
    seen: dict[str, tuple[Observation, ...]] = {}
    try:
        yield seen
    finally:
        seen |= {version: tuple(_answer(version) for _ in project.environments) for version in versions}


def _ask(project: Project, version: str, given: dict[str, str]) -> None:
    server = _server(version)
    assert server.stdin
    server.stdin.write(
        json.dumps({"files": project.files, "steps": project.steps, "environment": given}) + "\n"
    )
    server.stdin.flush()


def _answer(version: str) -> Observation:
    server = _server(version)
    assert server.stdout
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
        frozenset(
            Held(*place, attributes.partition(" ")[0]) for *place, attributes in answer.get("within", ())
        ),
        held["old"] | held["gone"],
    )
