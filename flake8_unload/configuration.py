"""What can be set for our own commands, and which of several places wins. Reads no file."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple

from flake8_unload import options
from flake8_unload.discover import EXCLUDED, FILENAMES
from flake8_unload.options import Option
from flake8_unload.selection import Selection


class Kind(Enum):
    """What the value of a key is."""

    RULES = "rules"
    PATTERNS = "file patterns"
    SPELLED = "patterns for paths as they are printed"
    PER_FILE = "rules per file pattern"
    FLAG = "a flag"
    FILE = "the path of a file"
    NAMES = "what the option of that name takes"


class Key(NamedTuple):
    """One setting: its name on our command line and in pyproject.toml, and a right example for the latter."""

    name: str
    kind: Kind
    example: str
    default: Any = ()
    option: Option | None = None

    @property
    def dest(self) -> str:
        """The attribute of the parsed command line."""
        return self.name.replace("-", "_")

    @property
    def flake8(self) -> str:
        """Its name in the files of flake8."""
        return f"unload-{self.name}" if self.option else self.name


def _detection(option: Option) -> Key:
    if option.valid is None:
        return Key(option.name, Kind.FLAG, "true", False, option)
    example = ", ".join(f'"{each}"' for each in options.split(option.example))
    return Key(option.name, Kind.NAMES, f"[{example}]", (), option)


KEYS = (
    Key("select", Kind.RULES, '["UNL2", "stale-module-name"]'),
    Key("ignore", Kind.RULES, '["UNL304"]'),
    Key("extend-select", Kind.RULES, '["UNL9"]'),
    Key("extend-ignore", Kind.RULES, '["UNL304"]'),
    Key("per-file-ignores", Kind.PER_FILE, '{ "scripts/*" = ["UNL3"] }'),
    Key("filename", Kind.SPELLED, '["*.py", "*.pyw"]', FILENAMES),
    Key("exclude", Kind.PATTERNS, '["vendor", "build/*"]', EXCLUDED),
    Key("extend-exclude", Kind.PATTERNS, '["vendor", "build/*"]'),
    Key("gitignore", Kind.FLAG, "false", True),
    Key("disable-noqa", Kind.FLAG, "true", False),
    Key("baseline", Kind.FILE, '"unload-baseline.json"', ""),
    *map(_detection, options.OPTIONS),
)


class Origin(NamedTuple):
    """Where a value was set: a file and its line from 1 (0 where unknown), or something that is no file."""

    place: str
    line: int = 0

    def __str__(self) -> str:
        return f"{self.place}:{self.line}" if self.line else self.place


COMMAND_LINE, DEFAULT = Origin("command line"), Origin("default")


@dataclass(frozen=True, slots=True)
class Layer:
    """What one place sets: values by key, and the origin of each. ``place`` names it to a person."""

    place: str
    values: Mapping[str, Any]
    origins: Mapping[str, Origin]


@dataclass(frozen=True, slots=True)
class Setting:
    """The value that counts, where it is from, and the places whose values it hides."""

    value: Any
    origin: Origin = DEFAULT
    hides: tuple[Origin, ...] = ()


@dataclass(frozen=True, slots=True)
class Configuration:
    """Every key with its setting, and the files that were read."""

    settings: Mapping[str, Setting]
    files: tuple[str, ...] = ()

    def __getitem__(self, key: str) -> Any:
        return self.settings[key].value

    def selection(self) -> Selection:
        """Which rules report where."""
        return Selection(**{each.replace("-", "_"): self[each] for each in _SELECTION})

    def sets(self, key: str) -> bool:
        """Did somebody set it?"""
        return self.settings[key].origin != DEFAULT

    def excluded(self) -> tuple[str, ...]:
        """The patterns that somebody set, those of the default not among them."""
        return (*(self["exclude"] if self.sets("exclude") else ()), *self["extend-exclude"])


_SELECTION = ("select", "ignore", "extend-select", "extend-ignore", "per-file-ignores")


def merged(layers: Sequence[Layer]) -> Configuration:
    """The first layer that sets a key wins, and its value replaces the others as a whole."""
    settings: dict[str, Setting] = {}
    for key in KEYS:
        setting = [each for each in layers if key.name in each.values]
        if not setting:
            settings[key.name] = Setting(key.default)
            continue
        origin, *hidden = (each.origins[key.name] for each in setting)
        settings[key.name] = Setting(setting[0].values[key.name], origin, tuple(hidden))
    return Configuration(settings, tuple(each.place for each in layers if each.place != COMMAND_LINE.place))


def patterns(items: Iterable[str], folder: str = os.curdir) -> tuple[str, ...]:
    """File patterns as flake8 has them: a name matches anywhere, a path counts from the folder."""
    return tuple(os.path.abspath(os.path.join(folder, each)) if "/" in each else each for each in items)
