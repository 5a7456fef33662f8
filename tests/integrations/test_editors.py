"""The settings of the page on editors, in the real editors where they are installed."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from tests.faces import LEAK, LEAK_MESSAGE, unmarked
from tests.integrations.tools import ROOT, python, run

PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
FOUND = f"app.py 1 7 {LEAK_MESSAGE}"
QUICKFIX = 'map(getqflist(), \'bufname(v:val.bufnr)." ".v:val.lnum." ".v:val.col." ".v:val.text\')'
FLYMAKE = """
(require 'python) (require 'flymake)
(find-file "app.py") (python-mode) (flymake-mode 1) (flymake-start)
(let ((tries 300))
  (while (and (> tries 0) (null (flymake-diagnostics)))
    (accept-process-output nil 0.1)
    (setq tries (1- tries))))
(dolist (each (flymake-diagnostics))
  (let ((line (line-number-at-pos (flymake-diagnostic-beg each))))
    (princ (format "%s %s\\n" line (flymake-diagnostic-text each)))))
"""


def block(language: str) -> str:
    """The first block of that language on the page."""
    found = re.search(rf"^```{language}\n(.*?)^```", PAGE, re.S | re.M)
    assert found
    return found[1]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "app.py").write_text(LEAK)
    return tmp_path


@pytest.mark.parametrize("editor", [["vim", "-es"], ["nvim", "--headless"]], ids=["vim", "nvim"])
def test_make_fills_the_quickfix_list(folder: Path, editor: list[str]) -> None:
    if not shutil.which(editor[0]):
        pytest.skip(f"{editor[0]} is not installed")
    (folder / "rc.vim").write_text(block("vim"))
    does = ["silent make", f"call writefile({QUICKFIX}, 'found')", "qa!"]
    run(folder, *editor, "-u", "rc.vim", "app.py", *(part for each in does for part in ("-c", each)))
    assert FOUND in unmarked((folder / "found").read_text()).splitlines()


def test_flymake(folder: Path) -> None:
    if not shutil.which("emacs"):
        pytest.skip("emacs is not installed")
    (folder / "init.el").write_text(f"(require 'python)\n{block('elisp')}{FLYMAKE}")
    done = run(folder, "emacs", "-Q", "--batch", "-l", "init.el")
    assert f"1 {LEAK_MESSAGE}\n" in unmarked(done.stdout)


def test_the_command_that_vs_code_runs(folder: Path) -> None:
    """As the extension starts flake8, with the arguments of the page."""
    arguments = json.loads(block("json"))["flake8.args"]
    pattern = "--format='%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s'"
    name = ["--stdin-display-name", str(folder / "app.py"), "-"]
    done = python(folder, "flake8", *arguments, pattern, *name, stdin=LEAK)
    assert f"'1,7,U,UNL301:{LEAK_MESSAGE[7:]}'" in done.stdout.splitlines()


def test_the_output_filter_of_pycharm(folder: Path) -> None:
    cells = dict(re.findall(r"^\| (program|arguments|output filters) \| `(.*)` \|$", PAGE, re.M))
    assert cells["program"].endswith("/flake8-unload")
    arguments = cells["arguments"].replace("$FilePath$", str(folder / "app.py")).split()
    fields = {"FILE_PATH": ".+", "LINE": r"\d+", "COLUMN": r"\d+", "MESSAGE": ".*"}
    line_pattern = re.sub(
        r"\\\$(\w+)\\\$", lambda each: f"(?P<{each[1]}>{fields[each[1]]})", re.escape(cells["output filters"])
    )
    (line,) = unmarked(python(folder, "flake8_unload", *arguments).stdout).splitlines()
    found = re.fullmatch(line_pattern, line)
    assert found
    assert found.groupdict() == {
        "FILE_PATH": str(folder / "app.py"), "LINE": "1", "COLUMN": "7", "MESSAGE": LEAK_MESSAGE
    }  # fmt: skip


def test_the_formats_of_efm(folder: Path) -> None:
    """Its formats are those of Vim's errorformat; the command gets the name and the text."""
    found = re.search(r"lint-command: flake8-unload (.*)\n", PAGE)
    assert found
    arguments = found[1].replace("${INPUT}", "app.py").split()
    done = python(folder, "flake8_unload", *arguments, stdin=LEAK)
    assert unmarked(done.stdout) == f"app.py:1:7: {LEAK_MESSAGE}\n"
    assert 'lint-formats: ["%f:%l:%c: %m"]' in PAGE
