"""Real python-lsp-server over stdio: what flake8 finds with the plugin arrives as diagnostics."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from flake8_unload.registry import rules
from tests.faces import LEAK, LEAK_MESSAGE
from tests.integrations.lsp import Client
from tests.integrations.tools import ROOT

pytest.importorskip("pylsp")

FIXED = "def use():\n    return 1\n"
STALE = "import importlib\nimport shapes\nfrom shapes import Circle\n\nimportlib.reload(shapes)\nCircle()\n"
PAGE = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server in an empty project, with the settings of the page, that ends with the test."""
    started = Client(tmp_path, sys.executable, "-m", "pylsp")
    try:
        started.start()
        (settings,) = (
            json.loads(text) for text in re.findall(r"```json\n(.*?)```", PAGE, re.S) if "pylsp" in text
        )
        started.send("workspace/didChangeConfiguration", settings=settings)
        yield started
        started.end()
    finally:
        started.process.kill()


def ours(diagnostics: list[dict[str, Any]]) -> list[tuple[int, int, str]]:
    """Line and column from 0 and the message of those of the plugin."""
    return [
        (each["range"]["start"]["line"], each["range"]["start"]["character"], each["message"])
        for each in diagnostics
        if str(each.get("code", "")).startswith("UNL")
    ]


def test_findings_come_and_go_as_one_types(client: Client) -> None:
    assert ours(client.open("app.py", LEAK)) == [(0, 6, LEAK_MESSAGE)]
    assert ours(client.change("app.py", FIXED)) == []


def test_a_finding_links_to_its_page(client: Client) -> None:
    (finding,) = (each for each in client.open("app.py", LEAK) if each["code"] == "UNL301")
    url = finding["codeDescription"]["href"]
    assert url == rules()["UNL301"].url
    assert (ROOT / url.partition("/blob/main/")[2]).is_file()


def test_diagnostics_of_others_are_left_alone(client: Client) -> None:
    (finding,) = client.open("app.py", "import os\n")
    assert (finding["code"], "codeDescription" in finding) == ("F401", False)


def test_text_that_is_not_saved_is_seen_in_its_place(client: Client, tmp_path: Path) -> None:
    (tmp_path / "shapes.py").write_text("class Circle: ...\n", encoding="utf-8")
    (tmp_path / "host.py").write_text(FIXED, encoding="utf-8")
    ((line, _, message),) = ours(client.open("host.py", STALE))
    assert line == 4
    assert message.startswith("UNL201 `Circle` is still the class of before this reload")


def test_the_configuration_of_flake8_counts(client: Client, tmp_path: Path) -> None:
    config = "[flake8]\nunload-ignore-factories = builtins.open\nextend-select = UNL907\n"
    (tmp_path / ".flake8").write_text(config, encoding="utf-8")
    text = f"import atexit\n\n{LEAK}\natexit.register(print)\n"
    ((line, _, message),) = ours(client.open("app.py", text))
    assert (line, message[:6]) == (8, "UNL907")
