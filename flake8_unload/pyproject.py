"""What `[tool.flake8-unload]` in pyproject.toml says. Knows no other file."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from typing import Any

from flake8_unload import config_files, options, selection
from flake8_unload.configuration import KEYS, Key, Kind, Layer, Origin, patterns
from flake8_unload.errors import UserError, nearest

NAME, SECTION = "pyproject.toml", "tool.flake8-unload"
_KEYS = {key.name: key for key in KEYS}
_TYPES = {str: "a string", int: "a number", float: "a number", bool: "true or false", list: "a list"}


def read(config: str | None = None, option: str = "--config") -> Layer | None:
    """The nearest file with our table, or ``config``, which must have one; else None. Raises UserError.

    ``option`` is the one by which the user named the file.
    """
    if config is not None:
        try:
            layer = _layer(config)
        except FileNotFoundError:
            raise UserError(f"{option}: `{config}` does not exist") from None
        except OSError as error:
            raise UserError(f"{option}: `{config}` cannot be read: {error.strerror}") from None
        if layer is None:
            raise UserError(f"{option}: `{config}` has no table [{SECTION}]")
        return layer
    for folder in config_files.folders():
        path = os.path.join(folder, NAME)
        if config_files.mentions(path, b"flake8-unload") and (layer := _layer(path)):
            return layer
    return None


def _layer(path: str) -> Layer | None:
    place = config_files.shown(path)
    with open(path, "rb") as file:
        data = file.read()
    table = _table(data, place)
    if table is None:
        return None
    text = data.decode("utf-8", "replace")
    values: dict[str, Any] = {}
    origins: dict[str, Origin] = {}
    for name, raw in table.items():
        origin = Origin(place, config_files.line_of(text, SECTION, name))
        key = _KEYS.get(name)
        if key is None:
            raise UserError(f"{origin}: [{SECTION}] has no `{name}`{_meant(name)}")
        values[name] = _value(key, raw, origin, os.path.dirname(path))
        origins[name] = origin
    return Layer(place, values, origins)


def _table(data: bytes, place: str) -> Mapping[str, Any] | None:
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib
    try:
        document = tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UserError(f"{place}: no TOML: {error}") from None
    table = document.get("tool", {})
    found = table.get("flake8-unload") if isinstance(table, dict) else None
    if found is not None and not isinstance(found, dict):
        raise UserError(f"{place}: {SECTION} is no table")
    return found


def _meant(name: str) -> str:
    plain = name.replace("_", "-").removeprefix("unload-")
    return f" (did you mean `{plain}`?)" if plain in _KEYS else nearest(name, _KEYS)


def _value(key: Key, raw: Any, origin: Origin, folder: str) -> Any:
    remedy = f"as in {key.name} = {key.example}"
    try:
        match key.kind:
            case Kind.FLAG:
                return _typed(raw, bool, "true or false")
            case Kind.FILE:
                return os.path.relpath(os.path.join(folder, _typed(raw, str, "the path of a file")))
            case Kind.RULES:
                return tuple(map(selection.prefix, _strings(raw)))
            case Kind.PATTERNS:
                return patterns(_strings(raw), folder)
            case Kind.SPELLED:
                return tuple(_strings(raw))
            case Kind.PER_FILE:
                return _per_file(raw, folder)
            case Kind.NAMES:
                assert key.option is not None
                return options.checked(key.option, _strings(raw), key.name, remedy)
    except _WrongType as error:
        raise UserError(f"{origin}: {key.name} is {error}, {remedy}") from None
    except UserError as error:
        prefix = "" if str(error).startswith(key.name) else f"{key.name}: "
        raise UserError(f"{origin}: {prefix}{error}") from None


class _WrongType(Exception):
    """`x, not y`."""


def _typed(raw: Any, wanted: type, name: str) -> Any:
    if type(raw) is not wanted:
        raise _WrongType(f"{name}, not {_TYPES.get(type(raw), 'a table')}")
    return raw


def _strings(raw: Any) -> list[str]:
    for item in _typed(raw, list, "a list of strings"):
        if not isinstance(item, str):
            raise _WrongType(f"a list of strings, and `{item}` is none")
    return list(raw)


def _per_file(raw: Any, folder: str) -> selection.PerFile:
    table = _typed(raw, dict, "a table of lists of rules")
    return tuple(
        (pattern, tuple(map(selection.prefix, _strings(rules))))
        for (pattern,), rules in ((patterns([name], folder), rules) for name, rules in table.items())
    )
