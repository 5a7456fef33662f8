"""`flake8-unload config`: every setting with the value that holds here, and where it was set."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from typing import Any

from flake8_unload.commands.arguments import (
    add_detection,
    add_exclusion,
    add_noqa,
    add_selection,
    configured,
)
from flake8_unload.commands.printing import columns, put
from flake8_unload.configuration import KEYS, Configuration, Kind, Origin

EXAMPLES = """\
examples:
  flake8-unload config
  flake8-unload config --format json
  flake8-unload config --config other.toml    if that were the file
  flake8-unload config --select UNL2          with this on the command line

The first of these that sets an option wins: the command line, --append-config,
[tool.flake8-unload] in pyproject.toml, [flake8] in setup.cfg, tox.ini or
.flake8, the defaults.
"""


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "config",
        help="show what is set, and where",
        description="Show every setting, its value in this folder, and where it was set.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=run)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text is the default")
    add_noqa(add_selection(parser, "report"))
    add_exclusion(parser)
    add_detection(parser)


def run(args: argparse.Namespace) -> int:
    """Print the settings; 0. Raises UserError for a wrong one."""
    config = configured(args)
    if args.format == "json":
        put(json.dumps(_data(config), indent=2), sys.stdout)
        return 0
    for line in columns(_rows(config), sys.stdout):
        put(line, sys.stdout)
    return 0


def _rows(config: Configuration) -> Iterator[tuple[str, str, str]]:
    yield "files", "", ", ".join(config.files) or "none"
    for key in KEYS:
        setting = config.settings[key.name]
        hidden = "".join(f", not {each}" for each in setting.hides)
        yield key.name, f"{setting.origin}{hidden}", _text(key.kind, setting.value)


def _text(kind: Kind, value: Any) -> str:
    match kind:
        case Kind.FLAG:
            return "true" if value else "false"
        case Kind.FILE:
            return str(value) or "-"
        case Kind.PER_FILE:
            return "; ".join(f"{pattern}: {', '.join(codes)}" for pattern, codes in value) or "-"
    return ", ".join(value) or "-"


def _data(config: Configuration) -> dict[str, Any]:
    return {"files": list(config.files), "settings": {key.name: _entry(key.name, config) for key in KEYS}}


def _entry(name: str, config: Configuration) -> dict[str, Any]:
    setting = config.settings[name]
    value = dict(setting.value) if name == "per-file-ignores" else setting.value
    return {"value": value, **_place(setting.origin), "hides": [_place(each) for each in setting.hides]}


def _place(origin: Origin) -> dict[str, Any]:
    return {"origin": origin.place, "line": origin.line or None}
