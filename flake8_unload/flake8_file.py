"""What setup.cfg, tox.ini or .flake8 says, read by flake8's own code. Knows no other file.

flake8's configuration code is imported only where there is such a file with a section for it.
"""

from __future__ import annotations

import os
import re
from typing import Any

from flake8_unload import config_files, options, selection
from flake8_unload.configuration import KEYS, Key, Kind, Layer, Origin, patterns
from flake8_unload.errors import UserError, nearest

NAMES = ("setup.cfg", "tox.ini", ".flake8")
_SECTION = re.compile(r"^\[flake8(?::local-plugins)?\]", re.M)


def read(config: str | None = None) -> Layer | None:
    """The file that flake8 would read here, or ``config``; None where there is none. Raises UserError."""
    if config is None and not any(_candidates()):
        return None
    import configparser

    from flake8.exceptions import ExecutionError
    from flake8.options.config import load_config

    try:
        parser, folder = load_config(config, [])
        path = config or _found_in(folder)
        return _layer(parser, folder, path) if path else None
    except ExecutionError:
        raise UserError(f"--config: `{config}` does not exist") from None
    except (configparser.Error, UnicodeDecodeError) as error:
        message = " ".join(str(error).split())
        raise UserError(message if config is None else f"--config: {message}") from None


def _candidates() -> list[str]:
    paths = (os.path.join(folder, name) for folder in config_files.folders() for name in NAMES)
    return [path for path in paths if config_files.mentions(path, b"[flake8")]


def _found_in(folder: str) -> str | None:
    """flake8 tells the folder; in it, the first file with a section is the one."""
    for path in (os.path.join(folder, name) for name in NAMES):
        if os.path.isfile(path) and _SECTION.search(_text(path)):
            return path
    return None


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def _layer(parser: Any, folder: str, path: str) -> Layer:
    place, text = config_files.shown(path), _text(path)
    if parser.has_section("flake8"):
        _refuse_unknown(parser["flake8"], place, text)
    found = _parsed(parser, folder, place)
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for key in KEYS:
        dest = key.flake8.replace("-", "_")
        if dest in found:
            origin = Origin(place, config_files.line_of(text, "flake8", key.flake8, dest))
            values[key.name] = _value(key, found[dest], origin)
            origins[key.name] = origin
    return Layer(place, values, origins)


def _refuse_unknown(section: Any, place: str, text: str) -> None:
    """Keys that begin as ours; what the others mean is for flake8 and its other plugins to say."""
    ours = [key.flake8 for key in KEYS if key.option]
    for name in section:
        if name.startswith("unload") and name.replace("_", "-") not in ours:
            origin = Origin(place, config_files.line_of(text, "flake8", name))
            raise UserError(f"{origin}: there is no option `{name}`{nearest(name.replace('_', '-'), ours)}")


def _parsed(parser: Any, folder: str, place: str) -> dict[str, Any]:
    """The options of flake8 and of our plugin, and no others, as flake8 parses them."""
    from flake8.main.options import register_default_options
    from flake8.options.config import parse_config
    from flake8.options.manager import OptionManager

    from flake8_unload.plugin import Plugin

    manager = OptionManager(version="", plugin_versions="", parents=[], formatter_names=[])
    register_default_options(manager)
    Plugin.add_options(manager)
    names = {name for key in KEYS for name in (key.flake8, key.flake8.replace("-", "_"))}
    manager.config_options_dict = {
        name: option for name, option in manager.config_options_dict.items() if name in names
    }
    try:
        return parse_config(manager, parser, folder)
    except ValueError as error:  # flake8 itself ends with a traceback
        raise UserError(f"{place}: {error}") from None


def _value(key: Key, raw: Any, origin: Origin) -> Any:
    try:
        if key.option:
            return options.parse(key.option, raw, key.flake8)
        if key.kind is Kind.RULES:
            return selection.known(raw)
        if key.kind is Kind.PER_FILE:
            return selection.per_file(raw)
        return patterns(raw) if key.kind is Kind.PATTERNS else bool(raw)
    except UserError as error:
        raise UserError(f"{origin}: {error}") from None
