"""Questions about the ways through a program: what comes before what, what a name may hold. No execution."""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from tests.differential.routes import OUTSIDE, START, Routes
from tests.differential.routes_builder import routes_of
from tests.differential.text import Text


class Ways:
    """The ways through one program, by its lines."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def routes(self) -> Routes:
        """The ways as a graph."""
        return routes_of(self.text.tree)

    # -- order ----------------------------------------------------------------------------------
    def leads(self, first: int, line: int, stops: set[int]) -> bool:
        """Whether a way leads from the end of ``first`` to ``line`` past none of the lines ``stops``."""
        routes = self.routes
        stopping = routes.at(stops, done=True)
        return bool(routes.after(routes.at({first}, done=True), stopping) & routes.at({line}))

    def led_to(self, cause: int, name: str) -> set[int]:
        """The lines that read ``name`` and that a way leads to from ``cause`` on which nothing binds it."""
        return {
            line
            for line in self.text.reading(name)
            if self.leads(cause, line, set(self.text.binders(name, line)))
        }

    def comes_before(self, line: int, others: set[int]) -> bool:
        """Whether a way comes to ``line`` past one of ``others``."""
        routes = self.routes
        return bool(routes.before(routes.at({line})) & routes.at(others, done=True))

    def last(self, line: int, wanted: Collection[int]) -> set[int]:
        """Which of the lines ``wanted`` may be the last one before ``line``; START where none may be."""
        routes = self.routes
        stops = routes.at({START, *wanted}, done=True)
        return {routes.lines[step] for step in routes.before(routes.at({line}), stops) & stops}

    # -- what names hold ------------------------------------------------------------------------
    def binders(self, at: int, line: int, name: str) -> set[int]:
        """The lines that may have bound ``name``, as ``line`` reads it, when ``at`` is come to."""
        bound = self.text.binders(name, line)
        return {each for each in self.last(at, bound) if bound.get(each)}

    def held(self, at: int, line: int, name: str) -> set[str | None]:
        """What ``name``, as ``line`` reads it, may hold when ``at`` is come to."""
        return {self.text.binders(name, line)[each] for each in self.binders(at, line, name)}

    # -- the submodule --------------------------------------------------------------------------
    def is_loaded_first(self, cause: int, line: int) -> bool:
        """Some way loads the submodule, then comes to ``cause``, then to ``line``.

        The module runs before others call its functions; in which order they do is open.
        """
        routes = self.routes
        leading = routes.before(routes.at({line})) & routes.at({cause}, done=True)
        loads = routes.at(self.text.loading("pkg.sub"), done=True)
        outside, start = routes.at({OUTSIDE}), routes.at({START})
        at_import = routes.after(start, outside)
        return bool((routes.before(leading, outside) | (routes.before(leading) & at_import)) & loads)

    @cached_property
    def broken_loads(self) -> set[int]:
        """The steps at which an import of the submodule fails."""
        routes = self.routes
        return {each for each in routes.at(self.text.loading("pkg.sub")) if not routes.done[each]}

    def may_be_apart(self, line: int) -> bool:
        """Some way comes to ``line`` past a removal of the package, and some way past none."""
        routes, reads = self.routes, self.routes.at({line})
        gone = routes.at(self.text.removing("pkg"), done=True)
        return bool(routes.before(reads) & gone and routes.after(routes.at({START}), gone) & reads)

    # -- removals -------------------------------------------------------------------------------
    def removals_of(self, key: str, line: int) -> set[int] | None:
        """The removals after one of which ``line`` is come to on every way; None if there may be none.

        Where functions are called from several places, those of one of them.
        """
        text, routes = self.text, self.routes
        removing = text.removing(key) - text.breaking_off
        unclear = text.loading(key) | text.foreign | self.unclear_reloads | text.breaking_off | {OUTSIDE}
        stops = routes.at({START, *removing, *unclear}, done=True) | routes.at(text.loading(key))
        for step in routes.at({line}):
            last = {routes.lines[each] for each in routes.before({step}, stops) & stops}
            if last <= removing:
                return last
        return None

    @cached_property
    def unclear_reloads(self) -> set[int]:
        """The lines that reload what a name holds on some ways only."""
        return {
            line
            for line, names in self.text.reloading.items()
            if any(name.isidentifier() and len(self.held(line, line, name)) != 1 for name in names)
        }
