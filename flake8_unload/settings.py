"""What a user can set about detection. Validated once, at the door; knows no rule and no file."""

from __future__ import annotations

from dataclasses import dataclass

FROM_IMPORT = ("again", "qualify")
"""What becomes of names that are stale after a reload: imported again, or asked for as `m.f`."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Detection settings, the same for the flake8 plugin and our own commands.

    ``extend_factories``: qualified names (``pkg.mod.Class``, ``*`` allowed) that open a resource when
    called. ``ignore_factories``: the same, never reported. ``hooks``: names of functions that a host
    calls to unload a module. ``script_patterns``/``test_patterns``: file name patterns of scripts
    (state rules are silent) and of tests. ``select``: the prefixes that the user chose; an opt-in rule
    runs only when one of them names it. ``fixes``: findings carry their fix, or the reason why there is
    none; ``from_import`` is one of `FROM_IMPORT`. ``words``: a file that holds one of them is looked
    into, whatever else is in it; rules of extensions need some.
    """

    extend_factories: tuple[str, ...] = ()
    ignore_factories: tuple[str, ...] = ()
    hooks: tuple[str, ...] = ()
    script_patterns: tuple[str, ...] = ()
    test_patterns: tuple[str, ...] = ()
    check_tests: bool = False
    select: tuple[str, ...] = ()
    fixes: bool = False
    from_import: str = "again"
    words: tuple[str, ...] = ()
