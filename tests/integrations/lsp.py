"""A client of the Language Server Protocol, for any server that speaks it over stdio."""

from __future__ import annotations

import json
import subprocess
import threading
from pathlib import Path
from queue import Queue
from typing import Any

from tests.integrations.tools import environment

SECONDS = 60


class Client:
    """Speaks the Language Server Protocol with a server that it starts in a folder."""

    def __init__(self, folder: Path, *command: str, **variables: str) -> None:
        self.process = subprocess.Popen(
            command, cwd=folder, env=environment(**variables), stdin=subprocess.PIPE, stdout=subprocess.PIPE
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

    def send(self, method: str, wait: bool = False, **params: Any) -> Any:
        """A notification, or a request; what its answer has."""
        self._number += 1
        message = {"jsonrpc": "2.0", "method": method, "params": params} | (
            {"id": self._number} if wait else {}
        )
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()
        while wait:
            answer = self._messages.get(timeout=SECONDS)
            if answer.get("id") == self._number:
                return answer.get("result")

    def start(self, **options: Any) -> None:
        """Shake hands."""
        root = {"processId": None, "rootUri": self.folder.as_uri(), "capabilities": {}}
        self.send("initialize", wait=True, **root, initializationOptions=options)
        self.send("initialized")

    def end(self) -> None:
        """Say goodbye, and see the server go."""
        self.send("shutdown", wait=True)
        self.send("exit")
        self.process.communicate(timeout=SECONDS)

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
