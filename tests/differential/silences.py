"""Where a rule may be silent although every execution of a program agrees: what its text leaves open, and
what RULES leaves alone. Each reason is read off the text; no verdict of a rule is known here.

The order of a stale read is *provable* when in every execution, whatever the flags answer, wherever a `try`
is left, whoever calls the functions afterwards and whether or not others had loaded the modules, the read
is stale whenever it follows the event. What is not provable in this sense needs no excuse and is not here.
"""

from __future__ import annotations

import ast

from tests.differential.execution import BOUND
from tests.differential.observed import Observed, Pair, StaleRead


def silence(pair: Pair, stale: StaleRead, observed: Observed) -> str | None:
    """Why it may stay untold that the event of a line makes stale what another line reads.

    None where it must be told.
    """
    if pair[0] in observed.removals:
        if reason := _of_removals(pair, stale, observed):
            return reason
    return _of_order(pair, stale, observed) or _of_names(pair, observed)


def _of_removals(pair: Pair, stale: StaleRead, observed: Observed) -> str | None:
    """What RULES leaves alone."""
    cause, line, name = pair
    if not name.startswith(BOUND) and observed.is_cleanup(cause):
        return "RULES: a removal in an except clause or a final block is cleanup"
    if stale.tagged and not stale.binders <= observed.imports:
        return "RULES: captures are told of on reload (UNL202), imported names on unload (UNL110)"
    if observed.mentions(line, "reload(") and observed.failure_expected(line):
        return "RULES: a failure that a `try` or `suppress` takes is expected"
    if name.startswith(BOUND) and observed.stands_before("pkg", cause):
        return "SEMANTICS HU-09: the parent was removed as well, its new copy has no old attribute"
    return None


def _of_order(pair: Pair, stale: StaleRead, observed: Observed) -> str | None:
    """What the text does not say about order."""
    cause, line, name = pair
    function, plain = observed.function, name.isidentifier()
    if not stale.at_once and not isinstance(function(cause), ast.Module):
        if function(cause) is function(line) or not plain or observed.mentions(line, "reload("):
            return "nothing in the program calls a function after the event in another, or in itself"
    if not stale.at_once and observed.changed_by_functions(name):
        return "when a function that binds a global is called from outside is not known"
    if not plain and not stale.at_once:
        return "between the import and a call from outside others may import it"
    if not plain and (stale.between | set(range(cause, line))) & observed.calls_of_others:
        return "a call of unknown code may import it"
    if not isinstance(function(cause), ast.Module) and len(observed.bound[name]) > 1:
        return "a function is called when its globals are what they are then, and after the import"
    if observed.bound_in_other_round(cause, line, name):
        return "one more round of the loop may bind the name"
    return None


def _of_names(pair: Pair, observed: Observed) -> str | None:
    """What the text does not say about names."""
    cause, line, name = pair
    if observed.taken_from_several(name):
        return "a name that is taken from different modules is of none of them"
    if observed.ends_at_failure(observed.bound[name], cause) or observed.missed_in(name) - {line}:
        return "a path that ends at a failure is one to the rules; the failure has a finding of its own"
    if name == "pkg.sub" and not observed.loads_before(cause, name):
        return "nothing in the program has loaded the submodule that the attribute is"
    named = observed.named(cause, name) | observed.looped(cause)
    if any(len(observed.stands_for[each]) > 1 for each in named):
        return "a name that is bound to different modules stands for none of them"
    return None


def silence_of_failure(line: int, code: str, observed: Observed) -> str | None:
    """Why it may stay untold that a line fails whenever it is reached."""
    if observed.failure_expected(line):
        return "RULES: a failure that a `try` or `suppress` takes is expected"
    if code == "UNL109" and any(map(observed.changed_by_functions, observed.missing_at(line))):
        return "when a function that binds a global is called from outside is not known"
    if code == "UNL108" and observed.under_condition(line):
        return "a condition or a context manager may ask for the entry, or put it back"
    if code == "UNL108" and observed.removed_from_outside(line):
        return "between the import and a call from outside others may import it"
    if code == "UNL108" and observed.imported_half(line):
        return "SEMANTICS 0.2: an import that finds the other half of a package brings nothing back"
    if code == "UNL108" and observed.ends_at_failure(*map(observed.loading, observed.keys(line))):
        return "a path that ends at a failure is one to the rules; the failure has a finding of its own"
    if code == "UNL108" and observed.others_between(line):
        return "a call of unknown code may import it"
    return None
