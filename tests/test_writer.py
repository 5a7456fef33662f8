"""Files on disk: replaced at once with mode and links kept, or left alone with one clear line."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from flake8_unload.repair.writer import NotWritten, write

posix = pytest.mark.skipif(os.name != "posix", reason="modes and links of POSIX")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "app.py"
    path.write_bytes(b"old")
    return path


def test_new_content(file: Path) -> None:
    write(str(file), b"old", b"new\r\n\xff")
    assert file.read_bytes() == b"new\r\n\xff"
    assert [each.name for each in file.parent.iterdir()] == ["app.py"]


def test_the_same_content_is_not_written(file: Path) -> None:
    before = file.stat()
    write(str(file), b"old", b"old")
    after = file.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


@posix
@pytest.mark.parametrize("mode", [0o755, 0o600, 0o664, 0o4711])
def test_mode_stays(file: Path, mode: int) -> None:
    file.chmod(mode)
    write(str(file), b"old", b"new")
    assert stat.S_IMODE(file.stat().st_mode) == mode


@posix
def test_a_link_stays_a_link(file: Path, tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    link = tmp_path / "far" / "link.py"
    link.symlink_to("../app.py")
    write(str(link), b"old", b"new")
    assert link.is_symlink() and file.read_bytes() == b"new"
    assert [each.name for each in link.parent.iterdir()] == ["link.py"]


@posix
def test_a_read_only_file_stays(file: Path) -> None:
    file.chmod(0o444)
    with pytest.raises(NotWritten, match=r"^cannot be written: it is read-only$"):
        write(str(file), b"old", b"new")
    assert file.read_bytes() == b"old"


def test_a_vanished_file_stays_vanished(file: Path) -> None:
    file.unlink()
    with pytest.raises(NotWritten, match=r"^cannot be written: No such file or directory$"):
        write(str(file), b"old", b"new")
    assert not file.exists()


def test_a_file_that_somebody_else_changed_stays(file: Path) -> None:
    file.write_bytes(b"other")
    with pytest.raises(NotWritten, match=r"^has changed since it was read; nothing was written$"):
        write(str(file), b"old", b"new")
    assert file.read_bytes() == b"other"


def test_a_failure_leaves_nothing_behind(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(NotWritten, match=r"^cannot be written: No space left on device$"):
        write(str(file), b"old", b"new")
    assert [each.read_bytes() for each in file.parent.iterdir()] == [b"old"]


_KILLED = """
import os, signal, sys
from flake8_unload.repair import writer
calls = iter(range(100))
real = {name: getattr(os, name) for name in ("fsync", "chmod", "replace")}
def dying(name):
    def call(*args, **kwargs):
        if next(calls) == int(sys.argv[2]):
            os.kill(os.getpid(), signal.SIGKILL)
        return real[name](*args, **kwargs)
    return call
for name in real:
    setattr(os, name, dying(name))
writer.write(sys.argv[1], b"old", b"new")
"""


@posix
@pytest.mark.parametrize(("moment", "content"), [(0, b"old"), (1, b"old"), (2, b"old"), (9, b"new")])
def test_killed_at_any_moment_the_file_is_old_or_new(file: Path, moment: int, content: bytes) -> None:
    done = subprocess.run([sys.executable, "-c", _KILLED, str(file), str(moment)], check=False)
    assert done.returncode == (0 if moment == 9 else -signal.SIGKILL)
    assert file.read_bytes() == content
