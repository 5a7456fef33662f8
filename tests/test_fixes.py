"""The fix of every rule writes what a maintainer would have written, or says why not.

A file of `fixes/` is about one rule. Its snippets are headed by `# --- title`; below a line `# === fixed`
(or `# === unsafe`) stands what becomes of the source above it; `# === refused: reason` says why it stays,
`# === nothing` that there is no finding of the rule.
A first line `# file: name.py` gives the name the snippet is linted under. What the name of a file of
`fixes/` says after the code is the style of the fix: `unl201_qualify.py`.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from flake8_unload.inspection import Inspector
from flake8_unload.registry import Rule
from flake8_unload.repair.apply import lost_comments
from flake8_unload.repair.rounds import Repaired, repaired
from flake8_unload.repair.wanted import NEEDS_UNSAFE, Wanted
from flake8_unload.selection import Selection
from flake8_unload.settings import Settings
from tests.snippets import WORLD, Snippet, aliased, case_snippets, page_blocks, single_file_rules

FIXES = Path(__file__).parent / "fixes"
_HEAD = re.compile(r"^# --- (.+)\n", re.M)
_VERDICT = re.compile(r"^# === (fixed|unsafe|refused|nothing)(?:: (.+))?\n?", re.M)


@dataclass(frozen=True)
class Case:
    """One snippet of one rule's file, and what must come of it."""

    code: str
    title: str
    filename: str
    source: str
    verdict: str
    reason: str
    result: str
    style: str


def cases() -> Iterator[Case]:
    """Every snippet of `fixes/`."""
    for path in sorted(FIXES.glob("*.py")):
        code, _, style = path.stem.partition("_")
        parts = _HEAD.split(path.read_text(encoding="utf-8"))
        for title, text in zip(parts[1::2], parts[2::2], strict=True):
            source, verdict, reason, result = _VERDICT.split(text.strip("\n") + "\n")
            named = re.match(r"# file: (\S+)\n", source)
            yield Case(
                code.upper(),
                f"{path.stem}: {title}",
                named[1] if named else "example.py",
                source,
                verdict,
                reason,
                result,
                style or "again",
            )


CASES = list(cases())
FIXED = [each for each in CASES if each.verdict in ("fixed", "unsafe")]
REFUSED = [each for each in CASES if each.verdict == "refused"]
NOTHING = [each for each in CASES if each.verdict == "nothing"]
WITH_FIX = [each for each in single_file_rules() if each.fix]
EXAMPLES = list(case_snippets()) + [
    Snippet(f"{rule.code} page", source, opt_in=rule.opt_in)
    for rule in single_file_rules()
    for heading in ("Example", "Use instead", "Clean")
    for source in page_blocks(rule, heading)
]


def title(case: Case) -> str:
    return case.title


def fix(source: str, filename: str, code: str, unsafe: bool = True, style: str = "again") -> Repaired:
    """The repair of a file of `world/`, for the findings of one rule or prefix."""
    settings = Settings(
        check_tests=True, select=("UNL9",) if code.startswith("UNL9") else (), from_import=style
    )
    inspector = Inspector(settings, Selection(select=(code,)))
    return repaired(str(WORLD / filename), source.encode(), inspector, Wanted(unsafe))


@pytest.mark.parametrize("case", FIXED, ids=title)
def test_fixed_as_a_person_would(case: Case) -> None:
    done = fix(case.source, case.filename, case.code, style=case.style)
    assert done.data.decode() == case.result, done.left
    again = fix(case.result, case.filename, case.code, style=case.style)
    assert (again.data.decode(), again.fixed) == (case.result, ())


@pytest.mark.parametrize("case", FIXED, ids=title)
def test_safety_is_as_stated(case: Case) -> None:
    done = fix(case.source, case.filename, case.code, unsafe=False, style=case.style)
    if case.verdict == "fixed":
        assert done.data.decode() == case.result
    else:
        assert not done.fixed
        assert NEEDS_UNSAFE in [reason for _, reason in done.left]


@pytest.mark.parametrize("case", FIXED, ids=title)
def test_fixed_with_other_line_ends_and_indentation(case: Case) -> None:
    indented = re.search("^    ", case.source, re.M)  # a file without is given spaces

    def altered(text: str) -> str:
        if indented:
            text = re.sub(r"^( {4})+", lambda each: "\t" * (len(each[0]) // 4), text, flags=re.M)
        return text.replace("\n", "\r\n")

    done = fix(altered(case.source), case.filename, case.code, style=case.style)
    assert done.data.decode() == altered(case.result)


@pytest.mark.parametrize("case", REFUSED, ids=title)
def test_refused_with_the_reason(case: Case) -> None:
    done = fix(case.source, case.filename, case.code, style=case.style)
    assert (done.data.decode(), done.fixed) == (case.source, ())
    assert {reason for _, reason in done.left} == {case.reason}


@pytest.mark.parametrize("case", NOTHING, ids=title)
def test_nothing_to_fix(case: Case) -> None:
    done = fix(case.source, case.filename, case.code)
    assert (done.data.decode(), done.fixed, done.left) == (case.source, (), ())


@pytest.mark.parametrize("rule", WITH_FIX, ids=lambda each: each.code)
def test_every_rule_with_a_fix_has_cases(rule: Rule) -> None:
    verdicts = {case.verdict for case in CASES if case.code == rule.code}
    assert ("fixed" if rule.fix == "safe" else "unsafe") in verdicts and "refused" in verdicts
    assert "\n## Fix safety\n" in rule.page


@pytest.mark.parametrize(
    "rule", [each for each in single_file_rules() if not each.fix], ids=lambda each: each.code
)
def test_the_others_have_none(rule: Rule) -> None:
    assert not [case for case in CASES if case.code == rule.code]
    assert "\n## Fix safety\n" not in rule.page


@pytest.mark.parametrize("snippet", EXAMPLES, ids=lambda each: each.title)
def test_whatever_the_source_a_second_run_changes_nothing(snippet: Snippet) -> None:
    for source in (snippet.source, aliased(snippet.source)):
        code = "UNL9" if snippet.opt_in else "UNL"
        done = fix(source, snippet.filename, code)
        text = done.data.decode()
        ast.parse(text)
        assert lost_comments(source, text) == []
        again = fix(text, snippet.filename, code)
        assert (again.data, again.fixed) == (done.data, ())
