"""The flake8 face: a class that flake8 calls with one parsed file. Knows no rule.

Every flake8 run imports this module, so it imports nothing but what flake8 has imported already.
"""

from __future__ import annotations

import ast
import os
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from flake8_unload import __version__

if TYPE_CHECKING:
    import argparse

    from flake8.options.manager import OptionManager

    from flake8_unload.findings import Finding
    from flake8_unload.settings import Settings


class Plugin:
    """What flake8 runs on each file; the settings are those of the last `parse_options`."""

    name = "flake8-unload"
    version = __version__
    settings: ClassVar[Settings | None] = None
    project: ClassVar[dict[str, list[Finding]]] = {}
    """By absolute path what the files of `--unload-project` hold of each other."""

    def __init__(self, tree: ast.Module, lines: Sequence[str], filename: str) -> None:
        self._tree = tree
        self._lines = lines
        self._filename = filename

    @staticmethod
    def add_options(manager: OptionManager) -> None:
        """Register `--unload-…` for the command line and the config files, and UNL9 as default-off."""
        from flake8_unload import options

        for option in options.OPTIONS:
            manager.add_option(
                f"--unload-{option.name}", parse_from_config=True, help=option.help, **option.argparse()
            )
        manager.add_option(
            "--unload-project",
            metavar="ROOT",
            default="",
            parse_from_config=True,
            normalize_paths=True,
            help="The folder of the project: what its files hold of each other (UNL4) is reported, too.",
        )
        manager.extend_default_ignore(["UNL9"])

    @classmethod
    def parse_options(cls, manager: OptionManager, options: argparse.Namespace, args: list[str]) -> None:
        """Validate the options. Raises flake8's ExecutionError, which it prints without a traceback."""
        from flake8_unload.errors import UserError
        from flake8_unload.options import OPTIONS, settings

        values = {option.name: getattr(options, "unload_" + option.dest) for option in OPTIONS}
        chosen = [*(options.select or ()), *(options.extend_select or ())]
        try:
            cls.settings = settings(values, chosen, prefix="unload-")
            cls.project = _project(options.unload_project, cls.settings)
        except UserError as error:
            from flake8.exceptions import ExecutionError

            raise ExecutionError(str(error)) from error

    def run(self) -> Iterator[tuple[int, int, str, type[Any]]]:
        """Findings in the shape that flake8 asks for: line, column from 0, text, class."""
        from flake8_unload.failures import check
        from flake8_unload.settings import Settings

        found = check(self._tree, self._lines, self._filename, self.settings or Settings())
        if self.project:
            found = sorted([*found, *self.project.get(os.path.abspath(self._filename), ())])
        for each in found:
            yield each.line, each.column, f"{each.code} {each.message}", type(self)


def _project(root: str, settings: Settings) -> dict[str, list[Finding]]:
    """What the files below a folder hold of each other, by absolute path. Raises UserError."""
    if not root:
        return {}
    from flake8_unload.errors import UserError

    if not os.path.isdir(root):
        raise UserError(f"unload-project: `{root}` is no folder")
    from flake8_unload.survey.together import across_files

    return across_files(root, settings)
