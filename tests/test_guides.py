"""The guides are true: what they say is reported is reported, the rest is clean, and their host works."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.snippets import Snippet, findings

DOCS = Path(__file__).parents[1] / "docs"
GUIDES = ("hot-reload.md", "in-tests.md")
_BLOCK = re.compile(r"^```python\n(.*?)^```", re.S | re.M)
_HEADING = re.compile(r"^#+ (.*)$", re.M)
WORLD = {
    "shop/__init__.py": "from .cart import Cart\n\n\nclass Order: ...\n\n\ndef total(): ...\n",
    "shop/cart.py": "class Cart: ...\n",
}


def blocks() -> list[Snippet]:
    """Every Python block of a guide, with the heading above it."""
    found = []
    for name in GUIDES:
        text = (DOCS / name).read_text(encoding="utf-8")
        for match in _BLOCK.finditer(text):
            heading = _HEADING.findall(text[: match.start()])[-1]
            found.append(Snippet(f"{name}: {heading}", match[1]))
    return found


@pytest.mark.parametrize("block", blocks(), ids=lambda each: each.title)
def test_marked_lines_are_reported_and_others_are_clean(block: Snippet, tmp_path: Path) -> None:
    for name, text in WORLD.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    test = "def test_" in block.source
    found = findings(block.source, str(tmp_path / ("test_app.py" if test else "app.py")))
    assert {(each.line, each.code) for each in found} == {mark[:2] for mark in block.expected()}


def test_the_host_reloads_a_package_and_closes_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (source,) = (each.source for each in blocks() if each.title == "hot-reload.md: A plugin host")
    namespace: dict[str, Any] = {}
    exec(source, namespace)
    plugin = tmp_path / "echo_plugin"
    plugin.mkdir()
    closed: list[str] = []
    monkeypatch.setattr(sys, "closed", closed, raising=False)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    (plugin / "__init__.py").write_text(
        "import sys\nfrom .text import shout\n\n\ndef run(word):\n    return shout(word)\n\n\n"
        "def unregister():\n    sys.closed.append('old')\n"
    )
    (plugin / "text.py").write_text("def shout(word):\n    return word + '!'\n")
    host = namespace["Host"]()
    host.load("echo_plugin")
    assert host.call("echo_plugin", "hi") == "hi!"
    (plugin / "text.py").write_text("def shout(word):\n    return word.upper()\n")
    host.reload("echo_plugin")
    assert (host.call("echo_plugin", "hi"), closed) == ("HI", ["old"])
    host.unload("echo_plugin")
    assert not [name for name in sys.modules if name.startswith("echo_plugin")]
