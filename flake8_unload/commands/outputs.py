"""`--format` and `--output`: which reports a run writes, and where each goes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from typing import Any, NamedTuple

from flake8_unload.errors import UserError
from flake8_unload.reports import FORMATS, TEXT, Results, rendered


class Output(NamedTuple):
    """One report; ``file`` is None for standard output."""

    format: str | None
    file: str | None


def add_outputs(parser: argparse.ArgumentParser) -> None:
    """`--format` and `--output`, each as often as there are reports."""
    group = parser.add_argument_group(
        "reports", "Several at once: each --output is the file of the --format before it."
    )
    group.add_argument(
        "--format",
        action=_Format,
        choices=FORMATS,
        help="of a report; text on standard output is the default",
    )
    group.add_argument("--output", action=_File, metavar="FILE", help="where this report goes")


class _Format(argparse.Action):
    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: Any = None) -> None:
        given: list[Output] = list(getattr(namespace, "outputs", ()))
        if given and given[-1].format is None:
            given[-1] = Output(values, given[-1].file)
        else:
            given.append(Output(values, None))
        namespace.outputs = given


class _File(argparse.Action):
    def __call__(self, parser: Any, namespace: Any, values: Any, option_string: Any = None) -> None:
        given: list[Output] = list(getattr(namespace, "outputs", ()))
        if given and given[-1].file is None:
            given[-1] = Output(given[-1].format, values)
        else:
            given.append(Output(None, values))
        namespace.outputs = given


def outputs(args: argparse.Namespace) -> list[Output]:
    """The reports of this run. Raises UserError where two would be mixed up."""
    given = [Output(each.format or TEXT, each.file) for each in getattr(args, "outputs", ())]
    unnamed = [each for each in getattr(args, "outputs", ()) if each.format is None]
    if unnamed and len(given) > 1:
        raise UserError(f"--output: `{unnamed[0].file}` has no --format before it")
    on_stdout = [each.format for each in given if each.file is None]
    if len(on_stdout) > 1:
        raise UserError(
            f"--format: `{on_stdout[0]}` and `{on_stdout[1]}` on standard output; give one an --output"
        )
    files = [os.path.abspath(each.file) for each in given if each.file is not None]
    twice = next((each for each in files if files.count(each) > 1), None)
    if twice:
        raise UserError(f"--output: two reports in `{os.path.relpath(twice)}`")
    return given or [Output(TEXT, None)]


def refuse(wanted: Sequence[Output], path: str) -> None:
    """Raises UserError where a report would replace a file that is looked at."""
    for each in wanted:
        if each.file is not None and os.path.abspath(each.file) == os.path.abspath(path):
            raise UserError(f"--output: `{each.file}` is a file to check; it stays as it is")


def write(wanted: Sequence[Output], results: Results) -> None:
    """Write every report but the text on standard output, which is printed as it comes. Raises UserError."""
    for each in wanted:
        if each != Output(TEXT, None):
            _put(rendered(each.format or TEXT, results), each.file)


def _put(text: str, file: str | None) -> None:
    """UTF-8 whatever the locale; a path keeps its bytes."""
    data = text.encode("utf-8", "surrogateescape")
    if file is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        return
    try:
        with open(file, "wb") as stream:
            stream.write(data)
    except OSError as error:
        raise UserError(f"--output: `{file}` cannot be written: {error.strerror}") from None
