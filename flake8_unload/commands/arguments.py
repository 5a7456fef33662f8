"""The options that our commands share, and what they come to: paths, rules, detection.

An option that is not given is None or False, so that a configuration file can say what holds then.
"""

from __future__ import annotations

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from typing import Any

from flake8_unload import flake8_file, options, pyproject, registry, selection
from flake8_unload.commands.progress import tracked
from flake8_unload.configuration import COMMAND_LINE, KEYS, Configuration, Key, Kind, Layer, merged, patterns
from flake8_unload.discover import EXCLUDED, STDIN, excluded, python_files
from flake8_unload.errors import UserError
from flake8_unload.failures import failure
from flake8_unload.findings import Finding
from flake8_unload.inspection import Input, Inspector
from flake8_unload.selection import Selection
from flake8_unload.settings import FROM_IMPORT
from flake8_unload.survey.cache import Cache
from flake8_unload.survey.run import Seen, Survey, unwatched


def add_paths(parser: argparse.ArgumentParser) -> None:
    """PATH…"""
    parser.add_argument(
        "paths", nargs="*", metavar="PATH", default=["."], help="files, folders, or - (stdin)"
    )


def add_project(parser: argparse.ArgumentParser) -> None:
    """Whether the files below folders are looked at together."""
    group = parser.add_argument_group("project", "What files below folders hold of each other (UNL4).")
    group.add_argument("--no-project", action="store_true", help="look at every file by itself")
    group.add_argument("--no-cache", action="store_true", help="neither read nor write .flake8-unload-cache")


def add_selection(parser: argparse.ArgumentParser, verb: str) -> argparse._ArgumentGroup:
    """Which rules, and whether `# noqa` counts; ``verb`` is what is done about them."""
    group = parser.add_argument_group("rules", "Codes, code prefixes or names, separated by commas.")
    group.add_argument("--select", metavar="RULES", help=f"{verb} only these")
    group.add_argument("--ignore", metavar="RULES", help=f"do not {verb} these")
    group.add_argument("--extend-select", metavar="RULES", help=f"{verb} these, too (opt-in rules)")
    group.add_argument("--extend-ignore", metavar="RULES", help=f"do not {verb} these either")
    group.add_argument(
        "--per-file-ignores",
        metavar="FILES:RULES",
        help=f"do not {verb} these in the files that a pattern matches",
    )
    return group


def add_noqa(group: argparse._ArgumentGroup) -> None:
    """For what only reports."""
    group.add_argument("--disable-noqa", action="store_true", help="report what `# noqa` suppresses")


def add_discovery(parser: argparse.ArgumentParser) -> None:
    """Which files below folders, and the name of what comes in on standard input."""
    group = add_exclusion(parser)
    group.add_argument(
        "--stdin-filename",
        "--stdin-display-name",
        metavar="PATH",
        default="stdin",
        help="the name of - (stdin)",
    )


def add_exclusion(parser: argparse.ArgumentParser) -> argparse._ArgumentGroup:
    """Which files below folders."""
    group = parser.add_argument_group("files", "Names, or paths with a slash; `*` allowed.")
    group.add_argument("--filename", metavar="PATTERNS", help="below folders, take these (default: *.py)")
    group.add_argument("--exclude", metavar="PATTERNS", help="skip these, and not what is usually skipped")
    group.add_argument("--extend-exclude", metavar="PATTERNS", help="skip these, too")
    group.add_argument("--no-gitignore", action="store_true", help="look at what .gitignore ignores, too")
    return group


def add_repair(parser: argparse.ArgumentParser) -> None:
    """How fixes are to be written, where there is a choice."""
    parser.add_argument(
        "--from-import",
        choices=FROM_IMPORT,
        default=FROM_IMPORT[0],
        help="after a reload, import stale names again, or qualify their uses (`m.f`)",
    )


def add_detection(parser: argparse.ArgumentParser) -> None:
    """The detection options, and where settings come from."""
    group = parser.add_argument_group("detection", "The same as flake8's `--unload-…` options.")
    for option in options.OPTIONS:
        group.add_argument(f"--{option.name}", help=option.help, **{**option.argparse(), "default": None})
    group = parser.add_argument_group("configuration", "`flake8-unload config` shows what holds here.")
    group.add_argument("--config", metavar="FILE", help="read this file, and no other")
    group.add_argument(
        "--append-config",
        metavar="FILE",
        action="append",
        default=[],
        help="read this file, too; it wins over the others (may be repeated)",
    )
    group.add_argument("--isolated", action="store_true", help="read no configuration file")


