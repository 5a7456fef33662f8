"""The compound statements of programs: branches, loops, guards, loops that remove or reload."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol


class Writer(Protocol):
    """What writes a program down, and draws what comes next."""

    pool: Sequence[str]
    rounds: list[str]
    bound: set[str]
    guarded: int
    one_of: Callable[[Sequence[Any]], Any]

    def add(self, indent: str, text: str) -> None:
        """Write a line."""

    def suite(self, indent: str, least: int, most: int, *, top: bool = False, loop: bool = False) -> None:
        """Write a few statements."""

    def flag(self) -> str:
        """A question that is left open."""

    def key(self) -> str:
        """A loop variable of its own."""


def _if(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    writer.add(indent, f"if {writer.flag()}:")
    writer.suite(inner, 1, 2, loop=loop)


def _if_else(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    _if(writer, indent, inner, loop)
    writer.add(indent, "else:")
    writer.suite(inner, 1, 2, loop=loop)


def _for(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    name = "r" + str(len(writer.rounds))
    writer.rounds.append(name)
    writer.add(indent, f'for k0 in range(rounds("{name}")):')
    writer.suite(inner, 1, 3, loop=True)


def _for_literal(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    writer.add(indent, "for k0 in (1, 2):")
    writer.suite(inner, 1, 3, loop=True)


def _try(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    writer.guarded += 2
    writer.add(indent, "try:")
    writer.suite(inner, 1, 2, loop=loop)
    writer.add(indent, "except " + writer.one_of(["Exception:", "KeyError:"]))
    if writer.one_of((False, True)):
        writer.suite(inner, 1, 1, loop=loop)
    else:
        writer.add(inner, "pass")
    if writer.one_of(range(4)) == 0:
        writer.add(indent, "else:")
        writer.suite(inner, 1, 1, loop=loop)


def _try_finally(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    writer.guarded += 2
    writer.add(indent, "try:")
    writer.suite(inner, 1, 2, loop=loop)
    writer.add(indent, "finally:")
    writer.suite(inner, 1, 1)


def _with(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    writer.add(indent, "with boundary():")
    writer.suite(inner, 1, 2, loop=loop)


def _suppress(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    writer.guarded += 2
    writer.add(indent, "with suppress(Exception):")
    writer.suite(inner, 1, 2, loop=loop)


def _purge(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    key = writer.key()
    source = writer.one_of(["list(sys.modules)", "list(sys.modules)", "sys.modules"])
    writer.add(indent, f"for {key} in {source}:")
    writer.add(inner, f"if {key} == 'pkg' or {key}.startswith('pkg.'):")
    writer.add(inner + "    ", f"del sys.modules[{key}]")


def _pop_all(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    key = writer.key()
    writer.add(indent, f"for {key} in {(*writer.pool, 'm')!r}:")
    writer.add(inner, f"sys.modules.pop({key}, None)")


def _reload_all(writer: Writer, indent: str, inner: str, loop: bool) -> None:
    key = writer.key()
    names: tuple[str, ...] = ("m", "n", "sub", "s", "x")
    modules = [name for name in names if name in writer.bound] or ["sys.modules['m']"]
    writer.add(indent, f"for {key} in ({', '.join(modules)},):")
    writer.add(inner, f"reload({key})")


COMPOUND: dict[str, Callable[[Writer, str, str, bool], None]] = {
    "if": _if,
    "if else": _if_else,
    "for": _for,
    "for literal": _for_literal,
    "try": _try,
    "try finally": _try_finally,
    "with": _with,
    "suppress": _suppress,
    "purge": _purge,
    "reload all": _reload_all,
    "pop all": _pop_all,
}
"""Each kind, with what writes it: at an indentation, with an inner one, in a loop or not."""
