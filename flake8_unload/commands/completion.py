"""`flake8-unload completion`: what a shell must know to complete our commands, options and rules.

argcomplete does the work; it is imported only when a shell asks, or for this command.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from typing import Any

from flake8_unload.errors import UserError

SHELLS = {
    "bash": 'eval "$(flake8-unload completion bash)"       in ~/.bashrc',
    "zsh": 'eval "$(flake8-unload completion zsh)"        in ~/.zshrc, below compinit',
    "fish": "flake8-unload completion fish | source        in ~/.config/fish/config.fish",
}
EXAMPLES = "examples:\n  " + "\n  ".join(SHELLS.values())
_MISSING = "needs argcomplete: python -m pip install 'flake8-unload[completion]'"


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declare the command and its options."""
    parser = commands.add_parser(
        "completion",
        help="complete commands, options and rules in a shell",
        description="Print the code by which a shell completes our commands, options and rules.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("shell", metavar="SHELL", choices=tuple(SHELLS), help=", ".join(SHELLS))
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print the code; 0. Raises UserError without argcomplete."""
    try:
        from argcomplete.shell_integration import shellcode
    except ImportError:
        raise UserError(f"completion {_MISSING}") from None
    sys.stdout.write(shellcode(["flake8-unload"], shell=args.shell))
    return 0


def answer(parser: argparse.ArgumentParser) -> None:
    """If it is a shell that asks, tell it how the line may go on, and end the process."""
    if "_ARGCOMPLETE" not in os.environ:
        return
    try:
        import argcomplete
    except ImportError:
        sys.exit(1)  # whatever the line says, it is not to be done yet
    for action in _actions(parser):
        if action.metavar in ("RULE", "RULES"):
            vars(action)["completer"] = _rules
    argcomplete.autocomplete(parser, always_complete_options="long")


def _actions(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        yield action
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from _actions(each)


def _rules(prefix: str, **_: Any) -> dict[str, str]:
    """Codes and names of rules, each after the ones that the word holds already, and what they report."""
    from flake8_unload import registry

    before, comma, _last = prefix.rpartition(",")
    rules = registry.rules().values()
    words = [(word, each.summary) for each in rules for word in (each.code, each.name)]
    return {f"{before}{comma}{word}": summary for word, summary in words}
