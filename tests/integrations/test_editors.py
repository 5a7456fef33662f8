"""The settings of the page on editors, in the real editors where they are installed."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from tests.faces import LEAK, LEAK_MESSAGE, unmarked
from tests.integrations.lsp import Client
from tests.integrations.tools import ROOT, python, run

PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
FOUND = f"app.py 1 7 {LEAK_MESSAGE}"
QUICKFIX = 'map(getqflist(), \'bufname(v:val.bufnr)." ".v:val.lnum." ".v:val.col." ".v:val.text\')'
LOOP = "import sys\n\nfor key in sys.modules:\n    del sys.modules[key]\n"
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


def block(language: str, word: str = "") -> str:
    """The first block of that language on the page that has a word in it."""
    found = re.findall(rf"^```{language}\n(.*?)^```", PAGE, re.S | re.M)
    return next(each for each in found if word in each)


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


ALE = """
packadd ale
{block}
edit app.py
let tries = 300
while tries > 0 && empty(get(get(g:ale_buffer_info, bufnr(''), {{}}), 'loclist', []))
  sleep 100m
  let tries -= 1
endwhile
let found = copy(ale#engine#GetLoclist(bufnr('')))
call map(found, 'v:val.lnum . " " . v:val.col . " " . v:val.code . " " . v:val.text')
call writefile(found, 'found')
qa!
"""
NVIM_LINT = """
vim.cmd("edit app.py")
require("lint").try_lint()
vim.wait(30000, function() return #vim.diagnostic.get(0) > 0 end)
local found = {}
for _, each in ipairs(vim.diagnostic.get(0)) do
  table.insert(found, (each.lnum + 1) .. " " .. (each.col + 1) .. " " .. each.message)
end
vim.fn.writefile(found, "found")
vim.cmd("qa!")
"""


def test_ale(folder: Path) -> None:
    (folder / "rc.vim").write_text("filetype plugin on\n" + ALE.format(block=block("vim", "ale_linters")))
    done = run(folder, "vim", "-Nes", "-u", "rc.vim", timeout=120) if shutil.which("vim") else None
    if done is None or not (folder / "found").exists():
        pytest.skip("ALE is not installed")
    assert f"1 7 UNL301 {LEAK_MESSAGE[7:]}" in (folder / "found").read_text().splitlines()


@pytest.mark.parametrize("which", ['python = { "flake8" }', "parser"], ids=["flake8", "ours"])
def test_nvim_lint(folder: Path, which: str) -> None:
    (folder / "rc.lua").write_text(block("lua", which) + NVIM_LINT)
    asked = 'lua io.write(tostring(pcall(require, "lint")))'
    nvim = ["nvim", "--headless", "-u", "NORC", "-c", asked, "-c", "qa!"]
    if not shutil.which("nvim") or "true" not in run(folder, *nvim).stdout:
        pytest.skip("nvim-lint is not installed")
    done = run(folder, "nvim", "--headless", "-u", "NORC", "-c", "luafile rc.lua", timeout=120)
    found = unmarked((folder / "found").read_text()) if (folder / "found").exists() else done.stderr
    assert f"1 7 {LEAK_MESSAGE[7:]}" in found.splitlines()


WARNING = 2
EXTENSIONS = Path.home() / ".vscode" / "extensions"


def test_the_server_of_the_extension_for_vs_code(folder: Path) -> None:
    """With the settings of the page, and what the extension adds to them."""
    found = sorted(EXTENSIONS.glob("ms-python.flake8-*/bundled/tool/lsp_server.py"))
    if not found:
        pytest.skip("the extension is not installed")
    page = {name.partition(".")[2]: value for name, value in json.loads(block("json")).items()}
    settings = {"cwd": str(folder), "workspace": folder.as_uri(), "path": [], "interpreter": [sys.executable]}
    settings |= {"ignorePatterns": [], "extraPaths": [], "enabled": True, "showNotifications": "off", **page}
    client = Client(folder, sys.executable, str(found[-1]), LS_IMPORT_STRATEGY=page["importStrategy"])
    try:
        client.start(settings=[settings], globalSettings=settings)
        found = [each for each in client.open("app.py", LEAK) if each["code"] == "UNL301"]
        client.end()
    finally:
        client.process.kill()
    (shown,) = found
    assert (shown["range"]["start"], shown["severity"]) == ({"line": 0, "character": 6}, WARNING)
    assert shown["message"].strip() == LEAK_MESSAGE[7:]


def test_the_command_that_vs_code_runs(folder: Path) -> None:
    """As the extension starts flake8, with the arguments of the page."""
    arguments = json.loads(block("json"))["flake8.args"]
    pattern = "--format=%(row)d,%(col)d,%(code).1s,%(code)s:%(text)s"
    done = python(folder, "flake8", *arguments, pattern, str(folder / "app.py"))
    assert f"1,7,U,UNL301:{LEAK_MESSAGE[7:]}" in done.stdout.splitlines()


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


def test_efm(folder: Path) -> None:
    if not shutil.which("efm-langserver"):
        pytest.skip("efm-langserver is not installed")
    (folder / "config.yaml").write_text(block("yaml"))
    (folder / "app.py").write_text(LOOP)
    client = Client(folder, "efm-langserver", "-c", "config.yaml")
    try:
        client.start(documentFormatting=True)
        (shown,) = client.open("app.py", LOOP)
        style = {"tabSize": 4, "insertSpaces": True}
        document = {"uri": (folder / "app.py").as_uri()}
        edits = client.send("textDocument/formatting", wait=True, textDocument=document, options=style)
    finally:
        client.process.kill()
    assert (shown["range"]["start"], shown["severity"]) == ({"line": 2, "character": 11}, WARNING)
    assert shown["message"].startswith("UNL106 `sys.modules` changes size while iterated")
    assert [each["newText"] for each in edits if each["newText"]] == ["for key in list(sys.modules):\n"]


def test_the_formats_of_efm(folder: Path) -> None:
    """Its formats are those of Vim's errorformat; the command gets the name and the text."""
    found = re.search(r"lint-command: flake8-unload (.*)\n", PAGE)
    assert found
    arguments = found[1].replace("${INPUT}", "app.py").split()
    done = python(folder, "flake8_unload", *arguments, stdin=LEAK)
    assert unmarked(done.stdout) == f"app.py:1:7: {LEAK_MESSAGE}\n"
    assert 'lint-formats: ["%f:%l:%c: %m"]' in PAGE
