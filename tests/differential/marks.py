"""Which orders a program leaves open, marked on its text before anything of it is executed.

Only where there is a mark may a rule be silent about what executions show: the order of an event and a read
is not provable, or RULES leaves the case alone. Knows no execution, and no verdict of a rule.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cached_property

from tests.differential.routes import OUTSIDE, START, Routes, routes_of
from tests.differential.statements import BOUND, reloads
from tests.differential.text import Text

BOUND_AGAIN = "on one way from the event to the read the name is bound again, on another it is not"
HALF = "on one way an import fails, and may have loaded the module before it did"
APART = "on one way the submodule is loaded again into the package, on another into a new copy of it"
HELD = "which object the name holds when the event comes depends on the way"
CALLED = "nothing in the program calls the functions in this order"
OTHERS = "unknown code runs between the event and the read, and may import the module"
ALONE = "on one way the submodule goes as well"
LOADED = "whether others have loaded the submodule is open"
THERE = "on one way to the statement the module may be there"
BREAKS_OFF = "which entries a loop removes before an error ends it is open"
MISSED = "on one way to the read the name is bound"
CLEANUP = "RULES: a removal in an except clause or a final block is cleanup"
EXPECTED = "RULES: a failure that a `try` or `suppress` takes is expected"
CAPTURED = "RULES: captures are told of on reload (UNL202), imported names on unload (UNL110)"
PARENT = "RULES: the parent was removed as well, and its new copy has no old attribute"
ASKED = "RULES: a condition or context manager may ask for the entry, or put it back"


class Marks:
    """The marks of one program."""

    def __init__(self, text: Text) -> None:
        self.text = text

    @cached_property
    def _routes(self) -> Routes:
        return routes_of(self.text.tree)

    # -- stale reads ----------------------------------------------------------------------------
    def stale(self, cause: int, line: int, name: str) -> str | None:
        """Why it may stay untold that the event on line ``cause`` makes stale what ``line`` reads."""
        if cause in self.text.removed and (reason := self._of_removal(cause, line, name)):
            return reason
        if name == "pkg.sub" and not self._is_loaded_first(cause, line):
            return LOADED
        if not name.startswith(BOUND) and len(self._held(cause, line, name)) > 1:
            return HELD
        return self._of_order(cause, line, name)

    def _of_removal(self, cause: int, line: int, name: str) -> str | None:
        """What RULES leaves alone."""
        text = self.text
        if name.startswith(BOUND):
            return PARENT if self._comes_before(cause, text.removing("pkg")) else None
        if text.is_cleanup(cause):
            return CLEANUP
        if cause in text.breaking_off:
            return BREAKS_OFF
        if reloads(text.statements[line]) and text.failure_expected(line):
            return EXPECTED
        captured = self._binders(cause, line, name) & text.captures
        return CAPTURED if captured else None

    def _of_order(self, cause: int, line: int, name: str) -> str | None:
        """What the text does not say about order."""
        routes, text = self._routes, self.text
        events, reads = routes.at({cause}, done=True), routes.at({line})
        ends = events | routes.at({line}, done=True)  # an error may come before the read
        outside = routes.at({OUTSIDE})
        between = routes.after(events, ends) & routes.before(reads, ends)
        renewing = routes.at(text.renewing(name, line), done=True) - ends
        plain = name.isidentifier()
        if between & renewing and routes.after(events, ends | renewing) & reads:
            return BOUND_AGAIN
        if not plain and between & self._broken_loads:
            return HALF
        if name == "pkg.sub" and between & renewing and self._may_be_apart(line):
            return APART
        if not plain and between & (outside | routes.at(text.foreign)):
            return OTHERS
        if text.scope(cause) is not text.tree and not routes.after(events, ends | outside) & reads:
            own = text.scope(cause) is text.scope(line) or text.scope(line) in text.binding_scopes(name, line)
            if own or not plain or reloads(text.statements[line]):
                return CALLED
        return None

    @cached_property
    def _broken_loads(self) -> set[int]:
        """Where an import of the submodule fails."""
        routes = self._routes
        return {each for each in routes.at(self.text.loading("pkg.sub")) if not routes.done[each]}

    def _may_be_apart(self, line: int) -> bool:
        """Some way comes to ``line`` past a removal of the package, and some way past none."""
        routes, reads = self._routes, self._routes.at({line})
        gone = routes.at(self.text.removing("pkg"), done=True)
        return bool(routes.before(reads) & gone and routes.after(routes.at({START}), gone) & reads)

    def led_to(self, cause: int, name: str) -> set[int]:
        """The lines that read ``name`` and that a way leads to from ``cause`` on which nothing binds it."""
        routes, text = self._routes, self.text
        return {
            line
            for line in text.reading(name)
            if routes.after(routes.at({cause}, done=True), routes.at(text.binders(name, line), done=True))
            & routes.at({line})
        }

    def leads(self, first: int, line: int, stops: set[int]) -> bool:
        """Whether a way leads from the end of ``first`` to ``line`` past none of the lines ``stops``."""
        routes = self._routes
        stopping = routes.at(stops, done=True)
        return bool(routes.after(routes.at({first}, done=True), stopping) & routes.at({line}))

    def _binders(self, at: int, line: int, name: str) -> set[int]:
        """The lines that may have bound ``name``, as ``line`` reads it, when ``at`` is come to."""
        found = self._last(at, self.text.binders(name, line))
        return {each for each in found if self.text.binders(name, line).get(each)}

    def _held(self, at: int, line: int, name: str) -> set[str | None]:
        """What ``name``, as ``line`` reads it, may hold when ``at`` is come to."""
        return {self.text.binders(name, line)[each] for each in self._binders(at, line, name)}

    def _last(self, line: int, wanted: Collection[int]) -> set[int]:
        """Which of the lines ``wanted`` may be the last one before ``line``; START where none may be."""
        routes = self._routes
        stops = routes.at({START, *wanted}, done=True)
        return {routes.lines[step] for step in routes.before(routes.at({line}), stops) & stops}

    def _comes_before(self, line: int, others: set[int]) -> bool:
        routes = self._routes
        return bool(routes.before(routes.at({line})) & routes.at(others, done=True))

    def _is_loaded_first(self, cause: int, line: int) -> bool:
        """Some way loads the submodule, then comes to ``cause``, then to ``line``.

        The module runs before others call its functions; in which order they do is open.
        """
        routes = self._routes
        leading = routes.before(routes.at({line})) & routes.at({cause}, done=True)
        loads = routes.at(self.text.loading("pkg.sub"), done=True)
        outside, start = routes.at({OUTSIDE}), routes.at({START})
        at_import = routes.after(start, outside)
        return bool((routes.before(leading, outside) | (routes.before(leading) & at_import)) & loads)

    def orphaned(self, cause: int, line: int) -> str | None:
        """Why it may stay untold that ``line`` imports again the package that ``cause`` has removed alone."""
        text, routes = self.text, self._routes
        if text.is_cleanup(cause):
            return CLEANUP
        if "pkg.sub" in text.removed[cause]:
            return BREAKS_OFF
        if not self._is_loaded_first(cause, line):
            return LOADED
        events, ends = routes.at({cause}, done=True), routes.at({line}, done=True)
        going, both = text.removing("pkg.sub") - {cause}, events | ends
        between = routes.after(events, both) & routes.before(ends, both)
        before = self._last(cause, text.loading("pkg.sub") | going)
        served = {each for each in before & text.serving if self._comes_before(each, going)}
        if between & routes.at(going, done=True) or before & (going | served):
            return ALONE
        outside = routes.at({OUTSIDE})
        return None if routes.after(events, both | outside) & ends else OTHERS

    # -- failures -------------------------------------------------------------------------------
    def failure(self, line: int, code: str) -> str | None:
        """Why it may stay untold that a line fails, with what ``code`` is about."""
        text = self.text
        if code != "UNL106" and text.failure_expected(line):
            return EXPECTED
        match code:
            case "UNL108":
                return self._of_removal_that_fails(line)
            case "UNL104":
                (name,) = text.removed[line]
                last = self._last(line, text.binders(name, line))
                return None if last <= text.deleting(name) else MISSED
            case "UNL204":
                return self._of_reload(line)
        return None

    def _of_removal_that_fails(self, line: int) -> str | None:
        text = self.text
        (key,) = text.removed[line]
        removals = self._removals_of(key, line)
        if removals is None:
            return THERE
        if text.is_cleanup(line):
            return CLEANUP
        if any(text.conditions(line) - text.conditions(each) for each in removals):
            return ASKED
        return None

    def _of_reload(self, line: int) -> str | None:
        """The module or its parent is not there on any way."""
        (target,) = reloads(self.text.statements[line])
        held = self._held(line, line, target) if target.isidentifier() else {target}
        for module in held if len(held) == 1 else ():
            if any(self._removals_of(each, line) for each in (module, module.rpartition(".")[0])):
                return None
        return THERE

    def _removals_of(self, key: str, line: int) -> set[int] | None:
        """The removals after one of which ``line`` is come to on every way; None if there may be none.

        Where functions are called from several places, those of one of them.
        """
        text, routes = self.text, self._routes
        removing = text.removing(key) - text.breaking_off
        unclear = text.loading(key) | text.foreign | self._unclear_reloads | text.breaking_off | {OUTSIDE}
        stops = routes.at({START, *removing, *unclear}, done=True) | routes.at(text.loading(key))
        for step in routes.at({line}):
            last = {routes.lines[each] for each in routes.before({step}, stops) & stops}
            if last <= removing:
                return last
        return None

    @cached_property
    def _unclear_reloads(self) -> set[int]:
        """The lines that reload what a name holds on some ways only."""
        return {
            line
            for line, names in self.text.reloading.items()
            if any(name.isidentifier() and len(self._held(line, line, name)) != 1 for name in names)
        }

    def missing(self, line: int, name: str) -> str | None:
        """Why it may stay untold that ``line`` reads ``name`` although it was deleted with its module."""
        if self.text.failure_expected(line):
            return EXPECTED
        binders = self.text.binders(name, line)
        gone = {each for each, what in binders.items() if what is None and each in self.text.removed}
        return None if self._last(line, binders) <= gone else MISSED
