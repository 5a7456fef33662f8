"""What the commands about a whole project share: its folder, the project, the module in question."""

from __future__ import annotations

import argparse
import os
from dataclasses import replace

from flake8_unload.commands.arguments import add_detection, add_exclusion, inspector
from flake8_unload.commands.arguments import inputs as files_of
from flake8_unload.errors import UserError, nearest
from flake8_unload.project.linked import Project
from flake8_unload.survey.run import Survey

_REGISTRATIONS = "UNL907"  # opt-in as a finding; as an effect of an import it is always told


def add_folder(parser: argparse.ArgumentParser) -> None:
    """`--in DIR`, and what decides which of its files count."""
    parser.set_defaults(stdin_filename="stdin")
    add_exclusion(parser)
    add_detection(parser)


def project_in(args: argparse.Namespace, folder: str) -> Project:
    """The project below a folder. Raises UserError."""
    if not os.path.isdir(folder):
        raise UserError(f"`{folder}` is no folder")
    args.paths = [folder]
    files, _ = files_of(args)
    chosen = inspector(args)
    settings = replace(chosen.settings, select=(*chosen.settings.select, _REGISTRATIONS))
    return Survey(os.path.abspath(folder), replace(chosen, settings=settings)).project(files, None)


def module_path(project: Project, word: str) -> str:
    """The file of a module, by its dotted name, the end of it, or its path. Raises UserError."""
    path = os.path.abspath(word)
    if path in project.layout.files:
        return path
    names = {project.layout.space(each).name_of(each): each for each in sorted(project.layout.files)}
    spaces = dict.fromkeys(project.layout.space(each) for each in project.layout.files)
    for name in (word, *(each.canonical(word) for each in spaces)):
        if name in names:
            return names[name]
    for space in spaces:  # an add-on that the host calls otherwise
        inner = f"{space.hosted_name}.{word.partition('.')[2]}"
        if space.hosted_name and inner in names and space.find(word.partition(".")[0]) is None:
            return names[inner]
    ends = [each for each in names if each.endswith("." + word)]
    if len(ends) == 1:
        return names[ends[0]]
    if ends:
        raise UserError(f"`{word}` may be {', '.join(f'`{each}`' for each in ends[:4])}; say which")
    raise UserError(f"no module of the project is called `{word}`{nearest(word, list(names))}")
