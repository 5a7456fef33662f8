"""Marks on stale reads and orphaned submodules: lines whose order the text leaves open."""

from __future__ import annotations

from collections.abc import Iterator

from tests.differential.routes import OUTSIDE
from tests.differential.statements import BOUND, reloads
from tests.differential.text import Text
from tests.differential.ways import Ways

BOUND_AGAIN = "on one way from the event to the read the name is bound again, on another it is not"
APART = "on one way the submodule is loaded again into the package, on another into a new copy of it"
HALF = "on one way an import fails, and may have loaded the module before it did"
HELD = "which object the name holds when the event comes depends on the way"
EITHER = "which module is reloaded depends on the way"
CALLED = "nothing in the program calls the functions in this order"
OTHERS = "unknown code runs between the event and the read, and may import the module"
BARE = "on one way the package has no attribute for the submodule"
ALONE = "on one way the submodule goes as well"
LOADED = "whether others have loaded the submodule is open"
BREAKS_OFF = "which entries a loop removes before an error ends it is open"
PARENT = "the parent may have been removed as well, and its new copy has no old attribute"
TAKEN = "on one way the name is imported, on another it captures something"


def stale(text: Text, ways: Ways) -> Iterator[tuple[tuple[int, int, str], str]]:
    """Why it may stay untold that the event on one line makes stale what another one reads by a name."""
    for cause in text.removed.keys() | text.reloading.keys():
        for line, name in text.reads:
            if reason := _of_stale(cause, line, name, text, ways):
                yield (cause, line, name), reason


def _of_stale(cause: int, line: int, name: str, text: Text, ways: Ways) -> str | None:
    if cause in text.removed and (reason := _of_removal(cause, line, name, text, ways)):
        return reason
    if name == "pkg.sub" and not ways.is_loaded_first(cause, line, text.reading_attribute("pkg.sub")):
        return LOADED
    if not name.startswith(BOUND) and len(ways.held(cause, line, name)) > 1:
        return HELD
    if cause in ways.unclear_reloads:
        return EITHER
    if len({each in text.captures for each in ways.binders(cause, line, name)}) > 1:
        return TAKEN
    return _of_order(cause, line, name, text, ways)


def _of_removal(cause: int, line: int, name: str, text: Text, ways: Ways) -> str | None:
    """What is open about a removal."""
    if name.startswith(BOUND):
        if ways.comes_before(cause, text.deleting("pkg.sub")):
            return BARE
        if text.may_be_left(cause) and len(text.removed[cause]) > 1:
            return BREAKS_OFF
        return PARENT if ways.comes_before(cause, text.removing("pkg")) else None
    if cause in text.breaking_off or text.leaves_loop(cause, line):
        return BREAKS_OFF
    return None


def _of_order(cause: int, line: int, name: str, text: Text, ways: Ways) -> str | None:
    """What the text does not say about order."""
    routes = ways.routes
    events, reads = routes.at({cause}, done=True), routes.at({line})
    ends = events | routes.at({line}, done=True)  # an error may come before the read
    outside = routes.at({OUTSIDE})
    between = routes.after(events, ends) & routes.before(reads, ends)
    renewing = routes.at(text.renewing(name, line), done=True) - ends
    plain = name.isidentifier()
    if between & renewing and routes.after(events, ends | renewing) & reads:
        return BOUND_AGAIN
    if not plain and between & ways.broken_loads:
        return HALF
    if name == "pkg.sub" and between & renewing and ways.may_be_apart(line):
        return APART
    if not plain and between & (outside | routes.at(text.foreign)):
        return OTHERS
    if text.scope(cause) is not text.tree and not routes.after(events, ends | outside) & reads:
        own = text.scope(cause) is text.scope(line) or text.scope(line) in text.binding_scopes(name, line)
        if own or not plain or reloads(text.statements[line]):
            return CALLED
    return None


def orphaned(text: Text, ways: Ways) -> Iterator[tuple[tuple[int, int], str]]:
    """Why it may stay untold that a line imports again the package that another has removed alone."""
    for cause in text.removing("pkg"):
        for line in text.package_imports:
            if reason := _of_orphan(cause, line, text, ways):
                yield (cause, line), reason


def _of_orphan(cause: int, line: int, text: Text, ways: Ways) -> str | None:
    if "pkg.sub" in text.removed[cause]:
        return BREAKS_OFF
    if not ways.is_loaded_first(cause, line):
        return LOADED
    routes = ways.routes
    if text.scope(cause) is not text.tree:
        loaded = routes.after(routes.at(text.loading("pkg.sub"), done=True), routes.at({OUTSIDE}))
        if not loaded & routes.at({cause}):
            return CALLED
    events, ends = routes.at({cause}, done=True), routes.at({line}, done=True)
    going, both = text.removing("pkg.sub") - {cause}, events | ends
    between = routes.after(events, both) & routes.before(ends, both)
    before = ways.last(cause, text.loading("pkg.sub") | going)
    served = {each for each in before & text.serving if ways.comes_before(each, going)}
    if between & routes.at(going, done=True) or before & (going | served):
        return ALONE
    return None if routes.after(events, both | routes.at({OUTSIDE})) & ends else OTHERS
