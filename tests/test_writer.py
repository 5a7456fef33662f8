"""Files on disk: replaced at once with mode and links kept, or left alone with one clear line."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
import time
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


@posix
def test_a_folder_that_takes_no_file_keeps_its_own(file: Path) -> None:
    if os.geteuid() == 0:
        pytest.skip("the superuser may write anywhere")
    file.parent.chmod(0o555)
    try:
        with pytest.raises(NotWritten, match=r"^cannot be written: Permission denied$"):
            write(str(file), b"old", b"new")
    finally:
        file.parent.chmod(0o755)
    assert file.read_bytes() == b"old"


def test_a_link_to_nothing_has_a_reason(file: Path) -> None:
    link = file.with_name("link.py")
    link.symlink_to("gone.py")
    with pytest.raises(NotWritten, match=r"^cannot be written: No such file or directory$"):
        write(str(link), b"old", b"new")
    assert not file.with_name("gone.py").exists()


def test_ctrl_c_leaves_nothing_behind(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "fsync", interrupt)
    with pytest.raises(KeyboardInterrupt):
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


OLD = (
    b"import sys\r\n\r\nfor k in sys.modules:\r\n    del sys.modules[k]\r\n" + b"x = 1  # \xc3\xa9\r\n" * 200
)
NEW = OLD.replace(b"in sys.modules", b"in list(sys.modules)")


@posix
def test_a_run_killed_again_and_again_leaves_old_and_new_files_only(tmp_path: Path) -> None:
    files = [tmp_path / f"m{number}.py" for number in range(20)]
    for each in files:
        each.write_bytes(OLD)
    command = [sys.executable, "-m", "flake8_unload", "fix", "-q", "--isolated", str(tmp_path)]
    done, kills = 0, 0
    while done < len(files):
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while run.poll() is None and _count(files, NEW) <= done + 2 * kills:
            time.sleep(0.001)  # more files each time, so that the kill comes at another moment
        kills += run.poll() is None
        run.kill()
        run.wait()
        assert _count(files, OLD) + _count(files, NEW) == len(files)
        done = _count(files, NEW)
        assert run.returncode in (0, -signal.SIGKILL)
    assert kills > 1
    for each in files:
        assert each.stat().st_mode == files[0].stat().st_mode


def _count(files: list[Path], content: bytes) -> int:
    return sum(each.read_bytes() == content for each in files)
