"""What our fixes write is nothing new to other linters, and their fixes do not bring the hazard back.

The sources are the bad examples of the rule pages and the files of `docs/examples`, in every style of fix.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_unload.registry import rules
from flake8_unload.settings import FROM_IMPORT
from tests.integrations.tools import ROOT, python
from tests.snippets import findings, page_blocks
from tests.test_fixes import fix

_UNKNOWN = "--disable=import-error,no-name-in-module"  # the modules of the examples are not there
# The fix of ruff for E402, in preview, moves an import that the example had already.
MOVED = {"--preview": ["unl102_0.py", "unl103_0.py", "unl110_0.py"]}
RUFF = "--select=F,E,RUF100,RUF102"
EXTERNAL = 'lint.external = ["UNL"]'  # as `docs/beside-other-linters.md` says
Reports = Counter[tuple[str, str]]  # of a file and a code


def _examples() -> dict[str, tuple[str, str]]:
    """Sources by file name, with the prefix of the rules to fix."""
    found = {
        f"{rule.code.lower()}_{number}.py": (source, rule.code)
        for rule in rules().values()
        for number, source in enumerate(page_blocks(rule, "Example"))
    }
    for path in sorted((ROOT / "docs" / "examples").glob("*.py")):
        found[path.name] = path.read_text(encoding="utf-8"), "UNL"
    return found


EXAMPLES = _examples()


@pytest.fixture(scope="module", params=FROM_IMPORT)
def folders(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The examples as they are, and fixed, unsafe fixes too."""
    before, after = (tmp_path_factory.mktemp(name) for name in ("before", "after"))
    for name, (source, code) in EXAMPLES.items():
        (before / name).write_text(source, encoding="utf-8")
        (after / name).write_bytes(fix(source, name, code, style=request.param).data)
    return before, after


def ruff(folder: Path) -> Reports:
    done = python(folder, "ruff", "check", "--isolated", "--no-cache", "--config", EXTERNAL, RUFF,
                  "--output-format=json", ".")  # fmt: skip
    return Counter((Path(each["filename"]).name, each["code"]) for each in json.loads(done.stdout))


def pyflakes(folder: Path) -> Reports:
    lines = python(folder, "pyflakes", ".").stdout.splitlines()
    found = (re.match(r"(?:\./)?(\w+\.py):\d+:\d+:? (.*)", each) for each in lines)
    return Counter((each[1], re.sub(r"line \d+", "line", each[2])) for each in found if each)


def pylint(folder: Path) -> Reports:
    names = sorted(each.name for each in folder.glob("*.py"))
    done = python(
        folder,
        "pylint",
        "--rcfile=",
        "--disable=all",
        "--enable=E,W",
        _UNKNOWN,
        "--output-format=json",
        *names,
    )
    return Counter((each["path"], each["symbol"]) for each in json.loads(done.stdout))


def flake8(folder: Path) -> Reports:
    """With this plugin, and flake8-bugbear where it is installed."""
    select = "--select=E,F,W,C90,B,UNL"
    lines = python(
        folder, "flake8", "--isolated", "--format=%(path)s:%(code)s", select, "."
    ).stdout.splitlines()
    return Counter((Path(path).name, code) for path, _, code in (each.rpartition(":") for each in lines))


@pytest.mark.parametrize("tool", [ruff, pyflakes, pylint, flake8])
def test_nothing_new_is_reported(folders: tuple[Path, Path], tool: Callable[[Path], Reports]) -> None:
    before, after = (tool(each) for each in folders)
    assert before, "the tool has something to say about such code"
    assert not sorted((after - before).elements())


def test_most_examples_with_a_fix_are_fixed_here(folders: tuple[Path, Path]) -> None:
    changed = [name for name in EXAMPLES if len({(each / name).read_bytes() for each in folders}) == 2]
    assert len(changed) >= sum(rule.fix == "safe" for rule in rules().values())


@pytest.mark.parametrize("preview", [(), ("--preview",)], ids=["stable", "preview"])
def test_fixes_of_ruff_do_not_bring_the_hazard_back(
    folders: tuple[Path, Path], tmp_path: Path, preview: tuple[str, ...]
) -> None:
    for name in EXAMPLES:
        (tmp_path / name).write_bytes((folders[1] / name).read_bytes())
    python(tmp_path, "ruff", "check", "--isolated", "--no-cache", "--config", EXTERNAL,
           RUFF.replace("F,", "F,I,"), "--fix", "--unsafe-fixes", *preview, ".")  # fmt: skip
    for name in EXAMPLES:
        left = Counter(each.code for each in findings((folders[1] / name).read_text(), name))
        found = Counter(each.code for each in findings((tmp_path / name).read_text(), name))
        brought = name in MOVED.get("".join(preview), ())
        assert bool(found - left) == brought, (tmp_path / name).read_text()


def test_the_pages_say_what_to_set() -> None:
    beside = (ROOT / "docs" / "beside-other-linters.md").read_text(encoding="utf-8")
    for needed in ("# noqa: E402", "F811", "--from-import=qualify", "disable=reimported"):
        assert needed in beside
    assert "# noqa: E402" in rules()["UNL201"].page
