"""Where a rule may be silent although every execution of a program agrees, and where it should not be yet.

The order of a stale read is *provable* when in every execution, whatever the flags answer, wherever a `try`
is left, whoever calls the functions afterwards and whether or not others had loaded the modules, the read
is stale whenever it follows the event. What is not provable in this sense needs no excuse and is not here.
"""

from __future__ import annotations

import ast

from tests.differential.execution import BOUND
from tests.differential.observed import Observed

CAPTURED = ("g", "t", "d", "D", "i")


def silence(cause: int, line: int, name: str, tagged: bool, observed: Observed) -> str | None:
    """Why it may stay untold that the event of line ``cause`` makes stale what ``line`` reads as ``name``.

    ``tagged``: what is read is an object of a module, not a module. None where it must be told.
    """
    function = observed.function
    removes = cause in observed.removals
    if removes and observed.is_cleanup(cause):
        return "a removal in an except clause or a final block is cleanup"
    if name.startswith(BOUND):
        return _of_submodule(cause, line, observed)
    if removes and tagged and name in CAPTURED:
        return "no rule tells of captures that survive an unload, only of imported names"
    if not tagged and observed.mentions(line, "reload(") and function(cause) is not function(line):
        return "UNL204 looks at removals in its own block, and in the module body for a plain name"
    if not tagged and observed.mentions(line, f"reload({name}."):
        return "a reload through an old package reaches a submodule that may be the one in `sys.modules`"
    if name == "pkg.sub" and "import pkg.sub\n" not in observed.program.source:
        return "an attribute of a package is followed where `import pkg.sub` made it"
    if name == "pkg.sub" and observed.calls_between(cause, line):
        return "a call of unknown code may import it again"
    named = observed.named(cause, name) | observed.looped(cause)
    if any(len(observed.stands_for[each]) > 1 for each in named):
        return "a name that is bound to different modules stands for none of them"
    if (
        line <= cause
        and function(cause) is function(line)
        and not (observed.in_loop(line) and observed.in_loop(cause))
    ):
        return "a second call of the same function is not followed"
    if isinstance(function(cause), ast.FunctionDef) and len(observed.bound[name]) > 1:
        return "a function sees its globals as they are when the module has run"
    if function(cause) is not function(line) and observed.changed_by_functions(name):
        return "when a function binds a global that another one reads is not followed"
    if not removes and name in CAPTURED and len(observed.bound[name]) > 1:
        return "a name that is given captured objects in two places"
    return _of_failures(name, observed)


def _of_submodule(cause: int, line: int, observed: Observed) -> str | None:
    if observed.function(cause) is not observed.function(line):
        return "UNL102 looks at the block of the removal only"
    if line <= cause and not (observed.in_loop(line) and observed.in_loop(cause)):
        return "a second call of the same function is not followed"
    if any("pkg" in keys for _, keys in observed.program.aims.values()):
        return "the parent is removed as well, in an order that is not followed"
    if observed.calls_between(cause, line):
        return "a call of unknown code may import it again"
    return _of_failures("sub", observed)


def _of_failures(name: str, observed: Observed) -> str | None:
    """Executions lack the paths of a statement that never succeeds; the rules do not know that it fails."""
    if observed.hopeless & observed.guarded:
        return "a statement of a `try` that always fails leaves a path that the rules believe in"
    if any(each in observed.bound[name] for each in observed.hopeless):
        return "a statement that always fails neither binds nor deletes its name"
    return None


def doubtful(code: str, observed: Observed) -> str | None:
    """Known defects on the other side: findings that no execution bears out."""
    removals = set(observed.removals)
    if code == "UNL108" and (observed.hopeless & removals or removals - observed.done):
        return "a removal that always fails, or is never reached since what is before it fails, is believed"
    return None
