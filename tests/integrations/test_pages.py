"""A newcomer who types what a page says gets what the page shows, in a folder with the page's own files.

A line that ends with `` `name`: `` or names one before a full stop, and then a block: that file. A block of
`console`: each `$ command`, run in order with what it prints below; a line `...` stands for any lines, and
`...` at the end of a line for the rest of it.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integrations.tools import ROOT, environment, run

DOCS = ROOT / "docs"
PAGES = (
    "get-started",
    "configuration",
    "editors",
    "beside-other-linters",
    "completion",
    "in-tests",
    "fixing",
    "project-mode",
)
_BLOCK = re.compile(r"^(?P<before>[^\n]*)\n\n```(?P<language>\w+)\n(?P<text>.*?)^```$", re.S | re.M)
_FILE = re.compile(r"`([\w./-]+\.\w+|\.flake8)`(?::|\. [^`]*:)$")
_REST = (r"\n", r".*\n")  # of a line, and of one that ends with `...`
_HOME = "/home/me/shop"  # where the pages are


def text(page: str) -> str:
    """The Markdown of a page."""
    folder = ROOT if page == "README" else DOCS
    return (folder / f"{page}.md").read_text(encoding="utf-8")


def files(page: str) -> Iterator[tuple[str, str]]:
    """Names and contents of the files that a page shows."""
    for block in _BLOCK.finditer(text(page)):
        if (named := _FILE.search(block["before"])) and block["language"] != "console":
            yield named[1], block["text"]


def commands(page: str) -> list[tuple[str, list[str]]]:
    """The commands of a page, and the lines that each is said to print."""
    found: list[tuple[str, list[str]]] = []
    for block in _BLOCK.finditer(text(page)):
        if block["language"] == "console":
            for part in re.split(r"^\$ ", block["text"], flags=re.M)[1:]:
                command, *lines = part.splitlines()
                found.append((command, lines))
    return found


def pattern(lines: list[str]) -> str:
    """What the lines match, as a regular expression for the whole output."""
    return "".join(
        r"(?:.*\n)*?"
        if line == "..."
        else re.escape(line).removesuffix(r"\.\.\.") + _REST[line[-3:] == "..."]
        for line in lines
    )


def skipped(command: str) -> bool:
    """What installs something is tried elsewhere, in an environment of its own; versions differ."""
    return " pip install " in command or command.endswith("--version")


@pytest.mark.parametrize("page", [each for each in PAGES if (DOCS / f"{each}.md").exists()])
def test_commands_print_what_the_page_shows(page: str, tmp_path: Path) -> None:
    for name, content in files(page):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    for command, lines in commands(page):
        if skipped(command):
            continue
        done = run(
            tmp_path, "bash", "-c", f"exec 2>&1; {command}", env=environment(HOME=str(tmp_path.parent))
        )
        output = done.stdout.replace(str(tmp_path), _HOME)
        if lines:
            assert re.fullmatch(pattern(lines), output), f"$ {command}\n{output}"
        else:
            assert "Traceback" not in output and done.returncode in (0, 1), f"$ {command}\n{output}"


def test_the_first_command_of_the_readme() -> None:
    """In this checkout, and without the installation that it begins with."""
    command, lines = commands("README")[0]
    install, _, check = command.partition(" && ")
    done = run(ROOT, "bash", "-c", f"exec 2>&1; {check}")
    assert install == "python -m pip install ."
    assert re.fullmatch(pattern(lines), done.stdout), done.stdout


def test_every_page_with_commands_is_tried() -> None:
    tried_elsewhere = {"own-rules", "notebooks", "contributing"}  # test_extensions, test_notebooks, .ci/run
    tried_elsewhere |= {"in-ci", "old-code"}  # test_pages_ci
    with_commands = {path.stem for path in DOCS.glob("*.md") if "```console\n$ " in path.read_text()}
    assert with_commands <= {*PAGES, *tried_elsewhere, "index", "real-code"}


@pytest.mark.parametrize("path", [ROOT / "README.md", *DOCS.glob("*.md")], ids=lambda path: path.name)
def test_our_commands_on_every_page_exist(path: Path, tmp_path: Path) -> None:
    """Also those in YAML, in prose and in tables: they parse."""
    from flake8_unload.cli import _parser
    from flake8_unload.errors import UserError

    found = re.findall(
        r"(?:\$ |run: |- |`)flake8-unload ([a-z][^`\n|>;&]*)", path.read_text(encoding="utf-8")
    )
    for line in found:
        words = [each for each in shlex.split(line) if each not in ("…", "...")]
        try:
            _parser().parse_args(words)
        except SystemExit as ended:
            assert not ended.code, line
        except UserError as error:
            assert "arguments are required" in str(error), f"{line}: {error}"
