"""The machine formats of `check`, read back by parsers."""

from __future__ import annotations

import json
from pathlib import Path

from flake8_unload.findings import Finding
from flake8_unload.reports import FORMATS
from tests.faces import LEAK, LEAK_MESSAGE, ours

MESSAGE = LEAK_MESSAGE.removeprefix("UNL301 ")


def test_json_has_what_text_has_and_unreadable_files(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    (tmp_path / "b.py").write_text("x =\n")
    done = ours(tmp_path, "check", "--format", "json")
    first, second = json.loads(done.stdout)
    assert done.returncode == 2
    assert first == {"path": "./a.py", "line": 1, "column": 7, "code": "UNL301", "message": MESSAGE}
    assert (second["path"], second["code"]) == ("./b.py", "UNL000")


def test_no_finding_is_an_empty_report(tmp_path: Path) -> None:
    reports = {name: ours(tmp_path, "check", "--format", name).stdout for name in FORMATS}
    assert json.loads(reports.pop("sarif"))["runs"][0]["results"] == []
    assert reports == {"json": "[]\n", "github": "", "gitlab": "[]\n"}


def test_github_escapes() -> None:
    text = FORMATS["github"]([("./a,b:c%.py", [Finding(3, 0, "UNL301", "50%\r\nof: a, b")])])
    where = "file=a%2Cb%3Ac%25.py,line=3,col=1,title=UNL301"
    assert text == f"::error {where}::UNL301 50%25%0D%0Aof: a, b\n"


def test_gitlab_fingerprints_are_unique_and_survive_a_move(tmp_path: Path) -> None:
    def report(source: str) -> list[dict[str, object]]:
        (tmp_path / "a.py").write_text(source)
        ours(tmp_path, "check", "--format=gitlab", "--output=out.json")
        rows: list[dict[str, object]] = json.loads((tmp_path / "out.json").read_text())
        return rows

    twice = "LOG = open('x')\nLOG = open('y')\n\n\ndef use():\n    LOG.read()\n"
    before, after = report(twice), report("\n\n" + twice)
    assert [each["fingerprint"] for each in before] == [each["fingerprint"] for each in after]
    assert len({str(each["fingerprint"]) for each in before}) == len(before) > 0
    assert before[0]["location"] != after[0]["location"]


def test_an_output_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    done = ours(tmp_path, "check", "--format=json", "--output=no/out.json")
    assert done.returncode == 2
    assert (
        done.stderr == "flake8-unload: --output: `no/out.json` cannot be written: No such file or directory\n"
    )


def test_sarif_has_places_rules_and_fingerprints(tmp_path: Path) -> None:
    (tmp_path / "é.py").write_text(LEAK)
    (tmp_path / "c.py").write_text("x =\n")
    log = json.loads(ours(tmp_path, "check", "--format=sarif").stdout)
    (run,) = log["runs"]
    second, first = run["results"]
    rules = run["tool"]["driver"]["rules"]
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert [rules[each["ruleIndex"]]["id"] for each in run["results"]] == ["UNL000", "UNL301"]
    place = first["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "%C3%A9.py"}
    assert place["region"]["startLine"] == 1 and place["region"]["startColumn"] == 7
    assert first["message"]["text"] == MESSAGE
    assert first["partialFingerprints"] != second["partialFingerprints"]
    assert [each.get("name") for each in rules] == [None, "module-level-resource"]


def test_exit_zero_forgives_findings_and_no_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    assert ours(tmp_path, "check", "--exit-zero").returncode == 0
    (tmp_path / "b.py").write_text("x =\n")
    assert ours(tmp_path, "check", "--exit-zero").returncode == 2
