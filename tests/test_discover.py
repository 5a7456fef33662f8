"""Which files are checked, how their paths are spelled, and what `.gitignore` leaves out."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from flake8_unload.discover import EXCLUDED, python_files
from tests.faces import LEAK, flake8, ours, unmarked


def files(*arguments: str, exclude: tuple[str, ...] = (), gitignore: bool = True) -> list[str]:
    found, failed = python_files(arguments, exclude, gitignore)
    assert not failed
    return found


def write(folder: Path, *names: str, text: str = LEAK) -> None:
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["."],
        ["./"],
        ["pkg"],
        ["pkg/"],
        ["./pkg"],
        ["pkg//"],
        ["../{name}/pkg"],
        ["{folder}"],
        ["pkg/sub", "a.py"],
        ["b.py", "a.py", "./pkg/x.py"],
        ["script", "notes.txt"],
        ["pkg/../a.py"],
        ["x.py", "linked"],
    ],
)
def test_paths_are_spelled_and_ordered_as_by_flake8(folder: Path, arguments: list[str]) -> None:
    write(folder, "a.py", "b.py", "Z.py", "pkg/x.py", "pkg/sub/y.py", "pkg-2/x.py", "script", "notes.txt")
    write(folder, "x.py/inner.py", "pkg/stub.pyi", "pkg/window.pyw", ".tox/t.py", "pkg/__pycache__/c.py")
    os.symlink("pkg", folder / "linked")
    os.symlink("../a.py", folder / "pkg" / "alias.py")
    given = [each.format(folder=folder, name=folder.name) for each in arguments]
    own = ours(folder, "check", *given)
    assert unmarked(own.stdout) == flake8(folder, "--select=UNL", *given).stdout
    assert own.stdout.count("UNL301") >= 1


def test_each_file_once(folder: Path) -> None:
    write(folder, "a.py", "pkg/b.py")
    assert files("a.py", "./a.py", "a.py", str(folder / "a.py")) == ["a.py"]
    assert files(".", "pkg", "a.py") == ["./a.py", "./pkg/b.py"]
    assert files("-", "-") == ["-"]


@pytest.mark.parametrize("name", [each.replace("*", "x") for each in EXCLUDED])
def test_folders_that_hold_no_own_code(folder: Path, name: str) -> None:
    write(folder, "a.py", f"{name}/b.py", f"deep/er/{name}/c.py")
    assert files(".") == ["./a.py"]
    assert files(name) == [f"{name}/b.py"]


def test_a_virtualenv_of_any_name(folder: Path) -> None:
    write(folder, "a.py", "my-env/lib/b.py", "my-env/pyvenv.cfg")
    assert files(".") == ["./a.py"]
    assert files("my-env") == ["my-env/lib/b.py"]


def test_excluded_on_request(folder: Path) -> None:
    write(folder, "a.py", "gen/b.py", "gen_2/c.py", "pkg/gen/d.py")
    assert files(".", exclude=("gen",)) == ["./a.py", "./gen_2/c.py"]
    assert files(".", exclude=("gen*",)) == ["./a.py"]
    for pattern in ("pkg/gen", "./pkg/gen/", "*/pkg/gen", "pkg/*/d.py"):
        assert files(".", exclude=(pattern,)) == ["./a.py", "./gen/b.py", "./gen_2/c.py"]
    assert "gen" not in ours(folder, "check", "--extend-exclude", "gen,gen_*").stdout


def test_a_folder_with_a_file_name_is_walked(folder: Path) -> None:
    write(folder, "x.py/y.py", "x.py/z.txt")
    assert files(".") == ["./x.py/y.py"]
    assert files("x.py") == ["x.py/y.py"]


def test_links_to_folders_end(folder: Path) -> None:
    write(folder, "pkg/a.py")
    os.symlink("..", folder / "pkg" / "up")
    os.symlink(".", folder / "pkg" / "self")
    assert files(".") == ["./pkg/a.py"]


def test_a_folder_that_cannot_be_listed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, "a.py", "secret/b.py")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if "secret" in os.fspath(path):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found, (error,) = python_files(["."])
    assert (found, error.filename) == (["./a.py"], "./secret")


TREE = ("a.py", "b.py", "gen/c.py", "src/a.py", "src/gen/d.py", "src/deep/e.py", "src/deep/b.py")


@pytest.fixture
def repository(folder: Path) -> Path:
    subprocess.run(["git", "init", "-q", "."], check=True)
    write(folder, *TREE)
    return folder


@pytest.mark.parametrize(
    "ignores",
    [
        {},
        {".gitignore": "a.py\n"},
        {".gitignore": "!\na.py\nb\\\n"},  # git passes over what is no pattern
        {".gitignore": "/a.py\n"},
        {".gitignore": "gen/\n"},
        {".gitignore": "/gen\n"},
        {".gitignore": "gen/*\n!gen/c.py\n"},
        {".gitignore": "gen/\n!gen/c.py\n"},
        {".gitignore": "*.py\n!src/\n!src/a.py\n"},
        {".gitignore": "src/**/e.py\n"},
        {".gitignore": "# comment\n\n\\#a\nb.py   \n"},
        {".gitignore": "*\n"},
        {".gitignore": "a.py\r\ngen/\r\n"},
        {"src/.gitignore": "a.py\n"},
        {"src/.gitignore": "/gen\n"},
        {"src/.gitignore": "/deep/b.py\n"},
        {".gitignore": "a.py\n", "src/.gitignore": "!a.py\n"},
        {".gitignore": "src/\n", "src/.gitignore": "!a.py\n"},
        {"src/deep/.gitignore": "*\n"},
        {"src/deep/.gitignore": "*\n!e.py\n"},
    ],
)
def test_the_same_files_as_git(repository: Path, ignores: dict[str, str]) -> None:
    for name, text in ignores.items():
        (repository / name).write_bytes(text.encode())
    command = ["git", "ls-files", "--others", "--exclude-standard", "*.py"]
    known = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert files(".") == sorted(f"./{each}" for each in known)
    assert files(".", gitignore=False) == sorted(f"./{each}" for each in TREE)


def test_gitignore_above_the_argument(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (repository / ".gitignore").write_text("/src/gen/\nb.py\n")
    assert files("src") == ["src/a.py", "src/deep/e.py"]
    monkeypatch.chdir(repository / "src")
    assert files(".") == ["./a.py", "./deep/e.py"]
    assert files("deep", "../gen") == ["../gen/c.py", "deep/e.py"]


def test_an_ignored_argument_is_checked(repository: Path) -> None:
    (repository / ".gitignore").write_text("gen/\na.py\n")
    assert files("a.py", "src/gen", "gen") == ["a.py", "gen/c.py", "src/gen/d.py"]


def test_gitignore_without_a_repository(folder: Path) -> None:
    write(folder, "pkg/a.py", "pkg/b.py")
    (folder / ".gitignore").write_text("a.py\n")
    assert files("pkg") == ["pkg/a.py", "pkg/b.py"]
    assert files(".") == ["./pkg/b.py"]
