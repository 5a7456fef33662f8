"""Whatever flake8 is told about files and findings, in files or by options: our command hears the same.

Both run in this process on the same folder; a generated configuration says what to do.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from flake8.main.cli import main as flake8
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from flake8_unload.cli import main as ours
from tests.faces import unmarked
from tests.test_cli import MIXED

NOQA = MIXED.replace("modules.clear()", "modules.clear()  # noqa: UNL1")
FILES = {
    "app.py": MIXED, "app.pyw": MIXED, "notes.txt": MIXED, "pkg/b.py": NOQA, "pkg/c.py": MIXED,
    "pkg/deep/d.py": MIXED, "deep/e.py": "# flake8: noqa\n" + MIXED,
}  # fmt: skip
VALUES = {
    "select": ["UNL", "UNL1", "UNL3,UNL9", "E,F", "UNL107 UNL203"],
    "ignore": ["UNL3", "E203,UNL2", "UNL"],
    "extend-select": ["UNL9", "UNL903", "E"],
    "extend-ignore": ["UNL1", "UNL107,F"],
    "per-file-ignores": ["app.py:UNL1", "pkg/*:UNL", "./pkg/b.py:UNL2 *.py:UNL3", "*/deep/*,b.py: UNL301"],
    "exclude": ["pkg", "app.py", "./pkg/b.py", "*eep*", "b.*,app.py", "*/deep", "deep/", "pkg/*.py"],
    "extend-exclude": ["pkg/deep", "[ab]*", "c.py d.py", "*/deep/*"],
    "filename": ["*.py", "*.pyw", "a*.py", "./app.py", "*pkg/*", "pkg/*.py", "*.txt,*.py"],
    "disable-noqa": ["true", "no"],
}
PLACES = ("setup.cfg", "tox.ini", ".flake8", "../setup.cfg", "../.flake8")
ARGUMENTS = ([], ["."], ["pkg"], ["app.py", "pkg"], ["./pkg/"], ["app.pyw", "deep"])
Options = dict[str, str]


def some(values: dict[str, list[str]]) -> st.SearchStrategy[Options]:
    """Some of the options, each with one of its values."""
    return st.fixed_dictionaries({}, optional={key: st.sampled_from(each) for key, each in values.items()})


IN_FILES = some(VALUES)
GIVEN = some(
    {key: [each for each in texts if not re.search(r"\b[EF]", each)] for key, texts in VALUES.items()}
)
"""On our command line the codes of other plugins are refused."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which both are started; there is another one around it."""
    folder = tmp_path_factory.mktemp("around") / "project"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    (folder / "more").mkdir()
    return folder


def ini(options: Options) -> str:
    """The options as flake8 takes them from a file, in one spelling or the other."""
    spelled = {name.replace("-", "_") if len(text) % 2 else name: text for name, text in options.items()}
    return "[flake8]\n" + "".join(f"{name} = {text}\n" for name, text in spelled.items())


def command_line(options: Options) -> list[str]:
    """The options as arguments; a flag that is off is left out."""
    flags = {"true": ["--disable-noqa"], "no": []}
    return [
        word for name, text in options.items() for word in flags.get(text, [f"--{name}", text])
    ]  # fmt: skip


def lines(run: Callable[[list[str]], int], arguments: list[str]) -> list[str]:
    """Our findings among what one of the two prints."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8")
    with contextlib.redirect_stdout(stream):
        assert run(arguments) in (0, 1)
        stream.flush()
    stream.buffer.seek(0)
    printed = unmarked(stream.buffer.read().decode()).splitlines()
    return sorted(each for each in printed if ": UNL" in each)


@settings(
    max_examples=int(os.environ.get("MATRIX_EXAMPLES", "60")),
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    place=st.sampled_from(PLACES), found=IN_FILES, more=IN_FILES, options=GIVEN,
    read=st.sampled_from(["found", "found", "config", "append", "append twice", "both", "isolated"]),
    arguments=st.sampled_from(ARGUMENTS),
)  # fmt: skip
@example("../setup.cfg", {"exclude": "./project/pkg"}, {"exclude": "./project/deep"}, {}, "append", [])
@example("setup.cfg", {"filename": "*.pyw"}, {"filename": "*.txt"}, {}, "append twice", ["."])
@example(".flake8", {"disable-noqa": "true"}, {"disable-noqa": "no"}, {}, "append", ["pkg"])
def test_the_same_findings(
    folder: Path, place: str, found: Options, more: Options, options: Options, read: str, arguments: list[str]
) -> None:
    files = {place: ini(found), "more/a.cfg": ini(more), "b.cfg": ini(dict(list(more.items())[:1]))}
    switches = {
        "found": [], "config": ["--config", "more/a.cfg"], "append": ["--append-config", "more/a.cfg"],
        "append twice": ["--append-config", "more/a.cfg", "--append-config", "b.cfg"],
        "both": ["--config", "more/a.cfg", "--append-config=b.cfg"],
        "isolated": ["--isolated", "--append-config", "b.cfg"],
    }  # fmt: skip
    command = [*switches[read], *command_line(options), *arguments]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        for name in (*PLACES, *files):
            Path(name).unlink(missing_ok=True)
        for name, text in files.items():
            Path(name).write_text(text)
        theirs = lines(flake8, ["--jobs=1", *command])
        assert lines(lambda each: ours(["check", "--quiet", "--no-cache", *each]), command) == theirs
