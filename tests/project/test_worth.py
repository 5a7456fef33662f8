"""Files that may act are looked at in groups, and projects that lie side by side do not change each other."""

from __future__ import annotations

from pathlib import Path

from flake8_unload.project.worth import apart
from flake8_unload.settings import Settings
from tests.project.trees import project_findings

PROJECT = {
    "tools.py": "import importlib\n\n\ndef again(module):\n    importlib.reload(module)\n",
    "shapes.py": "class Shape:\n    pass\n",
    "circles.py": "from shapes import Shape\n\n\nclass Circle(Shape):\n    pass\n",
    "main.py": (
        "import circles\nimport shapes\nimport tools\n\n\n"
        "def refresh():\n    tools.again(circles)\n    tools.again(shapes)\n"
    ),
}


def groups(acting: list[str], imports: dict[str, set[str]]) -> list[list[str]]:
    """The groups of files with these imports."""

    def importers(path: str) -> set[str]:
        return {other for other, taken in imports.items() if path in taken}

    return list(apart(acting, lambda path: imports.get(path, set()), importers))


def test_files_without_imports_of_each_other_are_apart() -> None:
    assert groups(["b", "a"], {"a": {"other"}, "b": {"other"}}) == [["a"], ["b"]]


def test_an_import_brings_them_together_however_many_stand_between() -> None:
    imports = {"one": {"a"}, "two": {"one", "b"}, "far": {"c"}}
    assert groups(["a", "b", "c"], {"a": {"b"}}) == [["a", "b"], ["c"]]
    assert groups(["a", "b", "c"], {**imports, "one": {"a", "b"}}) == [["a", "b"], ["c"]]
    assert groups(["a", "b", "c"], imports) == [["a", "b"], ["c"]]


def test_what_is_found_in_projects_side_by_side_is_what_is_found_in_each(tmp_path: Path) -> None:
    def found(name: str, *folders: str) -> list[tuple[str, int, str]]:
        tree = {f"{each}/{path}": text for each in folders for path, text in PROJECT.items()}
        return [
            (path, each.line, each.code) for path, each in project_findings(tmp_path / name, tree, Settings())
        ]

    alone = [each for name in ("one", "two") for each in found(name, name)]
    assert {code for _, _, code in alone} == {"UNL402"}
    assert found("both", "one", "two") == alone
