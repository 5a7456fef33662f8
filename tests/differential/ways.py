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
    def is_loaded_first(self, cause: int, line: int, shown: Collection[int] = ()) -> bool:
        """Some way loads the submodule, or comes past ``shown``, then comes to ``cause``, then to ``line``.

        The module runs before others call its functions; in which order they do is open.
        """
        routes = self.routes
        leading = routes.before(routes.at({line})) & routes.at({cause}, done=True)
        loads = routes.at(self.text.loading("pkg.sub") | set(shown), done=True)
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

    # -- removals and deletions -----------------------------------------------------------------
    def removals_of(self, key: str, line: int, unclear: set[int], failing: Collection[int] = ()) -> set[int]:
        """The removals of ``key`` from which no way leads to ``line`` past one of the lines ``unclear``.

        Where functions are called from several places, to one of the steps of the line. The lines
        ``failing`` never come to their end while the entry is gone.
        """
        stops = self.routes.at(unclear - self.unknown_code) | self.routes.at(unclear, done=True)
        removing = self.text.removing(key) - self.text.breaking_off - {line}
        return {each for each in removing if self._surely_follows(line, each, stops, failing)}

    @cached_property
    def unknown_code(self) -> set[int]:
        """The lines that may load any module."""
        return self.text.foreign | self.unclear_reloads | self.text.breaking_off | {OUTSIDE}

    def deletions_of(self, name: str, line: int) -> set[int]:
        """The deletions after which ``name``, as ``line`` reads it, is certainly not bound there."""
        text, routes = self.text, self.routes
        binders = text.binders(name, line)
        bound = routes.at({each for each, what in binders.items() if what}, done=True)
        called = bound | routes.at({OUTSIDE})
        gone = (each for each in binders if self.goes_with_module(each, name))
        return {
            each
            for each in gone
            if self._surely_follows(
                line,
                each,
                called if self._may_be_over(line, each) else bound,
                always=text.scope(line) is text.scope(each),
            )
        }

    def _may_be_over(self, line: int, deletion: int) -> bool:
        """Nobody may call the function of ``line`` any more: it ran before, or others call what deletes."""
        return self.text.scope(deletion) is not self.text.tree or self.comes_before(deletion, {line})

    def goes_with_module(self, line: int, name: str) -> bool:
        """Whether ``line`` deletes ``name``, and what runs with it removes the module which that holds."""
        text = self.text
        if line not in text.deleting(name):
            return False
        scope, held = text.scope(line), self.held(line, line, name)
        return any(
            not held.isdisjoint(keys) and text.scope(each) is scope and self._has_key(each)
            for each, keys in text.removed.items()
        )

    def _has_key(self, removal: int) -> bool:
        """No key is computed from a name that nothing binds."""
        names = {name for line, name in self.text.reads if line == removal and name.isidentifier()}
        return all(self.text.binders(name, removal) for name in names)

    def _surely_follows(
        self, line: int, first: int, unclear: set[int], failing: Collection[int] = (), *, always: bool = False
    ) -> bool:
        """Some way leads from ``first`` to a step of ``line``, and none to that step past ``unclear``.

        No way leads past the end of one of ``failing`` before it has come past ``unclear``. ``always``: none
        to any of its steps, as many as a final block has.
        """
        routes = self.routes
        starts, ends = routes.at({first}, done=True), routes.at({line})
        gone = routes.after(starts, starts | ends | unclear | routes.at(failing, done=True))
        doubtful = routes.after(gone & unclear, starts | ends)
        reached = ends & (gone | doubtful)
        clear = [step not in doubtful for step in reached]
        return bool(reached) and (all(clear) if always else any(clear))

    @cached_property
    def unclear_reloads(self) -> set[int]:
        """The lines that reload what a name holds on some ways only."""
        return {
            line
            for line, names in self.text.reloading.items()
            if any(name.isidentifier() and len(self.held(line, line, name)) != 1 for name in names)
        }
