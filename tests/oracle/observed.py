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

    ``error`` is what ended the run; ``aliases`` are more names that old objects had where they were made.
    Seen only closely: ``outdated`` are the old ones, those that only old ones keep, and those that are the
    present ones and were made by an execution that was not the last; ``early`` were taken too early.
    """

    taken: int
    error: str
    place: str
    executed: tuple[str, ...]
    loaded: dict[str, tuple[str, ...]]
    old: frozenset[Held]
    gone: frozenset[Held]
    aliases: dict[Held, tuple[str, ...]]
    outdated: frozenset[Held]
    early: frozenset[Held]


@cache
def _server(version: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [PYTHONS[version], "-S", "-E", "-m", "tests.oracle.observe"],
        cwd=Path(__file__).parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env=environment(),
        text=True,
    )


def observed(
    project: Project, version: str, given: dict[str, str] | None = None, closely: bool = False
) -> Observation:
    """Run ``project`` on a Python of `PYTHONS`; ``given`` is added to its environment."""
    _ask(project, version, given or {}, closely)
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


def _ask(project: Project, version: str, given: dict[str, str], closely: bool = False) -> None:
    server = _server(version)
    assert server.stdin
    job = {"files": project.files, "steps": project.steps, "environment": given, "closely": closely}
    server.stdin.write(json.dumps(job) + "\n")
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
    early = {tuple(each) for each in answer.get("early", ())}
    return Observation(
        answer["taken"],
        answer["error"],
        answer.get("place", ""),
        tuple(answer.get("executed", ())),
        {module: tuple(names) for module, names in bindings.items()},
        frozenset(held["old"]),
        frozenset(held["gone"]),
        held["old"] | held["gone"],
        frozenset(Held(*each) for each in answer.get("outdated", ())),
        frozenset(each for each in held["old"] if (*each[:2], *each[3:]) in early),
    )
