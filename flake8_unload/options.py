"""The detection options, once for flake8 (`--unload-hooks`) and once for our own command (`--hooks`).

Validates and turns text into Settings; knows neither flake8 nor the command line. Both hand over the
raw text, because flake8's own list parsing hides what was wrong with a value.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from flake8_unload import extensions
from flake8_unload.errors import UserError
from flake8_unload.settings import Settings

_SEGMENT = r"(?:[^\W\d]|\*)[\w*]*(?:\(\))?"
_FACTORY = re.compile(rf"{_SEGMENT}(?:\.{_SEGMENT})*")
_BOOLEANS = {
    "": False, "0": False, "no": False, "false": False, "off": False,
    "1": True, "yes": True, "true": True, "on": True,
}  # fmt: skip
_SHORTEST_OPT_IN = len("UNL9")


class Option(NamedTuple):
    """One detection option: its name after the prefix, what an item must be, and a right example."""

    name: str
    help: str
    wanted: str = ""
    example: str = ""
    valid: Callable[[str], bool] | None = None

    @property
    def dest(self) -> str:
        """The attribute of the parsed options, and of Settings."""
        return self.name.replace("-", "_")

    def argparse(self) -> dict[str, Any]:
        """Keyword arguments for ``add_argument``; a flag keeps its text, as config files give it."""
        if self.valid is None:
            return {"action": "store_const", "const": "true", "default": ""}
        return {"default": "", "metavar": "NAMES"}


def _is_factory(item: str) -> bool:
    return bool(_FACTORY.fullmatch(item)) and ("." in item or "*" in item)


def _is_pattern(item: str) -> bool:
    return not re.search(r"['\"\s]", item) and item.count("[") == item.count("]")


OPTIONS = (
    Option(
        "extend-factories",
        "Qualified names of calls that open a resource when called, `*` allowed.",
        "a dotted name",
        "mylib.connect,mylib.client.*",
        _is_factory,
    ),
    Option(
        "ignore-factories",
        "Qualified names of calls that are never reported, `*` allowed.",
        "a dotted name",
        "tempfile.mkdtemp,logging.*",
        _is_factory,
    ),
    Option(
        "hooks",
        "Names of functions that your host calls to unload a module; what they close counts as closed.",
        "the name of a function",
        "on_unload,plugin_unloaded",
        str.isidentifier,
    ),
    Option(
        "script-patterns",
        "File name patterns of scripts that nothing imports; state rules skip them.",
        "a file name pattern",
        "scripts/*.py,run_*.py",
        _is_pattern,
    ),
    Option(
        "test-patterns",
        "File name patterns of tests, beside test_*.py and the like; state rules skip them.",
        "a file name pattern",
        "check_*.py,*/qa/*",
        _is_pattern,
    ),
    Option("check-tests", "Report import-time state (UNL3xx) in tests, too."),
)


def settings(values: Mapping[str, str], select: Iterable[str], prefix: str = "") -> Settings:
    """Settings from the raw text of each option, the chosen prefixes and extensions. Raises UserError."""
    return build({each.name: parse(each, values[each.name], prefix + each.name) for each in OPTIONS}, select)


def build(values: Mapping[str, Any], select: Iterable[str]) -> Settings:
    """Settings from the value of each option, the chosen prefixes and extensions. Raises UserError.

    Only prefixes longer than the family's ``UNL`` go in: they alone turn an opt-in rule on.
    """
    parsed = {option.dest: values[option.name] for option in OPTIONS}
    chosen = tuple(each for each in select if each.startswith("UNL") and len(each) >= _SHORTEST_OPT_IN)
    try:
        more = extensions.load()
    except extensions.ExtensionError as error:
        raise UserError(str(error)) from error
    parsed["extend_factories"] += more.factories
    parsed["hooks"] += more.hooks
    return Settings(**parsed, select=chosen, words=more.words)


def parse(option: Option, text: str, name: str) -> tuple[str, ...] | bool:
    """The value of an option from its text; ``name`` is how the user spells it. Raises UserError."""
    if option.valid is None:
        return flag(text, name)
    return checked(
        option, split(text), name, f"separate plain names with commas, as in {name}={option.example}"
    )


def checked(option: Option, items: Iterable[str], name: str, remedy: str) -> tuple[str, ...]:
    """The items, each of which is what the option takes. Raises UserError, which ends with the remedy."""
    assert option.valid is not None
    items = tuple(items)
    for item in items:
        if not option.valid(item):
            raise UserError(f"{name}: `{item}` is not {option.wanted}; {remedy}")
    return items


def split(text: str) -> Iterable[str]:
    """Items between commas or line ends; a comma at a line's end closes the item, it opens no empty one."""
    for line in text.splitlines():
        line = line.strip().removesuffix(",")
        if line:
            yield from (item.strip() for item in line.split(","))


def flag(text: str, name: str) -> bool:
    """True or false, as config files spell it. Raises UserError."""
    try:
        return _BOOLEANS[text.strip().lower()]
    except KeyError:
        raise UserError(f"{name}: `{text}` is neither true nor false, as in {name}=true") from None