def configured(args: argparse.Namespace) -> Configuration:
    """What holds: the command line, pyproject.toml, flake8's file, the defaults. Raises UserError."""
    if "configuration" not in args:
        layers = [_command_line(args), *_files(args.config, args.append_config, args.isolated)]
        args.configuration = merged(layers)
    found: Configuration = args.configuration
    return found


def inputs(args: argparse.Namespace) -> tuple[list[Input], list[tuple[str, Finding]]]:
    """What to look at, in the order of the printed paths; and folders that cannot be listed."""
    config = configured(args)
    usual = () if config.sets("exclude") else EXCLUDED
    paths, failed = python_files(
        args.paths, config.excluded(), config["gitignore"], usual, config["filename"]
    )
    found = sorted((_input(path, args.stdin_filename) for path in paths), key=itemgetter(0))
    unlisted = sorted({(each.filename, each.strerror) for each in failed})
    return found, [(path, failure(f"cannot be read: {message}")) for path, message in unlisted]


def inspector(args: argparse.Namespace) -> Inspector:
    """What is the same for every file. Raises UserError."""
    config = configured(args)
    chosen = config.selection()
    values = {option.name: config[option.name] for option in options.OPTIONS}
    silent: tuple[str, ...] = ()
    if STDIN in args.paths and args.stdin_filename != "stdin":  # a name that the user gave
        silent = (args.stdin_filename,) if excluded(args.stdin_filename, config.excluded()) else ()
    settings = options.build(values, chosen.named())
    settings = replace(settings, from_import=getattr(args, "from_import", settings.from_import))
    return Inspector(settings, chosen, not config["disable-noqa"], silent)


_ONE_OF_THEM = "UNL401"


def surveyor(args: argparse.Namespace, chosen: Inspector) -> Inspector | Survey:
    """What looks at all files of the run: each by itself, or, below folders, together as well."""
    folders = [os.path.abspath(each) for each in args.paths if os.path.isdir(each)]
    if args.no_project or not folders or STDIN in args.paths or not _across(chosen.selection):
        return chosen
    root = os.path.commonpath(folders)
    cache = None if args.no_cache else Cache(root, chosen.settings)
    return Survey(root, chosen, cache, unwatched if args.quiet else _watched)


def _across(selected: Selection) -> bool:
    """Some rule about several files is selected; mostly one of ours is, and no rule is imported for that."""
    if selection.chosen([Finding(1, 0, _ONE_OF_THEM, "")], selected, ""):
        return True
    rules = registry.rules().values()
    findings = [Finding(1, 0, each.code, "") for each in rules if each.across_files]
    return bool(selection.chosen(findings, selected, ""))


def _watched(items: Iterable[Seen], total: int) -> Iterable[Seen]:
    """With a bar; nothing is printed before all files are seen."""
    return tracked(items, total, lambda _: False)


def _files(config: str | None, more: Sequence[str], isolated: bool) -> list[Layer]:
    """What the files say; the last of those that are read in addition wins."""
    if isolated:
        return []
    if config is None:
        found = [pyproject.read(), flake8_file.read()]
    else:
        found = [pyproject.read(config) if _is_toml(config) else flake8_file.read(config)]
    theirs = None if config is not None and _is_toml(config) else config
    option = "--append-config"
    added = [
        pyproject.read(each, option) if _is_toml(each) else flake8_file.added(each, theirs)
        for each in reversed(more)
    ]
    return [layer for layer in (*added, *found) if layer]


def _is_toml(file: str) -> bool:
    return file.endswith(".toml")


def _command_line(args: argparse.Namespace) -> Layer:
    given = {key: getattr(args, key.dest, None) for key in KEYS}
    given |= {key: "false" for key in KEYS if getattr(args, f"no_{key.dest}", False)}
    values = {key.name: _value(key, raw) for key, raw in given.items() if raw not in (None, False)}
    return Layer(COMMAND_LINE.place, values, dict.fromkeys(values, COMMAND_LINE))


def _value(key: Key, raw: Any) -> Any:
    name = f"--{key.name}"
    match key.kind:
        case Kind.FILE:
            return raw
        case Kind.RULES:
            return selection.prefixes(raw)
        case Kind.PATTERNS:
            return patterns(_items(raw))
        case Kind.SPELLED:
            return tuple(_items(raw))
        case Kind.PER_FILE:
            try:
                return selection.per_file(raw)
            except UserError as error:
                raise UserError(f"{name}: {error}") from None
    if key.option:
        return options.parse(key.option, raw, name)
    return raw is True


def _items(raw: str) -> Iterator[str]:
    """As flake8 splits them."""
    return (each for each in re.split(r"[,\s]", raw) if each)


def _input(path: str, stdin_name: str) -> Input:
    return (stdin_name, sys.stdin.buffer.read()) if path == STDIN else (path, None)
