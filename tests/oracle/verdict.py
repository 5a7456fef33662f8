"""Compares what a rehearsal says about a project with what was observed when the project was run."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import dataclass
from functools import cached_property

from flake8_unload.project.facts import facts_of
from flake8_unload.project.layout import Layout
from flake8_unload.project.rehearsal import Rehearsal
from flake8_unload.project.stage import Stage
from flake8_unload.project.stale import Stale
from tests.oracle.observed import Held, Observation, observed
from tests.oracle.project import Project
from tests.oracle.silences import silence

ROOT = "/project"


@dataclass(frozen=True)
class Verdict:
    """``seen``: one observation for each environment; ``rehearsal``: None if the static side sees no act.

    ``elsewhere``: the first observation of each of the other Pythons, where there are others.
    """

    project: Project
    seen: tuple[Observation, ...]
    rehearsal: Rehearsal | None
    elsewhere: tuple[Observation, ...] = ()

    @property
    def ran(self) -> bool:
        """All steps were taken; of others nothing can be said."""
        return not any(each.error for each in self.seen)

    @cached_property
    def said(self) -> dict[str, frozenset[Held]]:
        """What the static side calls old, and gone; only what was loaded in some run."""
        told = self.rehearsal.stale if self.rehearsal else ()
        held: dict[str, set[Held]] = {"old": set(), "gone": set()}
        for each in told:
            if any(each.module in seen.loaded for seen in self.seen):
                held["gone" if each.gone else "old"].add(_aligned(each, self.seen))
        return {state: frozenset(found) for state, found in held.items()}

    @cached_property
    def false_alarms(self) -> frozenset[Held]:
        """Said, and seen in no run."""
        return frozenset(
            held
            for state, found in self.said.items()
            for held in found
            if not any(held in getattr(each, state) for each in self.seen)
        )

    @cached_property
    def unsaid(self) -> frozenset[Held]:
        """Seen in every run, and not said."""
        return frozenset(
            held
            for state, found in self.said.items()
            for held in getattr(self.seen[0], state) - found
            if all(held in getattr(each, state) for each in self.seen)
        )

    @cached_property
    def missed_alarms(self) -> frozenset[Held]:
        """Seen in every run and not said, without a reason for it."""
        return frozenset(held for held in self.unsaid if not silence(held, self.project, self.elsewhere))

    @property
    def silences(self) -> Counter[str]:
        """The reasons of what is not said."""
        return Counter(
            reason for held in self.unsaid if (reason := silence(held, self.project, self.elsewhere))
        )

    def __str__(self) -> str:
        wrong = [f"# false alarm: {each}" for each in sorted(self.false_alarms)]
        wrong += [f"# missed alarm: {each}" for each in sorted(self.missed_alarms)]
        wrong += [f"# executed: {' '.join(each.executed)}" for each in self.seen]
        return "\n".join([str(self.project), *wrong])


def rehearsed(project: Project) -> Rehearsal | None:
    """The rehearsal of what the last step of ``project`` does; None if there is none."""
    trees = {f"{ROOT}/{path}": ast.parse(source) for path, source in project.files.items()}
    lines = {f"{ROOT}/{path}": source.splitlines(keepends=True) for path, source in project.files.items()}
    layout = Layout(ROOT, {path: facts_of(tree, lines[path]) for path, tree in trees.items()})
    paths = dict(zip(project.modules, trees, strict=True))
    acting, *function = project.steps[-1][1:]
    first = [paths[step[1]] for step in project.steps if step[0] == "import"]
    stage = Stage(layout.space(paths[acting]), first, trees.get)
    found = [each for each in stage.rehearsals(paths[acting]) if bool(function) == bool(each.act.function)]
    if project.steps[-1][0] == "import":
        return found[0] if found else None  # the first import acts; a later execution may act as well
    return found[-1] if found else None


def judge(project: Project, version: str, rehearsal: Rehearsal | None) -> Verdict:
    """Run ``project`` on a Python and compare."""
    return Verdict(
        project, tuple(observed(project, version, each) for each in project.environments), rehearsal
    )


def _aligned(stale: Stale, seen: tuple[Observation, ...]) -> Held:
    """Under the name that the observer has for it, where the object had several."""
    how = "name" if stale.how == "module" else stale.how
    said = Held(stale.module, stale.name, how, stale.old.module, stale.old.name)
    for each in seen:
        for held, others in each.aliases.items():
            if held[:4] == said[:4] and said.attribute in others:
                return held
    return said
