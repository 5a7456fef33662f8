"""The pages of the rules about several files tell the truth: what is reported, and what really happens."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from flake8_unload.registry import Rule, rules
from flake8_unload.settings import Settings
from tests.project.trees import files, project_findings, write
from tests.pythons import PYTHONS, environment
from tests.snippets import page_blocks

RULES = [each for each in rules().values() if each.across_files]
OBSERVERS = {
    "UNL401": """
import settings, workers, reloader
old = workers.size.__globals__.get("Limits", settings).__dict__.get("Limits", workers.__dict__.get("Limits"))
reloader.refresh()
print("old" if workers.__dict__.get("Limits", settings.Limits) is not settings.Limits else "fresh")
""",
    "UNL402": """
import reloader, circles, shapes
reloader.refresh()
base = circles.__dict__["Circle"].__bases__[0] if "Circle" in circles.__dict__ else shapes.Shape
print("old" if base is not shapes.Shape else "fresh")
""",
    "UNL403": """
import reloader, shapes.base, shapes.square
reloader.refresh()
print("old" if shapes.square.Square.__bases__[0] is not shapes.base.Shape else "fresh")
""",
    "UNL404": """
import gc, sys, weakref
import feature
data = weakref.ref(feature.run)
del feature
import host
host.disable()
gc.collect()
print("old" if data() is not None else "fresh")
""",
    "UNL405": """
import threading
import host
before = threading.active_count()
host.refresh()
print("old" if threading.active_count() > before else "fresh")
""",
    "UNL406": """
import host, plugins
plugins.register("a", print)
host.refresh()
print("old" if not plugins.COMMANDS else "fresh")
""",
}


@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.code)
def test_the_bad_example_is_reported_and_the_others_are_not(rule: Rule, tmp_path: Path) -> None:
    (bad,) = page_blocks(rule, "Example")
    found = list(project_findings(tmp_path / "bad", files(bad), Settings()))
    assert rule.code in {each.code for _, each in found}
    for _, each in found:
        assert not each.message.endswith(".")
        assert " you" not in each.message
    for number, good in enumerate(page_blocks(rule, "Use instead") + page_blocks(rule, "Clean")):
        assert list(project_findings(tmp_path / f"good{number}", files(good), Settings())) == [], good


@pytest.mark.parametrize("version", PYTHONS)
@pytest.mark.parametrize("rule", RULES, ids=lambda each: each.code)
def test_the_hazard_shows_when_the_bad_example_runs(rule: Rule, version: str, tmp_path: Path) -> None:
    answers = []
    for heading in ("Example", "Use instead"):
        (source,) = page_blocks(rule, heading)
        folder = tmp_path / heading.replace(" ", "")
        folder.mkdir()
        write(folder, files(source))
        done = subprocess.run(
            [PYTHONS[version], "-c", OBSERVERS[rule.code]],
            cwd=folder,
            env=environment(),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        answers.append(done.stdout.strip())
    assert answers == ["old", "fresh"]


def test_the_running_python_is_among_them() -> None:
    assert "{}.{}".format(*sys.version_info) in PYTHONS
