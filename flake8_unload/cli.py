"""The command line of `flake8-unload`: picks the command, and turns every error into one line."""

from __future__ import annotations

import argparse
import io
import os
import sys
import threading
from collections.abc import Sequence
from typing import Any, NoReturn

from flake8_unload import __version__
from flake8_unload.commands import baseline, check, completion, config, explain, fix, reload_order, rules, why
from flake8_unload.errors import UserError
from flake8_unload.extensions import ExtensionError
from flake8_unload.inspection import collect_less

_INTERRUPTED = 130  # what a shell reports for a process that ended by Ctrl-C


class _Parser(argparse.ArgumentParser):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        raise UserError(message)


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit status; `--help` and `--version` raise SystemExit."""
    _prepare_streams()
    collect_less()
    try:
        parser = _parser()
        completion.answer(parser)
        args = parser.parse_args(argv)
        status: int = args.run(args)
        sys.stdout.flush()
        return status
    except (UserError, ExtensionError) as error:
        print(f"flake8-unload: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        _leave_workers()
        return _INTERRUPTED
    except BrokenPipeError:
        _forget_output()  # the reader has gone
        return 1
    except OSError as error:
        if error.filename is not None:
            raise  # not about a stream
        _forget_output()
        print(f"flake8-unload: the output cannot be written: {error.strerror}", file=sys.stderr)
        return 2


def _prepare_streams() -> None:
    """A stream that is closed, or an ASCII terminal, is no reason to crash."""
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w"))  # noqa: SIM115 - for the rest of the process
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _leave_workers() -> None:
    """End at once where there are workers: one that waits for work would wait for ever, and so would we."""
    if "multiprocessing" not in sys.modules:
        return
    import signal
    from multiprocessing import active_children

    workers = active_children()
    if not workers:
        return
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.excepthook = lambda _: None  # the thread that feeds them complains of their death
    for worker in workers:
        worker.kill()
    os._exit(_INTERRUPTED)


def _forget_output() -> None:
    """Without this the interpreter complains when it flushes at exit."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="flake8-unload",
        description="The linter that knows the life of a Python module.",
        epilog="`flake8-unload COMMAND --help` has examples. As a flake8 plugin it needs no command at all.",
    )
    parser.add_argument("--version", action="version", version=f"flake8-unload {__version__}")
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for command in (check, fix, why, reload_order, baseline, rules, explain, config, completion):
        command.add(commands)
    return parser
