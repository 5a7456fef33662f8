"""Every fix in every encoding, with every line end: what it does not own keeps each byte.

The matrix takes one file and asks for its fix as bytes; the properties make files at random.
"""

from __future__ import annotations

import ast
import io
import tokenize
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from flake8_unload import edits
from flake8_unload.edits import Fix
from flake8_unload.inspection import Inspector
from flake8_unload.repair import rounds
from flake8_unload.repair.apply import Applied, apply, lost_comments
from flake8_unload.repair.rounds import Repaired, repaired
from flake8_unload.repair.wanted import Wanted
from flake8_unload.settings import Settings
from tests.owned import unowned
from tests.snippets import WORLD
from tests.test_fixes import CASES, FIXED, Case

ENDS = {"lf": "\n", "crlf": "\r\n", "cr": "\r"}
ENCODINGS = ("utf-8", "utf-8-sig", "latin-1", "cp1252", "shift_jis", "utf-8 cookie")
BESIDE = {"shift_jis": "日本", "latin-1": "é", "cp1252": "é €"}


def first_of_each_rule() -> list[Case]:
    return list({case.code: case for case in reversed(FIXED)}.values())


def fixed(data: bytes, code: str, filename: str) -> Repaired:
    chosen = Settings(check_tests=True, select=("UNL9",) if code.startswith("UNL9") else ())
    return repaired(str(WORLD / filename), data, Inspector(chosen), Wanted(unsafe=True))


@dataclass(frozen=True)
class Coding:
    """An encoding, and how a file says so."""

    name: str

    def of(self, text: str) -> bytes:
        cookie = (
            f"# -*- coding: {self.name.split()[0]} -*-\n" if self.name not in ENCODINGS[:2] else "# any\n"
        )
        whole = f"{cookie}\n{text}\n# {BESIDE.get(self.name, 'é 日本')}\n"
        return whole.encode(self.name.split()[0])

    def text(self, data: bytes) -> str:
        return data.decode(self.name.split()[0])


@pytest.mark.parametrize("ends", ENDS)
@pytest.mark.parametrize("coding", map(Coding, ENCODINGS), ids=ENCODINGS)
@pytest.mark.parametrize("case", first_of_each_rule(), ids=lambda each: each.code)
def test_every_fix_in_every_encoding_with_every_line_end(case: Case, coding: Coding, ends: str) -> None:
    plain = coding.text(fixed(coding.of(case.source), case.code, case.filename).data)
    assert plain != coding.text(coding.of(case.source))
    for tail in (b"\n", b""):  # with a final line end and without
        data = coding.of(case.source).removesuffix(b"\n") + tail
        data = data.replace(b"\n", ENDS[ends].encode())
        done = fixed(data, case.code, case.filename)
        expected = plain.removesuffix("\n") + tail.decode()
        assert coding.text(done.data) == expected.replace("\n", ENDS[ends])
        assert done.data.startswith(b"\xef\xbb\xbf") == (coding.name == "utf-8-sig")


@pytest.mark.parametrize("case", first_of_each_rule(), ids=lambda each: each.code)
def test_mixed_line_ends_stay_where_they_are(case: Case) -> None:
    below = "\n\nzz = 1\r\ny = 2\n\x0c\r\nz = 3  \r"
    done = fixed((case.source.replace("\n", "\r\n") + below).encode(), case.code, case.filename)
    assert done.fixed and done.data.endswith(below.encode())
    rest = done.data.removesuffix(below.encode())
    assert rest.count(b"\n") == rest.count(b"\r\n") > 0


# -- properties ----------------------------------------------------------------------------------
def decorated(source: str, comments: Sequence[int], tabs: bool) -> str:
    """The source with comments behind and above some of its statements, and other indentation."""
    lines = source.split("\n")
    ends = [
        token.start
        for token in tokenize.generate_tokens(io.StringIO(source).readline)
        if token.type == tokenize.NEWLINE
    ]
    for number in sorted(set(comments), reverse=True):
        row, column = ends[number % len(ends)]
        line = lines[row - 1]
        if "#" not in line and column >= len(line.rstrip()):
            lines[row - 1] = f"{line}  # {number}"
        elif line[:1].strip():
            lines.insert(row, f"# below {number}")
    if tabs:
        lines = [_tabbed(each) for each in lines]
    return "\n".join(lines)


def _tabbed(line: str) -> str:
    indent = len(line) - len(line.lstrip(" "))
    return "\t" * (indent // 4) + " " * (indent % 4) + line.lstrip(" ")


@st.composite
def programs(draw: st.DrawFn) -> tuple[str, str]:
    """A few cases in one file, with comments in the way."""
    cases = draw(st.lists(st.sampled_from(CASES), min_size=1, max_size=3, unique=True))
    assume(len({each.code.startswith("UNL9") for each in cases}) == 1)
    source = "\n".join(each.source for each in cases)
    try:
        ast.parse(source)
        done = decorated(source, draw(st.lists(st.integers(0, 50), max_size=5)), draw(st.booleans()))
        compile(done, "<program>", "exec")
    except (SyntaxError, tokenize.TokenError):
        assume(False)
    return done, cases[0].code


@given(programs())
@settings(max_examples=150, deadline=None)
def test_fixing_twice_is_fixing_once_and_only_owned_lines_change(program: tuple[str, str]) -> None:
    source, code = program
    strangers: list[str] = []
    real = rounds.apply  # type: ignore[attr-defined]
    rounds.apply = lambda text, fixes: watched(text, fixes, strangers)  # type: ignore[attr-defined]
    try:
        done = fixed(source.encode(), code, "example.py")
    finally:
        rounds.apply = real  # type: ignore[attr-defined]
    text = done.data.decode()
    compile(text, "<fixed>", "exec")
    assert lost_comments(source, text) == []
    assert strangers == []
    again = fixed(done.data, code, "example.py")
    assert (again.data, again.fixed) == (done.data, ())


def watched(text: str, fixes: Sequence[Fix], strangers: list[str]) -> Applied:
    """`apply`, with a look at the lines that it changes."""
    applied = apply(text, fixes)
    strangers.extend(unowned(applied.before, applied.after, list(_made(applied, fixes))))
    return applied


def _made(applied: Applied, fixes: Sequence[Fix]) -> Iterator[edits.Edit]:
    for number in applied.done:
        yield from fixes[number].edits
