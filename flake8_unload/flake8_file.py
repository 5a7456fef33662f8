"""What setup.cfg, tox.ini or .flake8 says, read by flake8's own code. Knows no other file.

flake8's configuration code is imported only where there is such a file with a section for it.
"""

from __future__ import annotations

import os
import re
from functools import cache
from typing import TYPE_CHECKING, Any

from flake8_unload import config_files, options, selection
from flake8_unload.configuration import KEYS, Key, Kind, Layer, Origin, patterns
from flake8_unload.errors import UserError, nearest

if TYPE_CHECKING:
    from configparser import RawConfigParser

    from flake8.options.manager import OptionManager

NAMES = ("setup.cfg", "tox.ini", ".flake8")
_SECTION = re.compile(r"^\[flake8(?::local-plugins)?\]", re.M)
_PLUGIN_ALONE = "unload-project"  # our commands link the files below their folders anyway


def read(config: str | None = None) -> Layer | None:
    """The file that flake8 would read here, or ``config``; None where there is none. Raises UserError."""
    path = _found() if config is None else config
    return None if path is None else _layer(path, os.path.dirname(path), "--config")


def added(file: str, config: str | None) -> Layer | None:
    """A file that is read after ``config``, or the file of this folder; its paths begin where those do."""
    main = _found() if config is None else config
    return _layer(file, os.path.dirname(main) if main else os.curdir, "--append-config")


def _found() -> str | None:
    """The first file with a section for flake8. One that is broken is an error; flake8 passes it over."""
    for folder in config_files.folders():
        for path in (os.path.join(folder, name) for name in NAMES):
            if config_files.mentions(path, b"[flake8") and _SECTION.search(_text(path)):
                return path
    return None


def _text(path: str) -> str:
    with open(path, encoding="utf-8", errors="replace") as file:
        return file.read()


def _layer(path: str, folder: str, option: str) -> Layer | None:
    """``option`` is the one by which a user may have named the file. Raises UserError."""
    parser, place = _parser(path, option), config_files.shown(path)
    if not parser.has_section("flake8"):
        return None if option == "--append-config" else Layer(place, {}, {})
    text = _text(path)
    _refuse_unknown(parser["flake8"], place, text)
    known = _manager().config_options_dict
    keys = {key.flake8: key for key in KEYS if key.flake8 in known}
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for name in parser["flake8"]:
        if key := keys.get(name.replace("_", "-")):
            origin = Origin(place, config_files.line_of(text, "flake8", name))
            values[key.name] = _value(key, _parsed(name, parser["flake8"][name], folder, origin), origin)
            origins[key.name] = origin
    return Layer(place, values, origins)


def _parser(path: str, option: str) -> RawConfigParser:
    import configparser

    from flake8.exceptions import ExecutionError
    from flake8.options.config import load_config

    try:
        return load_config(path, [])[0]
    except ExecutionError:
        what = "cannot be read" if os.path.exists(path) else "does not exist"
        raise UserError(f"{option}: `{path}` {what}") from None
    except (configparser.Error, UnicodeDecodeError) as error:
        raise UserError(_broken(error, config_files.shown(path))) from None


def _broken(error: Exception, place: str) -> str:
    """Where and why a file is no INI file."""
    import configparser

    match error:
        case configparser.MissingSectionHeaderError(lineno=line):
            return f"{Origin(place, line)}: a line before the first [section]"
        case configparser.DuplicateSectionError(lineno=line, section=section):
            return f"{Origin(place, line or 0)}: [{section}] is there already"
        case configparser.DuplicateOptionError(lineno=line, option=option):
            return f"{Origin(place, line or 0)}: `{option}` is set already"
        case configparser.ParsingError(errors=[(line, _), *_]):
            return f"{Origin(place, line)}: neither `option = value` nor a [section]"
    return f"{place}: {' '.join(str(error).split())}"


def _refuse_unknown(section: Any, place: str, text: str) -> None:
    """Keys that begin as ours; what the others mean is for flake8 and its other plugins to say."""
    ours = [key.flake8 for key in KEYS if key.option]
    for name in section:
        if name.startswith("unload") and name.replace("_", "-") not in (*ours, _PLUGIN_ALONE):
            origin = Origin(place, config_files.line_of(text, "flake8", name))
            raise UserError(f"{origin}: there is no option `{name}`{_meant(name.replace('_', '-'), ours)}")


def _meant(name: str, ours: list[str]) -> str:
    plain = name.removeprefix("unload-")
    if any(plain == key.name for key in KEYS):
        theirs = plain in _manager().config_options_dict
        return f"; it is `{plain}`, {'here' if theirs else 'in [tool.flake8-unload] of pyproject.toml'}"
    return nearest(name, ours)


def _parsed(name: str, text: str, folder: str, origin: Origin) -> Any:
    """The value of one option of flake8 or of our plugin, as flake8 parses it. Raises UserError."""
    from configparser import RawConfigParser

    from flake8.options.config import parse_config

    parser = RawConfigParser()
    parser.read_dict({"flake8": {name: text}})
    try:
        (value,) = parse_config(_manager(), parser, folder).values()
    except ValueError as error:  # flake8 itself ends with a traceback
        raise UserError(f"{origin}: {name}: {error}") from None
    return value


@cache
def _manager() -> OptionManager:
    """What flake8 and our plugin can be told in a file."""
    from flake8.main.options import register_default_options
    from flake8.options.manager import OptionManager

    from flake8_unload.plugin import Plugin

    manager = OptionManager(version="", plugin_versions="", parents=[], formatter_names=[])
    register_default_options(manager)
    Plugin.add_options(manager)
    return manager


def _value(key: Key, raw: Any, origin: Origin) -> Any:
    try:
        if key.option:
            return options.parse(key.option, raw, key.flake8)
        if key.kind is Kind.RULES:
            return selection.known(raw)
        if key.kind is Kind.PER_FILE:
            return selection.per_file(raw)
        if key.kind is Kind.FLAG:
            return bool(raw)
        return patterns(raw) if key.kind is Kind.PATTERNS else tuple(raw)
    except UserError as error:
        raise UserError(f"{origin}: {error}") from None
