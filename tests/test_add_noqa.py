"""`check --add-noqa`: comments where real flake8 reads them, and nowhere else; every other byte as it was."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from flake8_unload.cli import main
from tests.faces import flake8

USE = "\n\ndef use():\n    LOG.read()\n"
Run = Callable[..., tuple[int, str, str]]
CASES = {
    "a line": ("LOG = open('x')", "LOG = open('x')  # noqa: UNL301"),
    "blanks behind": ("LOG = open('x') \t ", "LOG = open('x')  # noqa: UNL301"),
    "a comment": ("LOG = open('x')  # why", "LOG = open('x')  # why  # noqa: UNL301"),
    "type: ignore": (
        "LOG = open('x')  # type: ignore[x]",
        "LOG = open('x')  # type: ignore[x]  # noqa: UNL301",
    ),
    "no space": ("LOG = open('x')  #noqa: UNL301", "LOG = open('x')  #noqa: UNL301  # noqa: UNL301"),
    "another code": ("LOG = open('x')  # noqa: E501", "LOG = open('x')  # noqa: E501,UNL301"),
    "lower case": ("LOG = open('x')  # NoQA:E501", "LOG = open('x')  # NoQA:E501,UNL301"),
    "codes": ("LOG = open('x')  # noqa: E501, W291", "LOG = open('x')  # noqa: E501, W291, UNL301"),
    "a reason": ("LOG = open('x')  # noqa: E501 - why", "LOG = open('x')  # noqa: E501,UNL301 - why"),
    "two pragmas": (
        "LOG = open('x')  # noqa: E501  # type: ignore",
        "LOG = open('x')  # noqa: E501,UNL301  # type: ignore",
    ),
    "two on a line": (
        "import sys; sys.modules.clear(); LOG = open('x')",
        "import sys; sys.modules.clear(); LOG = open('x')  # noqa: UNL107,UNL301",
    ),
    "brackets": ("LOG = open(\n    'x',\n)", "LOG = open(  # noqa: UNL301\n    'x',\n)"),
    "inside brackets": ("LOG = (\n    open('x')\n)", "LOG = (\n    open('x')  # noqa: UNL301\n)"),
    "a backslash": ("LOG = \\\n    open('x')", "LOG = \\\n    open('x')  # noqa: UNL301"),
    "backslashes": ("LOG = open( \\\n    'x' \\\n)", "LOG = open( \\\n    'x' \\\n)  # noqa: UNL301"),
    "a long string": ("LOG = open('''a\nb\n''', 'w')", "LOG = open('''a\nb\n''', 'w')  # noqa: UNL301"),
    "a continued string": ("LOG = open('a\\\nb', 'w')", "LOG = open('a\\\nb', 'w')  # noqa: UNL301"),
    "a long string in brackets": (
        "LOG = open(\n    '''a\nb''', 'w',\n)",
        "LOG = open(  # noqa: UNL301\n    '''a\nb''', 'w',\n)",
    ),
    "a string before it": ("A = '''\n'''; LOG = open('x')", "A = '''\n'''; LOG = open('x')  # noqa: UNL301"),
    "an f-string": ("N = 1\nLOG = open(f'''{N}\nb''')", "N = 1\nLOG = open(f'''{N}\nb''')  # noqa: UNL301"),
    "a form feed": ("\fLOG = open('x')", "\fLOG = open('x')  # noqa: UNL301"),
    "wide characters": ("é = '日本'; LOG = open(é)", "é = '日本'; LOG = open(é)  # noqa: UNL301"),
    "a line separator": ("A = '\u2028'; LOG = open('x')", "A = '\u2028'; LOG = open('x')  # noqa: UNL301"),
}
LEFT = {
    "noqa in a string": "LOG = open('# noqa: E501')",
    "noqa in a long string": "LOG = open('''\n# noqa: E501\n''')",
    "noqa in a string before the comment": "LOG = open('# noqa: E501')  # noqa: W291",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """`check --add-noqa`: exit status, standard output, standard error."""

    def command(*arguments: str) -> tuple[int, str, str]:
        status = main(["check", "--add-noqa", *arguments])
        return status, *capfd.readouterr()

    return command


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("name", CASES)
def test_the_comment_is_where_flake8_reads_it(folder: Path, run: Run, name: str, newline: str) -> None:
    before, after = ((each + USE).replace("\n", newline).encode() for each in CASES[name])
    (folder / "app.py").write_bytes(before)
    status, output, errors = run("app.py")
    assert (folder / "app.py").read_bytes() == after
    assert (status, output) == (0, "")
    assert errors == f"{after.count(b'UNL') - before.count(b'UNL')} finding{'s' * (b'107' in after)} " + (
        "suppressed, 1 file changed\n"
    )
    assert main(["check", "-q", "app.py"]) == 0
    assert ast.dump(ast.parse(before)) == ast.dump(ast.parse(after))


def test_flake8_reads_all_of_them(folder: Path, run: Run) -> None:
    for number, (before, _) in enumerate(CASES.values()):
        (folder / f"m{number}.py").write_text(before + USE, encoding="utf-8")
    assert flake8(folder, "--select=UNL", ".").stdout.count("\n") == len(CASES) + 1
    run()
    assert flake8(folder, "--select=UNL", ".").stdout == ""


@pytest.mark.parametrize("name", LEFT)
def test_what_no_comment_can_suppress_is_said_and_left(folder: Path, run: Run, name: str) -> None:
    source = LEFT[name] + USE
    (folder / "app.py").write_text(source)
    status, output, errors = run("app.py")
    reason = "a string on this line has a `# noqa` in it, and flake8 reads that one"
    assert (status, output) == (1, f"app.py:1:7: UNL301 not suppressed: {reason}\n")
    assert errors == "0 findings suppressed, 0 files changed\n"
    assert (folder / "app.py").read_text() == source


def test_inside_an_fstring_there_is_no_place(folder: Path, run: Run) -> None:
    source = "TEXT = f'''{\n    open('x')\n}'''\nLOG = open('y')\n" + USE
    (folder / "app.py").write_text(source)
    run("app.py", "--select=UNL301")
    assert (
        (folder / "app.py")
        .read_text()
        .startswith("TEXT = f'''{\n    open('x')\n}'''\nLOG = open('y')  # noqa")
    )


def test_a_second_run_changes_nothing(folder: Path, run: Run) -> None:
    (folder / "app.py").write_text(CASES["two on a line"][0] + USE)
    run()
    before = (folder / "app.py").stat().st_mtime_ns
    assert run() == (0, "", "0 findings suppressed, 0 files changed\n")
    assert (folder / "app.py").stat().st_mtime_ns == before


def test_every_other_byte_stays(folder: Path, run: Run) -> None:
    data = b"# coding: latin-1\r\nx = '\xe9'\t\n\n\x0cLOG = open(x)\r\n\r\ndef use():\n  LOG.read() \r\ny = 1"
    (folder / "app.py").write_bytes(data)
    run()
    assert (folder / "app.py").read_bytes() == data.replace(b"open(x)", b"open(x)  # noqa: UNL301")
    (folder / "app.py").write_bytes(b"\xef\xbb\xbfdef use():\n  LOG.read()\nLOG = open('x')")
    run()
    expected = b"\xef\xbb\xbfdef use():\n  LOG.read()\nLOG = open('x')  # noqa: UNL301"
    assert (folder / "app.py").read_bytes() == expected


def test_only_what_is_reported_is_suppressed(folder: Path, run: Run) -> None:
    source = "import sys\n\nLOG = open('x')\nsys.modules.clear()\n" + USE
    (folder / "app.py").write_text(source)
    main(["baseline", "write", "-q", "--select=UNL107"])
    run("--baseline", "unload-baseline.json")
    wanted = source.replace("open('x')", "open('x')  # noqa: UNL301")
    assert (folder / "app.py").read_text() == wanted
    run("--select=UNL3")
    assert (folder / "app.py").read_text() == wanted


def test_what_cannot_be_read_or_written(folder: Path, run: Run) -> None:
    (folder / "bad.py").write_text("x =\n")
    (folder / "locked.py").write_text(CASES["a line"][0] + USE)
    (folder / "locked.py").chmod(0o444)
    (folder / "ok.py").write_text(CASES["a line"][0] + USE)
    status, output, errors = run()
    assert status == 2
    assert output.startswith("./bad.py:1:4: UNL000 cannot be parsed") and output.count("\n") == 1
    assert errors == "./locked.py: cannot be written: it is read-only\n1 finding suppressed, 1 file changed\n"


@pytest.mark.parametrize(
    "options", ["-", "--disable-noqa", "--format=json", "--output=x", "--show-fixes", "--statistics"]
)
def test_wrong_use_is_one_line(folder: Path, run: Run, options: str) -> None:
    (folder / "app.py").write_text(CASES["a line"][0] + USE)
    status, output, errors = run(options)
    assert (status, output, errors.count("\n"), errors[:15]) == (2, "", 1, "flake8-unload: ")
    assert "noqa" not in (folder / "app.py").read_text()
