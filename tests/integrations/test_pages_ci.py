"""The pages for CI and for old code bases, followed word by word with the real tools."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.faces import ours
from tests.integrations.tools import ROOT, python

PAGES = {name: (ROOT / "docs" / f"{name}.md").read_text(encoding="utf-8") for name in ("in-ci", "old-code")}
PLUGINS = """\
import sys


class Host:
    def purge(self):
        for name in sys.modules:
            if name.startswith("plugins."):
                del sys.modules[name]

    def reset(self):
        sys.modules.clear()
"""
RESET = "import sys\n\n\ndef reset():\n    sys.modules.clear()\n"


def blocks(page: str, language: str) -> list[str]:
    """The fenced blocks of a page in one language."""
    return re.findall(rf"^```{language}\n(.*?)^```", PAGES[page], re.S | re.M)


def commands(text: str) -> list[str]:
    """The commands of ours in a console."""
    return re.findall(r"^\$ (flake8-unload .*)$", text, re.M)


def steps(text: str) -> list[str]:
    """The commands of a workflow or of a job, in order, as a runner reads them."""
    data = yaml.safe_load(text)
    jobs = data.get("jobs", data).values()
    lines = [line for job in jobs for line in job.get("script", ())]
    return lines + [step["run"] for job in jobs for step in job.get("steps", ()) if "run" in step]


def execute(folder: Path, command: str) -> Any:
    """Run a command of a page."""
    return ours(folder, *shlex.split(command)[1:])


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A small old code base."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "plugins.py").write_text(PLUGINS)
    return tmp_path


@pytest.mark.parametrize(("number", "schema"), [(0, "github-workflows"), (1, "gitlab-ci")])
def test_the_workflows_are_valid(tmp_path: Path, number: int, schema: str) -> None:
    pytest.importorskip("check_jsonschema")
    file = tmp_path / "workflow.yml"
    for text, status in ((blocks("in-ci", "yaml")[number], 0), ("jobs: []\nflake8-unload: []\n", 1)):
        file.write_text(text, encoding="utf-8")
        done = python(tmp_path, "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file))
        assert done.returncode == status, done.stdout + done.stderr


def test_the_workflow_of_github_does_what_the_page_says(repository: Path) -> None:
    install, command = steps(blocks("in-ci", "yaml")[0])
    assert install == "python -m pip install flake8-unload"
    done = execute(repository, command)
    assert done.returncode == 1
    assert re.findall("^::error file=src/plugins.py,line=(\\d+),", done.stdout, re.M) == ["6", "11"]
    assert "sarif_file: unload.sarif\n" in PAGES["in-ci"]
    (run,) = json.loads((repository / "unload.sarif").read_text())["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["UNL106", "UNL107"]


def test_the_job_of_gitlab_does_what_the_page_says(repository: Path) -> None:
    text = blocks("in-ci", "yaml")[1]
    install, command = steps(text)
    assert install == "python -m pip install flake8-unload"
    done = execute(repository, command)
    assert (done.returncode, done.stdout.count("\n")) == (1, 2)
    artifacts = dict(re.findall(r"^ +(codequality|junit): (.*)$", text, re.M))
    assert len(json.loads((repository / artifacts["codequality"]).read_text())) == 2
    assert (repository / artifacts["junit"]).read_text().count("<failure ") == 2


def test_every_other_command_of_the_page_runs(repository: Path) -> None:
    execute(repository, "flake8-unload baseline write")
    for text in blocks("in-ci", "console"):
        (command,) = commands(text)
        status = int("--baseline" not in command)
        done = execute(repository, command)
        assert (done.returncode, "flake8-unload:" in done.stderr) == (status, False), command
    assert "fix" in json.loads((repository / "unload.json").read_text())[0]


def test_the_page_about_old_code_is_true_from_top_to_bottom(repository: Path) -> None:
    (toml,) = blocks("old-code", "toml")
    accept, new, repay, prune, add = blocks("old-code", "console")

    def follow(text: str) -> None:
        for step in re.split(r"^\$ ", text, flags=re.M)[1:]:
            command, _, expected = step.partition("\n")
            done = execute(repository, command)
            # the summary of a command is on stderr, as are stale entries
            assert (done.stdout + done.stderr).splitlines() == expected.splitlines(), command

    follow(accept)
    (repository / "pyproject.toml").write_text(toml)
    (repository / "src" / "reset.py").write_text(RESET)
    follow(new)
    follow(repay)
    follow(prune)
    follow(add)
    assert (repository / "src" / "reset.py").read_text() == blocks("old-code", "python")[0]
    assert execute(repository, "flake8-unload check --fail-on-stale src").returncode == 0


@pytest.mark.parametrize("page", PAGES)
def test_every_option_named_in_prose_exists(page: str) -> None:
    text = ours(ROOT, "check", "--help").stdout + ours(ROOT, "fix", "--help").stdout
    prose = re.sub(r"^```.*?^```", "", PAGES[page], flags=re.S | re.M)
    missing = {each for each in re.findall(r"--[a-z][a-z-]+", prose) if each not in text}
    assert missing == set()
