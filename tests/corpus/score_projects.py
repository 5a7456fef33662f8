"""Scores project mode on labelled projects: what it reports and misses. Knows rows, findings and no rule.

    python tests/corpus/score_projects.py --labels DIR --checkouts DIR [--project NAME]

``DIR`` of labels holds `project.jsonl`, and `reload.jsonl` whose rows of kind R6 are about two files; ``DIR``
of checkouts holds `owner__name` folders at the commits of the rows. Each project is checked once, as users do
it: `flake8-unload check --select UNL4 .`. A row is reported when a finding of its kind stands on one of its
lines. The exit status is 2 when a project could not be checked, else 0: this measures, it does not judge.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
CODES = {"X401": "UNL401", "X402": "UNL402", "X403": "UNL403", "R6": "UNL402"}
COLUMNS = ("hazard", "minor", "ambiguous", "on ok", "on no row")


@dataclass(frozen=True, slots=True)
class Row:
    """A labelled site. ``places`` are the `path:line` where a finding of ``codes`` answers it."""

    repo: str
    label: str
    kind: str
    codes: frozenset[str]
    places: frozenset[str]
    text: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What the command printed. ``place`` is `path:line`."""

    place: str
    code: str
    message: str


def rows(labels: Path) -> Iterator[Row]:
    """Rows about more than one file. Raises OSError when one of the two files is absent."""
    for name in ("project.jsonl", "reload.jsonl"):
        for line in (labels / name).read_text("utf-8").splitlines():
            data = json.loads(line) if line.strip() else {}
            if data.get("kind") in CODES:
                yield _row(data)


def _row(data: dict[str, Any]) -> Row:
    place = f"{data['path']}:{data['line']}"
    places = {f"{data['path']}:{line}" for line in (data["line"], *data["accept_lines"])}
    if "import_at" in data:
        places.add(data["import_at"])
    names = ", ".join(data["names"])
    return Row(
        repo=data["repo"],
        label=data["label"],
        kind=data["kind"],
        codes=frozenset(CODES[kind] for kind in (data["kind"], *data.get("accept_kinds", ()))),
        places=frozenset(places),
        text=f"{data['kind']} {place} {names}: {data['why']}",
    )


def findings(checkout: Path) -> list[Finding]:
    """What the command reports in the checkout. Raises RuntimeError with its last lines when it fails."""
    command = [
        sys.executable,
        "-m",
        "flake8_unload",
        "check",
        "--select",
        "UNL4",
        "--no-gitignore",
        "--no-cache",
    ]
    # From the folder of this project: nothing needs to be installed, no module of the checkout is imported.
    run = subprocess.run(
        [*command, "--format", "json", str(checkout)], cwd=ROOT, capture_output=True, text=True
    )
    try:
        every = json.loads(run.stdout)
    except json.JSONDecodeError:
        raise RuntimeError("\n".join(run.stderr.splitlines()[-3:])) from None
    return [
        Finding(_place(each, checkout), each["code"], each["message"])
        for each in every
        if each["code"].startswith("UNL4")
    ]


def _place(finding: dict[str, Any], checkout: Path) -> str:
    path = os.path.relpath(ROOT / finding["path"], checkout.resolve()).replace(os.sep, "/")
    return f"{path}:{finding['line']}"


@dataclass(frozen=True, slots=True)
class Scored:
    """A project: its rows, and the findings or why there are none."""

    repo: str
    rows: tuple[Row, ...]
    found: tuple[Finding, ...]
    trouble: str = ""

    def reports(self, row: Row) -> list[Finding]:
        """The findings that answer the row."""
        return [each for each in self.found if each.place in row.places and each.code in row.codes]

    def answered(self, finding: Finding) -> list[Row]:
        """The rows that the finding answers, or stands on at least."""
        on = [row for row in self.rows if finding.place in row.places]
        return [row for row in on if finding.code in row.codes] or on


def score(every: Sequence[Row], checkouts: Path) -> Iterator[Scored]:
    """Checks each project once, in the order of names."""
    for repo in sorted({row.repo for row in every}):
        own = tuple(row for row in every if row.repo == repo)
        try:
            yield Scored(repo, own, tuple(findings(checkouts / repo.replace("/", "__"))))
        except (OSError, RuntimeError) as error:
            yield Scored(repo, own, (), str(error) or type(error).__name__)


def report(project: Scored) -> Iterator[str]:
    """The printed lines of one project: its rows, then findings where none should be."""
    yield f"\n== {project.repo}"
    if project.trouble:
        yield f"not checked: {project.trouble}"
        return
    for row in project.rows:
        reports = project.reports(row)
        if row.label != "ok":
            codes = ",".join(sorted({each.code for each in reports})) or "-"
            yield f"{'reported' if reports else 'missed':8} {row.label:9} {codes:6} {row.text}"
    for finding in project.found:
        on = {row.label for row in project.answered(finding)}
        if not on or on == {"ok"}:
            where = "on ok" if on else "on no row"
            yield f"{where:9} {finding.place} {finding.code} {finding.message}"


def counts(project: Scored) -> Counter[str]:
    """How many rows of each label there are and are reported, and findings that answer no hazard."""
    counted: Counter[str] = Counter()
    for row in project.rows:
        counted[row.label] += 1
        counted[f"{row.label} reported"] += bool(project.reports(row))
    for finding in project.found:
        on = {row.label for row in project.answered(finding)}
        counted["on ok"] += on == {"ok"}
        counted["on no row"] += not on
    return counted


def table(every: Sequence[Scored]) -> Iterator[str]:
    """One line a project, and the sum."""
    yield f"\n{'project':32}" + "".join(f"{name:>12}" for name in COLUMNS)
    total: Counter[str] = Counter()
    for project in every:
        total += counts(project)
        yield _line(project.repo, counts(project)) + (" not checked" if project.trouble else "")
    yield _line("total", total)


def _line(name: str, counted: Counter[str]) -> str:
    labels = [f"{counted[f'{label} reported']}/{counted[label]}" for label in COLUMNS[:3]]
    return f"{name:32}" + "".join(f"{cell:>12}" for cell in (*labels, counted["on ok"], counted["on no row"]))


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints the score. Returns 2 when a project could not be checked, else 0."""
    parser = argparse.ArgumentParser(description="Score of project mode on labelled public projects.")
    parser.add_argument("--labels", type=Path, required=True, help="folder of the *.jsonl rows")
    parser.add_argument("--checkouts", type=Path, required=True, help="folder of owner__name checkouts")
    parser.add_argument(
        "--project", default="", metavar="NAME", help="only projects whose name has this in it"
    )
    options = parser.parse_args(arguments)
    chosen = [row for row in rows(options.labels) if options.project in row.repo]
    every = list(score(chosen, options.checkouts))
    for project in every:
        print("\n".join(report(project)))
    print("\n".join(table(every)))
    return 2 if any(project.trouble for project in every) else 0


if __name__ == "__main__":
    sys.exit(main())
