"""`flake8-unload fix`, and what `check` says about fixes: output, exit status, and what is left alone."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from flake8_unload import inspection
from flake8_unload.cli import main
from flake8_unload.survey import run
from tests.faces import LEAK, flake8, ours, unmarked

LOOP = "import sys\n\nfor k in sys.modules:\n    del sys.modules[k]\n"
FIXED = LOOP.replace("in sys.modules", "in list(sys.modules)")
REFUSED = LOOP.replace("[k]", '["m" + k]')
DIFF = """\
--- app.py
+++ app.py
@@ -1,4 +1,4 @@
 import sys
 
-for k in sys.modules:
+for k in list(sys.modules):
     del sys.modules[k]
"""  # noqa: W293


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "app.py").write_text(LOOP)
    return tmp_path


def test_fixed_and_done(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["fix"]) == 0
    output, errors = capfd.readouterr()
    assert output == "./app.py:3:10: UNL106 fixed: iterate over a copy\n"
    assert errors == "1 fixed; 1 of 1 file changed\n"
    assert (folder / "app.py").read_text() == FIXED
    before = (folder / "app.py").stat()
    assert main(["fix"]) == 0
    assert capfd.readouterr() == ("", "0 fixed; 0 of 1 file changed\n")
    assert (folder / "app.py").stat().st_mtime_ns == before.st_mtime_ns


def test_diff_writes_nothing(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--diff", "app.py"]) == 0
    output, errors = capfd.readouterr()
    assert output == DIFF
    assert errors.startswith("app.py:3:10: UNL106 would be fixed: iterate over a copy\n")
    assert (folder / "app.py").read_text() == LOOP


@pytest.mark.skipif(os.name != "posix", reason="needs patch")
def test_the_diff_is_a_patch(folder: Path) -> None:
    data = b"# coding: latin-1\r\nx = '\xe9'\r\n" + LOOP.replace("\n", "\r\n").encode() + b"y = 1"
    (folder / "app.py").write_bytes(data)
    command = [sys.executable, "-m", "flake8_unload", "fix", "--diff", "-q", "app.py"]
    patch = subprocess.run(command, capture_output=True, check=True).stdout
    (folder / ".git").mkdir()
    subprocess.run(
        ["git", "apply", "-p0", "--unsafe-paths"], input=patch, check=True, env={"PATH": os.defpath}
    )
    assert (folder / "app.py").read_bytes() == data.replace(b"in sys.modules:", b"in list(sys.modules):")


def test_check_writes_nothing_and_says_so(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--check"]) == 1
    assert (folder / "app.py").read_text() == LOOP
    assert capfd.readouterr().err == "1 would be fixed; 1 of 1 file would change\n"
    main(["fix", "-q"])
    assert main(["fix", "--check"]) == 0


def test_reasons_and_rules_without_fixes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "app.py").write_text(REFUSED)
    (folder / "leak.py").write_text("import sys\nsys.modules.clear()\n")
    assert main(["fix"]) == 0
    output, errors = capfd.readouterr()
    assert output == (
        "./app.py:3:10: UNL106 not fixed: the loop removes other keys than its own, "
        "which fails once they are gone\n"
    )
    assert errors == "0 fixed, 1 not, as said, 1 without a fix; 0 of 2 files changed\n"


@pytest.mark.parametrize(
    ("options", "fixed"),
    [
        ("--select UNL1", True),
        ("--select sys-modules-changed-during-iteration", True),
        ("--select UNL3", False),
        ("--ignore UNL106", False),
        ("--extend-ignore unl1", False),
        ("--extend-select UNL9", True),
        ("--fixable UNL106", True),
        ("--fixable sys-modules-changed-during-iteration,UNL3", True),
        ("--fixable UNL2", False),
    ],
)
def test_selection(folder: Path, options: str, fixed: bool) -> None:
    assert main(["fix", "-q", *options.split()]) == 0
    assert (folder / "app.py").read_text() == (FIXED if fixed else LOOP)


@pytest.mark.parametrize("comment", ["# noqa", "# noqa:UNL106", "# NoQA: E501,UNL1", "# noqa : UNL"])
def test_suppressed_findings_stay(folder: Path, comment: str) -> None:
    source = LOOP.replace("modules:", f"modules:  {comment}")
    (folder / "app.py").write_text(source)
    assert flake8(folder, "--select=UNL", "app.py").stdout == ""
    assert main(["fix"]) == 0
    assert (folder / "app.py").read_text() == source


def test_standard_input(folder: Path) -> None:
    done = ours(folder, "fix", "-", "--stdin-filename=x.py", stdin=LOOP.encode())
    assert (done.stdout, done.returncode) == (FIXED, 0)
    assert done.stderr.startswith("x.py:3:10: UNL106 fixed: iterate over a copy\n")
    assert ours(folder, "fix", "-", stdin=b"x = 1\r\n").stdout == "x = 1\r\n"
    assert ours(folder, "fix", "--check", "-", stdin=LOOP.encode()).returncode == 1


def test_what_cannot_be_read_or_written(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "app.py").chmod(0o444)
    (folder / "bad.py").write_text("x =\n")
    assert main(["fix", ".", "gone.py"]) == 2
    output, errors = capfd.readouterr()
    assert "./bad.py:1:4: UNL000 cannot be parsed" in output
    assert "gone.py:1:1: UNL000 cannot be read: No such file or directory" in output
    assert errors.splitlines() == [
        "./app.py: cannot be written: it is read-only",
        "0 fixed; 0 of 3 files changed, 3 could not be read or written",
    ]
    assert (folder / "app.py").read_text() == LOOP


def test_an_ascii_locale_does_not_matter(folder: Path) -> None:
    (folder / "größe.py").write_text("é = '日本'\n" + LOOP + "# ü\n", encoding="utf-8")
    environment = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    command = [sys.executable, "-m", "flake8_unload", "fix", "."]
    done = subprocess.run(command, cwd=folder, capture_output=True, env=environment, check=True)
    assert "./größe.py:4:10: UNL106 fixed" in done.stdout.decode()
    assert (folder / "größe.py").read_text(encoding="utf-8") == "é = '日本'\n" + FIXED + "# ü\n"


def test_no_colours_but_on_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pty = pytest.importorskip("pty")
    seen = {}
    for name, environment in {"colours": {}, "plain": {"NO_COLOR": "1"}}.items():
        main_end, other_end = pty.openpty()
        command = [sys.executable, "-m", "flake8_unload", "fix", "--diff", "app.py"]
        subprocess.run(
            command,
            stdout=other_end,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "TERM": "xterm", **environment},
            check=True,
        )
        os.close(other_end)
        seen[name] = os.read(main_end, 10_000)
        os.close(main_end)
    assert b"\x1b[32m+for k in list(sys.modules):\x1b[0m" in seen["colours"]
    assert b"\x1b" not in seen["plain"] and b"+for k in list" in seen["plain"]


# -- what `check` says about fixes -------------------------------------------------------------
def test_check_counts_fixes_and_prints_as_flake8(folder: Path) -> None:
    (folder / "leak.py").write_text(LEAK)
    own = ours(folder, "check")
    assert unmarked(own.stdout) == flake8(folder, "--select=UNL", ".").stdout
    assert own.stdout.splitlines()[0].endswith("iterate over `list(...)` of it [fix]")
    assert own.stderr == "2 findings in 2 of 2 files; `flake8-unload fix` repairs 1\n"


def test_check_shows_fixes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "bad.py").write_text(REFUSED)
    assert main(["check", "--show-fixes", "app.py", "bad.py"]) == 1
    line = "3:10: UNL106 `sys.modules` changes size while iterated; iterate over `list(...)` of it"
    reason = "the loop removes other keys than its own, which fails once they are gone"
    assert capfd.readouterr().out == f"app.py:{line} [fix]\n{DIFF}bad.py:{line} [no fix: {reason}]\n"


def test_no_libcst_where_nothing_is_fixed(folder: Path) -> None:
    (folder / "app.py").write_text(REFUSED)
    for arguments in (["check"], ["check", "--show-fixes"], ["fix"], ["fix", "--diff", "--unsafe-fixes"]):
        code = "import sys; from flake8_unload.cli import main; main(sys.argv[1:]); "
        code += "assert 'libcst' not in sys.modules"
        subprocess.run([sys.executable, "-c", code, *arguments], check=True, capture_output=True)


def test_wrong_use(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--fixable", "UNL777"]) == 2
    output, errors = capfd.readouterr()
    assert output == "" and errors.startswith("flake8-unload: no rule has the code or name `UNL777`")


def test_help_has_examples(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="0"):
        main(["fix", "--help"])
    assert "examples:\n  flake8-unload fix" in capfd.readouterr().out


# -- names that are stale after a reload -------------------------------------------------------
STALE = "import importlib\nimport m\nfrom m import f\n\n\ndef refresh():\n    importlib.reload(m)\n    f()\n"
QUALIFIED = STALE.replace("from m import f\n", "").replace(" f()", " m.f()")


def test_from_import(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "app.py").write_text(STALE)
    assert main(["fix", "--select", "UNL2"]) == 0
    assert "UNL201 not fixed: `f` is bound outside" in capfd.readouterr().out
    assert main(["fix", "--select", "UNL2", "--from-import=qualify"]) == 0
    assert (folder / "app.py").read_text() == QUALIFIED


@pytest.mark.parametrize("beside", [True, False])
def test_a_name_that_a_submodule_takes_is_not_bound(
    beside: bool, folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    package = STALE.replace("import m\n", "import sys\n", 1)
    package = package.replace("from m import f", "from pkg.sub.a import f as _f").replace(
        "    f()", "    _f()"
    )
    package = package.replace("(m)", '(sys.modules["pkg.sub.a"])')
    (folder / "pkg/sub").mkdir(parents=True)
    for path in ("pkg/sub/__init__.py", "pkg/sub/a.py", *(["pkg/a.py"] if beside else [])):
        (folder / path).touch()
    (folder / "pkg/__init__.py").write_text(package)
    main(["fix", "--from-import=qualify", "pkg"])
    refused = "no name stands for `pkg.sub.a` wherever `_f` is used" in capfd.readouterr().out
    taken = "from pkg.sub import a\n" in (folder / "pkg/__init__.py").read_text()
    assert (refused, taken) == (beside, not beside)


def test_no_import_is_put_in_that_a_submodule_would_take(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (folder / "pkg").mkdir()
    (folder / "pkg/functools.py").touch()
    source = "from concurrent.futures import ThreadPoolExecutor\n\n_pool = ThreadPoolExecutor(4)\n\n\n"
    (folder / "pkg/__init__.py").write_text(source + "def run(job):\n    return _pool.submit(job)\n")
    main(["fix", "--unsafe-fixes", "pkg"])
    assert "UNL301 not fixed: the name `functools` is taken" in capfd.readouterr().out


def test_check_shows_the_same_fixes(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (folder / "app.py").write_text(STALE)
    main(["check", "--show-fixes", "--from-import", "qualify"])
    assert "+    m.f()" in capfd.readouterr().out


def test_no_other_style(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["fix", "--from-import", "drop"]) == 2
    assert "invalid choice: 'drop'" in capfd.readouterr().err


@pytest.mark.parametrize("options", [[], ["--no-project"]])
def test_a_file_without_findings_is_looked_at_once(
    options: list[str], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "quiet.py").write_text("import sys\n\nsys.modules.pop('m', None)\n")
    seen: list[str] = []
    for module in (inspection, run):

        def looked(tree: Any, lines: Any, path: str, *more: Any, real: Any = module.check) -> Any:
            seen.append(os.path.basename(path))
            return real(tree, lines, path, *more)

        monkeypatch.setattr(module, "check", looked)
    assert main(["fix", "--no-cache", "-q", *options]) == 0
    assert seen.count("quiet.py") == 1
    assert (folder / "app.py").read_text() == FIXED
