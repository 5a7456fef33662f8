"""Real python-lsp-server over stdio: what flake8 finds with the plugin arrives as diagnostics."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from queue import Queue
from typing import Any

import pytest

from flake8_unload.registry import rules
from tests.faces import LEAK, LEAK_MESSAGE
from tests.integrations.tools import ROOT, environment

pytest.importorskip("pylsp")

FIXED = "def use():\n    return 1\n"
STALE = "import importlib\nimport shapes\nfrom shapes import Circle\n\nimportlib.reload(shapes)\nCircle()\n"
SECONDS = 60


class Client:
    """Speaks the Language Server Protocol with a server that it starts in a folder."""

    def __init__(self, folder: Path) -> None:
        command = [sys.executable, "-m", "pylsp"]
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.folder, self._number, self._messages = folder, 0, Queue[dict[str, Any]]()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        stream = self.process.stdout
        assert stream is not None
        while header := stream.readline():
            if header.lower().startswith(b"content-length:"):
                while stream.readline().strip():
                    pass
                self._messages.put(json.loads(stream.read(int(header.split(b":")[1]))))

    def send(self, method: str, wait: bool = False, **params: Any) -> None:
        """A notification, or a request whose answer is waited for."""
        self._number += 1
        message = {"jsonrpc": "2.0", "method": method, "params": params} | (
            {"id": self._number} if wait else {}
        )
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()
        while wait and self._messages.get(timeout=SECONDS).get("id") != self._number:
            pass

    def start(self) -> None:
        """Shake hands, and ask for flake8 alone."""
        plugins = {"flake8": {"enabled": True}, "pyflakes": {"enabled": False}, "mccabe": {"enabled": False}}
        plugins["pycodestyle"] = {"enabled": False}
        self.send("initialize", wait=True, processId=None, rootUri=self.folder.as_uri(), capabilities={})
        self.send("initialized")
        self.send("workspace/didChangeConfiguration", settings={"pylsp": {"plugins": plugins}})

    def open(self, name: str, text: str) -> list[dict[str, Any]]:
        """Show the server a file that need not be on disk; its diagnostics."""
        document = {"uri": (self.folder / name).as_uri(), "languageId": "python", "version": 1, "text": text}
        self.send("textDocument/didOpen", textDocument=document)
        return self.diagnostics(name)

    def change(self, name: str, text: str) -> list[dict[str, Any]]:
        """Type another text into an open file; its diagnostics."""
        document = {"uri": (self.folder / name).as_uri(), "version": 2}
        self.send("textDocument/didChange", textDocument=document, contentChanges=[{"text": text}])
        return self.diagnostics(name)

    def diagnostics(self, name: str) -> list[dict[str, Any]]:
        """The next diagnostics that the server publishes for a file."""
        while True:
            message = self._messages.get(timeout=SECONDS)
            if message.get("method") == "textDocument/publishDiagnostics":
                if message["params"]["uri"] == (self.folder / name).as_uri():
                    return list(message["params"]["diagnostics"])


@pytest.fixture
def client(tmp_path: Path) -> Iterator[Client]:
    """A server in an empty project, that ends with the test."""
    started = Client(tmp_path)
    try:
        started.start()
        yield started
        started.send("shutdown", wait=True)
        started.send("exit")
        started.process.communicate(timeout=SECONDS)
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
