"""Scores the engine on labelled real sites: what it reports and misses. Knows rows, findings and no rule.

    python tests/corpus/score_labels.py --labels DIR --checkouts DIR

``DIR`` of labels holds `unload.jsonl`, `reload.jsonl` and `state.jsonl`, one row a site; ``DIR`` of
checkouts holds `owner__name` folders at the commits of the rows. The table counts rows, but findings
in its alarm columns; rows of a file that could not be checked count as unchecked, not as missed, and
make the exit status 2 (else 0: this measures, it does not judge). Files in a newer syntax need a
newer Python to be checked.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
import tokenize
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from flake8_unload import engine  # stand-alone: run from a checkout, nothing installed
from flake8_unload.findings import Finding
from flake8_unload.settings import Settings

LABELS = {"U": "unload.jsonl", "R": "reload.jsonl", "S": "state.jsonl"}
FAMILIES = {"UNL1": "U", "UNL2": "R", "UNL3": "S"}
# Opt-in codes extend one of the three families, so a finding of theirs answers a row of it.
OPT_IN = {
    "UNL901": "U",
    "UNL902": "U",
    "UNL903": "S",
    "UNL904": "U",
    "UNL905": "U",
    "UNL906": "R",
    "UNL907": "S",
}
CROSS_FILE = "R6"
HAZARDS, CLEAN = ("hazard", "minor"), ("ok", "script")


@dataclass(frozen=True, slots=True)
class Row:
    """One labelled site. ``lines`` count from 1; ``repo`` is `owner/name`."""

    repo: str
    path: str
    site: str
    line: int
    lines: frozenset[int]
    label: str
    kind: str
    in_test: bool
    why: str

    @property
    def place(self) -> str:
        return f"{self.repo}/{self.path}:{self.line}"


@dataclass(frozen=True, slots=True)
class Scored:
    """A labelled file: its rows and the findings of the engine, or why there are none."""

    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    trouble: str = ""


def rows(labels: Path) -> Iterator[Row]:
    """Rows of the three files of labels. Raises OSError when one is absent."""
    for site, name in LABELS.items():
        with open(labels / name, encoding="utf-8") as file:
            yield from (_row(json.loads(line), site) for line in file if line.strip())


def _row(data: dict[str, Any], site: str) -> Row:
    covered = [each for each in data.get("covers", ()) if isinstance(each, int)]
    return Row(
        repo=data["repo"],
        path=data["path"],
        site=data.get("site", site),
        line=data["line"],
        lines=frozenset([data["line"], *data["accept_lines"], *covered]),
        label=data["label"],
        kind=data["kind"] or "",
        in_test=data.get("test", False),
        why=data["why"],
    )


def score(every: Sequence[Row], checkouts: Path, settings: Settings) -> Iterator[Scored]:
    """Checks each labelled file once, in the order of paths."""
    by_file: dict[tuple[str, str], list[Row]] = {}
    for row in every:
        by_file.setdefault((row.repo, row.path), []).append(row)
    for (repo, path), of_file in sorted(by_file.items()):
        file = checkouts / repo.replace("/", "__") / path
        try:
            found, trouble = _findings(file, settings), ""
        except Exception as error:  # one broken file must not hide the score of the others
            found, trouble = (), f"{type(error).__name__}: {error}"
        yield Scored(tuple(of_file), found, trouble)


def _findings(file: Path, settings: Settings) -> tuple[Finding, ...]:
    with tokenize.open(file) as text:  # decodes as flake8 does, without the BOM
        lines = text.readlines()
    return tuple(engine.check(ast.parse("".join(lines)), lines, str(file), settings))


def family(finding: Finding) -> str:
    """The site letter that a finding answers: U, R or S; empty for a code of no family."""
    return OPT_IN.get(finding.code) or FAMILIES.get(finding.code[:4], "")


def answers(finding: Finding, row: Row) -> bool:
    """Whether a finding is a fair report of the row: same family, on one of its lines."""
    return family(finding) == row.site and finding.line in row.lines


@dataclass(frozen=True, slots=True)
class Verdict:
    """One line of the report; ``count`` names the column of the table it adds to."""

    site: str
    count: str
    text: str


def verdicts(scored: Scored) -> Iterator[Verdict]:
    """What every row and every finding of a file amounts to."""
    if scored.trouble:
        yield from (Verdict(row.site, "unchecked", "") for row in scored.rows)
        return
    for row in scored.rows:
        if row.label in HAZARDS:
            yield _of_hazard(row, [each for each in scored.findings if answers(each, row)])
    for finding in scored.findings:
        yield _of_finding(finding, scored.rows)


def _of_hazard(row: Row, reports: list[Finding]) -> Verdict:
    what = "cross-file" if row.kind == CROSS_FILE else row.label
    outcome = "reported" if reports else "missed"
    codes = ",".join(sorted({each.code for each in reports})) or "-"
    test = " [test]" if row.in_test else ""
    text = f"{outcome:8} {what} {row.kind or '--'} {codes} {row.place}{test}  {row.why}"
    return Verdict(row.site, f"{what} {outcome}", text)


def _of_finding(finding: Finding, of_file: Sequence[Row]) -> Verdict:
    answered = [row for row in of_file if answers(finding, row)]
    labels = {row.label for row in answered}
    # A line can carry a hazard and an innocent site: the hazard then explains the finding.
    label = next((each for each in (*HAZARDS, "ambiguous", *CLEAN) if each in labels), "unlabelled")
    first = next((row for row in answered if row.label == label), of_file[0])
    place = f"{first.repo}/{first.path}:{finding.line}"
    why = f"  ({first.why})" if answered else ""
    text = f"on {label:10} {place} {finding.code} {finding.message}{why}"
    return Verdict(family(finding), f"on {label}", text)


def report(every: Sequence[Scored]) -> Iterator[str]:
    """The printed lines: hazards, findings where none should be, files in trouble, the table."""
    judged = [verdict for scored in every for verdict in verdicts(scored)]
    for title, counts in SECTIONS.items():
        texts = [each.text for each in judged if each.count in counts]
        yield f"\n== {title} ({len(texts)})"
        yield from texts
    for scored in every:
        if scored.trouble:
            yield f"\nnot checked: {scored.rows[0].place}: {scored.trouble}"
    yield ""
    yield from _table(judged)


SECTIONS = {
    "hazards": ("hazard reported", "hazard missed"),
    "minor hazards": ("minor reported", "minor missed"),
    "cross-file rows (out of reach of one file)": ("cross-file reported", "cross-file missed"),
    "false alarms: findings on ok rows": ("on ok",),
    "false alarms: findings on script rows": ("on script",),
    "findings on ambiguous rows": ("on ambiguous",),
    "findings on no row: to be read": ("on unlabelled",),
}
COLUMNS = ("hazards", "minor", "cross-file", "on ok", "on script", "ambiguous", "unlabelled", "unchecked")


def _table(judged: Sequence[Verdict]) -> Iterator[str]:
    yield f"{'labels':14}" + "".join(f"{name:>11}" for name in COLUMNS)
    total: Counter[str] = Counter()
    for site, name in LABELS.items():
        counted = Counter(each.count for each in judged if each.site == site)
        total += counted
        yield _table_line(name, counted)
    yield _table_line("total", total)


def _table_line(name: str, counted: Counter[str]) -> str:
    reported = [
        f"{counted[f'{what} reported']}/{counted[f'{what} reported'] + counted[f'{what} missed']}"
        for what in (*HAZARDS, "cross-file")
    ]
    alarms = [counted[f"on {what}"] for what in (*CLEAN, "ambiguous", "unlabelled")]
    return f"{name:14}" + "".join(f"{cell:>11}" for cell in (*reported, *alarms, counted["unchecked"]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the score. Returns 2 when a labelled file could not be read or checked, else 0."""
    parser = argparse.ArgumentParser(description="Score of the engine on labelled real sites.")
    parser.add_argument("--labels", type=Path, required=True, help="folder of the *.jsonl rows")
    parser.add_argument("--checkouts", type=Path, required=True, help="folder of owner__name checkouts")
    parser.add_argument("--opt-in", action="store_true", help="also run UNL9xx")
    parser.add_argument("--tests", action="store_true", help="state rules in test files too")
    options = parser.parse_args(arguments)
    select = ("UNL9",) if options.opt_in else ()
    settings = Settings(select=select, check_tests=options.tests)
    every = list(score(list(rows(options.labels)), options.checkouts, settings))
    print("\n".join(report(every)).lstrip("\n"))
    return 2 if any(scored.trouble for scored in every) else 0


if __name__ == "__main__":
    sys.exit(main())
