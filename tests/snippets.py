"""Snippets of source with the findings they must give: from rule pages and from `cases/*.py`.

A case file holds snippets, each headed by `# --- title`. A line that must be reported ends with
`# UNL101` (or `# UNL101: 8` with its column, counted from 0); every other line must be clean. A
first line `# opt-in` selects UNL9xx too; `# file: name.py` gives the name the snippet is linted under.
"""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from flake8_unload import engine
from flake8_unload.findings import Finding
from flake8_unload.registry import Rule, rules
from flake8_unload.settings import Settings

CASES = Path(__file__).parent / "cases"
_HEAD = re.compile(r"^# --- (.+)$", re.M)
_MARK = re.compile(r"# (UNL\d{3}(?:: \d+)?(?:, UNL\d{3}(?:: \d+)?)*)\s*$")
_BLOCK = re.compile(r"```python\n(.*?)```", re.S)
_ALIASED = ("sys", "importlib")
WORLD = Path(__file__).parent / "world"
DEFAULT = Settings(check_tests=True)
OPT_IN = Settings(select=("UNL9",), check_tests=True)


@dataclass(frozen=True)
class Snippet:
    """One piece of source, linted on its own."""

    title: str
    source: str
    filename: str = "example.py"
    opt_in: bool = False

    def expected(self) -> list[tuple[int, str, int | None]]:
        """Line, code and column (None where not stated) of every marker."""
        found: list[tuple[int, str, int | None]] = []
        for number, line in enumerate(self.source.split("\n"), 1):
            marks = _MARK.search(line)
            for mark in marks[1].split(", ") if marks else ():
                code, _, column = mark.partition(": ")
                found.append((number, code, int(column) if column else None))
        return sorted(found, key=lambda each: (each[0], each[1]))


def findings(source: str, filename: str = "example.py", settings: Settings = DEFAULT) -> list[Finding]:
    """What the engine reports for ``source`` as a file of `world/`; lines are split as flake8 does."""
    lines = io.StringIO(source, newline=None).readlines()
    return engine.check(ast.parse("".join(lines)), lines, str(WORLD / filename), settings)


def case_snippets() -> Iterator[Snippet]:
    """Every snippet of every case file."""
    for path in sorted(CASES.glob("*.py")):
        parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for title, source in zip(parts[1::2], parts[2::2], strict=True):
            body = source.lstrip("\n")
            name = re.match(r"# file: (\S+)", body)
            yield Snippet(
                f"{path.stem}: {title}",
                body,
                name[1] if name else "example.py",
                "# opt-in" in body.partition("\n")[0],
            )


def single_file_rules() -> list[Rule]:
    """The rules whose examples are one file."""
    return [each for each in rules().values() if not each.across_files]


def page_blocks(rule: Rule, heading: str) -> list[str]:
    """The code blocks under one heading of a rule's page."""
    section = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", rule.page, re.S | re.M)
    return _BLOCK.findall(section[1]) if section else []


def aliased(source: str) -> str:
    """The same source with `import sys` and `import importlib` under other names."""
    plain = {name for name in _ALIASED if re.search(rf"^\s*import (?:[\w, ]+, )?{name}(?:,|$)", source, re.M)}
    out: list[str] = []
    last = (1, 0)
    lines = source.splitlines(keepends=True)
    previous = ""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.NAME and token.string in plain and previous not in (".", "from"):
            out.append(_between(lines, last, token.start))
            importing = re.match(r"\s*import ", token.line) is not None
            out.append(f"{token.string} as {token.string}_" if importing else token.string + "_")
            last = token.end
        previous = token.string
    out.append(_between(lines, last, (len(lines) + 1, 0)))
    return "".join(out)


def _between(lines: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    if start[0] == end[0]:
        return lines[start[0] - 1][start[1] : end[1]]
    text = [lines[start[0] - 1][start[1] :], *lines[start[0] : end[0] - 1]]
    if end[0] <= len(lines):
        text.append(lines[end[0] - 1][: end[1]])
    return "".join(text)
